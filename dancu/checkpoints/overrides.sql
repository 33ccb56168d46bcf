-- was_against --
-- Of whom letting through was against the verdict, or may have been: said as the index crossing_against says it
c.decision = 'through' AND c.against <> '' AND (c.against <> 'not_known' OR c.reason_code <> '' OR c.reason <> '')

-- overrides --
-- Decisions against the verdict at these stations, latest first; of one officer, only those that nobody has looked at, before a moment and id,
-- where that is asked for
SELECT c.crossing_id, c.crossed_at, c.station_id, s.name AS station, c.official_id, c.person_id, c.pass_id, c.direction, c.against, c.ruled_by,
       c.reason_code, c.reason, c.about, c.plate, v.reviewed_at, v.official_id AS reviewed_by, v.result, v.words
FROM crossing c JOIN station s USING (station_id) LEFT JOIN override_review v ON v.crossing_id = c.crossing_id
WHERE c.station_id = ANY(%(station_ids)s::integer[]) AND c.crossed_at > %(since)s::timestamptz AND {was_against}
  AND NOT EXISTS (SELECT FROM retraction t WHERE t.person_id = c.person_id AND t.crossing_id = c.crossing_id)
  AND (%(official_id)s::bigint IS NULL OR c.official_id = %(official_id)s)
  AND (NOT %(only_open)s OR v.crossing_id IS NULL)
  AND (%(before)s::timestamptz IS NULL OR (c.crossed_at, c.crossing_id) < (%(before)s, %(before_id)s::uuid))
ORDER BY c.crossed_at DESC, c.crossing_id DESC LIMIT %(most)s

-- who_overrode --
-- The officers who decided so at these stations
SELECT DISTINCT c.official_id FROM crossing c
WHERE c.station_id = ANY(%(station_ids)s::integer[]) AND c.crossed_at > %(since)s::timestamptz AND {was_against}

-- override --
-- One of them; no row where it is none, or was taken back
SELECT c.person_id, c.station_id, c.official_id FROM crossing c
WHERE c.crossing_id = %(crossing_id)s AND {was_against}
  AND NOT EXISTS (SELECT FROM retraction t WHERE t.person_id = c.person_id AND t.crossing_id = c.crossing_id)

-- review --
-- Somebody has looked at it, once
INSERT INTO override_review (crossing_id, official_id, result, words) VALUES (%(crossing_id)s, %(official_id)s, %(result)s, %(words)s)
ON CONFLICT (crossing_id) DO NOTHING
