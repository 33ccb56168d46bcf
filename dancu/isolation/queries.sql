-- expect --
-- A declared journey, once
INSERT INTO arrival (person_id, declaration_id, declared_at, moved_at, arrives_on, origin_area, destination_area, birth_year, birth_month,
                     birth_day, number, companions, stranger, outcome, differing, warnings, full_name, name_key, phone, destination_detail, plate,
                     state, declarer_name, declarer_phone, ill_until, each_until, sex, vouched_by)
VALUES (%(person_id)s, %(declaration_id)s, %(declared_at)s, %(declared_at)s, %(arrives_on)s, %(origin_area)s, %(destination_area)s,
        %(birth_year)s, %(birth_month)s, %(birth_day)s, %(number)s, %(companions)s, %(stranger)s, %(outcome)s, %(differing)s,
        %(warnings)s, %(full_name)s, %(name_key)s, %(phone)s, %(destination_detail)s, %(plate)s, %(state)s, %(declarer_name)s,
        %(declarer_phone)s, %(ill_until)s, %(each_until)s::jsonb, %(sex)s, %(vouched_by)s)
ON CONFLICT (person_id, declaration_id) DO NOTHING

-- claim --
-- Whoever declares for the same person, or the same number or telephone, at this moment waits until the first is committed
SELECT pg_advisory_xact_lock(hashtextextended(shared, 8)) FROM unnest(%(shared)s::text[]) AS shared WHERE shared <> '' ORDER BY shared

-- known --
-- Which arrivals may be of the same traveller: declared with one of these numbers, or lately with one of these telephones and that birth year;
-- `is_replaced`: one whose place this declaration took. `kin`: under whom each stands but for what stewards decided
SELECT {kin} AS kin, a.person_id, a.decided_as, a.full_name, a.number, a.phone, a.declarer_phone, a.birth_year, a.birth_month, a.birth_day, a.sex,
       a.declaration_id, a.declaration_id = ANY(%(replaces)s::uuid[]) AS is_replaced
FROM arrival a WHERE (a.person_id, a.declaration_id) IN (
    SELECT person_id, declaration_id FROM arrival WHERE number = ANY(%(numbers)s::text[]) AND number <> '' AND greatest(declared_at, crossed_at) > %(numbered_since)s
    UNION ALL SELECT person_id, declaration_id FROM arrival
              WHERE phone = ANY(%(phones)s::text[]) AND phone <> '' AND birth_year = %(birth_year)s AND greatest(declared_at, crossed_at) > %(named_since)s
    UNION ALL SELECT person_id, declaration_id FROM arrival
              WHERE declarer_phone = ANY(%(phones)s::text[]) AND declarer_phone <> '' AND birth_year = %(birth_year)s AND greatest(declared_at, crossed_at) > %(named_since)s
    UNION ALL SELECT person_id, declaration_id FROM arrival WHERE declaration_id = ANY(%(replaces)s::uuid[]))
  AND (%(person_id)s < 0 OR a.person_id < 0)
ORDER BY a.declared_at, kin

-- kin --
-- Of one whom the register recognised the person; of somebody unknown the first under whom the same one declared, or the person whom they are
-- surely. It stays what it is when a steward decides whose a declaration is, but where it seemed to be of another person
CASE WHEN a.stranger = 0 OR (a.stranger > 0 AND a.person_id > 0) THEN a.person_id ELSE a.stranger END

-- join_strangers --
-- They turn out to be one
UPDATE arrival a SET stranger = %(stranger)s, decided_as = 0, moved_at = CASE WHEN a.person_id < 0 THEN now() ELSE a.moved_at END
WHERE a.stranger = ANY(%(others)s::bigint[]) AND a.stranger <> 0

-- unknown --
-- A journey of somebody whom the register did not recognise, until the transaction ends
SELECT * FROM arrival WHERE declaration_id = %(declaration_id)s AND person_id < 0 FOR UPDATE

-- regroup --
-- It is of another traveller than it seemed
UPDATE arrival SET stranger = %(stranger)s, decided_as = 0, moved_at = now() WHERE person_id = %(person_id)s AND declaration_id = %(declaration_id)s

