-- lock --
-- These people's rows, held in the order of their ids until the event is written. Whom the register does not hold is left out. What hangs on
-- them goes on meanwhile: who passes a station waits for nobody's correction
SELECT person_id, recorded_at, to_jsonb(person) AS record FROM person
WHERE person_id = ANY (%(person_ids)s::bigint[]) ORDER BY person_id FOR NO KEY UPDATE

-- standing --
-- The register's present word on a person's whole past, oldest first, the current row last
SELECT valid_from, record FROM (
    SELECT valid_from, record, false AS is_current FROM person_history WHERE person_id = %(person_id)s AND superseded_at IS NULL
    UNION ALL
    SELECT valid_from, to_jsonb(p), true FROM person p WHERE person_id = %(person_id)s
) AS said ORDER BY is_current, valid_from

-- beside --
-- What is held of a person beside their row
SELECT 'residence' AS "table", to_jsonb(r) - 'person_id' AS record FROM residence r WHERE person_id = %(person_id)s
UNION ALL SELECT 'former_number', to_jsonb(f) - '{person_id,written_at}'::text[] FROM former_number f WHERE person_id = %(person_id)s
UNION ALL SELECT 'named_relative', to_jsonb(n) - 'person_id' FROM named_relative n WHERE person_id = %(person_id)s

-- take_rows --
-- Rows of a person go, each exactly as it was
DELETE FROM {table} AS whole_row
WHERE person_id = %(person_id)s AND to_jsonb(whole_row) - 'person_id' IN (SELECT jsonb_array_elements(%(rows)s::jsonb))

-- take_numbers --
-- The same of former numbers that the person bears again, by the tables' owner: how many
SELECT take_numbers_back(%(person_id)s, %(numbers)s::jsonb) AS taken

-- put_numbers --
-- Numbers that were the person's before, and had been replaced once already
INSERT INTO former_number (person_id, kind, number, ended_on, replaced_by, reason)
SELECT %(person_id)s, kind, number, ended_on, replaced_by, reason FROM jsonb_populate_recordset(NULL::former_number, %(rows)s::jsonb)
ON CONFLICT DO NOTHING

-- put_rows --
-- Rows of a person come back. One whose key is taken does not
INSERT INTO {table}
SELECT (jsonb_populate_record(NULL::{table}, one || jsonb_build_object('person_id', %(person_id)s::bigint))).*
FROM jsonb_array_elements(%(rows)s::jsonb) AS one
ON CONFLICT DO NOTHING

-- add_event --
-- What happened to one of the people whom an event is about
INSERT INTO life_event (person_id, event_id, kind, happened_on, recorded_by, basis, changes, before)
VALUES (%(person_id)s, %(event_id)s, %(kind)s, %(happened_on)s, %(recorded_by)s, %(basis)s, %(changes)s, %(before)s)

-- event --
-- The people whom an event is about
SELECT person_id, kind, happened_on, recorded_at, before, undone_by FROM life_event WHERE event_id = %(event_id)s ORDER BY person_id

-- merged_since --
-- The record that this event was about before it was merged into the person's
SELECT other_id FROM person_merge
WHERE person_id = %(person_id)s AND undone_at IS NULL
  AND moved @> jsonb_build_array(jsonb_build_object('table', 'life_event', 'keys', jsonb_build_array(jsonb_build_object('event_id', %(event_id)s::text))))

-- parted_since --
-- Whether an event happened to a person while another record was part of theirs, which gave them some of these fields
SELECT 1 AS parted FROM person_merge m JOIN life_event e ON e.person_id = m.person_id AND e.event_id = %(event_id)s
JOIN life_event merged ON merged.person_id = m.person_id AND merged.kind = 'merge' AND (merged.recorded_at, merged.event_id) < (e.recorded_at, e.event_id)
JOIN life_event parted ON parted.person_id = m.person_id AND parted.kind = 'merge_undone' AND (parted.recorded_at, parted.event_id) > (e.recorded_at, e.event_id)
WHERE m.person_id = %(person_id)s AND m.undone_at IS NOT NULL AND m.taken ?| %(fields)s::text[] LIMIT 1

