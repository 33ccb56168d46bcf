-- depends: isolation 0003_people, checkpoints 0003_doubtful
-- Arrivals of before learn what was declared, and which of them are one person's. The declarations are the checkpoints'; that a
-- migration may read them is why it comes after theirs.
UPDATE arrival a SET number = upper(d.number), birth_month = d.birth_month, birth_day = d.birth_day, companions = d.companions
FROM declaration d WHERE d.person_id = a.person_id AND d.declaration_id = a.declaration_id;

-- The first of those who declared the same number under the same name or birth date; of the rest, the same name, birth date and telephone
UPDATE arrival a SET stranger = coalesce(
    (SELECT b.person_id FROM arrival b
     WHERE b.person_id < 0 AND b.number <> '' AND b.number = a.number
       AND (b.name_key = a.name_key OR (b.birth_year, b.birth_month, b.birth_day) IS NOT DISTINCT FROM (a.birth_year, a.birth_month, a.birth_day))
     ORDER BY b.declared_at, b.person_id LIMIT 1),
    (SELECT b.person_id FROM arrival b
     WHERE b.person_id < 0 AND b.phone <> '' AND b.phone = a.phone AND b.name_key = a.name_key
       AND (b.birth_year, b.birth_month, b.birth_day) IS NOT DISTINCT FROM (a.birth_year, a.birth_month, a.birth_day)
     ORDER BY b.declared_at, b.person_id LIMIT 1),
    a.person_id)
WHERE a.person_id < 0;
