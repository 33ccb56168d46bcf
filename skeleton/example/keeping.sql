-- forget --
-- Some of the notes that are kept no more are removed, those first that ended first
DELETE FROM example_note WHERE (person_id, note_id) IN (
    SELECT person_id, note_id FROM example_note WHERE ends_on <= %(today)s ORDER BY ends_on LIMIT %(most)s FOR UPDATE SKIP LOCKED
) RETURNING person_id, area_id

-- left --
-- How many there are, counted to %(most)s
SELECT count(*) AS notes FROM (SELECT FROM example_note WHERE ends_on <= %(today)s LIMIT %(most)s) AS counted
