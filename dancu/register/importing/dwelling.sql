-- after_death --
-- Homes that would begin after their person's death
SELECT s.person_id, s.kind, r.status_on AS died_on FROM import_stated s JOIN import_record r USING (person_id)
WHERE r.status = 2 AND s.valid_from > r.status_on

-- at_once --
-- Former permanent homes that lie beside another one: of the register, or the one that lasts
SELECT DISTINCT s.person_id FROM import_stated s JOIN import_record r USING (person_id)
WHERE s.kind = 1 AND NOT r.is_new
  AND ((r.lived_since <> s.valid_from AND r.lived_since < s.valid_to)
       OR EXISTS (SELECT FROM import_known o WHERE o.person_id = s.person_id AND o.kind = 1 AND o.valid_from <> s.valid_from
                                               AND o.valid_from < s.valid_to AND coalesce(o.valid_to, 'infinity') > s.valid_from))

-- households --
-- People by whom a household would have two heads or none, or a child as head among adults. A household of whom nobody is anything to a head is none of
-- these: the files do not tell it. A head who died is the head until another one is (register/events/households.py)
WITH news AS MATERIALIZED (
    SELECT r.person_id, r.household_id, r.relation, r.status, r.birth_date, p.household_id AS old_household, p.relation AS old_relation
    FROM import_record r LEFT JOIN person p USING (person_id)
    WHERE (r.is_new OR r.person_id IN (SELECT person_id FROM import_changed))
      AND (r.household_id, r.relation, r.status = 2, r.birth_date) IS DISTINCT FROM (p.household_id, p.relation, p.status = 2, p.birth_date)
), asked AS MATERIALIZED (
    SELECT household_id FROM news WHERE household_id IS NOT NULL
    UNION SELECT old_household FROM news WHERE old_household IS DISTINCT FROM household_id AND old_household IS NOT NULL
), written AS MATERIALIZED (
    SELECT r.person_id, r.household_id, r.relation, r.status, r.birth_date FROM import_record r
    WHERE r.is_new OR r.person_id IN (SELECT person_id FROM import_changed)
), members AS (
    SELECT w.person_id, w.household_id, w.relation, w.birth_date, w.status <> 2 AS lives
    FROM written w JOIN asked USING (household_id)
    UNION ALL
    SELECT p.person_id, p.household_id, p.relation, p.birth_date, p.status <> 2 FROM asked JOIN person p USING (household_id)
    WHERE NOT EXISTS (SELECT FROM written w WHERE w.person_id = p.person_id)
), told AS (
    SELECT household_id, count(*) FILTER (WHERE relation = 1 AND lives) AS heads,
           count(*) FILTER (WHERE relation = 1) = 0 AS headless,
           count(*) FILTER (WHERE lives AND birth_date <= current_date - %(of_age)s * interval '1 year') AS adults
    FROM members GROUP BY household_id HAVING count(relation) > 0 AND bool_or(lives)
)
SELECT n.person_id, t.heads, t.headless, t.adults, n.relation IS NOT DISTINCT FROM 1 AS is_head, false AS leaves,
       n.birth_date > current_date - %(of_age)s * interval '1 year' AS is_minor
FROM news n JOIN told t USING (household_id) WHERE n.status <> 2
UNION ALL
SELECT n.person_id, t.heads, t.headless, t.adults, false, true, false FROM news n JOIN told t ON t.household_id = n.old_household
WHERE t.headless AND n.old_relation = 1 AND n.old_household IS DISTINCT FROM n.household_id
