-- differing --
-- Whose names or address at the permanent home are written otherwise than in the register
SELECT r.person_id, r.full_name, r.father_name, r.mother_name, r.lived_address, p.full_name AS held_full_name, p.father_name AS held_father_name,
       p.mother_name AS held_mother_name, CASE WHEN p.home_area = r.home_area THEN p.home_address END AS held_lived_address
FROM import_changed JOIN import_record r USING (person_id) JOIN person p USING (person_id)
WHERE r.full_name <> p.full_name OR r.father_name <> p.father_name OR r.mother_name <> p.mother_name
   OR (r.lived_address <> p.home_address AND p.home_area = r.home_area)

-- keep --
-- The fuller writing stands in the place of the other. How the names sound is the same
UPDATE import_record r SET full_name = k.full_name, father_name = k.father_name, mother_name = k.mother_name, lived_address = k.lived_address,
    home_address = CASE WHEN r.home_address IS NOT NULL THEN k.lived_address END
FROM jsonb_to_recordset(%(kept)s::jsonb) AS k (person_id bigint, full_name text, father_name text, mother_name text, lived_address text)
WHERE r.person_id = k.person_id

-- homes --
-- Homes that the files tell of in a unit in which the register has such a home of the person at another address
SELECT s.person_id, s.kind, s.address AS said, o.address AS held FROM import_stated s
JOIN import_known o ON o.person_id = s.person_id AND o.kind = s.kind AND o.area_id = s.area_id AND o.address <> s.address
WHERE s.kind = 4 OR o.valid_from = s.valid_from
ORDER BY s.person_id, s.kind, o.valid_from

-- keep_homes --
-- Likewise
UPDATE import_record r SET former_address = coalesce(k.former_address, r.former_address),
    temporary_address = coalesce(k.temporary_address, r.temporary_address), current_address = coalesce(k.current_address, r.current_address)
FROM jsonb_to_recordset(%(kept)s::jsonb) AS k (person_id bigint, former_address text, temporary_address text, current_address text)
WHERE r.person_id = k.person_id
