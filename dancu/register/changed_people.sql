-- note --
-- Whose row, homes or numbers this transaction changes
INSERT INTO person_change (person_id) SELECT unnest(%(person_ids)s::bigint[])

-- snapshot --
-- Which transactions are visible now
SELECT pg_current_snapshot()::text AS snapshot

-- since --
-- Whom transactions changed that this snapshot did not see
SELECT DISTINCT person_id FROM person_change
WHERE changed_in >= pg_snapshot_xmin(%(snapshot)s::pg_snapshot) AND NOT pg_visible_in_snapshot(changed_in, %(snapshot)s::pg_snapshot)
LIMIT %(most)s
