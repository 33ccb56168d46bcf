-- tables --
-- Whole tables, with their columns: no parts of one
SELECT c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relkind IN ('r', 'p', 'v') AND NOT c.relispartition AND c.relnamespace = 'public'::regnamespace
GROUP BY c.relname ORDER BY c.relname

-- grantees --
-- Who was given a right on this part, but for its owner; null: everybody
SELECT DISTINCT r.rolname AS grantee
FROM pg_class c CROSS JOIN LATERAL aclexplode(c.relacl) AS given LEFT JOIN pg_roles r ON r.oid = given.grantee
WHERE c.oid = %(part)s::regclass AND given.grantee <> c.relowner

-- owners_functions --
-- What the owner does for whoever may not: functions that run with the owner's rights
SELECT p.oid::regprocedure::text AS function FROM pg_proc p
WHERE p.prosecdef AND p.pronamespace = 'public'::regnamespace AND p.proowner = (SELECT relowner FROM pg_class WHERE oid = 'person'::regclass)
ORDER BY 1
