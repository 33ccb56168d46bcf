-- expect --
-- A declared journey, once
INSERT INTO arrival (person_id, declaration_id, declared_at, moved_at, arrives_on, origin_area, destination_area, birth_year,
                     outcome, differing, warnings, full_name, phone, destination_detail, plate)
VALUES (%(person_id)s, %(declaration_id)s, %(declared_at)s, %(declared_at)s, %(arrives_on)s, %(origin_area)s, %(destination_area)s,
        %(birth_year)s, %(outcome)s, %(differing)s, %(warnings)s, %(full_name)s, %(phone)s, %(destination_detail)s, %(plate)s)
ON CONFLICT (person_id, declaration_id) DO NOTHING

-- move --
-- What a crossing did; an earlier crossing that reaches us late changes nothing, nor does one after the person was met
UPDATE arrival SET state = %(state)s, crossed_at = %(crossed_at)s, moved_at = now(), station_id = %(station_id)s,
                   plate = CASE WHEN %(plate)s = '' THEN plate ELSE %(plate)s END
WHERE person_id = %(person_id)s AND declaration_id = %(declaration_id)s
  AND (crossed_at IS NULL OR crossed_at <= %(crossed_at)s) AND met_at IS NULL

-- withdraw --
-- The journey is off
UPDATE arrival SET state = 'withdrawn', moved_at = now()
WHERE person_id = %(person_id)s AND declaration_id = %(declaration_id)s AND met_at IS NULL

-- meet --
-- The commune has met them: no row where it was done already or the arrival is not this commune's
UPDATE arrival SET state = 'met', met_at = now(), moved_at = now(), met_by = %(met_by)s, met_note = %(note)s
WHERE declaration_id = %(declaration_id)s AND met_at IS NULL
  AND (%(areas)s::integer[] IS NULL OR destination_area = ANY(%(areas)s))
RETURNING person_id

-- unmeet --
-- Pressed by mistake
UPDATE arrival SET state = CASE WHEN crossed_at IS NULL THEN 'declared' ELSE 'on_the_way' END, met_at = NULL, met_by = NULL, moved_at = now()
WHERE declaration_id = %(declaration_id)s AND met_at IS NOT NULL
  AND (%(areas)s::integer[] IS NULL OR destination_area = ANY(%(areas)s))
RETURNING person_id

-- attention --
-- What a commune should look at first: 3 the identity is in doubt or the person may be ill, or was stopped; 2 differs or overdue; 1 expected
CASE WHEN state IN ('met', 'withdrawn') THEN 0
     WHEN cardinality(warnings) > 0 OR outcome IN ('disagrees', 'not_found', 'unreadable') OR state IN ('held', 'turned_back') THEN 3
     WHEN outcome = 'differences' OR arrives_on < current_date THEN 2
     ELSE 1 END

-- arrivals --
-- Who is coming to the areas, or has left them: what needs attention first, then the latest news
SELECT a.*, {attention} AS attention FROM arrival a
WHERE moved_at >= %(since)s
  AND (%(areas)s::integer[] IS NULL OR CASE WHEN %(leaving)s THEN origin_area ELSE destination_area END = ANY(%(areas)s))
  AND (%(states)s::text[] IS NULL OR state = ANY(%(states)s))
  AND (%(outcomes)s::text[] IS NULL OR outcome = ANY(%(outcomes)s))
  AND (NOT %(warned)s OR cardinality(warnings) > 0)
  AND (%(name)s::text IS NULL OR full_name ILIKE %(name)s OR plate ILIKE %(name)s OR phone LIKE %(name)s)
ORDER BY {attention} DESC, moved_at DESC, declaration_id
LIMIT %(most)s OFFSET %(skip)s

-- summary --
-- How many of each kind
SELECT state, {attention} AS attention, count(*) AS people FROM arrival a
WHERE moved_at >= %(since)s
  AND (%(areas)s::integer[] IS NULL OR CASE WHEN %(leaving)s THEN origin_area ELSE destination_area END = ANY(%(areas)s))
GROUP BY 1, 2

-- of_declaration --
-- One arrival, if it is from or to the areas
SELECT a.*, {attention} AS attention FROM arrival a
WHERE declaration_id = %(declaration_id)s
  AND (%(areas)s::integer[] IS NULL OR destination_area = ANY(%(areas)s) OR origin_area = ANY(%(areas)s))

-- of_person --
-- A person's journeys, latest first
SELECT a.*, {attention} AS attention FROM arrival a WHERE person_id = %(person_id)s ORDER BY declared_at DESC
