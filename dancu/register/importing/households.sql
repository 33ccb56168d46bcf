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