-- follow_decisions --
-- The person who was decided on for any declaration of somebody unknown is meant by all of theirs; where several were, by none
UPDATE arrival a SET decided_as = meant.person_id, moved_at = now()
FROM (SELECT s.stranger, CASE WHEN count(DISTINCT d.person_id) = 1 THEN max(d.person_id) ELSE 0 END AS person_id
      FROM unnest(%(strangers)s::bigint[]) AS s (stranger) LEFT JOIN arrival d ON d.stranger = s.stranger AND d.stranger <> 0 AND d.person_id > 0
      GROUP BY 1) AS meant
WHERE a.stranger = meant.stranger AND a.stranger <> 0 AND a.person_id < 0 AND a.decided_as <> meant.person_id

-- under --
-- Under whom the arrivals of these unknown people stand now
SELECT DISTINCT {who} AS who FROM arrival a WHERE a.stranger = ANY(%(strangers)s::bigint[]) AND a.stranger <> 0

-- share_warnings --
-- What is told of an illness of some people is marked on their other arrivals: each sign that was declared, on those of which it still counted
-- when they were declared, and until when it does; what a station found, on all; whatever became of either, if they are still expected or were news not long before. News for a
-- list, but for what is off or turned back
WITH theirs AS MATERIALIZED (
    SELECT a.person_id, a.declaration_id, a.declared_at, a.moved_at, a.warnings, a.each_until, a.found, a.found_at, {who} AS who, {live} AS is_live
    FROM arrival a WHERE {who} = ANY(%(whose)s::bigint[]) ORDER BY a.person_id, a.declaration_id FOR UPDATE OF a
), signs AS MATERIALIZED (
    SELECT who, declaration_id, sign, sign = ANY(found) AS is_found, CASE WHEN sign = ANY(found) THEN found_at ELSE declared_at END AS at,
           (each_until ->> sign)::timestamptz AS until
    FROM theirs CROSS JOIN unnest(warnings) AS sign
), marks AS (
    SELECT one.person_id, one.declaration_id, sign, is_found, max(at) AS at, max(until) AS until
    FROM theirs one JOIN signs
        ON signs.who = one.who AND signs.declaration_id <> one.declaration_id AND (is_found OR until > one.declared_at)
       AND (one.is_live OR at <= one.moved_at + %(remembered_for)s)
    GROUP BY 1, 2, 3, 4
), told AS (
    SELECT one.person_id, one.declaration_id, coalesce(array_agg(DISTINCT sign) FILTER (WHERE sign IS NOT NULL), ARRAY[]::text[]) AS warnings,
           max(at) FILTER (WHERE NOT is_found) AS at, max(until) FILTER (WHERE NOT is_found) AS until,
           coalesce(jsonb_object_agg(sign, until) FILTER (WHERE NOT is_found), '{}') AS each_until,
           coalesce(array_agg(DISTINCT sign) FILTER (WHERE is_found), ARRAY[]::text[]) AS found, max(at) FILTER (WHERE is_found) AS found_at
    FROM theirs one LEFT JOIN marks USING (person_id, declaration_id) GROUP BY 1, 2
)
UPDATE arrival a SET warned_elsewhere = told.warnings, warned_at = told.at, warned_until = told.until,
    elsewhere_until = told.each_until, found_elsewhere = told.found,
    found_elsewhere_at = told.found_at,
    moved_at = CASE WHEN a.state IN ('withdrawn', 'turned_back') OR greatest(told.at, told.found_at) <= a.declared_at THEN a.moved_at ELSE now() END
FROM told WHERE a.person_id = told.person_id AND a.declaration_id = told.declaration_id
  AND (a.warned_elsewhere, a.warned_at, a.warned_until, a.elsewhere_until, a.found_elsewhere, a.found_elsewhere_at)
      IS DISTINCT FROM (told.warnings, told.at, told.until, told.each_until, told.found, told.found_at)

-- hold --
-- All journeys of those who declared these, and of these people, with whatever else the same unknown ones declared: always in the same order
WITH asked AS (
    SELECT {who} AS who, a.stranger FROM arrival a WHERE a.declaration_id = ANY(%(declaration_ids)s::uuid[])
    UNION ALL SELECT who, who FROM unnest(%(whose)s::bigint[]) AS who
), whose AS (
    SELECT who FROM asked UNION SELECT {who} FROM arrival a WHERE a.stranger <> 0 AND a.stranger = ANY(ARRAY(SELECT stranger FROM asked))
)
SELECT 1 FROM arrival a
WHERE {who} = ANY(ARRAY(SELECT who FROM whose)) OR a.declaration_id = ANY(%(declaration_ids)s::uuid[])
ORDER BY a.person_id, a.declaration_id FOR UPDATE OF a

