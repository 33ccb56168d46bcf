-- declaration --
-- A declaration by its own id; `told_outcome`: as its citizen was answered, whatever people decided since
SELECT *, coalesce(told ->> 'outcome', outcome) AS told_outcome FROM declaration WHERE declaration_id = %(declaration_id)s

-- declarations --
-- What was declared, by id
SELECT * FROM declaration WHERE declaration_id = ANY(%(declaration_ids)s::uuid[])

-- add_declaration --
-- What was declared, once
INSERT INTO declaration (
    person_id, declaration_id, declared_at, official_id, departs_on, arrives_on, tested_on, home_area, permanent_area, origin_area,
    destination_area, birth_year, birth_month, birth_day, sex, companions, doses, contact, declared_by, number_kind, number, full_name,
    nationality, phone, home_detail, permanent_detail, origin_detail, destination_detail, reason, reason_detail, vehicle, plate, seat,
    places, symptoms, test_kind, test_result, declarer_name, declarer_phone, outcome, levels, doubtful, phone_agrees,
    given_key)
VALUES (
    %(person_id)s, %(declaration_id)s, %(declared_at)s, %(official_id)s, %(departs_on)s, %(arrives_on)s, %(tested_on)s, %(home_area)s,
    %(permanent_area)s, %(origin_area)s, %(destination_area)s, %(birth_year)s, %(birth_month)s, %(birth_day)s, %(sex)s, %(companions)s,
    %(doses)s, %(contact)s, %(declared_by)s, %(number_kind)s, %(number)s, %(full_name)s, %(nationality)s, %(phone)s, %(home_detail)s,
    %(permanent_detail)s, %(origin_detail)s, %(destination_detail)s, %(reason)s, %(reason_detail)s, %(vehicle)s, %(plate)s, %(seat)s,
    %(places)s, %(symptoms)s, %(test_kind)s, %(test_result)s, %(declarer_name)s, %(declarer_phone)s, %(outcome)s, %(levels)s, %(doubtful)s,
    %(phone_agrees)s, %(given_key)s)
ON CONFLICT (person_id, declaration_id) DO NOTHING

-- count_doubtful --
-- How many declarations are to be put before people
SELECT count(*) AS declarations FROM declaration WHERE doubtful

-- some_doubtful --
-- The same, counted to %(most)s, and since when the first of them
SELECT count(*) AS declarations, coalesce(extract(epoch FROM clock_timestamp() - min(declared_at)), 0)::float8 AS seconds
FROM (SELECT declared_at FROM declaration WHERE doubtful ORDER BY declared_at LIMIT %(most)s) AS counted

-- take_doubtful --
-- Declarations that may mean somebody, the oldest first: whoever takes them puts them before people
UPDATE declaration SET doubtful = false
WHERE declaration_id IN (SELECT declaration_id FROM declaration WHERE doubtful ORDER BY declared_at LIMIT %(most)s FOR UPDATE SKIP LOCKED)
RETURNING *

-- hold_declarations --
-- Declarations by their own ids, whose person nobody else changes until the transaction ends; always in the same order
SELECT * FROM declaration WHERE declaration_id = ANY(%(declaration_ids)s::uuid[]) ORDER BY declaration_id FOR UPDATE

-- since_merge --
-- What was declared since then and stands under this person, and what people decided is theirs
SELECT declaration_id FROM declaration WHERE person_id = %(person_id)s AND (declared_at >= %(since)s OR told IS NOT NULL)

-- unknown_since --
-- What was declared since then by whom the register did not recognise, with one of these numbers or telephones, or a name and birth date like these
SELECT declaration_id FROM declaration
WHERE number = ANY(%(numbers)s::text[]) AND number <> '' AND declared_at >= %(since)s AND person_id < 0
UNION
SELECT declaration_id FROM declaration
WHERE phone = ANY(%(phones)s::text[]) AND phone <> '' AND declared_at >= %(since)s AND person_id < 0
UNION
SELECT d.declaration_id FROM declaration d
JOIN unnest(%(born)s::date[], %(given_keys)s::integer[]) AS one (born, given_key)
  ON d.birth_year = extract(year FROM one.born) AND d.given_key = one.given_key
