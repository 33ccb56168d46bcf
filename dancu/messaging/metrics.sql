-- waiting --
-- How many messages are still to be sent, counted to %(most)s
SELECT count(*) AS messages FROM (SELECT FROM outbox WHERE due_at IS NOT NULL LIMIT %(most)s) AS counted

-- oldest --
-- For how many seconds the one that has been due longest has been so: the first of secrets, and of others, by the index
SELECT coalesce(greatest(extract(epoch FROM clock_timestamp() - min(due_at)), 0), 0)::float8 AS seconds
FROM unnest(ARRAY[true, false]) AS kind (is_secret) CROSS JOIN LATERAL (
    SELECT due_at FROM outbox WHERE secret = kind.is_secret AND due_at IS NOT NULL ORDER BY due_at LIMIT 1
) AS first