-- move --
-- How far a journey is by what happened on the road; who was met stays met, and would go back to this
UPDATE arrival a SET state = CASE WHEN a.met_at IS NULL THEN %(state)s ELSE a.state END,
                     before_met = CASE WHEN a.met_at IS NULL THEN a.before_met ELSE %(state)s END,
                     moved_at = CASE WHEN a.met_at IS NULL THEN now() ELSE a.moved_at END,
                     crossed_at = %(crossed_at)s, crossed_by = %(crossed_by)s, station_id = %(station_id)s, ended_as = %(ended_as)s,
                     warnings = coalesce(%(warnings)s::text[], a.warnings), found = coalesce(%(found)s::text[], a.found),
                     found_at = CASE WHEN %(found)s::text[] IS NULL THEN a.found_at ELSE %(found_at)s END,
                     each_until = coalesce(%(each_until)s::jsonb, a.each_until),
                     ill_until = CASE WHEN %(each_until)s::jsonb IS NULL THEN a.ill_until ELSE %(ill_until)s END, plate = CASE WHEN %(plate)s = '' THEN a.plate ELSE %(plate)s END
FROM (SELECT * FROM arrival WHERE person_id = %(person_id)s AND declaration_id = %(declaration_id)s FOR UPDATE) AS before
WHERE a.person_id = %(person_id)s AND a.declaration_id = %(declaration_id)s
RETURNING {who} AS who, a.origin_area, a.destination_area, a.arrives_on, before.state AS before, a.state AS after, (a.warnings, a.found, a.found_at, a.each_until) IS DISTINCT FROM (before.warnings, before.found, before.found_at, before.each_until) AS warned

-- take --
-- A journey leaves the person under whom it stands: the person is part of its key
DELETE FROM arrival AS whole_row WHERE person_id = ANY(%(people)s::bigint[]) AND declaration_id = %(declaration_id)s RETURNING to_jsonb(whole_row) AS record

-- put --
-- It stands under another
INSERT INTO arrival SELECT * FROM jsonb_populate_recordset(NULL::arrival, %(rows)s::jsonb)

-- withdraw_replaced --
-- Journeys that were declared anew; who was met stays met, and would go back to this. But not one with a sign of illness, which the communes are
-- to look after. The caller holds them
UPDATE arrival a SET state = CASE WHEN a.met_at IS NULL THEN 'withdrawn' ELSE a.state END,
                     before_met = CASE WHEN a.met_at IS NULL THEN a.before_met ELSE 'withdrawn' END,
                     moved_at = CASE WHEN a.met_at IS NULL THEN now() ELSE a.moved_at END
FROM arrival before
WHERE a.declaration_id = ANY(%(declaration_ids)s::uuid[]) AND cardinality(a.warnings) = 0
  AND CASE WHEN a.met_at IS NULL THEN a.state ELSE a.before_met END IN ('declared', 'on_the_way')
  AND before.person_id = a.person_id AND before.declaration_id = a.declaration_id
RETURNING a.origin_area, a.destination_area, a.arrives_on, before.state AS before, a.state AS after

-- meet --
-- The commune has met people: the arrivals pressed, and whatever else of theirs was due here by then. No row where it was done already, the
-- journey is off, or the arrival is not this commune's; `pressed`: whether it is one that was asked for
WITH pressed AS (
    SELECT {who} AS who, max(greatest(arrives_on, %(today)s)) AS until FROM arrival a
    WHERE declaration_id = ANY(%(declarations)s::uuid[]) AND {live} AND {ours} GROUP BY 1
), due AS (
    SELECT a.person_id, a.declaration_id, a.state FROM arrival a JOIN pressed ON {who} = pressed.who
    WHERE {live} AND {ours} AND arrives_on <= pressed.until
    ORDER BY a.person_id, a.declaration_id FOR UPDATE OF a
)
UPDATE arrival a SET state = 'met', before_met = a.state, met_at = %(now)s, moved_at = %(now)s, met_by = %(met_by)s,
    met_note = CASE WHEN %(note)s = '' OR a.declaration_id <> ALL(%(declarations)s::uuid[]) THEN met_note ELSE %(note)s END