WHERE d.birth_month = extract(month FROM one.born) AND d.birth_day = extract(day FROM one.born)
  AND d.declared_at >= %(since)s AND d.person_id < 0

-- hold_passes --
-- And their passes
SELECT 1 FROM pass WHERE declaration_id = ANY(%(declaration_ids)s::uuid[]) ORDER BY pass_id FOR UPDATE

-- carry_kept --
-- What is kept of a declaration goes where that stands now, by the hand of the tables' owner
SELECT carried AS record
FROM carry_declared_rows(%(table)s, %(from_id)s, %(to_id)s, %(keys)s::jsonb, %(declaration_id)s::uuid) AS carried

-- hold_crossings --
-- And what was decided on those, as `claim` holds one: who serves may lock no row of a crossing, since nobody may change one
SELECT pg_advisory_xact_lock(hashtextextended(crossing_id::text, 0)) FROM (
    SELECT c.crossing_id FROM crossing c JOIN pass p ON p.person_id = c.person_id AND p.pass_id = c.pass_id
    WHERE p.declaration_id = ANY(%(declaration_ids)s::uuid[]) ORDER BY c.crossing_id
) AS theirs

-- compared_anew --
-- Somebody else is meant by it now, compared with the register so
UPDATE declaration SET outcome = %(outcome)s, levels = %(levels)s, told = nullif(%(told)s::jsonb, 'null')
WHERE person_id = %(person_id)s AND declaration_id = %(declaration_id)s

-- agrees_by_phone --
-- Whether it was declared with the telephone of whom it stands under now
UPDATE declaration SET phone_agrees = %(agrees)s WHERE person_id = %(person_id)s AND declaration_id = %(declaration_id)s

-- claim_declaration --
-- Two submissions of one declaration wait for each other here, until the first is committed
SELECT pg_advisory_xact_lock(%(key)s)

-- hold_traveller --
-- Two declarations of one traveller wait for each other here, always in the same order, until the first is committed
SELECT pg_advisory_xact_lock(key) FROM unnest(%(keys)s::bigint[]) AS key

-- named --
-- Whom these declarations name
SELECT declaration_id, number, full_name, birth_year, birth_month, birth_day, sex, phone, declarer_phone FROM declaration
WHERE declaration_id = ANY(%(declaration_ids)s::uuid[])

-- numbered --
-- Whom declarations name that were made with this number, telephone, birth date and sound of the given name
SELECT declaration_id, number, full_name, birth_year, birth_month, birth_day, sex, phone, declarer_phone FROM declaration
WHERE number = %(number)s AND number <> '' AND phone = %(phone)s AND phone <> '' AND given_key = %(given_key)s
  AND (birth_year, birth_month, birth_day) IS NOT DISTINCT FROM (%(year)s::smallint, %(month)s::smallint, %(day)s::smallint)

-- declared_ill --
-- What of an illness was declared in these declarations, or of this person of the register; but for what was keyed in by mistake
SELECT declared_at, symptoms, contact, test_result, tested_on FROM declaration d
WHERE (person_id, declaration_id) IN (
        SELECT person_id, declaration_id FROM declaration WHERE declaration_id = ANY(%(declaration_ids)s::uuid[])
        UNION SELECT person_id, declaration_id FROM declaration WHERE person_id = %(person_id)s)
  AND (cardinality(symptoms) > 0 OR contact OR test_result = 'positive')
  AND NOT EXISTS (SELECT FROM pass p JOIN revocation r ON r.person_id = p.person_id AND r.pass_id = p.pass_id
                  WHERE p.person_id = d.person_id AND p.declaration_id = d.declaration_id AND r.reason_code = 'keyed_in')

-- would_replace --
-- Passes for the same journey of this person of the register, or of one of these declarations; those too that were replaced before: who may know
-- of that, its reader says
SELECT p.person_id, p.pass_id, p.issued_at, p.expires_at, p.declaration_id, d.full_name, d.birth_year, d.destination_area,
       d.departs_on, r.revoked_at, NULL::timestamptz AS withdrawn_at, s.newer, s.superseded_at
