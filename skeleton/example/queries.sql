-- add_note --
-- What an office noted of a person
INSERT INTO example_note (note_id, person_id, office_kind, office_id, text)
VALUES (%(note_id)s, %(person_id)s, %(office_kind)s, %(office_id)s, %(text)s)

-- notes --
-- The latest of an office
SELECT note_id, person_id, text, noted_at FROM example_note
WHERE office_kind = %(office_kind)s AND office_id = %(office_id)s
ORDER BY noted_at DESC, note_id LIMIT %(most)s

-- count --
-- How many an office keeps
SELECT count(*) AS notes FROM example_note WHERE office_kind = %(office_kind)s AND office_id = %(office_id)s
