-- alike --
-- New people beside those of the register who were born on that day, are of that sex and sound like them or live in the commune, and with whom they share
-- the commune, a household, a telephone or a card. One person at a time, by the indexes
SELECT r.person_id, r.pin, r.full_name, r.birth_precision, p.pin AS held_pin, p.full_name AS held_name, p.birth_precision AS held_precision,
       p.home_area = r.home_area AS same_home, p.household_id = r.household_id AS same_household, p.phone = r.phone AS same_phone, p.cmnd = r.cmnd AS same_cmnd
FROM import_record r
CROSS JOIN LATERAL (
    SELECT * FROM (
        SELECT * FROM person p WHERE p.given_key = r.given_key AND p.birth_date = r.birth_date
        UNION
        SELECT * FROM person p WHERE p.home_area = r.home_area AND p.birth_date = r.birth_date AND p.birth_precision = 'D' AND r.birth_precision = 'D'
    ) AS p
    WHERE p.sex = r.sex AND (p.home_area = r.home_area OR p.household_id = r.household_id OR p.phone = r.phone OR p.cmnd = r.cmnd)
    OFFSET 0
) AS p
WHERE r.is_new
ORDER BY r.person_id, p.person_id

-- same_card --
-- Who gets the number of an old card that another one has, in the register or by these files
WITH news AS (
    SELECT r.person_id, r.cmnd, count(*) OVER (PARTITION BY r.cmnd) AS bearers
    FROM import_record r LEFT JOIN person p USING (person_id)
    WHERE r.cmnd IS DISTINCT FROM p.cmnd AND r.cmnd IS NOT NULL AND (r.is_new OR r.person_id IN (SELECT person_id FROM import_changed))
)
SELECT n.person_id, o.full_name AS held_name FROM news n
LEFT JOIN LATERAL (SELECT full_name FROM person p WHERE p.cmnd = n.cmnd AND p.person_id <> n.person_id LIMIT 1) AS o ON true
WHERE n.bearers > 1 OR o.full_name IS NOT NULL