FROM declaration d JOIN pass p ON p.person_id = d.person_id AND p.declaration_id = d.declaration_id
LEFT JOIN revocation r ON r.person_id = p.person_id AND r.pass_id = p.pass_id
LEFT JOIN LATERAL (
    SELECT min(x.superseded_at) AS superseded_at, array_agg(x.declaration_id ORDER BY x.superseded_at, x.declaration_id) AS newer
    FROM supersession x WHERE x.person_id = p.person_id AND x.pass_id = p.pass_id
) AS s ON true
WHERE (d.person_id, d.declaration_id) IN (
        SELECT person_id, declaration_id FROM declaration WHERE person_id = %(person_id)s
        UNION SELECT person_id, declaration_id FROM declaration WHERE declaration_id = ANY(%(declaration_ids)s::uuid[]))
  AND {same_journey}
ORDER BY p.issued_at DESC

-- replaced_by --
-- The declarations whose passes a newer one has replaced
SELECT p.person_id, p.declaration_id FROM supersession s JOIN pass p ON p.person_id = s.person_id AND p.pass_id = s.pass_id
WHERE s.declaration_id = %(declaration_id)s

-- same_journey --
-- A pass to the same commune and with nearly the same departure, neither withdrawn by a citizen nor expired
d.destination_area = ANY(%(destinations)s::integer[]) AND d.departs_on BETWEEN %(first)s AND %(last)s AND p.expires_at > %(now)s
  AND NOT EXISTS (SELECT FROM revocation r WHERE r.person_id = p.person_id AND r.pass_id = p.pass_id AND r.revoked_by = 0)
  AND NOT EXISTS (SELECT FROM withdrawal w WHERE w.person_id = p.person_id AND w.pass_id = p.pass_id)

-- supersede --
-- A newer declaration takes the place of passes of the same traveller for the same journey, also of those that another one replaced before: what
-- the citizen did, signed in, must not be told by what a stranger's own session replaces. No row: there was none, or it was done before
INSERT INTO supersession (person_id, pass_id, superseded_at, declaration_id)
SELECT p.person_id, p.pass_id, %(now)s, %(declaration_id)s
FROM declaration d JOIN pass p ON p.person_id = d.person_id AND p.declaration_id = d.declaration_id
WHERE (d.person_id, d.declaration_id) IN (
        SELECT person_id, declaration_id FROM declaration WHERE person_id = %(person_id)s
        UNION SELECT person_id, declaration_id FROM declaration WHERE declaration_id = ANY(%(declaration_ids)s::uuid[]))
  AND d.declaration_id <> %(declaration_id)s AND {same_journey}
ORDER BY p.person_id, p.pass_id FOR KEY SHARE OF p
ON CONFLICT (person_id, pass_id, declaration_id) DO NOTHING
RETURNING person_id, (SELECT p.declaration_id FROM pass p
                      WHERE p.person_id = supersession.person_id AND p.pass_id = supersession.pass_id) AS of_declaration

-- newer --
-- The declaration that first took the place of a pass, and since when
SELECT s.superseded_at, d.declaration_id, d.destination_area, d.departs_on
FROM supersession s JOIN declaration d ON d.declaration_id = s.declaration_id
WHERE s.person_id = %(person_id)s AND s.pass_id = %(pass_id)s ORDER BY s.superseded_at, s.declaration_id LIMIT 1

-- replaced_instead --
-- What a declaration made by mistake replaced is of the same journey as the one that replaced it, which takes its place
INSERT INTO supersession (person_id, pass_id, superseded_at, declaration_id)
SELECT s.person_id, s.pass_id, %(superseded_at)s, %(declaration_id)s
FROM supersession s JOIN pass p ON p.person_id = s.person_id AND p.pass_id = s.pass_id
JOIN declaration d ON d.person_id = p.person_id AND d.declaration_id = p.declaration_id
WHERE s.declaration_id = %(mistaken)s
  AND d.destination_area = ANY(%(destinations)s::integer[]) AND d.departs_on BETWEEN %(first)s AND %(last)s
