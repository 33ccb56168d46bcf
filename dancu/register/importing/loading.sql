-- only_one --
-- Who loads holds this until the connection ends; false: somebody else does
SELECT pg_try_advisory_lock(hashtext('dancu import')) AS mine

-- unfinished --
-- What a load that broke off was loading, if one did
SELECT to_regclass('dancu_loading.load') IS NOT NULL AS there

-- load --
-- Likewise. What a site of an older version does not say is null
SELECT files, effective_on, first_person_id, first_household_id, started_at, to_jsonb(l) ->> 'names' AS names,
       (to_jsonb(l) ->> 'parts')::integer AS parts, (SELECT count(*) FROM dancu_loading.part) AS parts_in
FROM dancu_loading.load l

-- away --
-- The building site goes, with all that was on it
DROP SCHEMA IF EXISTS dancu_loading CASCADE

-- begin --
-- The country is built beside the register, in tables like its own but without indexes, and moved in when it is whole
CREATE SCHEMA dancu_loading;
CREATE TABLE dancu_loading.load (
    files text NOT NULL, effective_on date NOT NULL, first_person_id bigint NOT NULL, first_household_id bigint NOT NULL,
    started_at timestamptz NOT NULL, names text NOT NULL, parts integer NOT NULL
);
CREATE TABLE dancu_loading.part (
    part integer PRIMARY KEY, rows_read bigint NOT NULL, rows_new bigint NOT NULL, rows_rejected bigint NOT NULL, rows_warned bigint NOT NULL
);
CREATE TABLE dancu_loading.refused (part integer NOT NULL, row bigint NOT NULL, person_id bigint NOT NULL, record text NOT NULL);
CREATE TABLE dancu_loading.warned (part integer NOT NULL, row bigint NOT NULL, record text NOT NULL)

-- warned_there --
-- A site of an older version has no such table
CREATE TABLE IF NOT EXISTS dancu_loading.warned (part integer NOT NULL, row bigint NOT NULL, record text NOT NULL)

-- like --
-- A table like the register's, to be filled
CREATE TABLE dancu_loading.{table} (LIKE {table} INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING STORAGE INCLUDING COMMENTS)
WITH (autovacuum_enabled = false)

-- freeze --
-- Rows are marked as settled while their pages are still in memory; later it would cost reading and writing all of them once more
VACUUM (FREEZE, TRUNCATE false) dancu_loading.{table}

-- vacuum_again --
-- From now on as any table
ALTER TABLE dancu_loading.{table} RESET (autovacuum_enabled)

-- all_valid_from --
-- The day is the same for all, so it is not sent with every row
ALTER TABLE dancu_loading.person ALTER COLUMN valid_from SET DEFAULT {on}

-- valid_from_again --
-- As it was
ALTER TABLE dancu_loading.person ALTER COLUMN valid_from DROP DEFAULT

-- reserve --
-- Numbers for as many rows as there are, so that no one else is given them
SELECT nextval('person_id_seq') AS first_person_id, nextval('household_id_seq') AS first_household_id

-- reserved --
-- Likewise
SELECT setval('person_id_seq', greatest(nextval('person_id_seq'), %(first_person_id)s + %(rows)s)),
       setval('household_id_seq', greatest(nextval('household_id_seq'), %(first_household_id)s + %(rows)s))

-- note_load --
-- What is being loaded
INSERT INTO dancu_loading.load VALUES (%(files)s, %(effective_on)s, %(first_person_id)s, %(first_household_id)s, %(started_at)s, %(names)s, %(parts)s)

-- parts_there --
-- The parts that are in, each whole
SELECT part, rows_read, rows_new, rows_rejected, rows_warned FROM dancu_loading.part ORDER BY part

-- note_part --
-- In the transaction of its rows
INSERT INTO dancu_loading.part VALUES (%(part)s, %(rows_read)s, %(rows_new)s, %(rows_rejected)s, %(rows_warned)s)

-- households_twice --
-- Households that stand in several parts have as many rows: the first stays
CREATE TABLE dancu_loading.twice AS
SELECT h.household_id, t.kept FROM dancu_loading.household h
JOIN (SELECT household_no, max(household_id) AS kept FROM dancu_loading.household GROUP BY household_no HAVING count(*) > 1) AS t
     ON t.household_no = h.household_no AND t.kept <> h.household_id

