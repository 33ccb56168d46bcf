-- list --
-- A site's records, a site being its place and its name; what it lists again unchanged stays as it is, what it changed is to be
-- verified anew. `areas`, `facility_id`: of whoever lists; what stands at the same site but is another's stays as it is too
WITH given AS (
    SELECT * FROM jsonb_to_recordset(%(records)s::jsonb) AS given (site text, record_id text, declared jsonb, person_id bigint,
           area_id integer, home_area integer, facility_id bigint)
), listed AS (
    INSERT INTO correction (site, record_id, declared, person_id, area_id, home_area, facility_id, listed_by)
    SELECT site, record_id, declared, person_id, area_id, home_area, facility_id, %(official_id)s FROM given
    ORDER BY site, area_id, facility_id, record_id
    ON CONFLICT (site, area_id, facility_id, record_id) DO UPDATE SET
        declared = EXCLUDED.declared, person_id = EXCLUDED.person_id, home_area = EXCLUDED.home_area,
        status = 'listed', verdict = NULL, rights = NULL, verified_at = NULL, verified_by = NULL, updated_at = NULL, updated_by = NULL,
        listed_at = now(), listed_by = EXCLUDED.listed_by,
        times_reopened = correction.times_reopened + (correction.status <> 'listed')::integer
    WHERE correction.declared IS DISTINCT FROM EXCLUDED.declared
      AND CASE WHEN %(facility_id)s::bigint IS NULL THEN %(areas)s::integer[] IS NULL OR correction.area_id = ANY(%(areas)s)
               ELSE correction.facility_id = %(facility_id)s END
    RETURNING correction_id, (xmax = 0) AS is_new
), noted AS (
    INSERT INTO correction_event (correction_id, event_id, official_id, kind)
    SELECT correction_id, gen_random_uuid(), %(official_id)s, 'listed' FROM listed
)
SELECT correction_id, is_new FROM listed

-- hold_listed --
-- Locks those of these records that wait for this official's verdict, until the transaction ends
SELECT * FROM correction
WHERE correction_id = ANY(%(ids)s::bigint[]) AND status = 'listed' AND (%(areas)s::integer[] IS NULL OR home_area = ANY(%(areas)s))
ORDER BY correction_id FOR UPDATE

-- resolve --
-- The police have verified these
WITH signed AS (
    UPDATE correction c SET status = 'verified', verdict = given.verdict, rights = given.rights, note = given.note, verified_at = now(),
                            verified_by = %(official_id)s
    FROM jsonb_to_recordset(%(verdicts)s::jsonb) AS given (correction_id bigint, verdict text, rights jsonb, note text)
    WHERE c.correction_id = given.correction_id AND c.status = 'listed'
    RETURNING c.correction_id, c.verdict, c.note
), noted AS (
    INSERT INTO correction_event (correction_id, event_id, official_id, kind, verdict, note)
    SELECT correction_id, gen_random_uuid(), %(official_id)s, 'verified', verdict, note FROM signed
)
SELECT correction_id FROM signed

-- identify --
-- Who the record is about: their police verify it. Zero rows: it does not wait for a verdict of these areas
WITH identified AS (
    UPDATE correction SET person_id = %(person_id)s, home_area = coalesce(%(home_area)s, home_area)
    WHERE correction_id = %(correction_id)s AND status = 'listed' AND (%(areas)s::integer[] IS NULL OR home_area = ANY(%(areas)s))
    RETURNING correction_id
), noted AS (
    INSERT INTO correction_event (correction_id, event_id, official_id, kind)
    SELECT correction_id, gen_random_uuid(), %(official_id)s, 'identified' FROM identified
)
SELECT correction_id FROM identified

-- sites --
-- Records of sites in the areas (null: everywhere), or of one health facility
(CASE WHEN %(facility_id)s::bigint IS NULL THEN %(areas)s::integer[] IS NULL OR area_id = ANY(%(areas)s)
      ELSE facility_id = %(facility_id)s END)

-- updated --
-- The site has put these right, or has taken note
WITH updated AS (
    UPDATE correction SET status = 'updated', updated_at = now(), updated_by = %(official_id)s
    WHERE correction_id = ANY(%(ids)s::bigint[]) AND status = 'verified' AND {sites}
    RETURNING correction_id, person_id
), noted AS (
    INSERT INTO correction_event (correction_id, event_id, official_id, kind)
    SELECT correction_id, gen_random_uuid(), %(official_id)s, 'updated' FROM updated
)
SELECT correction_id, person_id FROM updated

-- reopen --
-- The verdict is doubted: the record waits for one again. Zero rows: not theirs, or it waits already
WITH reopened AS (
    UPDATE correction SET status = 'listed', verdict = NULL, rights = NULL, verified_at = NULL, verified_by = NULL, updated_at = NULL,
                          updated_by = NULL, note = %(note)s, times_reopened = times_reopened + 1
    WHERE correction_id = %(correction_id)s AND status <> 'listed' AND {whose}
    RETURNING correction_id, person_id
), noted AS (
    INSERT INTO correction_event (correction_id, event_id, official_id, kind, note)
    SELECT correction_id, gen_random_uuid(), %(official_id)s, 'reopened', %(note)s FROM reopened
)
SELECT correction_id, person_id FROM reopened

-- police --
-- Records whose verdict is given in the areas (null: everywhere)
(%(areas)s::integer[] IS NULL OR home_area = ANY(%(areas)s))

-- entries --
-- A list as one side sees it, those that have waited longest first
SELECT c.*, count(*) OVER () AS total FROM correction c
WHERE {whose} AND (%(status)s = '' OR status = %(status)s) AND (%(site)s = '' OR site = %(site)s)
ORDER BY listed_at, correction_id LIMIT %(most)s OFFSET %(skip)s

-- entry --
-- One of a list that waits for a verdict
SELECT c.* FROM correction c WHERE {whose} AND correction_id = %(correction_id)s AND status = 'listed'

-- counts --
-- How many of each site are in each state
SELECT site, status, count(*) AS records FROM correction WHERE {whose} GROUP BY 1, 2 ORDER BY 1, 2

-- events --
-- What happened to a record, the oldest first
SELECT e.kind, e.at, e.official_id, e.verdict, e.note FROM correction_event e JOIN correction USING (correction_id)
WHERE e.correction_id = ANY(%(ids)s::bigint[]) AND {whose} ORDER BY e.correction_id, e.at

-- move --
-- Where these people live now: their police verify
UPDATE correction c SET home_area = given.home_area FROM unnest(%(ids)s::bigint[], %(homes)s::integer[]) AS given (id, home_area)
WHERE c.correction_id = given.id AND c.home_area IS DISTINCT FROM given.home_area
