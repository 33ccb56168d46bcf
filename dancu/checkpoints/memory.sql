-- others --
-- Under whom else the traveller may stand, and why: `replaced`, in a declaration that this one took the place of; `numbered`, with one of these
-- numbers; `phoned`, lately with one of these telephones; `named`, lately with a birth date that may be the same and a given name that sounds
-- like one of these; {of_whom}: of whom. `decided`: what the traveller declared as somebody unknown
{replaced}
{decided}
SELECT DISTINCT 'numbered' AS why, {told} FROM declaration d
WHERE number = ANY(%(numbers)s::text[]) AND number <> '' AND {numbered_lately} {of_whom}
UNION ALL
{phoned}
(SELECT * FROM (
    SELECT DISTINCT 'named', {told} FROM declaration d
    WHERE birth_year = %(year)s AND given_key = ANY(%(given_keys)s::integer[]) AND {named_lately} {born_then} {of_whom}
 ) AS d {likeliest} LIMIT %(most)s::integer)

-- replaced --
-- Of declarations that took the place of others
WITH RECURSIVE before (declaration_id) AS (
    SELECT %(own)s::uuid
    UNION SELECT p.declaration_id FROM before b JOIN supersession s ON s.declaration_id = b.declaration_id
    JOIN pass p ON p.person_id = s.person_id AND p.pass_id = s.pass_id
)
SELECT 'replaced' AS why, {told}
FROM declaration d WHERE d.declaration_id IN (SELECT declaration_id FROM before) AND d.declaration_id <> %(own)s::uuid
UNION ALL

-- decided --
-- Lately, what the register did not recognise and a steward decided to be of the one whom it knows
SELECT DISTINCT 'decided' AS why, {told} FROM declaration d
WHERE d.person_id = %(holder)s::bigint AND d.told IS NOT NULL
  AND d.declared_at > CASE WHEN number = '' THEN %(named_since)s ELSE %(numbered_since)s END
UNION ALL

-- phoned --
-- Lately with one of these telephones, their own or of whoever declared for them
(SELECT * FROM (
    SELECT DISTINCT 'phoned', {told} FROM declaration d
    WHERE phone = ANY(%(phones)s::text[]) AND phone <> '' AND {named_lately}
 ) AS d {likeliest} LIMIT %(most)s::integer)
UNION ALL
(SELECT * FROM (
    SELECT DISTINCT 'phoned', {told} FROM declaration d
    WHERE declarer_phone = ANY(%(phones)s::text[]) AND declarer_phone <> '' AND {named_lately}
 ) AS d {likeliest} LIMIT %(most)s::integer)
UNION ALL

-- lately --
-- Declared since, or a little before and stopped since: an old code is shown, too
declared_at > {since}::timestamptz - interval '14 days'
    AND (declared_at > {since} OR EXISTS (
        SELECT FROM crossing c WHERE c.person_id = d.person_id AND c.declaration_id = d.declaration_id AND c.decision <> 'through' AND c.crossed_at > {since}))

-- told --
-- What is told of a traveller; of one whom the register did not recognise, in which declaration
d.person_id, CASE WHEN d.person_id < 0 THEN d.declaration_id END AS declaration_id, d.full_name, d.number, d.phone, d.declarer_phone, d.birth_year,
       d.birth_month, d.birth_day, d.sex, d.plate

-- likeliest --
-- Of very many those first of whom there is something to be remembered, then those of whose name the most words are the traveller's
ORDER BY (EXISTS (SELECT FROM crossing c WHERE c.person_id = d.person_id AND c.decision <> 'through')
          OR EXISTS (SELECT FROM declaration i WHERE i.person_id = d.person_id AND i.declared_at > %(ill_since)s
                     AND (cardinality(i.symptoms) > 0 OR i.contact OR i.test_result = 'positive'))) DESC,
         (SELECT count(*) FROM regexp_split_to_table(translate(lower(regexp_replace(normalize(d.full_name, NFD), '[\u0300-\u036f]', '', 'g')), 'đ', 'd'), '\s+') AS word
          WHERE word = ANY(%(words)s::text[])) DESC