-- later_events --
-- What was recorded of a person after an event and stands, latest first; not of another record that is part of theirs since
SELECT event_id, kind, happened_on, before FROM life_event e
WHERE person_id = %(person_id)s AND undone_by IS NULL AND kind <> 'undone'
  AND (recorded_at, event_id) > (SELECT recorded_at, event_id FROM life_event WHERE person_id = %(person_id)s AND event_id = %(event_id)s)
  AND NOT EXISTS (SELECT FROM person_merge m WHERE m.person_id = e.person_id AND m.undone_at IS NULL
                  AND m.moved @> jsonb_build_array(jsonb_build_object('table', 'life_event', 'keys', jsonb_build_array(jsonb_build_object('event_id', e.event_id::text)))))
ORDER BY recorded_at DESC, event_id DESC

-- since --
-- What an event and whatever was recorded of a person after it found, the first first; not of another record that is part of theirs since
SELECT before FROM life_event e
WHERE person_id = %(person_id)s AND before IS NOT NULL
  AND (recorded_at, event_id) >= (SELECT recorded_at, event_id FROM life_event WHERE event_id = %(event_id)s LIMIT 1)
  AND NOT EXISTS (SELECT FROM person_merge m WHERE m.person_id = e.person_id AND m.undone_at IS NULL
                  AND m.moved @> jsonb_build_array(jsonb_build_object('table', 'life_event', 'keys', jsonb_build_array(jsonb_build_object('event_id', e.event_id::text)))))
ORDER BY recorded_at, event_id

-- undone --
-- An event that was undone. Zero rows: somebody else was faster
UPDATE life_event SET undone_by = %(undone_by)s WHERE event_id = %(event_id)s AND undone_by IS NULL

-- standing_events --
-- Events of some kinds that stand on a person's record, latest first
SELECT event_id, kind, happened_on, before FROM life_event
WHERE person_id = %(person_id)s AND undone_by IS NULL AND kind = ANY (%(kinds)s::text[])
ORDER BY recorded_at DESC, event_id DESC

-- own_events --
-- What happened to some people, as far as it stands, the first first
SELECT person_id, kind, happened_on FROM life_event
WHERE person_id = ANY (%(person_ids)s::bigint[]) AND undone_by IS NULL AND kind = ANY (%(kinds)s::text[])
ORDER BY happened_on, recorded_at, event_id

-- homes_began --
-- When the homes of some people began, of every kind
SELECT person_id, valid_from AS began FROM residence WHERE person_id = ANY (%(person_ids)s::bigint[])
UNION ALL SELECT person_id, home_since FROM person WHERE person_id = ANY (%(person_ids)s::bigint[]) AND home_since IS NOT NULL

-- marital_events --
-- All lines of the events by which some people married, or their marriages may have ended, in the order in which they were recorded
SELECT e.event_id, e.person_id, e.kind, e.happened_on, e.before, e.undone_by
FROM (SELECT DISTINCT event_id FROM life_event
      WHERE person_id = ANY (%(person_ids)s::bigint[]) AND kind = ANY (%(kinds)s::text[]) AND before IS NOT NULL) AS theirs
JOIN life_event e USING (event_id)
WHERE e.kind = ANY (%(kinds)s::text[]) AND e.before IS NOT NULL
ORDER BY e.recorded_at, e.event_id, e.person_id

-- moved_by_merges --
-- What happened to other records before they became part of these people's
SELECT DISTINCT key ->> 'event_id' AS event_id FROM person_merge
CROSS JOIN jsonb_array_elements(moved) AS entry CROSS JOIN jsonb_array_elements(entry -> 'keys') AS key
WHERE person_id = ANY (%(person_ids)s::bigint[]) AND undone_at IS NULL AND entry ->> 'table' = 'life_event'

-- recorded_since --
-- Somebody of whom something was recorded after a deed: by a later event, or a file
SELECT 1 AS one FROM person p WHERE person_id = %(person_id)s
  AND (recorded_at > %(moment)s OR EXISTS (SELECT FROM life_event e WHERE e.person_id = p.person_id AND e.event_id > %(deed_id)s
                                               AND e.kind NOT IN ('merge', 'merge_undone')))

-- happened_since --
-- What happened to somebody after a deed and stands
SELECT 1 AS one FROM life_event WHERE person_id = %(person_id)s AND event_id > %(deed_id)s AND undone_by IS NULL
                                  AND kind NOT IN ('undone', 'merge', 'merge_undone')

-- hold_all --
-- Nothing is hung on a record any more until the transaction ends, in which it leaves: briefly, as when one is merged
SELECT 1 FROM person WHERE person_id = %(person_id)s FOR UPDATE

-- remove_person --
-- A record that should never have been made leaves
DELETE FROM person WHERE person_id = %(person_id)s

