-- borrowed --
-- Who gets such a thing by these files: to how many households they give it, and whose it is in the register (`name`) where it is nobody's of the person's
-- own household and near kin. Who has no household is one alone
WITH news AS MATERIALIZED (
    SELECT r.person_id, r.is_new, r.household_id, r.father_id, r.mother_id, r.spouse_id, r.{column} AS said
    FROM import_record r LEFT JOIN person p USING (person_id)
    WHERE r.{column} IS NOT NULL AND r.{column} IS DISTINCT FROM p.{column} AND NOT r.was_merged
      AND (r.is_new OR r.person_id IN (SELECT person_id FROM import_changed))
), spread AS (
    SELECT said, count(DISTINCT coalesce(household_id, -person_id)) AS households FROM news GROUP BY said
), whose AS (
    SELECT n.person_id, min(o.full_name) AS name
    FROM news n JOIN spread s ON s.said = n.said AND s.households < %(many)s
    JOIN {bearers} o ON o.{column} = n.said AND o.person_id <> n.person_id
    GROUP BY n.person_id
    HAVING NOT ({shared} AND coalesce(bool_or(o.household_id = n.household_id OR o.person_id IN (n.father_id, n.mother_id, n.spouse_id)
                                            OR n.person_id IN (o.father_id, o.mother_id, o.spouse_id) OR o.father_id = n.father_id OR o.mother_id = n.mother_id), false))
)
SELECT n.person_id, n.is_new, s.households, w.name FROM news n JOIN spread s USING (said) LEFT JOIN whose w USING (person_id)
WHERE s.households > 1 OR w.name IS NOT NULL
ORDER BY n.person_id

-- agreeing --
-- Of how many people the files have it as the register has it
SELECT count(*) AS people FROM import_record r JOIN person p USING (person_id) WHERE NOT r.is_new AND r.{column} = p.{column}
