-- by_number --
-- Who holds or held a number: PIN, cancelled PIN, CMND (not of 12 digits). One statement: a number of nobody's takes as long as one of somebody's
SELECT person_id, pin, full_name, birth_date, birth_precision, sex, status, home_area FROM person WHERE pin = %(number)s::text
UNION ALL
SELECT person_id, pin, full_name, birth_date, birth_precision, sex, status, home_area
FROM person WHERE cmnd = %(number)s::text AND length(%(number)s::text) <> 12
UNION ALL
SELECT p.person_id, p.pin, p.full_name, p.birth_date, p.birth_precision, p.sex, p.status, p.home_area
FROM former_number f JOIN person p USING (person_id)
WHERE f.number = %(number)s::text AND p.pin IS DISTINCT FROM f.number AND p.cmnd IS DISTINCT FROM f.number

-- by_numbers --
-- The same for several numbers, each with the number that led to it; the index sorts the array, so that neighbouring pages are read together
SELECT pin AS number, person_id, pin, full_name, birth_date, birth_precision, sex, status, home_area
FROM person WHERE pin = ANY(%(numbers)s::text[])
UNION ALL
SELECT cmnd, person_id, pin, full_name, birth_date, birth_precision, sex, status, home_area
FROM person WHERE cmnd = ANY(ARRAY(SELECT number FROM unnest(%(numbers)s::text[]) AS asked (number) WHERE length(number) <> 12))
UNION ALL
SELECT f.number, p.person_id, p.pin, p.full_name, p.birth_date, p.birth_precision, p.sex, p.status, p.home_area
FROM former_number f JOIN person p USING (person_id)
WHERE f.number = ANY(%(numbers)s::text[]) AND p.pin IS DISTINCT FROM f.number AND p.cmnd IS DISTINCT FROM f.number

-- identify --
-- The same for an official's system, with the audit's entries: one round trip for the hottest endpoint
WITH found AS (
    {by_number}
), noted AS (
    INSERT INTO audit_entry (person_id, entry_id, actor_kind, actor_id, actor_role, jurisdiction_kind, jurisdiction_id, purpose,
                             action, address, request_id)
    SELECT about, %(entry_id)s::uuid, 'official', %(actor_id)s::bigint, %(actor_role)s::text,
           %(jurisdiction_kind)s::text, %(jurisdiction_id)s::bigint, %(purpose)s::text, 'register.identify', %(address)s::inet,
           %(request_id)s::text
    FROM (SELECT person_id FROM found UNION ALL SELECT 0 WHERE NOT EXISTS (SELECT FROM found)) AS whom (about)
)
SELECT * FROM found

-- people --
-- People in full
SELECT p.*, CASE WHEN p.household_id > 0 THEN nullif(substr(p.household_id::text, 2), '') ELSE h.household_no END AS household_no,
       ARRAY(SELECT f.number FROM former_number f WHERE f.person_id = p.person_id) AS former_numbers
FROM person p LEFT JOIN household h USING (household_id)
WHERE p.person_id = ANY(%(person_ids)s::bigint[])

-- household_there --
-- Whether there is a file of this number, of those whose number is not plain digits
SELECT 1 AS one FROM household WHERE household_id = %(household_id)s

-- visible_person --
-- One person, if any residence of theirs lies in the areas (null: everywhere)
SELECT person_id FROM person p WHERE person_id = %(person_id)s AND {visible}

-- visible_people --
-- Those of some people whose residence lies in the areas
SELECT person_id FROM person p WHERE person_id = ANY(%(person_ids)s::bigint[]) AND {visible}

-- visible --
-- Who may be seen by someone whose jurisdiction is these areas: who lives there, permanently or for now
(%(areas)s::integer[] IS NULL OR p.home_area = ANY(%(areas)s)
    OR EXISTS (SELECT FROM residence r WHERE r.person_id = p.person_id AND r.area_id = ANY(%(areas)s) AND {lasts}))