FROM due WHERE a.person_id = due.person_id AND a.declaration_id = due.declaration_id AND {live}
RETURNING a.person_id, a.origin_area, a.destination_area, a.arrives_on, due.state AS before, a.state AS after, a.declaration_id, a.declaration_id = ANY(%(declarations)s::uuid[]) AS pressed

-- unmeet --
-- Pressed by mistake: back to what they were, with all that was closed by the same press
WITH pressed AS (
    SELECT DISTINCT {who} AS who, met_at FROM arrival a
    WHERE declaration_id = ANY(%(declarations)s::uuid[]) AND met_at IS NOT NULL AND {ours}
), closed AS (
    SELECT a.person_id, a.declaration_id, a.state FROM arrival a JOIN pressed ON {who} = pressed.who AND a.met_at = pressed.met_at
    WHERE {ours} ORDER BY a.person_id, a.declaration_id FOR UPDATE OF a
)
UPDATE arrival a SET state = before_met, met_at = NULL, met_by = NULL, moved_at = now()
FROM closed WHERE a.person_id = closed.person_id AND a.declaration_id = closed.declaration_id AND a.met_at IS NOT NULL
RETURNING a.person_id, a.origin_area, a.destination_area, a.arrives_on, closed.state AS before, a.state AS after, a.declaration_id, a.declaration_id = ANY(%(declarations)s::uuid[]) AS pressed

-- note --
-- What the commune writes down about an arrival
UPDATE arrival SET met_note = %(note)s
WHERE declaration_id = %(declaration_id)s AND (%(areas)s::integer[] IS NULL OR destination_area = ANY(%(areas)s))
RETURNING person_id

-- who --
-- Whose journey it is: a person of the register, also one who was decided on or is surely meant, or somebody unknown, the same for all that they
-- declared
CASE WHEN a.person_id > 0 THEN a.person_id WHEN a.decided_as > 0 THEN a.decided_as WHEN a.stranger <> 0 THEN a.stranger ELSE a.person_id END

-- live --
-- Whether the person is still expected
a.state NOT IN ('met', 'withdrawn', 'turned_back')

-- ours --
-- Whether it leads to the areas
(%(areas)s::integer[] IS NULL OR destination_area = ANY(%(areas)s))

-- asked --
-- The arrivals of the areas with news in the period asked for
a.moved_at >= %(since)s AND {within}

-- still_ill --
-- And, however old the news, of whoever may be ill by what still counts: what was declared, or what a station found and nobody cleared. Never
-- together in one scan, for each is read from an index of its own
a.moved_at < %(since)s AND a.moved_at >= %(ill_since)s AND {within} AND (cardinality(a.warnings) > 0 OR cardinality(a.warned_elsewhere) > 0)
  AND (a.found_at IS NOT NULL OR a.found_elsewhere_at IS NOT NULL OR a.ill_until > %(now)s OR a.warned_until > %(now)s) AND {attention} = 4

-- within --
-- Of the areas ({end}: of destination or of origin)
(%(areas)s::integer[] IS NULL OR a.{end} = ANY(%(areas)s))

-- arriving --
-- Those who arrive on these days, whenever they declared
 AND a.arrives_on BETWEEN %(arrives_from)s AND %(arrives_until)s

-- by_text --
-- Part of a name, or the beginnings of its words in any order, part of a telephone or plate, or a whole number as it was declared
 AND (name_key LIKE %(name)s OR ' ' || name_key LIKE ALL (%(words)s::text[]) OR phone LIKE ANY (%(phones)s::text[])
      OR declarer_phone LIKE ANY (%(phones)s::text[]) OR translate(plate, '-.', '') ILIKE %(part)s OR number = %(number)s)

-- by_outcome --
-- Compared with the register so
 AND a.outcome = ANY(%(outcomes)s)

-- by_warning --
-- With a health warning, told here, or elsewhere as long as that counts
 AND (cardinality(a.warnings) > 0 OR a.found_elsewhere_at IS NOT NULL OR a.warned_until > %(now)s)

-- by_companions --
-- With others
 AND companions > 0

