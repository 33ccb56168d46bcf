-- absent --
-- Rows that name a relative's number which is nobody's, also after what the files bring. Of a field that the register keeps nothing is told
WITH nobody AS MATERIALIZED (
    SELECT pin FROM import_number WHERE person_id IS NULL
    UNION ALL
    SELECT i.pin FROM import_person i WHERE i.is_new AND i.pin IS NOT NULL AND NOT EXISTS (SELECT FROM person p WHERE p.person_id = i.person_id)
), named AS (
    SELECT r.person_id, 1 AS nth, 'father' AS role, n.pin, r.father_name AS name FROM nobody n JOIN import_record r ON r.father_pin = n.pin
    UNION ALL
    SELECT r.person_id, 2, 'mother', n.pin, r.mother_name FROM nobody n JOIN import_record r ON r.mother_pin = n.pin
    UNION ALL
    SELECT r.person_id, 3, 'spouse', n.pin, NULL FROM nobody n JOIN import_record r ON r.spouse_pin = n.pin
    WHERE NOT EXISTS (SELECT FROM import_kept k WHERE k.person_id = r.person_id AND k.field = 'marital_status')
)
SELECT f.file_no, f.row, d.role FROM named d JOIN import_person i USING (person_id) JOIN import_row f ON f.ctid = i.place
WHERE d.name IS NULL OR d.pin = ANY (%(refused)s::text[])
ORDER BY f.file_no, f.row, d.nth

-- tell_unlinked --
-- Whose relative was refused is told so, each row once
WITH refused AS MATERIALIZED (
    SELECT DISTINCT person_id FROM dancu_loading.refused WHERE person_id > 0
), unlinked AS (
    SELECT l.part, p.person_id - %(first_person_id)s - l.first_of_all + l.first + 1 AS row, l.file,
           concat_ws('; ', CASE WHEN f.person_id IS NOT NULL THEN 'father_pin: ' || %(words)s END, CASE WHEN m.person_id IS NOT NULL THEN 'mother_pin: ' || %(words)s END,
                           CASE WHEN s.person_id IS NOT NULL THEN 'spouse_pin: ' || %(words)s END) AS words
    FROM dancu_loading.person p
    LEFT JOIN refused f ON f.person_id = p.father_id
    LEFT JOIN refused m ON m.person_id = p.mother_id
    LEFT JOIN refused s ON s.person_id = p.spouse_id
    JOIN jsonb_to_recordset(%(parts)s::jsonb) AS l (part integer, file text, first bigint, first_of_all bigint, rows bigint)
      ON p.person_id - %(first_person_id)s - l.first_of_all BETWEEN 0 AND l.rows - 1
    WHERE coalesce(f.person_id, m.person_id, s.person_id) IS NOT NULL
), written AS (
    INSERT INTO dancu_loading.warned (part, row, record)
    SELECT part, row, json_build_object('file', file, 'row', row, 'warnings', words) FROM unlinked
)
UPDATE dancu_loading.part p SET rows_warned = rows_warned + t.rows
FROM (SELECT u.part, count(*) AS rows FROM unlinked u
      WHERE NOT EXISTS (SELECT FROM dancu_loading.warned w WHERE w.part = u.part AND w.row = u.row) GROUP BY 1) AS t
WHERE p.part = t.part

-- unlink_refused --
-- Nobody has a relative who was refused
UPDATE dancu_loading.person SET
    father_id = CASE WHEN father_id IN (SELECT person_id FROM dancu_loading.refused) THEN NULL ELSE father_id END,
    mother_id = CASE WHEN mother_id IN (SELECT person_id FROM dancu_loading.refused) THEN NULL ELSE mother_id END,
    spouse_id = CASE WHEN spouse_id IN (SELECT person_id FROM dancu_loading.refused) THEN NULL ELSE spouse_id END
WHERE father_id IN (SELECT person_id FROM dancu_loading.refused) OR mother_id IN (SELECT person_id FROM dancu_loading.refused)
   OR spouse_id IN (SELECT person_id FROM dancu_loading.refused)
