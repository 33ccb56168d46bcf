-- size --
-- How many new children there are of mothers who are known, and whether the register is read for them
SELECT count(*) AS children, count(*) * 100 > (SELECT reltuples FROM pg_class WHERE oid = 'person'::regclass)
                          OR (SELECT reltuples < 300000 FROM pg_class WHERE oid = 'person'::regclass) AS everywhere
FROM import_record WHERE is_new AND mother_id IS NOT NULL

-- read_register --
-- All children whom the register has of these mothers
SELECT c.person_id, q.person_id AS other_id FROM import_record c JOIN person q ON q.mother_id = c.mother_id WHERE c.is_new

-- look_nearby --
-- Those of the row's or the mother's household, and those in the commune who sound so
SELECT c.person_id, q.person_id AS other_id FROM import_record c JOIN person m ON m.person_id = c.mother_id
CROSS JOIN LATERAL (
    SELECT q.person_id, q.mother_id FROM person q WHERE q.household_id = c.household_id
    UNION
    SELECT q.person_id, q.mother_id FROM person q WHERE q.household_id = m.household_id
    UNION
    SELECT q.person_id, q.mother_id FROM person q WHERE q.home_area = c.home_area AND q.ends_key = c.ends_key
) AS q
WHERE c.is_new AND q.mother_id = c.mother_id

-- children --
-- New children beside others of their mother, of the register as they will be or of the files: those born within so many days, and those who sound alike
WITH pairs AS (
    {in_register}
    UNION
    SELECT c.person_id, o.person_id FROM import_record c JOIN import_record o ON o.mother_id = c.mother_id AND o.person_id <> c.person_id
    WHERE c.is_new AND (NOT o.is_new OR o.person_id < c.person_id)
)
SELECT c.person_id, c.full_name, c.birth_date, c.birth_precision, coalesce(r.full_name, q.full_name) AS held_name, coalesce(r.birth_date, q.birth_date) AS held_date,
       coalesce(r.birth_precision, q.birth_precision) AS held_precision, coalesce(r.pin, q.pin) AS held_pin
FROM pairs JOIN import_record c ON c.person_id = pairs.person_id
LEFT JOIN import_record r ON r.person_id = pairs.other_id
LEFT JOIN person q ON q.person_id = pairs.other_id
WHERE coalesce(r.given_key, q.given_key) = c.given_key OR abs(coalesce(r.birth_date, q.birth_date) - c.birth_date) < %(days)s
ORDER BY c.person_id, pairs.other_id
