-- lost_zeros --
-- Numbers that are those of people's own households but for zeros that a spreadsheet took: they stay there, and new people of such a number come to them
WITH lost AS (
    SELECT r.person_id, r.household_id AS said, p.household_id AS held
    FROM import_changed JOIN import_record r USING (person_id) JOIN person p USING (person_id)
    WHERE r.household_id > 0 AND p.household_id > 0 AND length(r.household_id::text) < length(p.household_id::text)
      AND ltrim(substr(r.household_id::text, 2), '0') = ltrim(substr(p.household_id::text, 2), '0')
), one AS (
    SELECT said, min(held) AS held FROM lost GROUP BY said HAVING min(held) = max(held)
), right_ones AS (
    SELECT person_id, held FROM lost UNION SELECT n.person_id, one.held FROM import_record n JOIN one ON one.said = n.household_id WHERE n.is_new
)
UPDATE import_record r SET household_id = o.held FROM right_ones o WHERE o.person_id = r.person_id
RETURNING r.person_id, substr(o.held::text, 2) AS household_no

-- joined --
-- Who comes to a household, and where those live who stay in it: `settled`, empty where it is new
WITH news AS MATERIALIZED (
    SELECT r.person_id, r.household_id, r.home_area FROM import_record r LEFT JOIN person p USING (person_id)
    WHERE r.household_id IS NOT NULL AND r.status <> 2 AND r.household_id IS DISTINCT FROM p.household_id
      AND (r.is_new OR r.person_id IN (SELECT person_id FROM import_changed))
), settled AS (
    SELECT p.household_id, array_agg(DISTINCT coalesce(r.home_area, p.home_area)) AS areas
    FROM (SELECT DISTINCT household_id FROM news) AS asked JOIN person p USING (household_id) LEFT JOIN import_record r ON r.person_id = p.person_id
    WHERE p.status <> 2 AND coalesce(r.home_area, p.home_area) IS NOT NULL AND (r.person_id IS NULL OR r.household_id = p.household_id)
    GROUP BY 1
), together AS (
    SELECT household_id, array_agg(DISTINCT home_area) AS areas FROM news GROUP BY 1
)
SELECT n.person_id, n.home_area, coalesce(s.areas, '{}') AS settled, t.areas AS coming
FROM news n JOIN together t USING (household_id) LEFT JOIN settled s USING (household_id)
WHERE n.home_area <> ALL (s.areas) OR (s.areas IS NULL AND cardinality(t.areas) > 1)
ORDER BY n.person_id

-- strangers --
-- Who goes from one household to another of the own commune, in which others stay (`name`: one of them) and no near relative lives, while the row tells no other
-- address and no other relation to the head, as it would of somebody who joins them
WITH news AS MATERIALIZED (
    SELECT r.person_id, r.household_id, r.father_id, r.mother_id, r.spouse_id
    FROM import_changed JOIN import_record r USING (person_id) JOIN person p USING (person_id)
    WHERE r.household_id <> p.household_id AND r.home_area = p.home_area AND r.status <> 2 AND r.relation IS NOT DISTINCT FROM p.relation
      AND coalesce(r.lived_address, '') = coalesce(p.home_address, '')
)
SELECT n.person_id, min(o.full_name) AS name
FROM news n JOIN person o ON o.household_id = n.household_id AND o.status <> 2 AND o.person_id <> n.person_id
WHERE NOT EXISTS (SELECT FROM import_record w WHERE w.person_id = o.person_id AND w.household_id IS DISTINCT FROM o.household_id)
GROUP BY n.person_id
HAVING NOT coalesce(bool_or(o.person_id IN (n.father_id, n.mother_id, n.spouse_id) OR n.person_id IN (o.father_id, o.mother_id, o.spouse_id)
                            OR o.father_id = n.father_id OR o.mother_id = n.mother_id), false)
ORDER BY n.person_id

-- staying --
-- How many people the files leave in the household in which the register has them
SELECT count(*) AS people FROM import_record r JOIN person p USING (person_id) JOIN import_person i USING (person_id) JOIN import_row f ON f.ctid = i.place
WHERE NOT r.is_new AND f.household_no IS NOT NULL AND r.household_id = p.household_id

-- going --
-- Who moves to another commune and stays in the household, by the files: where each of its living lives then. `is_said`: whether they name it
WITH going AS MATERIALIZED (
    SELECT r.person_id, r.household_id, r.home_area, f.household_no IS NOT NULL AS is_said
    FROM import_changed JOIN import_record r USING (person_id) JOIN person p USING (person_id)
    JOIN import_person i USING (person_id) JOIN import_row f ON f.ctid = i.place
    WHERE r.home_area <> p.home_area AND r.household_id = p.household_id AND r.status <> 2 AND NOT r.was_merged
)
SELECT g.person_id, g.home_area, g.is_said, array_agg(coalesce(r.home_area, o.home_area)) AS areas
FROM going g JOIN person o USING (household_id) LEFT JOIN import_record r ON r.person_id = o.person_id
WHERE coalesce(r.status, o.status) = 1 AND coalesce(r.home_area, o.home_area) IS NOT NULL AND (r.person_id IS NULL OR r.household_id = o.household_id)
GROUP BY 1, 2, 3 ORDER BY 1

-- leave --
-- They leave it, as by a move that a steward records
UPDATE import_record r SET household_id = NULL, relation = f.relation_to_head
FROM import_person i JOIN import_row f ON f.ctid = i.place
WHERE i.person_id = r.person_id AND r.person_id = ANY (%(person_ids)s::bigint[])
