-- differing --
-- People of the register whose name or birth date the files would change
SELECT r.person_id, r.full_name, r.birth_date, r.birth_precision, p.full_name AS held_name, p.birth_date AS held_date, p.birth_precision AS held_precision
FROM import_changed JOIN import_record r USING (person_id) JOIN person p USING (person_id)
WHERE NOT r.was_merged AND (r.full_name, r.birth_date) <> (p.full_name, p.birth_date)
