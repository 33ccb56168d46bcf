-- pages_at_once --
-- Before a search by keys, in its transaction: an index scan waits for each page before it asks for the next, a bitmap scan asks for many
-- at once. Where nothing is in memory, of 100 million people, p99 12 ms instead of 43. Never the whole table, which a LIMIT tempts the planner to
SELECT set_config('enable_indexscan', 'off', true), set_config('enable_bitmapscan', 'on', true), set_config('enable_seqscan', 'off', true)

-- pages_in_order --
-- Before people are listed in the order of an index
SELECT set_config('enable_indexscan', 'on', true), set_config('enable_bitmapscan', 'on', true), set_config('enable_seqscan', 'off', true)

-- pages_counted --
-- Before people are counted to a limit by an index alone: a bitmap would be made of all entries first, of a common name three million
SELECT set_config('enable_indexscan', 'on', true), set_config('enable_bitmapscan', 'off', true), set_config('enable_seqscan', 'off', true)

-- search --
-- An official's search by number, telephone, or name and birth date; former numbers lead to their holder. By name come all whose
-- last word sounds so, `by_name` true: `search` compares the rest
WITH numbered AS (
    SELECT person_id FROM person WHERE pin = %(number)s
    UNION SELECT person_id FROM person WHERE cmnd = %(number)s
    UNION SELECT person_id FROM former_number WHERE number = %(number)s
    UNION SELECT person_id FROM person WHERE phone = %(phone)s::text
)
SELECT p.person_id, p.pin, p.full_name, p.birth_date, p.birth_precision, p.sex, p.status, p.home_area, p.by_name FROM (
    SELECT *, false AS by_name FROM person WHERE person_id IN (SELECT person_id FROM numbered)
    UNION ALL SELECT *, true FROM person WHERE given_key = %(given_key)s AND birth_date = %(birth_date)s
    UNION ALL SELECT *, true FROM person
              WHERE birth_precision = 'M' AND given_key = %(given_key)s AND birth_date = %(birth_month)s
    UNION ALL SELECT *, true FROM person
              WHERE birth_precision = 'Y' AND ends_key = %(ends_key)s AND birth_date = %(birth_year)s
) AS p
WHERE {visible}

-- named --
-- People by the sounds of their names, born in a span of time, registered in some communes; null: not asked. No more are read than `most`,
-- and `seen` says whom of them the official may see. Of two keys PostgreSQL reads both indexes, and only the rows that both lead to
SELECT p.*, {visible} AS seen FROM (
    SELECT person_id, pin, full_name, birth_date, birth_precision, sex, status, home_area FROM person
    WHERE (%(given_key)s::integer IS NULL OR given_key = %(given_key)s)
      AND (%(ends_key)s::integer IS NULL OR ends_key = %(ends_key)s)
      AND (%(since)s::date IS NULL OR birth_date BETWEEN %(since)s AND %(until)s)
      AND (%(homes)s::integer[] IS NULL OR home_area = ANY(%(homes)s))
    LIMIT %(most)s
) AS p

-- registered_in --
-- How many are registered in these communes, counted by the index alone and no further than `most`
SELECT count(*) AS counted FROM (SELECT FROM person WHERE home_area = ANY(%(homes)s::integer[]) LIMIT %(most)s) AS p

-- ending_in --
-- How many names have a last word that sounds so, likewise
SELECT count(*) AS counted FROM (SELECT FROM person WHERE given_key = %(given_key)s LIMIT %(most)s) AS p

-- sifted --
-- Of those whose last word sounds so, who were counted before and are few, those of the whole name, registered in some communes or living there
-- for now; null: not asked
SELECT p.* FROM (
    SELECT person_id, pin, full_name, birth_date, birth_precision, sex, status, home_area FROM person
    WHERE given_key = %(given_key)s AND full_name ~ %(pattern)s
) AS p
WHERE {visible} AND (
    %(homes)s::integer[] IS NULL OR home_area = ANY(%(homes)s)
    OR EXISTS (SELECT FROM residence r WHERE r.person_id = p.person_id AND r.area_id = ANY(%(homes)s) AND {lasts})
)
LIMIT %(most)s

