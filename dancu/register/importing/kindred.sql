-- touch --
-- Of whom the files change what a child's parent is (birth, sex, death), or a husband or wife (sex, death, marriage)
CREATE TEMPORARY TABLE import_touched ON COMMIT DROP AS
SELECT r.person_id, p.household_id, p.spouse_id AS old_spouse,
       (r.birth_date, r.birth_precision, r.sex, r.status, r.status_on) IS DISTINCT FROM (p.birth_date, p.birth_precision, p.sex, p.status, p.status_on) AS as_parent,
       (r.sex, r.status = 2, r.marital_status, r.spouse_id) IS DISTINCT FROM (p.sex, p.status = 2, p.marital_status, p.spouse_id) AS as_spouse
FROM import_changed JOIN import_record r USING (person_id) JOIN person p USING (person_id)
WHERE (r.birth_date, r.birth_precision, r.sex, r.status, r.status_on, r.marital_status, r.spouse_id)
      IS DISTINCT FROM (p.birth_date, p.birth_precision, p.sex, p.status, p.status_on, p.marital_status, p.spouse_id)

-- size --
-- How many they are, and whether the register is so small that it is read for them
SELECT count(*) AS touched, count(*) FILTER (WHERE as_parent) AS parents,
       (SELECT reltuples < 300000 FROM pg_class WHERE oid = 'person'::regclass) AS everywhere
FROM import_touched

-- places --
-- The units where those parents live and lived
SELECT home_area AS area_id FROM import_touched JOIN person USING (person_id) WHERE as_parent AND home_area IS NOT NULL
UNION SELECT area_id FROM import_touched JOIN residence USING (person_id) WHERE as_parent AND area_id IS NOT NULL

-- find_everywhere --
-- Their children, husbands and wives who stand in no row of the files, looked for in the whole register
CREATE TEMPORARY TABLE import_kin ON COMMIT DROP AS
SELECT c.person_id FROM person c
WHERE (c.father_id IN (SELECT person_id FROM import_touched WHERE as_parent) OR c.mother_id IN (SELECT person_id FROM import_touched WHERE as_parent)
       OR c.spouse_id IN (SELECT person_id FROM import_touched WHERE as_spouse))
  AND NOT EXISTS (SELECT FROM import_record r WHERE r.person_id = c.person_id)

-- find_nearby --
-- The same by what has an index: the household, the communes where the parent lives and lived, the births that were recorded, the husband or wife whom the
-- register names
CREATE TEMPORARY TABLE import_kin ON COMMIT DROP AS
SELECT person_id FROM (
    SELECT c.person_id FROM import_touched t JOIN person c ON c.household_id = t.household_id
    WHERE (t.as_parent AND t.person_id IN (c.father_id, c.mother_id)) OR (t.as_spouse AND c.spouse_id = t.person_id)
    UNION
    SELECT c.person_id FROM import_touched t JOIN person c ON c.person_id = t.old_spouse WHERE t.as_spouse AND c.spouse_id = t.person_id
    UNION
    SELECT c.person_id FROM unnest(%(places)s::integer[]) AS place (area_id) JOIN person c ON c.home_area = place.area_id
    WHERE c.father_id IN (SELECT person_id FROM import_touched WHERE as_parent) OR c.mother_id IN (SELECT person_id FROM import_touched WHERE as_parent)
    UNION
    SELECT b.person_id FROM import_touched t JOIN life_event e ON e.person_id = t.person_id AND e.kind = 'child_birth'
    JOIN life_event b ON b.event_id = e.event_id AND b.kind = 'birth' AND b.undone_by IS NULL
    JOIN person c ON c.person_id = b.person_id AND t.person_id IN (c.father_id, c.mother_id)
    WHERE t.as_parent
) AS found
WHERE NOT EXISTS (SELECT FROM import_record r WHERE r.person_id = found.person_id)

-- beside --
-- These, beside the relatives whom they name. Of a husband or wife whom a death or a divorce of the files leaves, the marriage ends with it (ending.py), so
-- nothing is said of that
WITH asked AS MATERIALIZED (
    SELECT a.person_id, a.father_id, a.mother_id, a.spouse_id, a.sex, a.birth_date, a.birth_precision, a.status, {married_of_a} AS married, false AS is_news,
           a.father_id IN (SELECT person_id FROM import_touched WHERE as_parent) AS father_is_news,
           a.mother_id IN (SELECT person_id FROM import_touched WHERE as_parent) AS mother_is_news,
           a.spouse_id IN (SELECT t.person_id FROM import_touched t JOIN import_record r USING (person_id)
                           WHERE t.as_spouse AND r.status <> 2 AND r.marital_status IS DISTINCT FROM 4) AS spouse_is_news
    FROM import_kin JOIN person a USING (person_id)
), {facts}
SELECT {told}, false AS crowded, false AS unwed, false AS "left" FROM {relatives}

-- divorced --
-- Whose husband or wife, by the register, no file names
SELECT r.person_id FROM import_kin JOIN person s USING (person_id) JOIN import_touched t ON t.person_id = s.spouse_id
JOIN import_record r ON r.person_id = t.person_id
WHERE s.marital_status IN (2, 5) AND s.status <> 2 AND r.marital_status = 4 AND r.status <> 2

-- couples --
-- Marriages of people who are news, where the marriage or a parent is
SELECT r.person_id, r.spouse_id, r.spouse_id IS DISTINCT FROM p.spouse_id AS is_news
FROM import_record r LEFT JOIN person p USING (person_id) LEFT JOIN import_changed c USING (person_id)
WHERE r.spouse_id IS NOT NULL AND r.status <> 2 AND {married_of_r} AND (r.is_new OR c.person_id IS NOT NULL)
  AND (r.spouse_id, r.father_id, r.mother_id) IS DISTINCT FROM (p.spouse_id, p.father_id, p.mother_id)

-- once_married --
-- To whom these people are or were married by the register
SELECT person_id, spouse_id FROM person WHERE person_id = ANY (%(person_ids)s::bigint[]) AND spouse_id IS NOT NULL AND marital_status IS DISTINCT FROM 1
UNION SELECT person_id, (record ->> 'spouse_id')::bigint FROM person_history
WHERE person_id = ANY (%(person_ids)s::bigint[]) AND superseded_at IS NULL AND record ->> 'spouse_id' IS NOT NULL AND record ->> 'marital_status' IS DISTINCT FROM '1'

-- parents --
-- Whom these people have as parents, as it will be
SELECT ids.person_id, CASE WHEN r.person_id IS NULL THEN p.father_id ELSE r.father_id END AS father_id,
       CASE WHEN r.person_id IS NULL THEN p.mother_id ELSE r.mother_id END AS mother_id
FROM unnest(%(person_ids)s::bigint[]) AS ids (person_id)
LEFT JOIN person p ON p.person_id = ids.person_id
LEFT JOIN (SELECT person_id, father_id, mother_id FROM import_record WHERE is_new OR person_id IN (SELECT person_id FROM import_changed)) AS r
       ON r.person_id = ids.person_id
