-- rows --
-- Where these people stand in the files
SELECT i.person_id, f.file_no, f.row FROM import_person i JOIN import_row f ON f.ctid = i.place
WHERE i.person_id = ANY (%(person_ids)s::bigint[]) ORDER BY f.file_no, f.row

-- refuse --
-- They are left as they are, or out, and are nobody's new relatives; whom the register knows stays
UPDATE import_record r SET
    father_id = CASE WHEN n.father_id IS NULL THEN r.father_id ELSE p.father_id END,
    mother_id = CASE WHEN n.mother_id IS NULL THEN r.mother_id ELSE p.mother_id END,
    spouse_id = CASE WHEN n.spouse_id IS NULL THEN r.spouse_id ELSE p.spouse_id END
FROM (
    SELECT r.person_id, f.person_id AS father_id, m.person_id AS mother_id, s.person_id AS spouse_id
    FROM import_record r
    LEFT JOIN import_record f ON f.person_id = r.father_id AND f.is_new AND f.person_id = ANY (%(person_ids)s::bigint[])
    LEFT JOIN import_record m ON m.person_id = r.mother_id AND m.is_new AND m.person_id = ANY (%(person_ids)s::bigint[])
    LEFT JOIN import_record s ON s.person_id = r.spouse_id AND s.is_new AND s.person_id = ANY (%(person_ids)s::bigint[])
    WHERE coalesce(f.person_id, m.person_id, s.person_id) IS NOT NULL
) AS n LEFT JOIN person p USING (person_id)
WHERE r.person_id = n.person_id;
DELETE FROM import_changed WHERE person_id = ANY (%(person_ids)s::bigint[]);
DELETE FROM import_stated WHERE person_id = ANY (%(person_ids)s::bigint[]);
DELETE FROM import_ended WHERE person_id = ANY (%(person_ids)s::bigint[]);
DELETE FROM import_lived WHERE person_id = ANY (%(person_ids)s::bigint[]);
DELETE FROM import_record WHERE person_id = ANY (%(person_ids)s::bigint[])