ON CONFLICT (person_id, pass_id, declaration_id) DO NOTHING

-- lift --
-- What was replaced by a declaration that was made by mistake counts again, where nothing else replaced it
DELETE FROM supersession WHERE declaration_id = %(declaration_id)s
RETURNING person_id, (SELECT p.declaration_id FROM pass p
                      WHERE p.person_id = supersession.person_id AND p.pass_id = supersession.pass_id) AS declaration_id

-- stray_supersessions --
-- Passes whose place was taken by a declaration that is the other one's of these two: each counts again, unless a still newer one is of its own traveller
WITH RECURSIVE stray AS (
    SELECT s.* FROM supersession s JOIN declaration d ON d.declaration_id = s.declaration_id
    WHERE s.person_id = ANY(%(people)s::bigint[]) AND d.person_id = ANY(%(people)s::bigint[]) AND d.person_id <> s.person_id
), newer (person_id, pass_id, declaration_id, superseded_at) AS (
    SELECT person_id, pass_id, declaration_id, superseded_at FROM stray
    UNION
    SELECT n.person_id, n.pass_id, x.declaration_id, x.superseded_at
    FROM newer n JOIN pass p ON p.declaration_id = n.declaration_id
    JOIN supersession x ON x.person_id = p.person_id AND x.pass_id = p.pass_id
    WHERE p.person_id <> n.person_id
), own AS (
    SELECT DISTINCT ON (n.person_id, n.pass_id) n.person_id, n.pass_id, n.declaration_id, n.superseded_at
    FROM newer n JOIN declaration d ON d.declaration_id = n.declaration_id AND d.person_id = n.person_id
    ORDER BY n.person_id, n.pass_id, n.superseded_at
), noted AS (
    INSERT INTO stray_supersession SELECT pass_id, declaration_id, superseded_at FROM stray ON CONFLICT DO NOTHING
), replaced AS (
    INSERT INTO supersession (person_id, pass_id, superseded_at, declaration_id)
    SELECT person_id, pass_id, superseded_at, declaration_id FROM own ON CONFLICT DO NOTHING
), lifted AS (
    DELETE FROM supersession s USING stray
    WHERE s.person_id = stray.person_id AND s.pass_id = stray.pass_id AND s.declaration_id = stray.declaration_id
)
SELECT stray.person_id, p.declaration_id FROM stray JOIN pass p ON p.person_id = stray.person_id AND p.pass_id = stray.pass_id

-- supersede_again --
-- They are one again, and so the newer declaration takes the place of that pass
WITH again AS (
    DELETE FROM stray_supersession y USING pass p, declaration d
    WHERE p.pass_id = y.pass_id AND d.declaration_id = y.declaration_id AND p.person_id = d.person_id AND p.person_id = ANY(%(people)s::bigint[])
    RETURNING p.person_id, y.pass_id, y.superseded_at, y.declaration_id, p.declaration_id AS of_declaration
), replaced AS (
    INSERT INTO supersession (person_id, pass_id, superseded_at, declaration_id)
    SELECT person_id, pass_id, superseded_at, declaration_id FROM again ON CONFLICT DO NOTHING
)
SELECT person_id, of_declaration AS declaration_id FROM again

-- add_pass --
-- The signed pass of a declaration
INSERT INTO pass (person_id, pass_id, declaration_id, issued_at, expires_at, qr_text, marked, tells)
VALUES (%(person_id)s, %(pass_id)s, %(declaration_id)s, %(issued_at)s, %(expires_at)s, %(qr_text)s, %(marked)s, %(tells)s)

-- pass_of_declaration --
-- The pass that a declaration was given
SELECT * FROM pass WHERE declaration_id = %(declaration_id)s ORDER BY issued_at LIMIT 1

-- holder --
-- Under whom a pass stands
SELECT person_id FROM pass WHERE pass_id = %(pass_id)s

