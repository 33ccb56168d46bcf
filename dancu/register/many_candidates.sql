-- sparing --
-- For statements that may read the whole register once: both processors, room for what is sought, and a page read at random dearer
-- than one in order, as it is where a country does not fit in memory (measured: 4,000 pages a second against 60,000)
SELECT set_config('work_mem', '256MB', true), set_config('random_page_cost', '4', true), set_config('jit', 'off', true),
       set_config('max_parallel_workers_per_gather', '2', true)

-- pins --
-- Who holds one of these PINs
SELECT p.pin, {columns} FROM unnest(%(numbers)s::text[]) AS k(number) JOIN person p ON p.pin = k.number

-- cmnds --
-- Who holds one of these CMNDs
SELECT p.cmnd, {columns} FROM unnest(%(numbers)s::text[]) AS k(number) JOIN person p ON p.cmnd = k.number

-- former --
-- Who held one of these numbers before
SELECT f.number, {columns}
FROM unnest(%(numbers)s::text[]) AS k(number) JOIN former_number f ON f.number = k.number JOIN person p USING (person_id)

-- phones --
-- Who has one of these telephones
SELECT NULL, {columns} FROM unnest(%(phone)s::text[]) AS k(phone) JOIN person p ON p.phone = k.phone

-- home_and_born --
-- Who lives in this commune and was born on this day, for many of both
SELECT NULL, {columns} FROM unnest(%(home_area)s::integer[], %(birth_date)s::date[]) AS k(home_area, birth_date)
JOIN person p ON p.home_area = k.home_area AND p.birth_date = k.birth_date

-- given_and_born --
-- Whose given name sounds so and who was born on this day, for many of both
SELECT NULL, {columns}, p.given_key FROM unnest(%(given_key)s::integer[], %(birth_date)s::date[]) AS k(given_key, birth_date)
JOIN person p ON p.given_key = k.given_key AND p.birth_date = k.birth_date

-- named_at_home --
-- Whose family and given name sound so and who lives in this commune, for many of both
SELECT NULL, {columns}, p.ends_key FROM unnest(%(ends_key)s::integer[], %(home_area)s::integer[]) AS k(ends_key, home_area)
JOIN person p ON p.ends_key = k.ends_key AND p.home_area = k.home_area

-- everyone --
-- All people who are in the register
SELECT NULL, {columns} FROM person p

-- other_homes --
-- Where these people live for now, away from their permanent residence: temporary (2), current (4), stay (5)
SELECT r.person_id, r.area_id FROM unnest(%(person_id)s::bigint[]) AS k(person_id) JOIN residence r USING (person_id)
WHERE r.valid_to IS NULL AND r.kind IN (2, 4, 5)