-- cancel_number --
-- Its number is nobody's from now on, and is given to nobody else
INSERT INTO former_number (person_id, kind, number, ended_on, replaced_by, reason)
VALUES (%(person_id)s, 'pin', %(number)s, %(on)s, NULL, %(reason)s) ON CONFLICT DO NOTHING

-- end_versions --
-- Of whom the register knows nothing any more
UPDATE person_history SET superseded_at = %(at)s WHERE person_id = %(person_id)s AND superseded_at IS NULL

-- taken_numbers --
-- Those of some numbers that somebody holds or held
SELECT pin AS number FROM person WHERE pin = ANY (%(numbers)s::text[])
UNION SELECT number FROM former_number WHERE number = ANY (%(numbers)s::text[])

-- held_by_another --
-- Whether a number was another person's before
SELECT 1 AS one FROM former_number WHERE number = %(number)s AND kind = 'pin' AND person_id <> %(person_id)s LIMIT 1

-- children_nearby --
-- Children of a person: of the household, of the communes where the parent lives or lived, and those whose birth was recorded here. No
-- index says whose children people are: of 100 million it would take gigabytes
SELECT person_id, full_name, birth_date, birth_precision, sex, status, father_id, mother_id, home_area FROM person
WHERE (mother_id = %(person_id)s OR father_id = %(person_id)s)
  AND (household_id = %(household_id)s OR home_area = ANY (%(places)s::integer[]) OR person_id = ANY (%(born)s::bigint[]))
ORDER BY birth_date, person_id

-- children --
-- All children of a person, in a register small enough to be read for it
SELECT person_id, full_name, birth_date, birth_precision, sex, status, father_id, mother_id, home_area FROM person
WHERE mother_id = %(person_id)s OR father_id = %(person_id)s ORDER BY birth_date, person_id

-- who_name --
-- Whose records name a person as husband or wife, in a register small enough to be read for it
SELECT person_id FROM person WHERE spouse_id = %(person_id)s

-- once_married --
-- To whom a person is or was married by the own record, as it stands, and by the events that stand: a divorce dated before the record begins leaves only those
SELECT spouse_id FROM person WHERE person_id = %(person_id)s AND spouse_id IS NOT NULL AND marital_status IS DISTINCT FROM 1
UNION SELECT (record ->> 'spouse_id')::bigint FROM person_history
WHERE person_id = %(person_id)s AND superseded_at IS NULL AND record ->> 'spouse_id' IS NOT NULL AND record ->> 'marital_status' IS DISTINCT FROM '1'
UNION SELECT other.person_id FROM life_event e JOIN life_event other USING (event_id)
WHERE e.person_id = %(person_id)s AND e.kind = 'marriage' AND e.undone_by IS NULL AND other.kind = 'marriage' AND other.person_id <> e.person_id
UNION SELECT (was ->> 1)::bigint FROM life_event e CROSS JOIN jsonb_array_elements(e.before -> 'fields' -> 'spouse_id' -> 'before') AS was
WHERE e.person_id = %(person_id)s AND e.undone_by IS NULL AND e.kind IN ('divorce', 'marriage') AND was ->> 1 IS NOT NULL

-- who_name_nearby --
-- The same in a large one: of the household, of the communes where the person lives or lived, or known by a merge or a marriage
SELECT person_id FROM person
WHERE spouse_id = %(person_id)s
  AND (household_id = %(household_id)s OR home_area = ANY (%(places)s::integer[]) OR person_id = ANY (ARRAY(
        SELECT (key ->> 'person_id')::bigint FROM person_merge
        CROSS JOIN jsonb_array_elements(pointed) AS entry CROSS JOIN jsonb_array_elements(entry -> 'keys') AS key
        WHERE person_id = %(person_id)s AND undone_at IS NULL AND entry ->> 'table' = 'person' AND entry ->> 'column' = 'spouse_id'
        UNION SELECT c.person_id FROM life_event e JOIN life_event c USING (event_id)
        WHERE e.person_id = %(person_id)s AND e.kind = 'marriage' AND c.kind = 'marriage')))

-- is_small --
-- Whether the register is so small that it may be read for one event
SELECT reltuples < 300000 AS small FROM pg_class WHERE oid = 'person'::regclass

-- places --
-- The communes of a person's homes, and the children whose births were recorded on this record
SELECT array(SELECT home_area FROM person WHERE person_id = %(person_id)s AND home_area IS NOT NULL
             UNION SELECT area_id FROM residence WHERE person_id = %(person_id)s) AS places,
       array(SELECT c.person_id FROM life_event e JOIN life_event c USING (event_id)
             WHERE e.person_id = %(person_id)s AND e.kind = 'child_birth' AND c.kind = 'birth' AND c.undone_by IS NULL) AS born

