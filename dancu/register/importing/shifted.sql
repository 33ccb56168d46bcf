-- agreeing --
-- Of how many people the files have the birth date as the register has it; and of how many it would be another one with day and month exchanged
SELECT count(*) AS all, count(*) FILTER (WHERE extract(day FROM r.birth_date) <= 12 AND extract(day FROM r.birth_date) <> extract(month FROM r.birth_date)) AS either
FROM import_record r JOIN person p USING (person_id)
WHERE NOT r.is_new AND r.birth_date = p.birth_date

-- new_beside --
-- New people of the files in which these stand
SELECT r.person_id FROM import_record r JOIN import_person i USING (person_id) JOIN import_row f ON f.ctid = i.place
WHERE r.is_new AND f.file_no IN (
    SELECT f.file_no FROM import_person i JOIN import_row f ON f.ctid = i.place WHERE i.person_id = ANY (%(person_ids)s::bigint[])
)