-- pass_in_full --
-- A pass with its declaration and, if it was withdrawn by a citizen, when (`withdrawn_at`, also where an official had revoked it before); if it was revoked or replaced, when and why or by which declaration first (`newer`, `newer_at`: by which ones);
-- `replaces`: whether that declaration took the place of others
SELECT p.pass_id, p.issued_at, p.expires_at, p.qr_text, r.revoked_at, r.reason_code AS revoked_code, r.reason AS revoked_reason, d.*,
       CASE WHEN r.revoked_by = 0 THEN r.revoked_at
            ELSE (SELECT w.withdrawn_at FROM withdrawal w WHERE w.person_id = r.person_id AND w.pass_id = r.pass_id) END AS withdrawn_at,
       coalesce(d.told ->> 'outcome', d.outcome) AS told_outcome, p.marked, p.tells, s.superseded_at, s.newer[1] AS superseded_by, s.newer, s.newer_at,
       EXISTS (SELECT FROM supersession x WHERE x.declaration_id = d.declaration_id) AS replaces
FROM pass p
JOIN declaration d ON d.person_id = p.person_id AND d.declaration_id = p.declaration_id
LEFT JOIN revocation r ON r.person_id = p.person_id AND r.pass_id = p.pass_id
LEFT JOIN LATERAL (
    SELECT min(x.superseded_at) AS superseded_at, array_agg(x.declaration_id ORDER BY x.superseded_at, x.declaration_id) AS newer,
           array_agg(x.superseded_at ORDER BY x.superseded_at, x.declaration_id) AS newer_at
    FROM supersession x WHERE x.person_id = p.person_id AND x.pass_id = p.pass_id
) AS s ON true
WHERE p.pass_id = %(pass_id)s {held}

-- held --
-- So that it stays under its person until the transaction ends, when something is to be written beside it; two stations that decide on one pass in
-- the same second wait for each other, and the second learns of the first
FOR NO KEY UPDATE OF p

-- passes_of_person --
-- A person's passes, latest first
SELECT p.person_id, p.pass_id, p.issued_at, p.expires_at, p.declaration_id, d.full_name, d.origin_area, d.destination_area, d.departs_on,
       r.revoked_at, s.superseded_at, s.newer,
       CASE WHEN r.revoked_by = 0 THEN r.revoked_at
            ELSE (SELECT w.withdrawn_at FROM withdrawal w WHERE w.person_id = r.person_id AND w.pass_id = r.pass_id) END AS withdrawn_at
FROM pass p
JOIN declaration d ON d.person_id = p.person_id AND d.declaration_id = p.declaration_id
LEFT JOIN revocation r ON r.person_id = p.person_id AND r.pass_id = p.pass_id
LEFT JOIN LATERAL (
    SELECT min(x.superseded_at) AS superseded_at, array_agg(x.declaration_id ORDER BY x.superseded_at, x.declaration_id) AS newer
    FROM supersession x WHERE x.person_id = p.person_id AND x.pass_id = p.pass_id
) AS s ON true
WHERE p.person_id = %(person_id)s ORDER BY p.issued_at DESC LIMIT 20

-- passes_declared --
-- Passes declared with this number and telephone, the traveller's or the declarer's, whomever the register recognised; latest first.
-- `is_replaced_so`: whether a declaration with the same two took its place
SELECT p.person_id, p.pass_id, p.issued_at, p.expires_at, p.declaration_id, d.full_name, d.origin_area, d.destination_area, d.departs_on,
       r.revoked_at, s.superseded_at, s.newer,
       CASE WHEN r.revoked_by = 0 THEN r.revoked_at
            ELSE (SELECT w.withdrawn_at FROM withdrawal w WHERE w.person_id = r.person_id AND w.pass_id = r.pass_id) END AS withdrawn_at,
       EXISTS (SELECT FROM supersession x JOIN declaration n ON n.declaration_id = x.declaration_id
               WHERE x.person_id = p.person_id AND x.pass_id = p.pass_id
                 AND n.number = %(number)s AND %(phone)s IN (n.phone, n.declarer_phone)) AS is_replaced_so