-- by_other_end --
-- From there, or (of those who leave) to there
 AND a.{other_end} = ANY(%(other_areas)s)

-- people --
-- Each person once: the worst of what is expected, the latest news, the first day by which they are overdue. Turned back or cancelled counts
-- until they are met. {extra}: what they are ordered or counted by besides. Each arrival is graded once (OFFSET 0), then only numbers are compared
SELECT who, {extra}
       greatest(max(grade) FILTER (WHERE rank NOT IN (1, 3)), CASE WHEN {turned_last} THEN max(grade) FILTER (WHERE rank = 3) END,
                CASE WHEN {off_last} THEN max(grade) FILTER (WHERE rank = 1) END, 0) AS attention,
       CASE max(rank) WHEN 7 THEN 'held' WHEN 6 THEN 'on_the_way' WHEN 5 THEN 'told_to_stay' WHEN 4 THEN 'declared' WHEN 2 THEN 'met' WHEN 1 THEN 'withdrawn'
                      ELSE CASE WHEN {turned_last} THEN 'turned_back' ELSE 'met' END END AS state,
       max(moved_at) AS moved_at, min(arrives_on) FILTER (WHERE rank > 3 AND rank <> 5 AND arrives_on < %(today)s) AS overdue_since, {fits} AS fits
FROM (({graded} WHERE {asked} OFFSET 0) UNION ALL ({graded} WHERE {still_ill} OFFSET 0)) AS graded
GROUP BY {by}

-- graded --
-- An arrival as what its person is made of
SELECT {who} AS who, {rank} AS rank, {attention} AS grade, a.moved_at, a.met_at, a.arrives_on{columns} FROM arrival a

-- rank --
-- What says most of where a person stands; above 3 they are expected, but for 5: told not to travel, and never overdue
CASE a.state WHEN 'declared' THEN 4 WHEN 'met' THEN 2 WHEN 'on_the_way' THEN 6 WHEN 'withdrawn' THEN 1 WHEN 'turned_back' THEN 3
             WHEN 'held' THEN 7 WHEN 'told_to_stay' THEN 5 ELSE 4 END

-- turned_last --
-- Whether being turned back is the last that is known
max(moved_at) FILTER (WHERE rank = 3) > coalesce(max(met_at), '-infinity')

-- off_last --
-- Whether a journey was cancelled since they were met
max(moved_at) FILTER (WHERE rank = 1) > coalesce(max(met_at), '-infinity')

-- chosen --
-- Of these people, whom the filters ask for
fits AND (%(states)s::text[] IS NULL OR state = ANY(%(states)s)) AND attention >= %(attention)s AND (NOT %(overdue)s OR overdue_since IS NOT NULL)

-- arrivals --
-- A page of people, with all their journeys there: `place` on it, those who are still expected first, then the latest; `total` people in all.
-- Where `counts` is asked for it stands on the first row, of everybody whatever the filters; a page without people is that row alone
WITH people AS MATERIALIZED ({people}), page AS (
    SELECT *, count(*) OVER () AS total FROM people WHERE {chosen} ORDER BY {order} LIMIT %(most)s OFFSET %(skip)s
), journeys AS (
    SELECT page.who AS of, page.place, page.total, page.attention AS worst, page.state AS stands, page.overdue_since, a.*, {attention} AS attention
    FROM (SELECT *, row_number() OVER (ORDER BY {order}) AS place FROM page) AS page
    JOIN LATERAL (SELECT * FROM arrival a WHERE {who} = page.who AND (({asked}) OR ({still_ill}))) AS a ON true
), counts AS ({counts})
SELECT * FROM counts LEFT JOIN journeys a ON true ORDER BY a.place, {live} DESC, a.declared_at DESC, a.declaration_id

-- counts_of_people --
-- How many people in each state
SELECT json_object_agg(state, number) AS counts
FROM (SELECT state, json_build_object('people', count(*), 'attention', count(*) FILTER (WHERE attention >= 3),
                                      'warned', count(*) FILTER (WHERE attention = 4), 'overdue', count(overdue_since)) AS number
      FROM people GROUP BY state) AS numbers

-- no_counts --
-- They are not asked for
SELECT NULL::json AS counts

-- how_many --
-- How many people the filters ask for
WITH people AS ({people}) SELECT count(*) AS people FROM people WHERE {chosen}

