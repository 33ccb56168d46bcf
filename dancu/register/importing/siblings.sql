-- size --
-- How many new children there are of mothers who are known, and whether the register is read for them
SELECT count(*) AS children, count(*) * 100 > (SELECT reltuples FROM pg_class WHERE oid = 'person'::regclass)
                          OR (SELECT reltuples < 300000 FROM pg_class WHERE oid = 'person'::regclass) AS everywhere
FROM import_record WHERE is_new AND mother_id IS NOT NULL

-- hash --
-- The tables of the files have no index, so looking for one row after the other never pays
SELECT set_config('enable_nestloop', %(nested)s, true)

-- told --
-- The new child c and the other one q: those born within so many days, and those who sound alike
c.person_id, c.full_name, c.birth_date, c.birth_precision, q.full_name AS held_name, q.birth_date AS held_date, q.birth_precision AS held_precision, q.pin AS held_pin

-- near --
-- Likewise
(q.given_key = c.given_key OR abs(q.birth_date - c.birth_date) < %(days)s)

-- in_files --
-- New children beside others of their mother in the files
SELECT {told} FROM import_record c JOIN import_record q ON q.mother_id = c.mother_id
WHERE c.is_new AND q.person_id <> c.person_id AND (NOT q.is_new OR q.person_id < c.person_id) AND {near}
ORDER BY c.person_id, q.person_id

-- in_register --
-- Beside all whom the register has
SELECT {told} FROM import_record c JOIN person q ON q.mother_id = c.mother_id WHERE c.is_new AND {near}
ORDER BY c.person_id, q.person_id

-- in_register_nearby --
-- Beside those of the row's or the mother's household, and those in the commune who sound so
SELECT {told} FROM import_record c JOIN person m ON m.person_id = c.mother_id
CROSS JOIN LATERAL (
    SELECT person_id, mother_id, full_name, birth_date, birth_precision, pin, given_key FROM person WHERE household_id = c.household_id
    UNION
    SELECT person_id, mother_id, full_name, birth_date, birth_precision, pin, given_key FROM person WHERE household_id = m.household_id
    UNION
    SELECT person_id, mother_id, full_name, birth_date, birth_precision, pin, given_key FROM person WHERE home_area = c.home_area AND ends_key = c.ends_key
) AS q
WHERE c.is_new AND q.mother_id = c.mother_id AND {near}
ORDER BY c.person_id, q.person_id