-- of_one --
-- Of one person: planned once for all
person_id = %(person)s::bigint

-- of_several --
-- Of several
person_id = ANY(%(people)s::bigint[])

-- stopped_here --
-- Who was stopped at a station lately, in this vehicle or in any (NULL), the last ones, by what they had declared, and the vehicle as the officer saw it
SELECT DISTINCT c.person_id, c.declaration_id, d.full_name, d.birth_year, d.birth_month, d.birth_day, d.sex, d.number, d.phone, d.declarer_phone, c.plate
FROM (SELECT person_id, declaration_id, plate FROM crossing
      WHERE station_id = %(station_id)s AND crossed_at > %(since)s AND decision <> 'through' AND (%(plate)s::text IS NULL OR plate = %(plate)s) ORDER BY crossed_at DESC LIMIT 5000) AS c
JOIN declaration d ON d.person_id = c.person_id AND d.declaration_id = c.declaration_id

-- born_then --
-- With the month and the day, either way round, or without them, or on the first of January, which is a day that nobody knew
AND (birth_month = ANY(%(months)s::smallint[]) AND birth_day = ANY(%(months)s::smallint[])
     OR birth_month = ANY(%(months)s::smallint[]) AND birth_day IS NULL OR birth_month IS NULL AND birth_day IS NULL
     OR birth_month = 1 AND birth_day = 1)

-- strangers_only --
-- Whom the register recognised as somebody else is somebody else
AND person_id < 0

-- crossings --
-- Where these people were seen lately, and whenever they were stopped: stops first, of those first what is `surely` theirs, latest first
SELECT person_id, crossing_id, crossed_at, pass_id, station_id, direction, decision, reason_code, reason, about, plate, official_id,
       declaration_id
FROM crossing WHERE {whose} AND (crossed_at > %(since)s OR decision <> 'through')
ORDER BY decision = 'through', person_id = ANY(%(surely)s::bigint[]) DESC, crossed_at DESC LIMIT 400

-- since_then --
-- Where these crossings were, and what became of them, but for those that were taken back: `cleared`, a release says so; `handed_to`,
-- `handed_note`: how the waiting ended last, if it did; `endings`: and every time without a decision, as codes; `notes_about`: of what it was said to be that was
-- written where no decision ended it; `ended_by`: the decision that ended it last
SELECT s.crossing_id, p.name AS station, p.latitude, p.longitude, EXISTS (SELECT FROM release r WHERE {of_this} AND r.clears {counts}) AS cleared,
       ended.reason_code AS handed_to, ended.reason AS handed_note, ended.endings, ended.notes_about, ended.by_crossing AS ended_by
FROM unnest(%(people)s::bigint[], %(crossings)s::uuid[], %(stations)s::integer[]) AS s (person_id, crossing_id, station_id)
JOIN station p USING (station_id)
LEFT JOIN LATERAL (
    SELECT (array_agg(r.reason_code ORDER BY r.released_at DESC))[1] AS reason_code, (array_agg(r.reason ORDER BY r.released_at DESC))[1] AS reason,
           (array_agg(r.by_crossing ORDER BY r.released_at DESC))[1] AS by_crossing,
           array_agg(r.reason_code) FILTER (WHERE r.by_crossing IS NULL AND r.reason_code <> '') AS endings, array_agg(r.about) FILTER (WHERE r.by_crossing IS NULL AND r.reason <> '') AS notes_about
    FROM release r WHERE {of_this} {counts}
) AS ended ON true
WHERE NOT EXISTS (SELECT FROM retraction t WHERE t.person_id = s.person_id AND t.crossing_id = s.crossing_id)

