-- people_columns --
-- Every column that holds persons: bigint, by the conventions of its name, or said to be so by COMMENT ON COLUMN … IS 'person'.
-- Partitions are left to their tables.
SELECT c.relname AS "table", a.attname AS "column", c.reltuples AS rows,
       ARRAY(SELECT k.attname::text FROM pg_index i JOIN pg_attribute k ON k.attrelid = c.oid AND k.attnum = ANY (i.indkey)
             WHERE i.indrelid = c.oid AND i.indisprimary ORDER BY array_position(i.indkey::smallint[], k.attnum)) AS key,
       ARRAY(SELECT k.attname::text FROM pg_attribute k
             WHERE k.attrelid = c.oid AND k.attnum > 0 AND NOT k.attisdropped AND k.attgenerated = '' ORDER BY k.attnum) AS columns,
       ARRAY(SELECT p.relname::text FROM pg_constraint f JOIN pg_class p ON p.oid = f.confrelid
             WHERE f.conrelid = c.oid AND f.contype = 'f' AND f.confrelid <> c.oid) AS refers_to,
       coalesce(col_description(c.oid, a.attnum) = 'person, carried by the owner', false) AS kept,
       EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisunique AND a.attnum = ANY (i.indkey)) AS in_key,
       EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisvalid AND i.indkey[0] = a.attnum) AS indexed
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = current_schema()::regnamespace
  AND a.attnum > 0 AND NOT a.attisdropped AND a.atttypid = 'bigint'::regtype
  AND (a.attname ~ '(^|_)person(_id)?$' OR a.attname = ANY (%(relatives)s) OR col_description(c.oid, a.attnum) = 'person')
ORDER BY c.relname, a.attnum

-- belongings --
-- Which rows of a person go with which others: those that refer to them, or whose column's comment says so ('goes with pass': with the pass
-- that this column names, by the column of the same name)
SELECT c.relname AS "table", p.relname AS of, true AS refers,
       ARRAY(SELECT a.attname::text FROM unnest(f.conkey) WITH ORDINALITY AS k (num, nth)
             JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.num ORDER BY nth) AS columns,
       ARRAY(SELECT a.attname::text FROM unnest(f.confkey) WITH ORDINALITY AS k (num, nth)
             JOIN pg_attribute a ON a.attrelid = p.oid AND a.attnum = k.num ORDER BY nth) AS named
FROM pg_constraint f JOIN pg_class c ON c.oid = f.conrelid JOIN pg_class p ON p.oid = f.confrelid
WHERE f.contype = 'f' AND f.conparentid = 0 AND c.relnamespace = current_schema()::regnamespace
UNION ALL
SELECT c.relname, substr(d.description, length('goes with ') + 1), false, ARRAY[a.attname::text], ARRAY[a.attname::text]
FROM pg_description d JOIN pg_class c ON c.oid = d.objoid JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.objsubid
WHERE d.classoid = 'pg_class'::regclass AND starts_with(d.description, 'goes with ') AND c.relnamespace = current_schema()::regnamespace

-- claim --
-- Some rows of a person, which nobody else writes to or beside until the transaction ends
SELECT 1 AS claimed FROM {table} AS whole_row JOIN jsonb_populate_recordset(NULL::{table}, %(keys)s::jsonb) AS named ON {same_key}
WHERE whole_row.{column} = %(person_id)s FOR UPDATE OF whole_row

-- going_with --
-- The rows of a person that go with some others of theirs, and were not seen before
SELECT to_jsonb(belongs) AS record FROM {belongings} AS belongs
WHERE belongs.{whose} = %(person_id)s
  AND EXISTS (SELECT FROM {table} AS whole_row JOIN jsonb_populate_recordset(NULL::{table}, %(keys)s::jsonb) AS named ON {same_key}
              WHERE whole_row.{column} = %(person_id)s AND {goes_with})
  AND NOT EXISTS (SELECT FROM jsonb_populate_recordset(NULL::{belongings}, %(seen)s::jsonb) AS seen WHERE {is_seen})

