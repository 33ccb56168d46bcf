-- touched --
-- People of the register whose birth, sex, death or marriage the files change, or the card of one who died: as they are, and as they would be
SELECT p.person_id, p.full_name, p.birth_date, p.birth_precision, p.sex, p.status, p.status_on, p.card_issued_on, p.marital_status, {fields}
FROM import_changed JOIN import_record r USING (person_id) JOIN person p USING (person_id)
WHERE (r.birth_date, r.birth_precision, r.sex, r.status, r.status_on) IS DISTINCT FROM (p.birth_date, p.birth_precision, p.sex, p.status, p.status_on)
   OR (r.status = 2 AND r.card_issued_on IS DISTINCT FROM p.card_issued_on)
   OR (r.marital_status > 1 AND r.marital_status IS DISTINCT FROM p.marital_status AND r.birth_date > CASE WHEN r.status = 2 THEN r.status_on ELSE current_date END - interval '16 years')