-- chain --
-- The passes of a declaration, of those whose place it took, and of those that took its: one journey that was declared anew
WITH RECURSIVE newer (declaration_id) AS (
    SELECT %(declaration_id)s::uuid
    UNION SELECT s.declaration_id FROM newer n JOIN pass p ON p.declaration_id = n.declaration_id
    JOIN supersession s ON s.person_id = p.person_id AND s.pass_id = p.pass_id
), chain (declaration_id) AS (
    SELECT declaration_id FROM newer
    UNION SELECT p.declaration_id FROM chain c JOIN supersession s ON s.declaration_id = c.declaration_id
    JOIN pass p ON p.person_id = s.person_id AND p.pass_id = s.pass_id
)
SELECT p.pass_id FROM chain JOIN pass p USING (declaration_id)

-- of_this --
-- Its release
r.person_id = s.person_id AND r.crossing_id = s.crossing_id

-- counts --
-- A release counts unless the decision that made it was taken back, was a hold by mistake or was (found to be) about somebody else
AND (r.lifted_by IS NULL OR EXISTS (SELECT FROM retraction t WHERE t.crossing_id = r.lifted_by))
AND NOT EXISTS (SELECT FROM retraction t WHERE t.crossing_id = r.by_crossing)
AND NOT EXISTS (SELECT FROM stray_release y WHERE y.crossing_id = r.crossing_id AND y.by_crossing = r.by_crossing)

-- signs --
-- What these people declared of an illness that may be remembered still, and nobody keyed in by mistake: of each kind what is most likely theirs,
-- which is declared with one of these telephones or by an official, of those who are `surely` them, then of those who are the `nearest`. However
-- often one kind is declared, and what is over, it leaves the others their place. `is_decided`: a steward decided that it is theirs
SELECT person_id, declaration_id, declared_at, full_name, symptoms, contact, test_kind, test_result, tested_on,
       birth_year, birth_month, birth_day, sex, number, phone, declarer_phone, official_id, outcome, phone_agrees, is_decided
FROM (
    SELECT *, row_number() OVER (PARTITION BY kind ORDER BY is_surely DESC, is_told DESC, is_near DESC, declared_at DESC) AS nth
    FROM (
        SELECT d.*, told IS NOT NULL AS is_decided, person_id = ANY(%(surely)s::bigint[]) AS is_surely,
               official_id IS NOT NULL OR ARRAY[phone, declarer_phone] && %(phones)s::text[] AS is_told, person_id = ANY(%(nearest)s::bigint[]) AS is_near,
               CASE WHEN test_result = 'positive' AND (tested_on IS NULL AND declared_at > %(positive_since)s OR tested_on >= (%(positive_since)s)::date - 1) THEN 1
                    WHEN contact AND declared_at > %(contact_since)s THEN 2
                    WHEN cardinality(symptoms) > 0 AND declared_at > %(symptoms_since)s THEN 3 END AS kind
        FROM declaration d
        WHERE {whose} AND declared_at > %(since)s
          AND NOT EXISTS (SELECT FROM pass p JOIN revocation r ON r.person_id = p.person_id AND r.pass_id = p.pass_id
                          WHERE p.person_id = d.person_id AND p.declaration_id = d.declaration_id AND r.reason_code = 'keyed_in')
    ) AS declared WHERE kind IS NOT NULL
) AS each ORDER BY nth, kind LIMIT 60

-- waiting --
-- Who is being held at a station: neither let through, turned back nor handed over since, the longest first
SELECT c.person_id, c.crossing_id, c.crossed_at, c.pass_id, c.decision, c.reason_code, c.reason, c.about, c.plate, c.official_id, d.full_name,
       d.birth_year, d.phone
FROM crossing c JOIN declaration d ON d.person_id = c.person_id AND d.declaration_id = c.declaration_id
WHERE c.station_id = %(station_id)s AND c.crossed_at > %(since)s AND c.decision = 'secondary'
  AND NOT EXISTS (SELECT FROM retraction t WHERE t.person_id = c.person_id AND t.crossing_id = c.crossing_id)
  AND NOT EXISTS (SELECT FROM release r WHERE r.person_id = c.person_id AND r.crossing_id = c.crossing_id {counts})