-- join_households --
-- Their members
UPDATE dancu_loading.person p SET household_id = t.kept FROM dancu_loading.twice t WHERE t.household_id = p.household_id

-- drop_households --
-- And the others
DELETE FROM dancu_loading.household h USING dancu_loading.twice t WHERE t.household_id = h.household_id

-- refused_people --
-- Whether anybody was refused whom others may name as a relative
SELECT EXISTS (SELECT FROM dancu_loading.refused WHERE person_id > 0) AS there

-- forget_counts --
-- Of a load that broke off here
TRUNCATE dancu_loading.population_count, dancu_loading.population_sum

-- count_people --
-- How many there are in each cell, in one pass (see register/counting/cells.py); in order, so that an area's cells lie together
INSERT INTO dancu_loading.population_count (home_area, birth_year, sex, status, people)
SELECT coalesce(home_area, 0), extract(year FROM birth_date), sex, status, count(*) FROM dancu_loading.person GROUP BY 1, 2, 3, 4
ORDER BY 1, 2, 3, 4

-- forget_changes --
-- Of people who came and left before the country did
DELETE FROM population_change;
DELETE FROM person_copy

-- indexes_to_make --
-- The register's own indexes that the new tables do not have yet, the largest work first
SELECT i.indexname, i.indexdef, i.tablename FROM pg_indexes i
WHERE i.schemaname = current_schema() AND i.tablename = ANY(%(tables)s)
  AND NOT EXISTS (SELECT FROM pg_indexes made WHERE made.schemaname = 'dancu_loading' AND made.indexname = i.indexname)
ORDER BY i.tablename <> 'person', i.indexdef LIKE '%% WHERE %%', i.indexdef LIKE '%% btree (pin)%%' DESC, i.indexname

-- keys_to_make --
-- Likewise, for a load that broke off between an index and its constraint
SELECT c.conname, t.relname AS table_name FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
WHERE c.contype = 'p' AND t.relnamespace = current_schema()::regnamespace AND t.relname = ANY(%(tables)s)
  AND NOT EXISTS (SELECT FROM pg_constraint made WHERE made.conname = c.conname AND made.connamespace = to_regnamespace('dancu_loading'))

-- schema --
-- Where the register's tables are
SELECT quote_ident(current_schema()) AS name

-- anybody --
-- Whether the register holds people
SELECT EXISTS (SELECT FROM person) AS there

-- grants --
-- Who may do what with the old tables may with the new ones
SELECT format('GRANT %%s ON dancu_loading.%%I TO %%s', string_agg(a.privilege_type, ', '), c.relname,
              CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END) AS statement
FROM pg_class c, aclexplode(c.relacl) a
WHERE c.relnamespace = current_schema()::regnamespace AND c.relname = ANY(%(tables)s) AND a.grantee <> c.relowner
GROUP BY c.relname, a.grantee

-- refused_rows --
-- The refused rows of all parts, in the files' order
SELECT record FROM dancu_loading.refused ORDER BY part, row

-- warned_rows --
-- What is told of rows that were taken, each once
SELECT CASE WHEN count(*) = 1 THEN min(record)
            ELSE json_build_object('file', min(record::json ->> 'file'), 'row', row, 'warnings', string_agg(record::json ->> 'warnings', '; '))::text END AS record
FROM dancu_loading.warned GROUP BY part, row ORDER BY part, row

-- unlock --
-- The next may load
SELECT pg_advisory_unlock(hashtext('dancu import'))

-- drop_twice --
-- No longer needed
DROP TABLE dancu_loading.twice

-- make_key --
-- The index becomes the primary key
ALTER TABLE dancu_loading.{table} ADD CONSTRAINT {key} PRIMARY KEY USING INDEX {key}

-- analyze --
-- So that searches are planned for what is there
ANALYZE dancu_loading.{table}

-- lock --
-- Nobody reads or writes for the instant of the change
LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE

-- replace --
-- The empty table goes
DROP TABLE {table}

-- move_in --
-- And the full one takes its place, with its indexes
ALTER TABLE dancu_loading.{table} SET SCHEMA {schema}
