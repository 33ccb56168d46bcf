-- number_of_people --
-- How many there are now, counted
SELECT count(*) AS people FROM person

-- birth_date --
-- How many were born on each day that is known
SELECT birth_date AS key, count(*) AS people FROM person WHERE birth_precision = 'D' GROUP BY 1 ORDER BY 1

-- home_area --
-- How many are registered in each area
SELECT home_area AS key, count(*) AS people FROM person WHERE home_area IS NOT NULL GROUP BY 1 ORDER BY 1

-- phone --
-- How many telephones begin so
SELECT left(phone, 6) AS key, count(*) AS people FROM person WHERE phone IS NOT NULL GROUP BY 1 ORDER BY 1

-- with_birth_date --
-- Who was born on one of these days
SELECT NULL, {columns} FROM person p WHERE p.birth_precision = 'D' AND p.birth_date BETWEEN {first}::date AND {last}::date

-- with_home_area --
-- Who is registered in one of these areas
SELECT NULL, {columns} FROM person p WHERE p.home_area = ANY ({keys}::integer[])

-- with_phone --
-- Who has a telephone of these, the first to the last beginning, that somebody else has too
WITH shared AS (
    SELECT phone FROM person WHERE phone >= {first} AND phone <= {last} || '99999999' GROUP BY phone HAVING count(*) > 1
)
SELECT NULL, {columns} FROM shared JOIN person p USING (phone)

-- everyone --
-- All of them
SELECT NULL, {columns} FROM person p

-- sparing --
-- For statements that may read the whole register once (see many_candidates.sql); one share's memory is wanted here, not by the server
SELECT set_config('work_mem', '64MB', true), set_config('random_page_cost', '4', true), set_config('jit', 'off', true)