ORDER BY c.crossed_at LIMIT 200

-- released --
-- Whose waiting at a station ended lately, and how, latest first; but not what answered it once more
SELECT c.crossing_id, c.crossed_at, c.reason_code, c.reason, c.about, d.full_name, d.birth_year, c.person_id, r.released_at,
       r.reason_code AS result_code, r.reason AS result, r.about AS result_about, r.official_id, b.decision AS by_decision
FROM crossing c
JOIN declaration d ON d.person_id = c.person_id AND d.declaration_id = c.declaration_id
JOIN release r ON r.person_id = c.person_id AND r.crossing_id = c.crossing_id {counts}
LEFT JOIN crossing b ON b.crossing_id = r.by_crossing AND b.station_id = c.station_id AND b.crossed_at > %(since)s
WHERE c.station_id = %(station_id)s AND c.crossed_at > %(since)s AND c.decision = 'secondary'
  AND NOT EXISTS (SELECT FROM retraction t WHERE t.person_id = c.person_id AND t.crossing_id = c.crossing_id)
  AND r.released_at <= coalesce((SELECT min(r.released_at) FROM release r
                                 WHERE r.person_id = c.person_id AND r.crossing_id = c.crossing_id AND r.clears {counts}), 'infinity')
ORDER BY r.released_at DESC LIMIT 20

-- release --
-- A stop ended, under whom it stands
INSERT INTO release (person_id, crossing_id, released_at, official_id, station_id, by_crossing, clears, reason_code, reason, about)
SELECT person_id, crossing_id, clock_timestamp(), %(official_id)s, %(station_id)s, %(by_crossing)s, %(clears)s, %(reason_code)s, %(reason)s, %(about)s
FROM crossing WHERE pass_id = %(pass_id)s AND crossing_id = %(crossing_id)s
ON CONFLICT (person_id, crossing_id, released_at) DO NOTHING

-- claim --
-- Two decisions on one stop wait for each other here, until the first is committed: no row of it is locked, as nobody may change one
SELECT pg_advisory_xact_lock(hashtextextended(%(crossing_id)s::text, 0))

-- is_there --
-- No row: the stop is gone, or stands under another person
SELECT 1 AS claimed FROM crossing WHERE person_id = %(person_id)s AND crossing_id = %(crossing_id)s

-- retract --
-- A crossing counts no more; no row where it was taken back before
INSERT INTO retraction (person_id, crossing_id, official_id, replaced_by)
VALUES (%(person_id)s, %(crossing_id)s, %(official_id)s, %(replaced_by)s)
ON CONFLICT (person_id, crossing_id) DO NOTHING

-- own_crossing --
-- A crossing that this officer recorded lately, and when: a verdict may have been looked at for long before it was pressed
SELECT c.*, d.full_name FROM crossing c JOIN declaration d ON d.person_id = c.person_id AND d.declaration_id = c.declaration_id
WHERE c.crossing_id = %(crossing_id)s AND c.official_id = %(official_id)s AND c.received_at > %(since)s

-- releases --
-- How a stop ended, each time, and by which decision
SELECT r.released_at, r.clears, r.reason_code, r.reason, r.about, r.by_crossing,
       (SELECT c.decision FROM crossing c WHERE c.crossing_id = r.by_crossing LIMIT 1) AS decision
FROM release r WHERE r.person_id = %(person_id)s AND r.crossing_id = %(crossing_id)s {counts}

-- inherit --
-- Releases of a crossing that was corrected count for the one in its place; those that clear it still do so
INSERT INTO release (person_id, crossing_id, released_at, official_id, station_id, by_crossing, clears, reason_code, reason, about)
SELECT person_id, %(right)s, released_at, official_id, station_id, by_crossing, released_at = ANY(%(clearing)s::timestamptz[]), reason_code, reason, about
FROM release r WHERE person_id = %(person_id)s AND crossing_id = %(crossing_id)s {counts}
ON CONFLICT (person_id, crossing_id, released_at) DO NOTHING