-- count_of --
-- How many rows of a table a person has
SELECT count(*) AS rows FROM {table} WHERE {column} = %(person_id)s

-- counts_of --
-- How many rows of a table each of these people has
SELECT {column} AS person_id, count(*) AS rows FROM {table} WHERE {column} = ANY(%(person_ids)s::bigint[]) GROUP BY 1

-- take --
-- Rows leave a person: each as it is to the bit, and as JSON for its key
DELETE FROM {table} AS whole_row WHERE {column} = %(from_id)s RETURNING whole_row::text AS row, to_jsonb(whole_row) AS record

-- take_keys --
-- The same for some rows only
DELETE FROM {table} AS whole_row USING jsonb_populate_recordset(NULL::{table}, %(keys)s::jsonb) AS named
WHERE whole_row.{column} = %(from_id)s AND {same_key}
RETURNING whole_row::text AS row, to_jsonb(whole_row) AS record

-- put --
-- Rows come to a person. Those whose key is taken already do not, and are not returned
INSERT INTO {table} AS whole_row ({columns}) OVERRIDING SYSTEM VALUE
SELECT {values} FROM (SELECT unnest(%(rows)s::text[])::{table} AS taken) AS rows
ON CONFLICT DO NOTHING
RETURNING to_jsonb(whole_row) AS record

-- carry_kept --
-- What is kept goes to the other one by the hand of the tables' owner: of a merge all, and `is_aside` what the other has under the same key; of one
-- undone those that `keys` name, and what was aside
SELECT record, is_aside FROM carry_merged_rows(%(table)s, %(from_id)s, %(to_id)s, %(keys)s::jsonb)

-- put_back --
-- Rows that were kept aside, as they were
INSERT INTO {table} ({columns}) OVERRIDING SYSTEM VALUE
SELECT {columns} FROM jsonb_populate_recordset(NULL::{table}, %(rows)s::jsonb)

-- point --
-- Rows of others that name one person name another instead
UPDATE {table} AS whole_row SET {column} = %(to_id)s WHERE {column} = %(from_id)s RETURNING to_jsonb(whole_row) AS record

-- point_back --
-- The same for some rows only, where they still do
UPDATE {table} AS whole_row SET {column} = %(to_id)s
FROM jsonb_populate_recordset(NULL::{table}, %(keys)s::jsonb) AS named
WHERE {same_key} AND whole_row.{column} = %(from_id)s

-- point_late --
-- The same for all merges not yet settled, in one pass over a table too large to search for each
UPDATE {table} AS whole_row SET {column} = m.person_id FROM person_merge m
WHERE whole_row.{column} = m.other_id AND m.undone_at IS NULL AND m.settled_at IS NULL
RETURNING m.merge_id, to_jsonb(whole_row) AS record

-- missing_people --
-- Those of some people who have no row
SELECT person_id FROM unnest(%(person_ids)s::bigint[]) AS named (person_id)
WHERE NOT EXISTS (SELECT FROM person p WHERE p.person_id = named.person_id)

-- one_at_a_time --
-- Merges, and other deeds by which a record leaves, come one after the other: each changes rows of people that another may be about
SELECT pg_advisory_xact_lock(hashtextextended('dancu.register.merging', 0))

-- none_meanwhile --
-- While a file is loaded nobody leaves the register: whom it names is looked up long before it is written
SELECT pg_advisory_xact_lock_shared(hashtextextended('dancu.register.merging', 0))

-- lock_people --
-- Both records, in the order of their ids, until the merge is written
SELECT person_id, recorded_at, to_jsonb(person) AS record FROM person
WHERE person_id = ANY (%(person_ids)s::bigint[]) ORDER BY person_id FOR UPDATE

-- lock_relatives --
-- These rows, in the order of their ids, which nobody else changes meanwhile; what hangs on those people goes on
SELECT 1 FROM person WHERE person_id = ANY (%(person_ids)s::bigint[]) ORDER BY person_id FOR NO KEY UPDATE

