-- alike --
-- New people beside those of the register who were born on that day or nearly, and with whom they share a household, a telephone, a card,
-- the commune or nearly the number. One person at a time, by the indexes; of a telephone or a household that is many people's only some are looked at. Born nearly
-- then: in that year or on that day of another one; who shares no more than the commune: on the first of January, a year off or with day and month exchanged. Of the
-- other sex, which may be wrong, only who shares more
SELECT r.person_id, r.pin, r.full_name, r.birth_date, r.birth_precision, p.pin AS held_pin, p.full_name AS held_name, r.sex, p.sex AS held_sex, p.sex = r.sex AS same_sex, p.birth_date AS held_date,
       p.birth_precision AS held_precision, p.home_area = r.home_area AS same_home, p.household_id = r.household_id AS same_household, p.phone = r.phone AS same_phone,
       p.cmnd = r.cmnd AS same_cmnd
FROM import_record r
CROSS JOIN LATERAL (
    SELECT date_trunc('year', r.birth_date)::date AS first, to_char(r.birth_date, 'MMDD') AS day, extract(day FROM r.birth_date)::integer AS swapped,
           extract(month FROM r.birth_date)::integer AS month
) AS d
CROSS JOIN LATERAL (
    SELECT person_id FROM person p WHERE p.given_key = r.given_key AND p.birth_date = r.birth_date
        AND (p.home_area = r.home_area OR p.household_id = r.household_id OR p.phone = r.phone OR p.cmnd = r.cmnd
             OR (p.ends_key = r.ends_key AND (left(p.pin, 6) = left(r.pin, 6) OR right(p.pin, 6) = right(r.pin, 6))))
    UNION
    SELECT person_id FROM person p WHERE p.home_area = r.home_area AND p.birth_date = r.birth_date AND p.sex = r.sex AND p.birth_precision = 'D' AND r.birth_precision = 'D'
    UNION
    SELECT person_id FROM person p WHERE p.home_area = r.home_area AND p.ends_key = r.ends_key AND p.sex = r.sex
        AND p.birth_date = ANY (ARRAY[d.first, (r.birth_date + interval '1 year')::date, (r.birth_date - interval '1 year')::date,
                                      CASE WHEN d.swapped <= 12 THEN make_date(extract(year FROM r.birth_date)::integer, d.swapped, d.month) END])
    UNION
    SELECT person_id FROM person p WHERE r.birth_date = d.first AND p.home_area = r.home_area AND p.birth_date BETWEEN d.first AND d.first + 365
        AND p.ends_key = r.ends_key AND p.sex = r.sex
    UNION
    (SELECT person_id FROM person p WHERE p.household_id = r.household_id
        AND (date_trunc('year', p.birth_date)::date = d.first OR to_char(p.birth_date, 'MMDD') = d.day) LIMIT 50)
    UNION
    (SELECT person_id FROM person p WHERE p.phone = r.phone
        AND (date_trunc('year', p.birth_date)::date = d.first OR to_char(p.birth_date, 'MMDD') = d.day) LIMIT 50)
    UNION
    (SELECT person_id FROM person p WHERE p.cmnd = r.cmnd
        AND (date_trunc('year', p.birth_date)::date = d.first OR to_char(p.birth_date, 'MMDD') = d.day) LIMIT 50)
) AS found
JOIN person p ON p.person_id = found.person_id
WHERE r.is_new
ORDER BY r.person_id, p.person_id

-- hash --
-- The tables of the files have no index, so looking for one row after the other never pays
SELECT set_config('enable_nestloop', %(nested)s, true)

-- alike_in_files --
-- New people beside other new ones of the files, in rows before their own, likewise
WITH news AS MATERIALIZED (
    SELECT r.person_id, r.pin, r.full_name, r.birth_date, r.birth_precision, r.sex, r.given_key, r.ends_key, r.home_area, r.household_id, r.phone, r.cmnd,
           extract(year FROM r.birth_date) AS year, f.file_no, f.row
    FROM import_record r JOIN import_person i USING (person_id) JOIN import_row f ON f.ctid = i.place WHERE r.is_new
), pairs AS (
    SELECT r.person_id, q.person_id AS other_id FROM news r JOIN news q USING (household_id, birth_date)
    UNION SELECT r.person_id, q.person_id FROM news r JOIN news q USING (household_id, ends_key)
    UNION SELECT r.person_id, q.person_id FROM news r JOIN news q USING (phone, birth_date)
    UNION SELECT r.person_id, q.person_id FROM news r JOIN news q USING (phone, ends_key)
    UNION SELECT r.person_id, q.person_id FROM news r JOIN news q USING (cmnd)
    UNION SELECT r.person_id, q.person_id FROM news r JOIN news q USING (home_area, birth_date, sex) WHERE 'Y' NOT IN (r.birth_precision, q.birth_precision)
    UNION SELECT r.person_id, q.person_id FROM news r JOIN news q USING (home_area, ends_key, year, sex)
    UNION SELECT r.person_id, q.person_id FROM news r JOIN news q USING (ends_key, birth_date) WHERE left(q.pin, 6) = left(r.pin, 6) OR right(q.pin, 6) = right(r.pin, 6)
)
SELECT r.person_id, r.pin, r.full_name, r.birth_date, r.birth_precision, q.pin AS held_pin, q.full_name AS held_name, r.sex, q.sex AS held_sex, q.sex = r.sex AS same_sex, q.birth_date AS held_date,
       q.birth_precision AS held_precision, q.home_area = r.home_area AS same_home, q.household_id = r.household_id AS same_household, q.phone = r.phone AS same_phone,
       q.cmnd = r.cmnd AS same_cmnd, q.row AS held_row
FROM pairs JOIN news r USING (person_id) JOIN news q ON q.person_id = other_id
WHERE (q.file_no, q.row) < (r.file_no, r.row)
ORDER BY r.file_no, r.row, q.file_no, q.row

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