-- named_alike --
-- Who was born on that day and whose last word sounds so, registered in that commune by home or birth
SELECT person_id, full_name, birth_date, birth_precision FROM person
WHERE given_key = %(given_key)s AND birth_date = %(birth_date)s AND (home_area = ANY (%(places)s::integer[]) OR birth_area = ANY (%(places)s::integer[]))
ORDER BY person_id

-- household --
-- The people of a household, its head first
SELECT person_id FROM person WHERE household_id = %(household_id)s ORDER BY relation NULLS LAST, birth_date, person_id

-- new_household --
-- A household that did not exist; its number says the commune
WITH made AS (SELECT nextval('household_id_seq') AS id)
INSERT INTO household (household_id, household_no) SELECT -id, %(commune)s || '-' || id FROM made RETURNING household_id

-- later_residence --
-- The last day on which a residence of this kind of this person began, or a permanent one ended: nobody has two of these at once
SELECT max(valid_from) AS began FROM (
    SELECT CASE WHEN kind = 1 THEN greatest(valid_from, valid_to) ELSE valid_from END AS valid_from
    FROM residence WHERE person_id = %(person_id)s AND kind = %(kind)s
    UNION ALL SELECT home_since FROM person WHERE person_id = %(person_id)s AND %(kind)s = 1
) AS begun

-- drop_homes_before_birth --
-- Homes that would have ended before the person was born; what the event found keeps them
DELETE FROM residence WHERE person_id = %(person_id)s AND (valid_to <= %(birth_date)s OR (until <= %(birth_date)s AND valid_from < %(birth_date)s))

-- begin_homes_with_birth --
-- And those that would have begun before; where one of the kind begins with the birth already, that one says it
UPDATE residence r SET valid_from = %(birth_date)s
WHERE person_id = %(person_id)s AND valid_from < %(birth_date)s AND valid_from = (
    SELECT max(o.valid_from) FROM residence o WHERE o.person_id = r.person_id AND o.kind = r.kind AND o.valid_from <= %(birth_date)s)

-- last_home --
-- The last permanent residence that ended
SELECT area_id, address FROM residence WHERE person_id = %(person_id)s AND kind = 1 AND valid_to IS NOT NULL
ORDER BY valid_to DESC, valid_from DESC LIMIT 1

-- name_spouse --
-- A spouse whom the register does not hold
INSERT INTO named_relative (person_id, kind, full_name, nationality) VALUES (%(person_id)s, 'spouse', %(full_name)s, %(nationality)s)
ON CONFLICT (person_id, kind) DO UPDATE SET full_name = excluded.full_name, number = NULL, nationality = excluded.nationality

-- forget_spouse --
-- A marriage ended with one whom the register does not hold
DELETE FROM named_relative WHERE person_id = %(person_id)s AND kind = 'spouse'

-- named_spouse --
-- A spouse whom the register does not hold
SELECT full_name FROM named_relative WHERE person_id = %(person_id)s AND kind = 'spouse'

-- add_child --
-- A child who was not in the register
INSERT INTO person (person_id, valid_from, pin, full_name, given_key, ends_key, birth_date, birth_precision, sex, home_area, home_since,
                    home_address, birth_area, native_area, ethnicity, nationality, marital_status, household_id, relation, father_id,
                    mother_id, father_name, mother_name)
VALUES (nextval('person_id_seq'), %(valid_from)s, %(pin)s, %(full_name)s, %(given_key)s, %(ends_key)s, %(birth_date)s,
        %(birth_precision)s, %(sex)s, %(home_area)s, %(home_since)s, %(home_address)s, %(birth_area)s, %(native_area)s, %(ethnicity)s,
        %(nationality)s, %(marital_status)s, %(household_id)s, %(relation)s, %(father_id)s, %(mother_id)s, %(father_name)s,
        %(mother_name)s)
RETURNING person_id

-- household_numbers --
-- The numbers by which households are known
SELECT id AS household_id, CASE WHEN id > 0 THEN substr(id::text, 2) ELSE h.household_no END AS household_no
FROM unnest(%(household_ids)s::bigint[]) AS id LEFT JOIN household h ON h.household_id = id
WHERE id > 0 OR h.household_no IS NOT NULL
