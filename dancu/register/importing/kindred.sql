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
-- These, with what will be known of the relatives whom they name. Of a husband or wife whom a death or a divorce of the files leaves, the marriage ends
-- with it (ending.py), so nothing is said of that
WITH facts AS MATERIALIZED (
    SELECT ids.person_id, coalesce(r.sex, p.sex) AS sex, coalesce(r.birth_date, p.birth_date) AS birth_date,
           CASE coalesce(r.birth_precision, p.birth_precision) WHEN 'M' THEN 1 WHEN 'Y' THEN 2 ELSE 0 END AS precision,
           coalesce(r.status, p.status) AS status, CASE WHEN r.person_id IS NULL THEN p.status_on ELSE r.status_on END AS status_on,
           CASE WHEN r.person_id IS NULL THEN p.marital_status ELSE r.marital_status END AS marital_status,
           CASE WHEN r.person_id IS NULL THEN p.spouse_id ELSE r.spouse_id END AS spouse_id,
           t.as_parent, t.as_spouse
    FROM (SELECT father_id AS person_id FROM import_kin JOIN person USING (person_id) UNION SELECT mother_id FROM import_kin JOIN person USING (person_id)
          UNION SELECT spouse_id FROM import_kin JOIN person USING (person_id)) AS ids
    JOIN person p USING (person_id)
    LEFT JOIN import_touched t USING (person_id)
    LEFT JOIN import_record r ON r.person_id = t.person_id
)
SELECT a.person_id, a.father_id, a.mother_id, a.spouse_id, coalesce(f.as_parent, false), coalesce(m.as_parent, false),
       coalesce(s.as_spouse AND s.status <> 2 AND s.marital_status IS DISTINCT FROM 4, false),
       a.sex, a.status, to_char(a.birth_date, 'YYYYMMDD')::integer, a.birth_date - date '1970-01-01',
       CASE a.birth_precision WHEN 'M' THEN 1 WHEN 'Y' THEN 2 ELSE 0 END, coalesce(a.marital_status IN (2, 5), false),
       coalesce(f.sex, 0), coalesce(to_char(f.birth_date, 'YYYYMMDD')::integer, 0), coalesce(f.precision, 0), coalesce(f.status, 0),
       coalesce(f.status_on - date '1970-01-01', 0),
       coalesce(m.sex, 0), coalesce(to_char(m.birth_date, 'YYYYMMDD')::integer, 0), coalesce(m.precision, 0), coalesce(m.status, 0),
       coalesce(m.status_on - date '1970-01-01', 0),
       coalesce(s.sex, 0), coalesce(s.status, 0), coalesce(s.marital_status IN (2, 5), false),
       CASE WHEN s.spouse_id IS NULL THEN 0 WHEN s.spouse_id = a.person_id THEN 1 WHEN coalesce(nr.status, np.status) = 2 THEN 3 ELSE 2 END, false
FROM import_kin JOIN person a USING (person_id)
LEFT JOIN facts f ON f.person_id = a.father_id
LEFT JOIN facts m ON m.person_id = a.mother_id
LEFT JOIN facts s ON s.person_id = a.spouse_id
LEFT JOIN import_record nr ON nr.person_id = s.spouse_id
LEFT JOIN person np ON np.person_id = s.spouse_id

-- divorced --
-- Whose husband or wife, by the register, no file names
SELECT r.person_id FROM import_kin JOIN person s USING (person_id) JOIN import_touched t ON t.person_id = s.spouse_id
JOIN import_record r ON r.person_id = t.person_id
WHERE s.marital_status IN (2, 5) AND s.status <> 2 AND r.marital_status = 4 AND r.status <> 2

-- couples --
-- Marriages of people who are news, where the marriage or a parent is
SELECT r.person_id, r.spouse_id FROM import_record r LEFT JOIN person p USING (person_id) LEFT JOIN import_changed c USING (person_id)
WHERE r.spouse_id IS NOT NULL AND r.status <> 2 AND (r.marital_status IS NULL OR r.marital_status IN (2, 5)) AND (r.is_new OR c.person_id IS NOT NULL)
  AND (r.spouse_id, r.father_id, r.mother_id) IS DISTINCT FROM (p.spouse_id, p.father_id, p.mother_id)

-- parents --
-- Whom these people have as parents, as it will be
SELECT ids.person_id, CASE WHEN r.person_id IS NULL THEN p.father_id ELSE r.father_id END AS father_id,
       CASE WHEN r.person_id IS NULL THEN p.mother_id ELSE r.mother_id END AS mother_id
FROM unnest(%(person_ids)s::bigint[]) AS ids (person_id)
LEFT JOIN person p ON p.person_id = ids.person_id
LEFT JOIN (SELECT person_id, father_id, mother_id FROM import_record WHERE is_new OR person_id IN (SELECT person_id FROM import_changed)) AS r
       ON r.person_id = ids.person_id
