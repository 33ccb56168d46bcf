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