-- hold --
-- So that no merge takes these records away until the transaction ends, in the order of their ids
SELECT person_id FROM person WHERE person_id = ANY (%(person_ids)s::bigint[]) ORDER BY person_id FOR KEY SHARE

-- end_versions --
-- What the register said of the other record's past it says no more
UPDATE person_history SET superseded_at = %(at)s WHERE person_id = %(person_id)s AND superseded_at IS NULL RETURNING version_id

-- restore_versions --
-- It says so again
UPDATE person_history SET superseded_at = NULL WHERE person_id = %(person_id)s AND version_id = ANY (%(version_ids)s::uuid[])

-- remove_version --
-- The version that the merge wrote when the row left `person` was never true: said at no moment. Nobody who serves may delete of a history
UPDATE person_history SET superseded_at = recorded_at WHERE person_id = %(person_id)s AND version_id = %(version_id)s

-- standing --
-- The register's present word on a person's whole past, oldest first, the current row last
SELECT valid_from, record FROM (
    SELECT valid_from, record, false AS is_current FROM person_history WHERE person_id = %(person_id)s AND superseded_at IS NULL
    UNION ALL
    SELECT valid_from, to_jsonb(p), true FROM person p WHERE person_id = %(person_id)s
) AS said ORDER BY is_current, valid_from

-- remove_person --
-- The other record leaves
DELETE FROM person WHERE person_id = %(person_id)s

-- restore_person --
-- It comes back as it was
INSERT INTO person SELECT * FROM jsonb_populate_record(NULL::person, %(record)s::jsonb)

-- add_former_numbers --
-- The numbers that no longer count lead to the kept record, unless they do already
INSERT INTO former_number AS whole_row (person_id, kind, number, ended_on, replaced_by, reason)
SELECT %(person_id)s, kind, number, %(on)s, replaced_by, %(reason)s
FROM jsonb_populate_recordset(NULL::former_number, %(numbers)s::jsonb)
ON CONFLICT DO NOTHING
RETURNING to_jsonb(whole_row) AS record

-- take_numbers_back --
-- Those that are in force again, by the tables' owner
SELECT take_numbers_back(%(person_id)s, %(numbers)s::jsonb)

-- add_former_homes --
-- A permanent residence that the merge made a former one
INSERT INTO residence AS whole_row (person_id, kind, valid_from, valid_to, area_id, address)
SELECT %(person_id)s, kind, valid_from, valid_to, area_id, address FROM jsonb_populate_recordset(NULL::residence, %(homes)s::jsonb)
ON CONFLICT DO NOTHING
RETURNING to_jsonb(whole_row) AS record

-- take_home --
-- A permanent residence that ended goes
DELETE FROM residence
WHERE person_id = %(person_id)s AND kind = 1 AND valid_from = %(began)s::date AND area_id = %(area_id)s AND valid_to IS NOT NULL
RETURNING valid_to

-- end_homes --
-- Homes beside the permanent one that last end: on the day of a death, else when the next one of their kind began
UPDATE residence r SET valid_to = greatest(least(lasting.next, %(died_on)s::date, r.until), r.valid_from + 1)
FROM (SELECT kind, valid_from, lead(valid_from) OVER (PARTITION BY kind ORDER BY valid_from) AS next
      FROM residence WHERE person_id = %(person_id)s AND kind <> 1 AND valid_to IS NULL) AS lasting
WHERE r.person_id = %(person_id)s AND r.kind = lasting.kind AND r.valid_from = lasting.valid_from
  AND (lasting.next IS NOT NULL OR %(died_on)s::date IS NOT NULL)
RETURNING r.kind, r.valid_from, r.valid_to

-- leave_wrong_homes --
-- A former permanent home that began when the one that lasts did, or later, was none: nobody has two. Nor was one after the death
DELETE FROM residence AS whole_row USING person p
WHERE whole_row.person_id = %(person_id)s AND p.person_id = whole_row.person_id AND whole_row.kind = 1
  AND (whole_row.valid_from >= p.home_since OR (p.status = 2 AND whole_row.valid_from > p.status_on))
