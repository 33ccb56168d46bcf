-- kept_by_month --
-- The tables partitioned by range of one column that have a partition for the rest
SELECT c.relname AS name, a.attname AS key
FROM pg_partitioned_table p
JOIN pg_class c ON c.oid = p.partrelid AND c.relnamespace = current_schema()::regnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = p.partattrs[0]
WHERE p.partstrat = 'r' AND p.partnatts = 1 AND p.partdefid <> 0
ORDER BY c.relname

-- is_there --
-- Whether this month has its partition
SELECT 1 AS there FROM pg_class WHERE relname = %(month)s AND relkind IN ('r', 'p')

-- create_month --
-- A month's table, not yet a part of the whole
LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE;
CREATE TABLE {name} (LIKE {table} INCLUDING DEFAULTS INCLUDING CONSTRAINTS)

-- fill_month --
-- What came before the month had its own table
WITH early AS (DELETE FROM {table}_default WHERE {key} >= '{from}' AND {key} < '{to}' RETURNING *)
INSERT INTO {name} SELECT * FROM early

-- attach_month --
-- The month becomes a part of the whole
ALTER TABLE {table} ATTACH PARTITION {name} FOR VALUES FROM ('{from}') TO ('{to}')