FROM declaration d
JOIN pass p ON p.person_id = d.person_id AND p.declaration_id = d.declaration_id
LEFT JOIN revocation r ON r.person_id = p.person_id AND r.pass_id = p.pass_id
LEFT JOIN LATERAL (
    SELECT min(x.superseded_at) AS superseded_at, array_agg(x.declaration_id ORDER BY x.superseded_at, x.declaration_id) AS newer
    FROM supersession x WHERE x.person_id = p.person_id AND x.pass_id = p.pass_id
) AS s ON true
WHERE d.number = %(number)s AND %(phone)s IN (d.phone, d.declarer_phone) ORDER BY p.issued_at DESC LIMIT 20

-- revoke --
-- The pass no longer counts; no row where it was revoked before
INSERT INTO revocation (person_id, pass_id, revoked_by, reason_code, reason)
VALUES (%(person_id)s, %(pass_id)s, %(revoked_by)s, %(reason_code)s, %(reason)s)
ON CONFLICT (person_id, pass_id) DO NOTHING

-- withdraw --
-- Withdrawn by a citizen after an official had revoked it: who withdraws is told no more than of any other pass. No row where it was withdrawn before
INSERT INTO withdrawal (person_id, pass_id)
SELECT person_id, pass_id FROM revocation WHERE person_id = %(person_id)s AND pass_id = %(pass_id)s AND revoked_by <> 0
ON CONFLICT (person_id, pass_id) DO NOTHING

-- add_crossing --
-- A crossing, once: the id's own time is the time of the crossing, so the same id is the same key
INSERT INTO crossing (person_id, crossed_at, crossing_id, pass_id, declaration_id, official_id, station_id, origin_area,
                      destination_area, direction, decision, reason_code, reason, about, vehicle, plate,
                      ruled_by, vehicle_check, against, by_hand)
VALUES (%(person_id)s, %(crossed_at)s, %(crossing_id)s, %(pass_id)s, %(declaration_id)s, %(official_id)s, %(station_id)s,
        %(origin_area)s, %(destination_area)s, %(direction)s, %(decision)s, %(reason_code)s, %(reason)s, %(about)s, %(vehicle)s,
        %(plate)s, %(ruled_by)s, %(vehicle_check)s, %(against)s, %(by_hand)s)
ON CONFLICT (person_id, crossed_at, crossing_id) DO NOTHING

-- one_with_this_id --
-- Whoever records a crossing under this id now is the only one until the transaction ends: by its person the table knows it only once for each
SELECT pg_advisory_xact_lock(hashtextextended(%(crossing_id)s::text, 0))

-- crossing_by_id --
-- What stands under an id of that time, with whichever pass
SELECT c.pass_id, c.decision, EXISTS (SELECT FROM retraction t WHERE t.person_id = c.person_id AND t.crossing_id = c.crossing_id) AS retracted
FROM crossing c WHERE c.crossing_id = %(crossing_id)s AND c.crossed_at = %(crossed_at)s

-- crossing_of_pass --
-- One crossing of a pass as it was recorded, and whether it was taken back since
SELECT c.crossing_id, c.crossed_at, c.received_at, c.station_id, c.direction, c.decision, c.reason_code, c.reason, c.about, c.plate,
       EXISTS (SELECT FROM retraction t WHERE t.person_id = c.person_id AND t.crossing_id = c.crossing_id) AS retracted
FROM crossing c WHERE c.pass_id = %(pass_id)s AND c.crossing_id = %(crossing_id)s

-- arrived --
-- What arrived of a press whose answer was lost: the crossing, whether it was taken back since, and whether this officer recorded it; and whether
-- the declaration did
SELECT c.pass_id, c.decision, coalesce(c.official_id = %(official_id)s, false) AS is_own,
       EXISTS (SELECT FROM retraction t WHERE t.person_id = c.person_id AND t.crossing_id = c.crossing_id) AS retracted,
       EXISTS (SELECT FROM declaration d WHERE d.declaration_id = %(declaration_id)s) AS is_declared
