-- any --
-- Whether anybody was looked for: import_kin stands only then
SELECT to_regclass('pg_temp.import_kin') IS NOT NULL AS some

-- find --
-- Who is married to one who died or was divorced by the files, and since when no more. Of whom a row of the files says whether they are married, that holds
CREATE TEMPORARY TABLE import_left ON COMMIT DROP AS
SELECT s.person_id, CASE WHEN p.status = 2 THEN 3 ELSE 4 END AS marital_status, CASE WHEN p.status = 2 THEN p.person_id END AS spouse_id,
       CASE WHEN p.status = 2 THEN coalesce(p.status_on, %(on)s) ELSE %(on)s END AS since
FROM (
    SELECT person_id FROM import_kin
    UNION
    SELECT q.person_id FROM person q JOIN import_person i USING (person_id) JOIN import_row f ON f.ctid = i.place
    WHERE f.marital_status IS NULL AND q.spouse_id IN (SELECT person_id FROM import_touched WHERE as_spouse)
) AS maybe
JOIN person s USING (person_id)
JOIN import_touched t ON t.person_id = s.spouse_id AND t.as_spouse
JOIN import_changed c ON c.person_id = t.person_id
JOIN person p ON p.person_id = t.person_id
WHERE s.status <> 2 AND s.marital_status IN (2, 5) AND (p.status = 2 OR p.marital_status = 4)

-- keep_history --
-- What the register said of them (see register/versions.py)
INSERT INTO person_history (person_id, version_id, valid_from, valid_to, recorded_at, superseded_at, record)
SELECT p.person_id, gen_random_uuid(), p.valid_from, NULL, p.recorded_at, now(), to_jsonb(p) FROM person p JOIN import_left USING (person_id)

-- part_history --
-- And says of the time before
INSERT INTO person_history (person_id, version_id, valid_from, valid_to, recorded_at, superseded_at, record)
SELECT p.person_id, gen_random_uuid(), p.valid_from, l.since, now(), NULL, to_jsonb(p) FROM person p JOIN import_left l USING (person_id)
WHERE p.valid_from < l.since

-- end --
-- The marriage is none any more
UPDATE person p SET marital_status = l.marital_status, spouse_id = l.spouse_id, valid_from = greatest(p.valid_from, l.since), recorded_at = now()
FROM import_left l WHERE p.person_id = l.person_id

-- note --
-- See register/changed_people.py
INSERT INTO person_change (person_id) SELECT person_id FROM import_left