-- news --
-- Whether the list would look different from when it was shown: its latest news and its length
SELECT max(latest) AS latest, sum(journeys)::bigint AS journeys
FROM (SELECT max(moved_at) AS latest, count(*) AS journeys FROM arrival a WHERE {asked}
      UNION ALL SELECT max(moved_at), count(*) FROM arrival a WHERE {still_ill}) AS each

-- summary --
-- How many people in each state, and how many of them to look at first
WITH people AS ({people}) {counts}

-- by_area --
-- How many people in each commune, and how many of them need attention or stand so
SELECT area_id, count(*) AS people, count(*) FILTER (WHERE attention >= 3) AS attention,
       count(*) FILTER (WHERE state = 'declared') AS declared, count(*) FILTER (WHERE state = 'told_to_stay') AS told_to_stay,
       count(*) FILTER (WHERE state = 'on_the_way') AS on_the_way, count(*) FILTER (WHERE state = 'held') AS held,
       count(*) FILTER (WHERE state = 'turned_back') AS turned_back, count(*) FILTER (WHERE state = 'met') AS met,
       count(*) FILTER (WHERE state = 'withdrawn') AS withdrawn
FROM ({people}) AS people GROUP BY 1

-- warned --
-- How many people with a health warning come to the areas, or leave them, and the latest news of them
SELECT count(DISTINCT who) AS people, max(moved_at) AS latest
FROM (SELECT {who} AS who, moved_at FROM arrival a
      WHERE (cardinality(a.warnings) > 0 OR cardinality(a.warned_elsewhere) > 0) AND {attention} = 4 AND {asked}
      UNION ALL SELECT {who}, moved_at FROM arrival a WHERE {still_ill}) AS each

-- of_declaration --
-- One arrival, if it is from or to the areas
SELECT a.*, {who} AS who, {attention} AS attention FROM arrival a
WHERE declaration_id = %(declaration_id)s
  AND (%(areas)s::integer[] IS NULL OR destination_area = ANY(%(areas)s) OR origin_area = ANY(%(areas)s))

-- telephones --
-- The last telephone by which each of these people may be called: their own, or that of whoever declared for them
SELECT DISTINCT ON (1) {who} AS who, a.phone, a.declarer_name, a.declarer_phone, a.declared_at FROM arrival a
WHERE {who} = ANY(%(whose)s::bigint[]) AND (a.phone <> '' OR a.declarer_phone <> '') ORDER BY 1, a.declared_at DESC

-- held --
-- Who of those whose arrivals these are is being held at a station, where and since when, at the earliest then; who was met meanwhile would go
-- back to that
SELECT DISTINCT ON (pressed.who) pressed.full_name, a.station_id, a.crossed_at
FROM (SELECT {who} AS who, a.full_name FROM arrival a WHERE a.declaration_id = ANY(%(declarations)s::uuid[])) AS pressed
JOIN arrival a ON {who} = pressed.who AND 'held' IN (a.state, CASE WHEN a.met_at IS NOT NULL THEN a.before_met END) AND a.ended_as = ''
WHERE a.crossed_at > %(since)s ORDER BY pressed.who, a.crossed_at DESC

-- whose_journeys --
-- Under whom these journeys stand
SELECT a.declaration_id, {who} AS who FROM arrival a WHERE a.declaration_id = ANY(%(declarations)s::uuid[])

-- state --
-- How far a declaration's journey is
SELECT state FROM arrival WHERE person_id = %(person_id)s AND declaration_id = %(declaration_id)s

-- unknown_as --
-- The journeys of unknown ones who are surely this person of the register
SELECT declaration_id FROM arrival WHERE stranger = %(person_id)s AND stranger <> 0 AND person_id < 0 ORDER BY declaration_id

-- of_person --
-- A person's journeys, latest first; of somebody unknown all that the same one declared
SELECT a.*, {who} AS who, {attention} AS attention FROM arrival a
WHERE {who} = coalesce((SELECT {who} FROM arrival a WHERE a.person_id = %(person_id)s LIMIT 1), %(person_id)s)
ORDER BY declared_at DESC LIMIT 200

-- ended_since --
-- Journeys that have ended since then
SELECT declaration_id FROM arrival WHERE state = 'met' AND moved_at > %(since)s
