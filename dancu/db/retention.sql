-- parts --
-- The parts of these tables: about how many rows each has (-1: nobody has counted) and what it takes, with its indexes
SELECT whole.relname AS table_name, part.relname AS part, part.reltuples::bigint AS about_rows, pg_total_relation_size(part.oid) AS bytes
FROM pg_inherits i JOIN pg_class whole ON whole.oid = i.inhparent JOIN pg_class part ON part.oid = i.inhrelid
WHERE whole.relnamespace = current_schema()::regnamespace AND whole.relname = ANY(%(tables)s::text[])
ORDER BY whole.relname, part.relname

-- patience --
-- Who serves waits behind whoever waits for a whole table: so not for long
SET LOCAL lock_timeout = '{patience}'

-- detach --
-- The month is no part of the whole any more. (Not CONCURRENTLY: beside a partition for the rest the server refuses that.)
ALTER TABLE {table} DETACH PARTITION {part}

-- drop --
-- And is gone
DROP TABLE {part}

-- forget_early --
-- What lies in the partition for the rest and is kept no more, some of it
DELETE FROM {table}_default WHERE ctid = ANY (ARRAY(SELECT ctid FROM {table}_default WHERE {key} < %(before)s LIMIT %(most)s))

-- has_early --
-- Whether there is any
SELECT EXISTS (SELECT FROM {table}_default WHERE {key} < %(before)s) AS there

-- tell --
-- That it went is on record
INSERT INTO audit_entry (entry_id, actor_kind, action, detail) VALUES (%(entry_id)s, 'system', 'db.let_go', %(detail)s)
