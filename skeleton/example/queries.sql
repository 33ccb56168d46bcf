-- add_note --
-- What was noted of a person, where they lived then, and how long it is kept
INSERT INTO example_note (note_id, person_id, area_id, text, ends_on)
VALUES (%(note_id)s, %(person_id)s, %(area_id)s, %(text)s, %(ends_on)s)

-- people --
-- Who was noted while they lived in these areas; in the whole country where areas is NULL
SELECT DISTINCT person_id FROM example_note
WHERE %(areas)s::integer[] IS NULL OR area_id = ANY (%(areas)s::integer[])

-- notes --
-- The latest about these people
SELECT note_id, person_id, text, noted_at, ends_on FROM example_note
WHERE person_id = ANY (%(person_ids)s::bigint[])
ORDER BY noted_at DESC, note_id LIMIT %(most)s

-- count --
-- How many there are about these people
SELECT count(*) AS notes FROM example_note WHERE person_id = ANY (%(person_ids)s::bigint[])
