-- undone --
-- Of whom the files say that they never married who are or were married by the register, or that they are widowed whose husband or wife lives, also by the
-- files: `held` as the register has it
SELECT r.person_id, r.marital_status AS said, coalesce(p.marital_status, 2) AS held
FROM import_changed JOIN import_record r USING (person_id) JOIN person p USING (person_id)
LEFT JOIN person s ON s.person_id = p.spouse_id
LEFT JOIN import_record t ON t.person_id = p.spouse_id AND t.person_id IN (SELECT person_id FROM import_changed)
WHERE r.marital_status IS DISTINCT FROM p.marital_status AND (p.marital_status > 1 OR (p.marital_status IS NULL AND p.spouse_id IS NOT NULL))
  AND (r.marital_status = 1
       OR (r.marital_status = 3 AND coalesce(p.marital_status, 2) IN (2, 5) AND s.person_id IS NOT NULL AND coalesce(t.status, s.status) <> 2))
