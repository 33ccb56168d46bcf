-- others --
-- Of the rows that name somebody of the register otherwise, everybody else of that birth date and sex who sounds so or lives in the commune. `is_close`:
-- whether they share more with the row, or are a brother or a sister of who has the number
SELECT r.person_id, q.pin, q.full_name, q.birth_date, q.birth_precision, q.sex,
       coalesce(q.mother_id = p.mother_id, false) OR coalesce(q.father_id = p.father_id, false) OR coalesce(q.household_id IN (p.household_id, r.household_id), false)
           OR coalesce(q.home_area = r.home_area, false) OR coalesce(q.phone = r.phone, false) OR coalesce(q.cmnd = r.cmnd, false) AS is_close,
       coalesce(q.mother_id = p.mother_id, false) OR coalesce(q.father_id = p.father_id, false) OR coalesce(q.household_id = p.household_id, false) AS is_sibling
FROM import_changed JOIN import_record r USING (person_id) JOIN person p USING (person_id)
CROSS JOIN LATERAL (
    SELECT * FROM (
        SELECT * FROM person q WHERE q.given_key = r.given_key AND q.birth_date = r.birth_date AND q.ends_key = r.ends_key
        UNION
        SELECT * FROM person q WHERE q.home_area = p.home_area AND q.birth_date = r.birth_date
        UNION
        SELECT * FROM person q WHERE q.home_area = r.home_area AND q.birth_date = r.birth_date
    ) AS q
    WHERE q.person_id <> r.person_id AND q.sex = r.sex AND q.birth_precision = r.birth_precision AND (r.birth_precision = 'D' OR q.home_area = r.home_area)
    OFFSET 0
) AS q
WHERE NOT r.was_merged AND (r.full_name, r.birth_date, r.sex) <> (p.full_name, p.birth_date, p.sex)
ORDER BY r.person_id, q.person_id

-- of_that_time --
-- Of the rows that tell only the year or the month of a birth (or 1 January, as dates do of which only the year is known), everybody else of that name, sex and
-- time who shares something that the row itself says; `theirs` and `own`: how much of it they share, and how much the one who holds the number
SELECT r.person_id, p.pin, p.full_name AS held_name, p.birth_date AS held_date, f.full_name, r.status, p.status AS held_status,
       f.permanent_address AS address,
       q.pin AS other_pin, q.full_name AS other_name, q.birth_date AS other_date,
       CASE WHEN r.home_area = q.home_area THEN q.home_address END AS other_address, CASE WHEN r.home_area = p.home_area THEN p.home_address END AS held_address,
       {shared_by_q} AS theirs, {shared_by_p} AS own
FROM import_changed JOIN import_record r USING (person_id) JOIN person p USING (person_id)
JOIN import_person i USING (person_id) JOIN import_row f ON f.ctid = i.place
CROSS JOIN LATERAL (SELECT CASE WHEN f.birth_precision = 'M' THEN 'month' ELSE 'year' END AS unit) AS u
CROSS JOIN LATERAL (
    SELECT * FROM person q
    WHERE q.given_key = r.given_key AND q.ends_key = r.ends_key AND q.sex = r.sex AND q.person_id <> r.person_id
      AND q.birth_date BETWEEN date_trunc(u.unit, f.birth_date)::date AND (date_trunc(u.unit, f.birth_date) + ('1 ' || u.unit)::interval)::date - 1
    OFFSET 0
) AS q
WHERE NOT r.was_merged AND (f.birth_precision <> 'D' OR to_char(f.birth_date, 'MMDD') = '0101') AND {shared_by_q} > 0
ORDER BY r.person_id, {shared_by_q} DESC, q.person_id

-- shared --
-- How many things that the row says are those of this person: commune, household, telephone, card, parents
(coalesce(r.home_area = {who}.home_area, false)::integer + coalesce(f.household_no IS NOT NULL AND r.household_id = {who}.household_id, false)::integer
 + coalesce(f.phone = {who}.phone, false)::integer + coalesce(f.cmnd = {who}.cmnd, false)::integer
 + coalesce(f.father_pin IS NOT NULL AND r.father_id = {who}.father_id, false)::integer
 + coalesce(f.mother_pin IS NOT NULL AND r.mother_id = {who}.mother_id, false)::integer)
