-- is_there --
-- Whether this month has its partition
SELECT 1 AS there FROM pg_class WHERE relname = %(month)s AND relkind IN ('r', 'p')

-- create_month --
-- A month's table, not yet a part of the audit
LOCK TABLE audit_entry IN SHARE ROW EXCLUSIVE MODE;
CREATE TABLE {name} (LIKE audit_entry INCLUDING DEFAULTS INCLUDING CONSTRAINTS)

-- fill_month --
-- What came before the month had its own table
WITH early AS (DELETE FROM audit_entry_default WHERE at >= '{from}' AND at < '{to}' RETURNING *)
INSERT INTO {name} SELECT * FROM early

-- attach_month --
-- The month becomes a part of the audit
ALTER TABLE audit_entry ATTACH PARTITION {name} FOR VALUES FROM ('{from}') TO ('{to}')
