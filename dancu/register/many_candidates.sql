-- keep_keys --
-- What is sought, with statistics: of an array the planner knows no number of different values, and hashes the register instead
-- (measured: 230 MB for 2 million people). Unlogged and not temporary, so that parallel workers may read it; in one transaction with
-- the question, so that nothing of it is left.
CREATE UNLOGGED TABLE {keys} ({columns}) WITH (parallel_workers = 6)

-- fill_keys --
-- The keys
COPY {keys} FROM STDIN (FORMAT csv)

-- count_keys --
-- How many there are, and how many different ones
ANALYZE {keys}

-- drop_keys --
-- They were asked
DROP TABLE {keys}

-- pins --
-- Who holds one of these PINs
SELECT p.pin, {columns} FROM {keys} k JOIN person p ON p.pin = k.number

-- cmnds --
-- Who holds one of these CMNDs
SELECT p.cmnd, {columns} FROM {keys} k JOIN person p ON p.cmnd = k.number

-- former --
-- Who held one of these numbers before
SELECT f.number, {columns}
FROM {keys} k JOIN former_number f ON f.number = k.number JOIN person p USING (person_id)

-- phones --
-- Who has one of these telephones
SELECT NULL, {columns} FROM {keys} k JOIN person p ON p.phone = k.phone

-- home_and_born --
-- Who lives in this commune and was born on this day, for many of both
SELECT NULL, {columns} FROM {keys} k
JOIN person p ON p.home_area = k.home_area AND p.birth_date = k.birth_date

-- given_and_born --
-- Whose given name sounds so and who was born on this day, for many of both
SELECT NULL, {columns}, p.given_key FROM {keys} k
JOIN person p ON p.given_key = k.given_key AND p.birth_date = k.birth_date

-- named_at_home --
-- Whose family and given name sound so and who lives in this commune, for many of both
SELECT NULL, {columns}, p.ends_key FROM {keys} k
JOIN person p ON p.ends_key = k.ends_key AND p.home_area = k.home_area

-- other_homes --
-- Where these people live for now, away from their permanent residence: temporary, current, stay
SELECT r.person_id, r.area_id FROM {keys} k JOIN residence r USING (person_id)
WHERE {lasts}
