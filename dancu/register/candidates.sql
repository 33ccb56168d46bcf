-- holders --
-- Whoever holds or held one of these numbers; `led_by` is the one that led there
SELECT pin AS led_by, {columns} FROM person p WHERE pin = ANY(%(numbers)s::text[])
UNION ALL
SELECT cmnd, {columns} FROM person p WHERE cmnd = ANY(%(numbers)s::text[])
UNION ALL
SELECT f.number, {columns} FROM former_number f JOIN person p USING (person_id) WHERE f.number = ANY(%(numbers)s::text[])

-- with_phone --
-- Who has one of these telephones
SELECT {columns} FROM person p WHERE phone = ANY(%(phones)s::text[]) LIMIT %(most)s::integer

-- by_ids --
-- These people, as candidates
SELECT {columns} FROM person p WHERE person_id = ANY(%(person_ids)s::bigint[])

-- other_homes --
-- Where these people live for now, away from their permanent residence: temporary, current, stay
SELECT r.person_id, r.area_id FROM residence r WHERE r.person_id = ANY(%(person_ids)s::bigint[]) AND {lasts}

-- given_and_born --
-- Whose given name sounds like one of these and who was born on one of these days
SELECT {columns} FROM person p
WHERE given_key = ANY(%(given_keys)s::integer[]) AND birth_date = ANY(%(births)s::date[]) LIMIT %(most)s::integer

-- home_and_born --
-- Who lives in one of these communes and was born on one of these days
SELECT {columns} FROM person p
WHERE home_area = ANY(%(areas)s::integer[]) AND birth_date = ANY(%(births)s::date[]) LIMIT %(most)s::integer

-- named_at_home --
-- Whose family and given name sound like one of these and who lives in one of these communes
SELECT {columns} FROM person p
WHERE ends_key = ANY(%(ends_keys)s::integer[]) AND home_area = ANY(%(areas)s::integer[]) LIMIT %(most)s::integer

-- by_index --
-- Before people near by are read, in a transaction: never the whole table, which a LIMIT tempts the planner to (3 s of a million people)
SELECT set_config('enable_seqscan', 'off', true)

-- near --
-- Whose given name, or first and last name, sound like one of these, born on one of these days or in a span of time, who live in one of these
-- communes, whose name fits a pattern; null: not asked. Planned each time, by the keys that are asked
SELECT {columns} FROM person p
WHERE (%(given_keys)s::integer[] IS NULL OR given_key = ANY(%(given_keys)s::integer[]))
  AND (%(ends_keys)s::integer[] IS NULL OR ends_key = ANY(%(ends_keys)s::integer[]))
  AND (%(births)s::date[] IS NULL OR birth_date = ANY(%(births)s::date[]))
  AND (%(since)s::date IS NULL OR birth_date BETWEEN %(since)s::date AND %(until)s::date)
  AND (%(areas)s::integer[] IS NULL OR home_area = ANY(%(areas)s::integer[]))
  AND (%(pattern)s::text IS NULL OR full_name ~ %(pattern)s::text)
LIMIT %(most)s
