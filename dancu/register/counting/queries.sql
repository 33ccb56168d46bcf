-- note --
-- People came to cells and left others; added to the sums later
INSERT INTO population_change (home_area, birth_year, sex, status, people)
SELECT * FROM unnest(%(home_areas)s::integer[], %(birth_years)s::smallint[], %(sexes)s::smallint[], %(statuses)s::smallint[],
                     %(people)s::integer[])

-- one_at_a_time --
-- Who adds to the sums holds this until the transaction ends; false: somebody else does
SELECT pg_try_advisory_xact_lock(hashtextextended('dancu.register.counting', 0)) AS mine

-- wait --
-- The same, waiting for whoever does
SELECT pg_advisory_xact_lock(hashtextextended('dancu.register.counting', 0))

-- waiting --
-- How many changes are not in the sums yet
SELECT count(*) AS changes FROM population_change

-- some_waiting --
-- Whether more changes wait than a page should add up
SELECT EXISTS (SELECT FROM population_change OFFSET %(most)s) AS many

-- fold --
-- Changes go into the sums; those of transactions that still run are not seen, and stay for the next time
WITH gathered AS (
    DELETE FROM population_change RETURNING home_area, birth_year, sex, status, people
), added AS MATERIALIZED (
    SELECT home_area, birth_year, sex, status, sum(people) AS people FROM gathered GROUP BY 1, 2, 3, 4 HAVING sum(people) <> 0
), counted AS (
    INSERT INTO population_count AS c SELECT * FROM added
    ON CONFLICT (home_area, birth_year, sex, status) DO UPDATE SET people = c.people + excluded.people
)
INSERT INTO population_sum AS s
SELECT province_id, birth_year, sex, status, sum(people) FROM (
    SELECT 0 AS province_id, added.* FROM added
    UNION ALL
    SELECT lies.province_id, added.* FROM added
    JOIN unnest(%(homes)s::integer[], %(provinces)s::integer[]) AS lies (home_area, province_id) USING (home_area)
) AS each GROUP BY 1, 2, 3, 4
ON CONFLICT (province_id, birth_year, sex, status) DO UPDATE SET people = s.people + excluded.people

-- differences --
-- Cells where the sums and the changes that wait say otherwise than a count of all people, and what is to be added. In one statement,
-- so as of one moment: whoever changes a person meanwhile adds their own
INSERT INTO population_change (home_area, birth_year, sex, status, people)
SELECT home_area, birth_year, sex, status, sum(people) FROM (
    SELECT coalesce(home_area, 0) AS home_area, extract(year FROM birth_date)::smallint AS birth_year, sex, status, count(*) AS people
    FROM person GROUP BY 1, 2, 3, 4
    UNION ALL
    SELECT home_area, birth_year, sex, status, -people FROM population_count
    UNION ALL
    SELECT home_area, birth_year, sex, status, -people FROM population_change
) AS cells GROUP BY 1, 2, 3, 4 HAVING sum(people) <> 0
RETURNING home_area, birth_year, sex, status, people

-- drop_empty --
-- Cells where nobody is any more
DELETE FROM population_count WHERE people = 0

-- forget_sums --
-- The sums of provinces and the country, before they are made anew
DELETE FROM population_sum

-- sum_up --
-- And made, from the counts
INSERT INTO {schema}population_sum (province_id, birth_year, sex, status, people)
SELECT province_id, birth_year, sex, status, sum(people) FROM (
    SELECT 0 AS province_id, c.* FROM {schema}population_count c
    UNION ALL
    SELECT lies.province_id, c.* FROM {schema}population_count c
    JOIN unnest(%(homes)s::integer[], %(provinces)s::integer[]) AS lies (home_area, province_id) USING (home_area)
) AS each GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4

-- ages --
-- A province of today, or the country (0), by year of birth, sex and status. `homes`: where its people may be registered; null: anywhere
SELECT birth_year, sex, status, sum(people) AS people FROM (
    SELECT birth_year, sex, status, people FROM population_sum WHERE province_id = %(province_id)s
    UNION ALL
    SELECT birth_year, sex, status, people FROM population_change
    WHERE %(homes)s::integer[] IS NULL OR home_area = ANY (%(homes)s)
) AS cells GROUP BY 1, 2, 3

-- ages_of_homes --
-- The same of those who are registered in some areas
SELECT birth_year, sex, status, sum(people) AS people FROM (
    SELECT birth_year, sex, status, people FROM population_count WHERE home_area = ANY (%(homes)s::integer[])
    UNION ALL
    SELECT birth_year, sex, status, people FROM population_change WHERE home_area = ANY (%(homes)s::integer[])
) AS cells GROUP BY 1, 2, 3

-- by_province --
-- The living, by province of today; of changes that wait, by the area that people are registered in
SELECT is_home, area_id, {groups} FROM (
    SELECT false AS is_home, province_id AS area_id, birth_year, sex, people FROM population_sum WHERE province_id > 0 AND status = 1
    UNION ALL
    SELECT true, home_area, birth_year, sex, people FROM population_change WHERE status = 1
) AS cells GROUP BY 1, 2

-- by_commune --
-- Everybody of some areas, by area (twice where changes wait). Of each cell two integers, who and how many, all behind one another: some
-- 25,000 cells of a province are read and added up in a third of the time that they take as rows. Where the planner saw the areas it would
-- expect five times as many cells, and start parallel workers for longer than the work itself takes
WITH asked AS (SELECT %(homes)s::integer[] AS homes)
SELECT home_area AS area_id, string_agg(int4send(birth_year * 16 + sex * 4 + status) || int4send(people), '') AS cells
FROM population_count WHERE home_area = ANY ((SELECT homes FROM asked)::integer[]) GROUP BY 1
UNION ALL
SELECT home_area, string_agg(int4send(birth_year * 16 + sex * 4 + status) || int4send(people), '')
FROM population_change WHERE home_area = ANY ((SELECT homes FROM asked)::integer[]) GROUP BY 1

-- groups --
-- What is told of each area. Ages are those reached in the year
sum(people) FILTER (WHERE sex = 1 AND birth_year > %(year)s - 15) AS men_0,
sum(people) FILTER (WHERE sex = 1 AND birth_year BETWEEN %(year)s - 59 AND %(year)s - 15) AS men_15,
sum(people) FILTER (WHERE sex = 1 AND birth_year <= %(year)s - 60) AS men_60,
sum(people) FILTER (WHERE sex = 2 AND birth_year > %(year)s - 15) AS women_0,
sum(people) FILTER (WHERE sex = 2 AND birth_year BETWEEN %(year)s - 59 AND %(year)s - 15) AS women_15,
sum(people) FILTER (WHERE sex = 2 AND birth_year <= %(year)s - 60) AS women_60,
sum(people) FILTER (WHERE birth_year = %(year)s - 15) AS aged_15,
sum(people) FILTER (WHERE birth_year BETWEEN %(year)s - 19 AND %(year)s - 16) AS aged_16
