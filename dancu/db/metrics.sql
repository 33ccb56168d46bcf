-- connections --
-- Connections to this database by what they are doing; of other users' the server does not tell everybody
SELECT coalesce(state, 'unknown') AS state, count(*) AS connections FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend' GROUP BY 1

-- allowed --
-- How many the server takes from those who are not its superusers
SELECT current_setting('max_connections')::integer - current_setting('superuser_reserved_connections')::integer AS connections