FROM (VALUES (1)) AS asked LEFT JOIN crossing c ON c.crossing_id = %(crossing_id)s

-- decided_with --
-- What was decided with a pass and not taken back; a stop only while nobody cleared it
SELECT c.crossing_id, c.crossed_at, c.decision, c.reason_code, c.reason, s.name AS station,
       c.official_id = %(official_id)s AND c.received_at > %(since)s AS is_own
FROM crossing c JOIN station s USING (station_id)
WHERE c.pass_id = %(pass_id)s
  AND NOT EXISTS (SELECT FROM retraction t WHERE t.person_id = c.person_id AND t.crossing_id = c.crossing_id)
  AND (c.decision = 'through' OR NOT EXISTS (
        SELECT FROM release r WHERE r.person_id = c.person_id AND r.crossing_id = c.crossing_id AND r.clears
          AND (r.lifted_by IS NULL OR EXISTS (SELECT FROM retraction t WHERE t.crossing_id = r.lifted_by))
          AND NOT EXISTS (SELECT FROM retraction t WHERE t.crossing_id = r.by_crossing)
          AND NOT EXISTS (SELECT FROM stray_release y WHERE y.crossing_id = r.crossing_id AND y.by_crossing = r.by_crossing)))
ORDER BY c.crossed_at DESC LIMIT 5

-- movements --
-- Where these people were seen, latest first; `ended_as`, `ended_note`, `ended_at`: how a waiting ended without a crossing, if it did
SELECT c.crossed_at, c.station_id, s.name AS station, s.area_id, s.latitude, s.longitude, c.direction, c.decision, c.reason_code, c.reason, c.about,
       c.vehicle, c.plate, c.origin_area, c.destination_area, c.declaration_id,
       ended.reason_code AS ended_as, ended.reason AS ended_note, ended.released_at AS ended_at
FROM crossing c JOIN station s USING (station_id)
LEFT JOIN LATERAL (
    SELECT r.reason_code, r.reason, r.released_at FROM release r
    WHERE r.person_id = c.person_id AND r.crossing_id = c.crossing_id AND r.by_crossing IS NULL ORDER BY r.released_at DESC LIMIT 1
) AS ended ON true
WHERE c.person_id = ANY(%(person_ids)s::bigint[]) AND c.crossed_at >= %(since)s
  AND NOT EXISTS (SELECT FROM retraction t WHERE t.person_id = c.person_id AND t.crossing_id = c.crossing_id)
ORDER BY c.crossed_at DESC LIMIT 500

-- recent_at_station --
-- What an officer did last at the station
SELECT c.crossed_at, c.crossing_id, c.pass_id, c.direction, c.decision, c.reason_code, c.reason, c.about, c.vehicle, c.plate, c.destination_area,
       d.full_name, d.birth_year, c.person_id,
       EXISTS (SELECT FROM retraction t WHERE t.person_id = c.person_id AND t.crossing_id = c.crossing_id) AS retracted
FROM crossing c JOIN declaration d ON d.person_id = c.person_id AND d.declaration_id = c.declaration_id
WHERE c.station_id = %(station_id)s AND c.official_id = %(official_id)s AND c.crossed_at > %(since)s
  AND (%(until)s::timestamptz IS NULL OR c.crossed_at < %(until)s) AND (%(crossing_id)s::uuid IS NULL OR c.crossing_id = %(crossing_id)s)
ORDER BY c.crossed_at DESC LIMIT %(most)s

-- recent_destinations --
-- Where the last two hundred who passed the station were going, most of them first
SELECT destination_area FROM (
    SELECT destination_area FROM crossing WHERE station_id = %(station_id)s AND crossed_at > %(since)s
    ORDER BY crossed_at DESC LIMIT 200
) AS last
GROUP BY destination_area ORDER BY count(*) DESC, destination_area LIMIT %(most)s

