-- others --
-- Under whom else the traveller may stand: whoever was `numbered`, declared with one of these numbers; and whoever was declared lately with
-- this birth date and a given name that sounds so; {of_whom}: of whom
SELECT DISTINCT person_id, true AS numbered, '' AS full_name, '' AS number, '' AS phone, '' AS declarer_phone FROM declaration
WHERE number = ANY(%(numbers)s::text[]) AND number <> '' AND declared_at > %(numbered_since)s
UNION ALL
(SELECT DISTINCT person_id, false, full_name, number, phone, declarer_phone FROM declaration
 WHERE birth_year = %(year)s AND birth_month IS NOT DISTINCT FROM %(month)s AND birth_day IS NOT DISTINCT FROM %(day)s
   AND given_key = ANY(%(given_keys)s::bigint[]) AND declared_at > %(named_since)s {of_whom} LIMIT 300)

-- strangers_only --
-- Whom the register recognised as somebody else is somebody else
AND person_id < 0

-- crossings --
-- Where these people were seen lately, and whenever they were stopped, latest first
SELECT person_id, crossing_id, crossed_at, pass_id, station_id, direction, decision, reason_code, reason, plate, official_id FROM crossing
WHERE person_id = ANY(%(people)s::bigint[]) AND (crossed_at > %(since)s OR decision <> 'through')
ORDER BY crossed_at DESC LIMIT 200

-- since_then --
-- Where these crossings were, and what became of them, but for those that were taken back: `cleared`, a release says so; `handed_to`,
-- `handed_note`: how the waiting ended, if it did
SELECT s.crossing_id, p.name AS station, p.latitude, p.longitude, EXISTS (SELECT FROM release r WHERE {of_this} AND r.clears {counts}) AS cleared,
       ended.reason_code AS handed_to, ended.reason AS handed_note
FROM unnest(%(people)s::bigint[], %(crossings)s::uuid[], %(stations)s::integer[]) AS s (person_id, crossing_id, station_id)
JOIN station p USING (station_id)
LEFT JOIN LATERAL (SELECT r.reason_code, r.reason FROM release r WHERE {of_this} {counts} ORDER BY r.released_at DESC LIMIT 1) AS ended ON true
WHERE NOT EXISTS (SELECT FROM retraction t WHERE t.person_id = s.person_id AND t.crossing_id = s.crossing_id)

-- of_this --
-- Its release
r.person_id = s.person_id AND r.crossing_id = s.crossing_id

-- counts --
-- A release counts unless the decision that made it was taken back
AND NOT EXISTS (SELECT FROM retraction t WHERE t.crossing_id = r.by_crossing)

-- signs --
-- What these people declared of an illness while a pass for it would still count: first `nearest`, who are not known by a number alone, and
-- the gravest
SELECT person_id, declaration_id, declared_at, full_name, symptoms, contact, test_kind, test_result, tested_on,
       birth_year, birth_month, birth_day, phone
FROM declaration
WHERE person_id = ANY(%(people)s::bigint[]) AND declared_at > %(since)s
  AND (cardinality(symptoms) > 0 OR contact OR test_result = 'positive')
ORDER BY person_id = ANY(%(nearest)s::bigint[]) DESC, test_result = 'positive' DESC, declared_at DESC LIMIT 20

-- waiting --
-- Who is being held at a station: neither let through, turned back nor handed over since, the longest first
SELECT c.person_id, c.crossing_id, c.crossed_at, c.pass_id, c.decision, c.reason_code, c.reason, c.plate, c.official_id, d.full_name,
       d.birth_year, d.phone
FROM crossing c JOIN declaration d ON d.person_id = c.person_id AND d.declaration_id = c.declaration_id
WHERE c.station_id = %(station_id)s AND c.crossed_at > %(since)s AND c.decision = 'secondary'
  AND NOT EXISTS (SELECT FROM retraction t WHERE t.person_id = c.person_id AND t.crossing_id = c.crossing_id)
  AND NOT EXISTS (SELECT FROM release r WHERE r.person_id = c.person_id AND r.crossing_id = c.crossing_id {counts})
ORDER BY c.crossed_at LIMIT 200

-- released --
-- Whose waiting at a station ended lately, and how, latest first
SELECT c.crossing_id, c.crossed_at, c.reason_code, c.reason, d.full_name, d.birth_year, c.person_id, r.released_at,
       r.reason_code AS result_code, r.reason AS result, r.official_id, b.decision AS by_decision
FROM crossing c
JOIN declaration d ON d.person_id = c.person_id AND d.declaration_id = c.declaration_id
JOIN release r ON r.person_id = c.person_id AND r.crossing_id = c.crossing_id {counts}
LEFT JOIN crossing b ON b.crossing_id = r.by_crossing AND b.station_id = c.station_id AND b.crossed_at > %(since)s
WHERE c.station_id = %(station_id)s AND c.crossed_at > %(since)s AND c.decision = 'secondary'
ORDER BY r.released_at DESC LIMIT 20

-- release --
-- A stop ended
INSERT INTO release (person_id, crossing_id, official_id, station_id, by_crossing, clears, reason_code, reason)
VALUES (%(person_id)s, %(crossing_id)s, %(official_id)s, %(station_id)s, %(by_crossing)s, %(clears)s, %(reason_code)s, %(reason)s)
ON CONFLICT (person_id, crossing_id, released_at) DO NOTHING

-- claim --
-- Two decisions on one stop wait for each other here, until the first is committed; no row: it is gone, or stands under another person
SELECT 1 AS claimed FROM crossing WHERE person_id = %(person_id)s AND crossing_id = %(crossing_id)s FOR UPDATE

-- retract --
-- A crossing counts no more; no row where it was taken back before
INSERT INTO retraction (person_id, crossing_id, official_id, replaced_by)
VALUES (%(person_id)s, %(crossing_id)s, %(official_id)s, %(replaced_by)s)
ON CONFLICT (person_id, crossing_id) DO NOTHING

-- own_crossing --
-- A crossing that this officer recorded lately, and when: a verdict may have been looked at for long before it was pressed
SELECT c.*, d.full_name FROM crossing c JOIN declaration d ON d.person_id = c.person_id AND d.declaration_id = c.declaration_id
WHERE c.crossing_id = %(crossing_id)s AND c.official_id = %(official_id)s AND c.received_at > %(since)s

-- inherit --
-- Releases of a crossing that was corrected count for the one in its place
INSERT INTO release
SELECT person_id, %(right)s, released_at, official_id, station_id, by_crossing, clears, reason_code, reason FROM release
WHERE person_id = %(person_id)s AND crossing_id = %(crossing_id)s
ON CONFLICT (person_id, crossing_id, released_at) DO NOTHING

-- last_of_journey --
-- The last crossing of a journey that counts
SELECT c.decision, c.crossed_at, c.station_id FROM crossing c
WHERE c.person_id = %(person_id)s AND c.declaration_id = %(declaration_id)s
  AND NOT EXISTS (SELECT FROM retraction t WHERE t.person_id = c.person_id AND t.crossing_id = c.crossing_id)
ORDER BY c.crossed_at DESC LIMIT 1