-- standing --
-- How far a journey is: its last crossing that counts, which was neither taken back nor is a stop that was cleared; where a later stop with
-- another pass took a stop's place, that one, as long as it stands (`is_elsewhere`); `ended_as`: how the waiting ended without a crossing, if it
-- did; since when its pass counts no more; `found`, last at `found_at`: of what illnesses they were stopped for, or what was found while they
-- waited, and not cleared, of a contact last at `contact_at`; and what was declared of one, which `is_mistaken` where somebody else was meant
WITH RECURSIVE seen AS (
    SELECT s.person_id, s.crossing_id, s.declaration_id, s.decision, s.crossed_at, s.official_id, s.station_id, s.plate FROM crossing s
    WHERE s.person_id = %(person_id)s::bigint AND s.declaration_id = %(declaration_id)s::uuid
      AND NOT EXISTS (SELECT FROM retraction t WHERE t.person_id = s.person_id AND t.crossing_id = s.crossing_id)
    UNION
    SELECT b.person_id, b.crossing_id, b.declaration_id, b.decision, b.crossed_at, b.official_id, b.station_id, b.plate
    FROM seen s JOIN release r ON {of_this} {counts} JOIN crossing b ON b.crossing_id = r.by_crossing
    WHERE s.decision <> 'through' AND b.decision <> 'through'
      AND NOT EXISTS (  -- nobody had let them through before, or found that they were held by mistake
        SELECT FROM release r LEFT JOIN crossing t ON t.crossing_id = r.by_crossing
        WHERE {of_this} AND r.clears {counts} AND (r.by_crossing IS NULL OR t.decision = 'through' AND t.crossed_at < b.crossed_at))
)
SELECT last.*, journey.*, ill.*
FROM (
    SELECT r.revoked_at, d.declared_at, d.symptoms, d.contact, d.test_result, d.tested_on,
           coalesce(r.reason_code = 'keyed_in', false) AS is_mistaken,
           (SELECT min(x.superseded_at) FROM supersession x WHERE x.person_id = p.person_id AND x.pass_id = p.pass_id) AS superseded_at
    FROM pass p JOIN declaration d ON d.person_id = p.person_id AND d.declaration_id = p.declaration_id
    LEFT JOIN revocation r ON r.person_id = p.person_id AND r.pass_id = p.pass_id
    WHERE p.person_id = %(person_id)s::bigint AND p.declaration_id = %(declaration_id)s::uuid ORDER BY p.issued_at LIMIT 1
) AS journey LEFT JOIN LATERAL (
    SELECT s.decision, s.crossed_at, s.official_id, s.station_id, s.plate, s.declaration_id <> %(declaration_id)s::uuid AS is_elsewhere,
           (SELECT coalesce(nullif(r.reason_code, ''), 'other') FROM release r WHERE {of_this} AND r.by_crossing IS NULL
            ORDER BY r.released_at DESC LIMIT 1) AS ended_as
    FROM seen s
    WHERE (s.decision = 'through' OR NOT EXISTS (SELECT FROM release r WHERE {of_this} AND r.clears {counts}))
    ORDER BY s.crossed_at DESC LIMIT 1
) AS last ON true CROSS JOIN LATERAL (
    SELECT array_agg(code.found ORDER BY s.crossed_at) AS found, max(s.crossed_at) FILTER (WHERE code.found <> 'contact') AS found_at,
           max(s.crossed_at) FILTER (WHERE code.found = 'contact') AS contact_at
    FROM crossing s CROSS JOIN LATERAL (
        SELECT unnest(ARRAY[s.reason_code, s.about]) UNION ALL SELECT unnest(ARRAY[r.reason_code, r.about]) FROM release r
        WHERE {of_this} AND r.by_crossing IS NULL
    ) AS code (found)
    WHERE s.person_id = %(person_id)s::bigint AND s.declaration_id = %(declaration_id)s::uuid AND s.decision <> 'through'
      AND code.found = ANY(%(of_illness)s::text[])
      AND NOT EXISTS (SELECT FROM retraction t WHERE t.person_id = s.person_id AND t.crossing_id = s.crossing_id)
      AND NOT EXISTS (SELECT FROM release r WHERE {of_this} AND r.clears {counts})
) AS ill

