-- differing --
-- People of the register whose name, birth date or sex the files would change
SELECT r.person_id, r.full_name, r.birth_date, r.birth_precision, r.sex, r.status, p.sex AS held_sex, p.status AS held_status, p.pin,
       p.full_name AS held_name, p.birth_date AS held_date, p.birth_precision AS held_precision
FROM import_changed JOIN import_record r USING (person_id) JOIN person p USING (person_id)
WHERE NOT r.was_merged AND (r.full_name, r.birth_date, r.sex) <> (p.full_name, p.birth_date, p.sex)