-- lasts --
-- Whether somebody lives for now where a row r of `residence` says: it has not ended, the agreed end of a temporary one has not come (a period ends with
-- the first day on which it no longer holds), and it is no absence. The day is Vietnam's, whatever the session's zone
(r.valid_to IS NULL AND r.kind <> 3 AND (r.until IS NULL OR r.until > (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date))

-- residences --
-- Where a person lives and lived, latest first; what was agreed to end has ended then
SELECT * FROM (
    SELECT 1 AS kind, home_since AS valid_from, NULL::date AS valid_to, NULL::date AS until, home_area AS area_id,
           coalesce(home_address, '') AS address
    FROM person WHERE person_id = %(person_id)s AND home_since IS NOT NULL
    UNION ALL
    SELECT kind, valid_from, coalesce(valid_to, CASE WHEN until <= %(on)s THEN until END), until, area_id, address
    FROM residence WHERE person_id = %(person_id)s
) AS lived ORDER BY valid_to IS NULL DESC, valid_from DESC, kind

-- open_residences --
-- Where many people live now
SELECT person_id, 1 AS kind, home_area AS area_id, coalesce(home_address, '') AS address
FROM person WHERE person_id = ANY(%(person_ids)s) AND home_since IS NOT NULL
UNION ALL
SELECT r.person_id, r.kind, r.area_id, r.address FROM residence r WHERE r.person_id = ANY(%(person_ids)s) AND {lasts}
ORDER BY person_id, kind

-- household_members --
-- The people of a household, also who is missing, its head first; but for the dead, whose row keeps what household they were of
SELECT person_id, full_name, birth_date, birth_precision, sex, status, relation FROM person
WHERE household_id = %(household_id)s AND status <> 2 ORDER BY relation NULLS LAST, birth_date, person_id

-- relatives --
-- Parents, spouse and representatives, whether the register holds them or only their names
SELECT kind, p.person_id, p.full_name, p.birth_date, p.birth_precision
FROM (VALUES ('father', %(father_id)s::bigint), ('mother', %(mother_id)s), ('spouse', %(spouse_id)s)) AS k (kind, relative_id)
JOIN person p ON p.person_id = k.relative_id
UNION ALL
SELECT kind, NULL, name, NULL, NULL
FROM (VALUES ('father', %(father_name)s, %(father_id)s::bigint), ('mother', %(mother_name)s, %(mother_id)s)) AS n (kind, name, relative_id)
WHERE name IS NOT NULL AND relative_id IS NULL
UNION ALL
SELECT kind, NULL, full_name, NULL, NULL FROM named_relative
WHERE person_id = %(person_id)s AND kind IN ('spouse', 'representative')
ORDER BY kind

-- former_numbers --
-- Numbers a person held before
SELECT kind, number, ended_on, replaced_by, reason FROM former_number WHERE person_id = %(person_id)s ORDER BY ended_on DESC

-- not_alive --
-- Those of some people who are dead or missing
SELECT person_id FROM person WHERE person_id = ANY(%(person_ids)s::bigint[]) AND status <> %(alive)s

-- with_telephones --
-- Who has one of these telephones
SELECT person_id FROM person WHERE phone = ANY(%(phones)s::text[])

-- events --
-- What happened to a person's record, latest first
SELECT event_id, kind, happened_on, recorded_at, recorded_by, basis, changes, undone_by,
       before IS NOT NULL AND undone_by IS NULL AND kind NOT IN ('entry', 'undone') AS may_be_undone,
       CASE WHEN kind = 'child_birth' THEN (
           SELECT coalesce((SELECT full_name FROM person p WHERE p.person_id = c.person_id),
                           (SELECT record ->> 'full_name' FROM person_history h WHERE h.person_id = c.person_id
                            ORDER BY superseded_at DESC NULLS FIRST LIMIT 1))
           FROM life_event c WHERE c.event_id = life_event.event_id AND c.kind = 'birth' LIMIT 1
       ) END AS child
FROM life_event
WHERE person_id = %(person_id)s ORDER BY recorded_at DESC, event_id DESC

-- events_before --
-- Events of before the register's first word on a person, as they stood at a time, in the order in which they happened. A correction tells of no
-- day on which something happened
SELECT happened_on, before -> 'fields' AS fields FROM life_event e
WHERE person_id = %(person_id)s AND happened_on <= %(first)s AND recorded_at <= %(at)s AND before ? 'fields' AND kind NOT IN ('correction', 'undone')
  AND NOT EXISTS (SELECT FROM life_event u WHERE u.event_id = e.undone_by AND u.recorded_at <= %(at)s)
ORDER BY happened_on, recorded_at, event_id

-- taken_away --
-- Records that left the register when their birth was undone, by id or by the number that was cancelled: the last that it said, and why
SELECT f.person_id, f.number, f.ended_on, f.reason, h.record ->> 'full_name' AS full_name, (h.record ->> 'birth_date')::date AS birth_date,
       (h.record ->> 'home_area')::integer AS home_area
FROM former_number f
CROSS JOIN LATERAL (SELECT record FROM person_history h WHERE h.person_id = f.person_id ORDER BY superseded_at DESC NULLS FIRST LIMIT 1) AS h
WHERE (f.person_id = %(person_id)s OR f.number = %(number)s) AND f.kind = 'pin' AND f.replaced_by IS NULL
  AND NOT EXISTS (SELECT FROM person p WHERE p.person_id = f.person_id)
  AND EXISTS (SELECT FROM life_event e WHERE e.person_id = f.person_id AND e.kind = 'birth' AND e.undone_by IS NOT NULL)

-- count --
-- How many people the register holds, as the planner last counted (exact below a hundred thousand)
SELECT CASE WHEN reltuples < 100000 THEN (SELECT count(*) FROM person) ELSE reltuples::bigint END AS people
FROM pg_class WHERE oid = 'person'::regclass

-- add_person --
-- A person who was not in the register
INSERT INTO person (person_id, valid_from, pin, cmnd, full_name, given_key, ends_key, birth_date, birth_precision, sex, home_area,
                    home_since, home_address, phone, birth_area, native_area, ethnicity, nationality, marital_status, household_id,
                    relation, card_issued_on, father_id, mother_id, spouse_id)
VALUES (nextval('person_id_seq'), %(valid_from)s, %(pin)s, %(cmnd)s, %(full_name)s, %(given_key)s, %(ends_key)s, %(birth_date)s,
        %(birth_precision)s, %(sex)s, %(home_area)s, %(valid_from)s, nullif(%(address)s, ''), %(phone)s, %(birth_area)s,
        %(native_area)s, %(ethnicity)s, %(nationality)s, %(marital_status)s, %(household_id)s, %(relation)s, %(card_issued_on)s, %(father_id)s,
        %(mother_id)s, %(spouse_id)s)
RETURNING person_id

-- add_event --
-- What happened, when, by whom and on what legal basis
INSERT INTO life_event (person_id, event_id, kind, happened_on, recorded_by, basis, changes)
VALUES (%(person_id)s, %(event_id)s, %(kind)s, %(happened_on)s, %(recorded_by)s, %(basis)s, %(changes)s)

-- end_home --
-- The permanent residence that lasted until now, among those that ended. Zero rows: there was none, or it began on that very day
INSERT INTO residence (person_id, kind, valid_from, valid_to, area_id, address)
SELECT person_id, 1, home_since, %(on)s, home_area, coalesce(home_address, '')
FROM person WHERE person_id = %(person_id)s AND home_since < %(on)s
ON CONFLICT (person_id, kind, valid_from) DO UPDATE
SET valid_to = excluded.valid_to, area_id = excluded.area_id, address = excluded.address

-- close_residence --
-- The residence of this kind ends, if it was not agreed to end before
UPDATE residence SET valid_to = least(%(on)s, until)
WHERE person_id = %(person_id)s AND kind = %(kind)s AND valid_to IS NULL AND valid_from < %(on)s

-- open_residence --
-- A residence begins; begun on the same day as the last one, it takes its place
INSERT INTO residence (person_id, kind, valid_from, until, area_id, address)
VALUES (%(person_id)s, %(kind)s, %(on)s, %(until)s, %(area_id)s, %(address)s)
ON CONFLICT (person_id, kind, valid_from) DO UPDATE
SET valid_to = NULL, until = excluded.until, area_id = excluded.area_id, address = excluded.address

-- close_all_residences --
-- A person who died lives nowhere
UPDATE residence SET valid_to = greatest(least(%(on)s, until), valid_from + 1) WHERE person_id = %(person_id)s AND valid_to IS NULL

-- add_former_number --
-- A number that no longer counts, and the one in its place
INSERT INTO former_number (person_id, kind, number, ended_on, replaced_by, reason)
VALUES (%(person_id)s, %(kind)s, %(number)s, %(on)s, %(replaced_by)s, %(reason)s)
ON CONFLICT (person_id, kind, number) DO UPDATE
SET ended_on = excluded.ended_on, replaced_by = excluded.replaced_by, reason = excluded.reason

-- some_person --
-- A living adult with a number, a telephone and a home in the area: the demo's citizen
SELECT person_id FROM person
WHERE status = 1 AND pin IS NOT NULL AND phone IS NOT NULL AND home_area = ANY(%(areas)s::integer[])
  AND birth_date BETWEEN %(after)s AND %(before)s AND birth_precision = 'D' AND card_issued_on IS NOT NULL
ORDER BY person_id OFFSET %(nth)s LIMIT 1

-- old_tables --
-- A row where the tables are those of before homes stood in the person's row, which no migration changes
SELECT 1 AS old FROM information_schema.columns
WHERE table_schema = current_schema() AND table_name = 'person'
HAVING count(*) > 0 AND count(*) FILTER (WHERE column_name = 'home_address') = 0

-- is_a_demos --
-- Whether the register began with the file of a demo, or holds nobody
SELECT coalesce((SELECT file_name ~ '^demo-[0-9]+[.]parquet$' FROM import_run ORDER BY started_at, import_id LIMIT 1),
                NOT EXISTS (SELECT FROM person)) AS invented
