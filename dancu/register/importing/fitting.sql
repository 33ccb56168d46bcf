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
