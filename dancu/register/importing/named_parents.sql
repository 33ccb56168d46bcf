-- differing --
-- Of rows that name a father or a mother by number: whose number it is, where the name beside it is written otherwise (`said`), and who was the parent before
-- (`held`). Of rows that only name them in words, where the register's parent is called otherwise
WITH news AS MATERIALIZED (
    SELECT * FROM import_record WHERE is_new OR person_id IN (SELECT person_id FROM import_changed)
), parents AS (
    SELECT r.person_id, 'father' AS role, r.father_id AS parent_id, r.father_name AS said, p.father_id AS held_id, p.father_name AS said_before
    FROM news r LEFT JOIN person p USING (person_id) WHERE r.father_id IS NOT NULL AND NOT r.was_merged
    UNION ALL
    SELECT r.person_id, 'mother', r.mother_id, r.mother_name, p.mother_id, p.mother_name
    FROM news r LEFT JOIN person p USING (person_id) WHERE r.mother_id IS NOT NULL AND NOT r.was_merged
)
SELECT n.person_id, n.role, n.said, coalesce(w.full_name, q.full_name) AS full_name, n.parent_id IS DISTINCT FROM n.held_id AS is_new, h.full_name AS held
FROM parents n
LEFT JOIN import_record w ON w.person_id = n.parent_id
LEFT JOIN person q ON q.person_id = n.parent_id
LEFT JOIN person h ON h.person_id = n.held_id AND n.held_id <> n.parent_id
WHERE h.person_id IS NOT NULL
   OR (n.said <> coalesce(w.full_name, q.full_name) AND (n.parent_id IS DISTINCT FROM n.held_id OR n.said IS DISTINCT FROM n.said_before))
ORDER BY n.person_id, n.role