-- at_home --
-- Whoever is registered in these communes, in the order of birth from a position on: of the next `most` those whose name fits the pattern,
-- and the last one, from whom to go on
SELECT person_id, pin, full_name, birth_date, birth_precision, sex, status, home_area, nth FROM (
    SELECT p.*, row_number() OVER (ORDER BY birth_date, person_id) AS nth FROM (
        SELECT of_one.* FROM unnest(%(homes)s::integer[]) AS home (home_area) CROSS JOIN LATERAL (
            SELECT * FROM person
            WHERE home_area = home.home_area AND birth_date BETWEEN %(since)s::date AND %(until)s::date
              AND (birth_date, person_id) > (%(since)s::date, %(after)s::bigint)
            ORDER BY birth_date, person_id LIMIT %(most)s
        ) AS of_one
        ORDER BY birth_date, person_id LIMIT %(most)s
    ) AS p
) AS part
WHERE full_name ~ %(pattern)s OR nth = %(most)s
ORDER BY nth

-- lodging --
-- Who lives in these communes for now, wherever they are registered, of those whose name fits the pattern, born in a span of time. At most `most`
-- are looked at, those too who lived there until an agreed end, since the index does not tell them apart; `looked_at`, of which there is a row even
-- where nobody fits, says how many were
WITH here AS MATERIALIZED (
    SELECT person_id FROM residence WHERE valid_to IS NULL AND area_id = ANY(%(homes)s::integer[]) LIMIT %(most)s
)
SELECT p.*, h.looked_at FROM (SELECT count(*) AS looked_at FROM here) AS h LEFT JOIN (
    SELECT person_id, pin, full_name, birth_date, birth_precision, sex, status, home_area FROM person
    WHERE person_id = ANY(ARRAY(SELECT person_id FROM here))
      AND birth_date BETWEEN %(since)s::date AND %(until)s::date AND full_name ~ %(pattern)s
      AND EXISTS (SELECT FROM residence r WHERE r.person_id = person.person_id AND r.area_id = ANY(%(homes)s::integer[]) AND {lasts})
) AS p ON true

-- lodging_of --
-- Of these people those who live in the communes for now
SELECT DISTINCT r.person_id FROM residence r
WHERE r.person_id = ANY(%(person_ids)s::bigint[]) AND r.area_id = ANY(%(homes)s::integer[]) AND {lasts}

-- once_named --
-- Whose record was made of two, one of which was called by a name whose last word sounds so, and one of which, or it itself now, was born in a span
-- of time: `kept` is what the record that stayed said before
SELECT m.other_name, m.kept_name, m.other_born::date, m.kept_born::date,
       p.person_id, p.pin, p.full_name, p.birth_date, p.birth_precision, p.sex, p.status, p.home_area
FROM (
    SELECT person_id, other ->> 'full_name' AS other_name, history #>> '{kept,full_name}' AS kept_name,
           other ->> 'birth_date' AS other_born, history #>> '{kept,birth_date}' AS kept_born
    FROM person_merge WHERE undone_at IS NULL AND (other ->> 'given_key')::integer = %(given_key)s
    UNION
    SELECT person_id, other ->> 'full_name', history #>> '{kept,full_name}', other ->> 'birth_date', history #>> '{kept,birth_date}'
    FROM person_merge WHERE undone_at IS NULL AND (history #>> '{kept,given_key}')::integer = %(given_key)s
) AS m JOIN person p ON p.person_id = m.person_id
WHERE (p.birth_date BETWEEN %(since)s AND %(until)s OR m.other_born::date BETWEEN %(since)s AND %(until)s
       OR m.kept_born::date BETWEEN %(since)s AND %(until)s)
  AND {visible}
LIMIT %(most)s