RETURNING to_jsonb(whole_row) AS record

-- part_homes --
-- Of former permanent homes each ended when the next one began, and with the death
UPDATE residence r SET valid_to = parted.next
FROM (SELECT h.valid_from, h.valid_to AS was,
             least(coalesce(lead(h.valid_from) OVER (ORDER BY h.valid_from), p.home_since),
                   CASE WHEN p.status = 2 THEN greatest(p.status_on, h.valid_from + 1) END) AS next
      FROM residence h JOIN person p USING (person_id) WHERE h.person_id = %(person_id)s AND h.kind = 1) AS parted
WHERE r.person_id = %(person_id)s AND r.kind = 1 AND r.valid_from = parted.valid_from AND parted.was > parted.next
RETURNING r.kind, r.valid_from, r.valid_to, parted.was

-- begin_with_birth --
-- Homes that would have begun before the birth go, and those that would not have ended before it begin with it; where one of the kind does so already,
-- that one says it
WITH before AS (
    DELETE FROM residence AS whole_row USING person p
    WHERE whole_row.person_id = %(person_id)s AND p.person_id = whole_row.person_id AND whole_row.valid_from < p.birth_date
    RETURNING whole_row.*, p.birth_date, to_jsonb(whole_row) AS record
), since AS (
    INSERT INTO residence AS whole_row (person_id, kind, valid_from, valid_to, until, area_id, address)
    SELECT DISTINCT ON (kind) person_id, kind, birth_date, valid_to, until, area_id, address FROM before
    WHERE coalesce(least(valid_to, until) > birth_date, true) ORDER BY kind, valid_from DESC
    ON CONFLICT DO NOTHING
    RETURNING kind, valid_from, to_jsonb(whole_row) AS record
)
SELECT kind, valid_from, false AS added, record FROM before UNION ALL SELECT kind, valid_from, true, record FROM since

-- put_homes_back --
-- Homes that a merge took for wrong
INSERT INTO residence SELECT * FROM jsonb_populate_recordset(NULL::residence, %(homes)s::jsonb) ON CONFLICT DO NOTHING

-- as_before_events --
-- Homes that came back from the kept record are as they were before what happened to that one since
UPDATE residence r SET valid_to = was.valid_to
FROM (SELECT DISTINCT ON (1, 2) (home ->> 'kind')::smallint AS kind, (home ->> 'valid_from')::date AS valid_from, (home ->> 'valid_to')::date AS valid_to
      FROM life_event e CROSS JOIN jsonb_array_elements(e.before -> 'rows' -> 'residence' -> 'removed') AS home
      WHERE e.person_id = %(kept_id)s AND e.undone_by IS NULL AND e.kind <> 'undone'
      ORDER BY 1, 2, e.recorded_at, e.event_id) AS was,
     jsonb_populate_recordset(NULL::residence, %(moved)s::jsonb) AS moved
WHERE r.person_id = %(other_id)s AND (r.kind, r.valid_from) = (was.kind, was.valid_from) AND (r.kind, r.valid_from) = (moved.kind, moved.valid_from)

-- begin_homes_again --
-- Those that still stand so last again, unless their person died, or until they had ended before
UPDATE residence r SET valid_to = ended.was
FROM jsonb_to_recordset(%(ended)s::jsonb) AS ended (person_id bigint, kind smallint, valid_from date, valid_to date, was date), person p
WHERE r.person_id = ended.person_id AND p.person_id = r.person_id AND (p.status <> 2 OR ended.was IS NOT NULL)
  AND (r.kind, r.valid_from, r.valid_to) = (ended.kind, ended.valid_from, ended.valid_to)

-- add_merge --
-- The merge itself, which says whose rows may go to whom
INSERT INTO person_merge (person_id, merge_id, kept_id, other_id, merged_at, merged_by, basis, other, history, moved, pointed,
                          aside, added, taken)
