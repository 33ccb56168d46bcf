-- differing --
-- People of the register whose name, birth date or sex the files would change; `is_the_twins`: the name is that of somebody born on the same day in the
-- same commune
SELECT r.full_name <> p.full_name AND EXISTS (
           SELECT FROM person q
           WHERE q.home_area = p.home_area AND q.birth_date = p.birth_date AND q.person_id <> p.person_id AND q.full_name = r.full_name
       ) AS is_the_twins,
       r.person_id, r.full_name, r.birth_date, r.birth_precision, r.sex, p.sex AS held_sex, p.pin, p.full_name AS held_name, p.birth_date AS held_date, p.birth_precision AS held_precision
FROM import_changed JOIN import_record r USING (person_id) JOIN person p USING (person_id)
WHERE NOT r.was_merged AND (r.full_name, r.birth_date, r.sex) <> (p.full_name, p.birth_date, p.sex)
