-- differing --
-- People of the register whose name, parents' names or birth date the files would change
SELECT r.person_id, r.full_name, r.father_name, r.mother_name, r.birth_date, r.birth_precision, p.full_name AS held_full_name, p.father_name AS held_father_name,
       p.mother_name AS held_mother_name, p.birth_date AS held_date, p.birth_precision AS held_precision
FROM import_changed JOIN import_record r USING (person_id) JOIN person p USING (person_id)
WHERE NOT r.was_merged AND (r.full_name <> p.full_name OR r.birth_date <> p.birth_date OR r.birth_precision <> p.birth_precision
                            OR r.father_name <> p.father_name OR r.mother_name <> p.mother_name)

-- keep --
-- What the register has stands in the place of what says less. A name that stays sounds as it did
UPDATE import_record r SET full_name = coalesce(k.full_name, r.full_name), father_name = coalesce(k.father_name, r.father_name),
    mother_name = coalesce(k.mother_name, r.mother_name),
    given_key = CASE WHEN k.full_name IS NULL THEN r.given_key ELSE p.given_key END, ends_key = CASE WHEN k.full_name IS NULL THEN r.ends_key ELSE p.ends_key END,
    birth_date = coalesce(k.birth_date, r.birth_date), birth_precision = coalesce(k.birth_precision, r.birth_precision)
FROM jsonb_to_recordset(%(kept)s::jsonb) AS k (person_id bigint, full_name text, father_name text, mother_name text, birth_date date, birth_precision "char")
JOIN person p USING (person_id)
WHERE r.person_id = k.person_id