-- handled --
-- Whether an officer keyed this pass in or recorded it
SELECT 1 AS handled FROM pass p
WHERE p.pass_id = %(pass_id)s AND (
    EXISTS (SELECT FROM crossing c
            WHERE c.person_id = p.person_id AND c.pass_id = p.pass_id AND c.official_id = %(official_id)s AND c.crossed_at > %(since)s)
    OR EXISTS (SELECT FROM declaration d
               WHERE d.person_id = p.person_id AND d.declaration_id = p.declaration_id AND d.official_id = %(official_id)s
                 AND d.declared_at > %(since)s))

-- station_counts --
-- The station's day so far: people, each by what was decided last. `who`: as whom each of the `strangers` counts
SELECT decision, count(*) AS people FROM (
    SELECT DISTINCT ON (coalesce(s.who, c.person_id)) c.decision
    FROM crossing c LEFT JOIN unnest(%(strangers)s::bigint[], %(who)s::bigint[]) AS s (stranger, who) ON s.stranger = c.person_id
    WHERE c.station_id = %(station_id)s AND c.crossed_at >= %(since)s
      AND NOT EXISTS (SELECT FROM retraction t WHERE t.person_id = c.person_id AND t.crossing_id = c.crossing_id)
    ORDER BY coalesce(s.who, c.person_id), c.crossed_at DESC
) AS last GROUP BY decision

-- strangers_at_station --
-- What those declared whom the register did not recognise and the station saw on its day so far
SELECT DISTINCT d.person_id, d.declaration_id, d.full_name, d.number, d.phone, d.declarer_phone, d.birth_year, d.birth_month, d.birth_day, d.sex,
       d.given_key
FROM crossing c JOIN declaration d ON d.person_id = c.person_id AND d.declaration_id = c.declaration_id
WHERE c.station_id = %(station_id)s AND c.crossed_at >= %(since)s AND c.person_id < 0
  AND NOT EXISTS (SELECT FROM retraction t WHERE t.person_id = c.person_id AND t.crossing_id = c.crossing_id)

-- under_way --
-- How many journeys whose pass counts, and has time left at a moment, begin or end in these communes
SELECT count(*) FILTER (WHERE d.origin_area = ANY (%(areas)s::integer[])) AS beginning,
       count(*) FILTER (WHERE d.destination_area = ANY (%(areas)s::integer[])) AS ending, count(*) AS all_together
FROM pass p JOIN declaration d ON d.person_id = p.person_id AND d.declaration_id = p.declaration_id
WHERE p.expires_at > %(at)s
  AND (d.origin_area = ANY (%(areas)s::integer[]) OR d.destination_area = ANY (%(areas)s::integer[]))
  AND NOT EXISTS (SELECT FROM revocation r WHERE r.person_id = p.person_id AND r.pass_id = p.pass_id)
  AND NOT EXISTS (SELECT FROM supersession s WHERE s.person_id = p.person_id AND s.pass_id = p.pass_id)

-- stations --
-- Stations that are open, by name
SELECT * FROM station
WHERE closed_at IS NULL AND (%(areas)s::integer[] IS NULL OR area_id = ANY(%(areas)s)) AND (%(only)s::integer IS NULL OR station_id = %(only)s)
ORDER BY name

-- station --
-- One station
SELECT * FROM station WHERE station_id = %(station_id)s

-- station_names --
-- What these stations are called, closed ones too
SELECT station_id, name FROM station WHERE station_id = ANY(%(station_ids)s::integer[])

-- add_station --
-- A station, or its new particulars
INSERT INTO station (station_id, name, road, area_id, latitude, longitude)
VALUES ((SELECT coalesce(max(station_id), 0) + 1 FROM station), %(name)s, %(road)s, %(area_id)s, %(latitude)s, %(longitude)s)
ON CONFLICT (name) DO UPDATE SET road = excluded.road, area_id = excluded.area_id, latitude = excluded.latitude,
                                 longitude = excluded.longitude, closed_at = NULL
RETURNING station_id

-- close_station --
-- Nobody stands there any more; no row where it was closed before
UPDATE station SET closed_at = now() WHERE station_id = %(station_id)s AND closed_at IS NULL