VALUES (%(kept_id)s, %(merge_id)s, %(kept_id)s, %(other_id)s, %(merged_at)s, %(merged_by)s, %(basis)s, %(other)s, '{}', '[]', '[]', '[]', '[]', '{}')

-- tell_merge --
-- And what it moved and changed, also afterwards: the tables' owner adds it, and takes nothing away
SELECT tell_merge(%(person_id)s, %(merge_id)s, %(told)s::jsonb)

-- lock_merge --
-- A merge that is about to be undone
SELECT * FROM person_merge WHERE merge_id = %(merge_id)s FOR UPDATE

-- later_merge --
-- A later merge into the same record, which has to be undone first
SELECT other_id FROM person_merge
WHERE person_id = %(person_id)s AND undone_at IS NULL AND (merged_at, merge_id) > (%(merged_at)s, %(merge_id)s)
ORDER BY merged_at DESC LIMIT 1

-- end_merge --
-- A merge that is undone in this transaction, by the tables' owner
SELECT end_merge(%(person_id)s, %(merge_id)s, %(by)s, %(basis)s)

-- unsettled --
-- Merges under whose other number something may still arrive, from transactions that began before
SELECT person_id, merge_id, other_id FROM person_merge WHERE settled_at IS NULL AND undone_at IS NULL ORDER BY merged_at

-- settle --
-- Nothing that began before these merges runs any more
UPDATE person_merge SET settled_at = %(now)s
WHERE settled_at IS NULL AND undone_at IS NULL AND merged_at < %(before)s

-- merged_into --
-- Which person these numbers mean now; of those not named, themselves
SELECT other_id, person_id, merge_id FROM person_merge WHERE other_id = ANY (%(person_ids)s::bigint[]) AND undone_at IS NULL

-- ids_of --
-- All the numbers that a person has or had
SELECT other_id FROM person_merge WHERE person_id = %(person_id)s AND undone_at IS NULL ORDER BY merged_at

-- undone --
-- Who was parted again from these people
SELECT person_id, other_id FROM person_merge WHERE person_id = ANY(%(person_ids)s::bigint[]) AND undone_at IS NOT NULL

-- merge --
-- One merge, as its page tells it
SELECT person_id, merge_id, kept_id, other_id, merged_at, undone_at, merged_by, undone_by, basis, undone_basis, other, moved, pointed,
       aside, taken
FROM person_merge WHERE merge_id = %(merge_id)s

-- merges_of --
-- The merges of a person, latest first
SELECT person_id, merge_id, kept_id, other_id, merged_at, undone_at, merged_by, undone_by, basis, undone_basis, other, moved, pointed,
       aside, taken
FROM person_merge WHERE person_id = %(person_id)s ORDER BY merged_at DESC, merge_id DESC

-- numbers_by_merge --
-- Numbers that lead to a person because records were merged, and not because another one came in their place
SELECT key ->> 'kind' AS kind, key ->> 'number' AS number
FROM person_merge CROSS JOIN jsonb_array_elements(added) AS entry CROSS JOIN jsonb_array_elements(entry -> 'keys') AS key
WHERE person_id = %(person_id)s AND undone_at IS NULL AND entry ->> 'table' = 'former_number'

-- since_merge --
-- The latest event of some people since a merge that stands and by which one of a couple married, or was so no more
SELECT person_id, kind, happened_on FROM life_event e
WHERE person_id = ANY (%(person_ids)s::bigint[]) AND kind = ANY (%(kinds)s::text[]) AND undone_by IS NULL AND event_id > %(merge_id)s
  AND (before -> 'fields' ?| ARRAY['marital_status', 'spouse_id', 'status'])
  AND (person_id = ANY (%(couple)s::bigint[]) OR EXISTS (
        SELECT FROM life_event c WHERE c.event_id = e.event_id AND c.person_id = ANY (%(couple)s::bigint[])))
ORDER BY event_id DESC, person_id LIMIT 1
