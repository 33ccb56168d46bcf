-- cancelled --
-- Rows with numbers that were cancelled and replaced, and by which, as far as the person has one still: the sender's list is out of date
WITH cancelled AS (
    DELETE FROM import_person i USING former_number f WHERE i.is_new AND f.kind = 'pin' AND f.number = i.pin
    RETURNING i.place, coalesce((SELECT pin FROM person p WHERE p.person_id = f.person_id), f.replaced_by) AS pin
)
DELETE FROM import_row r USING cancelled c WHERE c.place = r.ctid RETURNING r.file_no, r.row, c.pin

-- new --
-- How many people were to be written
SELECT count(*) AS people FROM import_record WHERE is_new

-- left_out --
-- New people who were not written: somebody else has the number
SELECT person_id FROM import_record r WHERE is_new AND NOT EXISTS (SELECT FROM person p WHERE p.person_id = r.person_id)

-- given_up --
-- New people with a number that was somebody's
SELECT DISTINCT r.person_id FROM import_record r JOIN former_number f ON f.kind = 'pin' AND f.number = r.pin WHERE r.is_new