-- released_by --
-- The journeys whose stops these crossings released, whether or not that counts still, and theirs in turn
WITH RECURSIVE released (person_id, crossing_id, declaration_id) AS (
    SELECT s.person_id, s.crossing_id, s.declaration_id FROM release r JOIN crossing s USING (person_id, crossing_id)
    WHERE r.by_crossing = ANY(%(crossings)s::uuid[])
    UNION SELECT s.person_id, s.crossing_id, s.declaration_id FROM released JOIN release r ON r.by_crossing = released.crossing_id
    JOIN crossing s ON s.person_id = r.person_id AND s.crossing_id = r.crossing_id
)
SELECT DISTINCT person_id, declaration_id FROM released

-- released_by_others --
-- How stops of these people ended by decisions on another pass, and stops that ended by decisions on theirs; `is_stray`: that one counts no more
SELECT DISTINCT s.person_id, s.declaration_id, s.crossing_id, r.by_crossing, b.pass_id AS by_pass, b.crossed_at AS by_at, y.crossing_id IS NOT NULL AS is_stray
FROM release r JOIN crossing s ON s.person_id = r.person_id AND s.crossing_id = r.crossing_id
JOIN crossing b ON b.crossing_id = r.by_crossing
LEFT JOIN stray_release y ON y.crossing_id = r.crossing_id AND y.by_crossing = r.by_crossing
WHERE b.declaration_id <> s.declaration_id
  AND (r.person_id = ANY(%(people)s::bigint[])
       OR r.by_crossing = ANY(ARRAY(SELECT crossing_id FROM crossing WHERE person_id = ANY(%(people)s::bigint[]))))
ORDER BY s.person_id, s.crossing_id, r.by_crossing

-- stray --
-- That release was of somebody else
SELECT release_counts(%(person_id)s, %(crossing_id)s, %(by_crossing)s, false)

-- count_again --
-- It was not, after all
SELECT release_counts(%(person_id)s, %(crossing_id)s, %(by_crossing)s, true)

-- ended_between --
-- Stops of others that ended by decisions about this one, and of this one that ended by decisions about others, until then
SELECT s.person_id, s.declaration_id, s.crossing_id, r.by_crossing
FROM crossing c JOIN release r ON r.by_crossing = c.crossing_id AND r.person_id <> c.person_id {counts}
JOIN crossing s ON s.person_id = r.person_id AND s.crossing_id = r.crossing_id
WHERE c.person_id = %(person_id)s AND c.crossed_at <= %(until)s
UNION
SELECT s.person_id, s.declaration_id, s.crossing_id, r.by_crossing
FROM crossing s JOIN release r ON r.person_id = s.person_id AND r.crossing_id = s.crossing_id {counts}
JOIN crossing c ON c.crossing_id = r.by_crossing AND c.person_id <> s.person_id AND c.crossed_at <= %(until)s
WHERE s.person_id = %(person_id)s AND s.decision <> 'through'
ORDER BY person_id, declaration_id

-- ended_by --
-- Stops that ended by this crossing
SELECT s.person_id, s.declaration_id, s.crossing_id, r.by_crossing
FROM release r JOIN crossing s ON s.person_id = r.person_id AND s.crossing_id = r.crossing_id
WHERE r.by_crossing = %(by_crossing)s {counts} ORDER BY s.person_id, s.declaration_id

-- not_ended_by --
-- That crossing was of somebody else, or of nobody, as another one found, or it itself; what found so before was taken back, or nothing did
UPDATE release r SET lifted_by = %(lifted_by)s
WHERE person_id = %(person_id)s AND crossing_id = %(crossing_id)s AND by_crossing = %(by_crossing)s {counts}
