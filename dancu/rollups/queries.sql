-- note --
-- What came to cells and left them; added up later. Appended alone, so that nobody waits for anybody
INSERT INTO {code}_change ({columns}) SELECT * FROM unnest({arrays})

-- one_at_a_time --
-- Who adds up holds this until the transaction ends; false: somebody else does. It spares work; that nothing is added twice comes of the
-- rows being taken away
SELECT pg_try_advisory_xact_lock(hashtextextended('dancu.rollups.' || %(code)s, 0)) AS mine

-- wait --
-- The same, waiting for whoever does
SELECT pg_advisory_xact_lock(hashtextextended('dancu.rollups.' || %(code)s, 0))

-- take --
-- What waits is taken away; of transactions that still run nothing is seen, and stays for the next time
DELETE FROM {code}_change RETURNING {columns}

-- add --
-- Into the cells, in the order of their key
INSERT INTO {code}_count AS kept ({columns}) SELECT * FROM unnest({arrays})
ON CONFLICT ({key}) DO UPDATE SET {added}

-- add_wide --
-- Into those of wider units
INSERT INTO {code}_sum AS kept ({wide_columns}) SELECT * FROM unnest({arrays})
ON CONFLICT ({wide_key}) DO UPDATE SET {added}

-- folded --
-- When it was last added up, and how many changes that were
INSERT INTO rollup AS r (code, folded_at, folded) VALUES (%(code)s, clock_timestamp(), %(changes)s)
ON CONFLICT (code) DO UPDATE SET folded_at = excluded.folded_at, folded = excluded.folded

-- recounted --
-- When all was counted anew, and in how many cells the sums differed
INSERT INTO rollup AS r (code, recounted_at, differed) VALUES (%(code)s, clock_timestamp(), %(differed)s)
ON CONFLICT (code) DO UPDATE SET recounted_at = excluded.recounted_at, differed = excluded.differed

-- standing --
-- When these were last added up and counted anew
SELECT code, folded_at, folded, recounted_at, differed FROM rollup WHERE code = ANY(%(codes)s::text[])

-- age --
-- How many changes wait to be added up, and since when the first of them
SELECT count(*) AS waiting, min(noted_at) AS since FROM {code}_change

-- some --
-- How many changes wait, counted to %(most)s
SELECT count(*) AS waiting FROM (SELECT FROM {code}_change LIMIT %(most)s) AS counted

-- differences --
-- Cells where the sums and the changes that wait say otherwise than what is counted anew, and what is to be added. In one statement, so as of
-- one moment: whoever changes something meanwhile adds their own
INSERT INTO {code}_change ({columns})
SELECT {key}, {sums} FROM (
    SELECT * FROM ({counted}) AS counted ({columns})
    UNION ALL SELECT {key}, {less} FROM {code}_count
    UNION ALL SELECT {key}, {less} FROM {code}_change
) AS cells GROUP BY {by} HAVING {something}
RETURNING {columns}

-- drop_empty --
-- Cells where there is nothing any more
DELETE FROM {code}_count WHERE {nothing}

-- forget_wide --
-- The sums of wider units, before they are made anew
DELETE FROM {code}_sum

-- sum_up --
-- And made, from the cells
INSERT INTO {schema}{code}_sum ({wide_columns})
SELECT unit{others_grouped}, {sums} FROM (
    SELECT 0 AS unit{others} FROM {schema}{code}_count
    UNION ALL
    SELECT lies.unit{others} FROM {schema}{code}_count
    JOIN unnest(%(places)s::integer[], %(units)s::integer[]) AS lies ({where}, unit) USING ({where})
) AS cells GROUP BY {by} ORDER BY {by}

-- cells --
-- The cells of some values of the first dimension: of each value all cells behind one another as bytes, which is read and added up in a third of
-- the time that rows take. What waits is one row more, whose places lie behind one another likewise. Where the planner saw the values it would
-- expect five times as many cells, and start parallel workers for longer than the work itself takes
WITH asked AS (SELECT %(places)s::integer[] AS places)
SELECT {where} AS place, NULL::bytea AS places, string_agg({packed}, '') AS cells FROM {code}_count
WHERE {where} = ANY ((SELECT places FROM asked)::integer[]) {within} GROUP BY 1
UNION ALL
SELECT NULL, string_agg(int4send({where}), ''), string_agg({packed}, '') FROM {code}_change
WHERE {where} = ANY ((SELECT places FROM asked)::integer[]) {within}

-- all_cells --
-- The same of all values
SELECT {where} AS place, NULL::bytea AS places, string_agg({packed}, '') AS cells FROM {code}_count WHERE true {within} GROUP BY 1
UNION ALL
SELECT NULL, string_agg(int4send({where}), ''), string_agg({packed}, '') FROM {code}_change WHERE true {within}

-- wide_cells --
-- The same of wider units; what waits is told by its own places
SELECT {wider} AS place, NULL::bytea AS places, string_agg({packed}, '') AS cells FROM {code}_sum
WHERE (%(units)s::integer[] IS NULL AND {wider} <> 0 OR {wider} = ANY (%(units)s::integer[])) {within} GROUP BY 1
UNION ALL
SELECT NULL, string_agg(int4send({where}), ''), string_agg({packed}, '') FROM {code}_change
WHERE (%(places)s::integer[] IS NULL OR {where} = ANY (%(places)s::integer[])) {within}
