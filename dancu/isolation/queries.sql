-- expect --
-- A declared journey, once
INSERT INTO arrival (person_id, declaration_id, declared_at, moved_at, arrives_on, origin_area, destination_area, birth_year,
                     outcome, differing, warnings, full_name, name_key, phone, destination_detail, plate, state)
VALUES (%(person_id)s, %(declaration_id)s, %(declared_at)s, %(declared_at)s, %(arrives_on)s, %(origin_area)s, %(destination_area)s,
        %(birth_year)s, %(outcome)s, %(differing)s, %(warnings)s, %(full_name)s, %(name_key)s, %(phone)s, %(destination_detail)s,
        %(plate)s, %(state)s)
ON CONFLICT (person_id, declaration_id) DO NOTHING

-- move --
-- What a crossing did; an earlier crossing that reaches us late changes nothing, nor does one after the person was met
UPDATE arrival SET state = %(state)s, crossed_at = %(crossed_at)s, moved_at = now(), station_id = %(station_id)s,
                   plate = CASE WHEN %(plate)s = '' THEN plate ELSE %(plate)s END
WHERE person_id = %(person_id)s AND declaration_id = %(declaration_id)s
  AND (crossed_at IS NULL OR crossed_at <= %(crossed_at)s) AND met_at IS NULL

-- take --
-- A journey leaves the person under whom it stands: the person is part of its key
DELETE FROM arrival AS whole_row WHERE person_id = %(person_id)s AND declaration_id = %(declaration_id)s RETURNING to_jsonb(whole_row) AS record

-- put --
-- It stands under another
INSERT INTO arrival SELECT * FROM jsonb_populate_recordset(NULL::arrival, %(rows)s::jsonb)

-- withdraw --
-- The journey is off
UPDATE arrival SET state = 'withdrawn', moved_at = now()
WHERE person_id = %(person_id)s AND declaration_id = %(declaration_id)s AND met_at IS NULL

-- withdraw_replaced --
-- Journeys that were declared anew, one by one with their person
UPDATE arrival a SET state = 'withdrawn', moved_at = now()
FROM unnest(%(person_ids)s::bigint[], %(declaration_ids)s::uuid[]) AS replaced (person_id, declaration_id)
WHERE a.person_id = replaced.person_id AND a.declaration_id = replaced.declaration_id AND a.state IN ('declared', 'on_the_way')

-- meet --
-- The commune has met them: no row where it was done already or the arrival is not this commune's
UPDATE arrival SET state = 'met', before_met = state, met_at = now(), moved_at = now(), met_by = %(met_by)s,
                   met_note = CASE WHEN %(note)s = '' THEN met_note ELSE %(note)s END
WHERE declaration_id = %(declaration_id)s AND met_at IS NULL
  AND (%(areas)s::integer[] IS NULL OR destination_area = ANY(%(areas)s))
RETURNING person_id

-- unmeet --
-- Pressed by mistake: back to what it was
UPDATE arrival SET state = before_met, met_at = NULL, met_by = NULL, moved_at = now()
WHERE declaration_id = %(declaration_id)s AND met_at IS NOT NULL
  AND (%(areas)s::integer[] IS NULL OR destination_area = ANY(%(areas)s))
RETURNING person_id

-- note --
-- What the commune writes down about an arrival
UPDATE arrival SET met_note = %(note)s
WHERE declaration_id = %(declaration_id)s AND (%(areas)s::integer[] IS NULL OR destination_area = ANY(%(areas)s))
RETURNING person_id

-- attention --
-- What a commune should look at first: 3 the identity is in doubt or the person may be ill, or was stopped; 2 differs or overdue; 1 expected
CASE WHEN state IN ('met', 'withdrawn') THEN 0
     WHEN cardinality(warnings) > 0 OR outcome IN ('disagrees', 'not_found', 'unreadable') OR state IN ('held', 'turned_back') THEN 3
     WHEN outcome = 'differences' OR arrives_on < %(today)s THEN 2
     ELSE 1 END

-- listed --
-- Which arrivals the filters ask for
moved_at >= %(since)s
  AND (%(areas)s::integer[] IS NULL OR CASE WHEN %(leaving)s THEN origin_area ELSE destination_area END = ANY(%(areas)s))
  AND (%(states)s::text[] IS NULL OR state = ANY(%(states)s))
  AND (%(outcomes)s::text[] IS NULL OR outcome = ANY(%(outcomes)s))
  AND (NOT %(attention)s OR {attention} = 3)
  AND (NOT %(warned)s OR cardinality(warnings) > 0)
  AND (%(name)s::text IS NULL OR name_key LIKE %(name)s OR phone LIKE %(number)s OR translate(plate, '-.', '') ILIKE %(number)s)

-- arrivals --
-- Who is coming to the areas, or has left them: what needs attention first, then the latest news; `total` as if there were no limit
SELECT a.*, {attention} AS attention, count(*) OVER () AS total FROM arrival a WHERE {listed}
ORDER BY {attention} DESC, moved_at DESC, declaration_id
LIMIT %(most)s OFFSET %(skip)s

-- news --
-- Whether the list would look different from when it was shown: its latest news and its length
SELECT max(moved_at) AS latest, count(*) AS people FROM arrival a WHERE {listed}

-- summary --
-- How many of each kind
SELECT state, {attention} AS attention, count(*) AS people FROM arrival a
WHERE moved_at >= %(since)s
  AND (%(areas)s::integer[] IS NULL OR CASE WHEN %(leaving)s THEN origin_area ELSE destination_area END = ANY(%(areas)s))
GROUP BY 1, 2

-- by_area --
-- How many in each commune, and how many of them need attention, are on the way, or have been met
SELECT CASE WHEN %(leaving)s THEN origin_area ELSE destination_area END AS area_id, count(*) AS people,
       count(*) FILTER (WHERE {attention} = 3) AS attention, count(*) FILTER (WHERE state = 'declared') AS declared,
       count(*) FILTER (WHERE state = 'on_the_way') AS on_the_way, count(*) FILTER (WHERE state = 'met') AS met
FROM arrival a
WHERE moved_at >= %(since)s
  AND (%(areas)s::integer[] IS NULL OR CASE WHEN %(leaving)s THEN origin_area ELSE destination_area END = ANY(%(areas)s))
GROUP BY 1

-- of_declaration --
-- One arrival, if it is from or to the areas
SELECT a.*, {attention} AS attention FROM arrival a
WHERE declaration_id = %(declaration_id)s
  AND (%(areas)s::integer[] IS NULL OR destination_area = ANY(%(areas)s) OR origin_area = ANY(%(areas)s))

-- of_person --
-- A person's journeys, latest first
SELECT a.*, {attention} AS attention FROM arrival a WHERE person_id = %(person_id)s ORDER BY declared_at DESC LIMIT 200
