-- propose --
-- Writes cases in one statement; a case that nobody has claimed or answered gets the new candidates, any other stays as it is
INSERT INTO review_case (question, kind, source, sender, province, left_person, value, nearness, area_id, area_ids, declared, candidates)
SELECT question, kind, source, sender, province, left_person, value, nearness, area_id,
       ARRAY(SELECT jsonb_array_elements_text(area_ids)::integer), declared, candidates
FROM jsonb_to_recordset(%(cases)s::jsonb) AS given (question text, kind text, source text, sender text, province text,
     left_person bigint, value integer, nearness real, area_id integer, area_ids jsonb, declared jsonb, candidates jsonb)
ORDER BY question
ON CONFLICT (question) DO UPDATE SET candidates = EXCLUDED.candidates, nearness = EXCLUDED.nearness, area_ids = EXCLUDED.area_ids,
                                     area_id = EXCLUDED.area_id, source = EXCLUDED.source,
                                     value = greatest(review_case.value, EXCLUDED.value)
WHERE review_case.status = 'open' AND review_case.claimed_until IS NULL
  AND (review_case.candidates IS DISTINCT FROM EXCLUDED.candidates OR review_case.area_ids IS DISTINCT FROM EXCLUDED.area_ids
       OR review_case.value < EXCLUDED.value)
RETURNING (xmax = 0) AS is_new

-- hang --
-- The records of the cases, each once
INSERT INTO review_record (case_id, record_id)
SELECT DISTINCT c.case_id, given.record_id
FROM unnest(%(questions)s::text[], %(record_ids)s::text[]) AS given (question, record_id) JOIN review_case c USING (question)
ORDER BY 1, 2
ON CONFLICT DO NOTHING

-- count_records --
-- At least how many records depend on each of these cases
UPDATE review_case c SET value = counted.records
FROM (SELECT case_id, count(*)::integer AS records FROM review_record
      WHERE case_id IN (SELECT case_id FROM review_case WHERE question = ANY(%(questions)s::text[])) GROUP BY case_id) counted
WHERE c.case_id = counted.case_id AND c.value < counted.records

-- mine --
-- Cases all of whose people live in the areas (null: everywhere)
(%(areas)s::integer[] IS NULL
    OR (area_ids[1] = ANY(%(areas)s::integer[]) AND (cardinality(area_ids) = 1 OR area_ids <@ %(areas)s::integer[])))

-- held --
-- The case that this official has claimed
SELECT * FROM review_case
WHERE claimed_by = %(official_id)s AND claimed_until > now() AND status <> 'decided' AND NOT %(official_id)s = ANY(answered_by)
  AND (%(kind)s = '' OR kind = %(kind)s) AND {mine}
ORDER BY claimed_until DESC LIMIT 1

-- extend --
-- The official keeps the claim
UPDATE review_case SET claimed_until = now() + %(held_for)s WHERE case_id = %(case_id)s AND claimed_by = %(official_id)s

-- release --
-- Releases the official's claims on all cases but this one
UPDATE review_case SET claimed_until = NULL
WHERE claimed_by = %(official_id)s AND claimed_until IS NOT NULL AND status <> 'decided' AND case_id <> %(but)s

-- free --
-- Cases that this official may be given
status <> 'decided' AND (claimed_until IS NULL OR claimed_until <= now()) AND NOT %(official_id)s = ANY(answered_by)
      AND (%(kind)s = '' OR kind = %(kind)s) AND {mine}

-- few --
-- The cases that this official may be given, %(most)s at most
SELECT case_id FROM review_case WHERE {free} LIMIT %(most)s

-- claim --
-- The next case that nobody has before them, on which most records hang, and of those the one nearest to the threshold. SKIP LOCKED: of two
-- officials who ask at once the second gets the next one. `among`: all that there are, where they are few; null where they are many,
-- for going down the queue finds one soon then (of a million cases 3 to 20 ms; with few it would take four seconds)
UPDATE review_case SET claimed_by = %(official_id)s, claimed_until = now() + %(held_for)s
WHERE case_id = (
    SELECT case_id FROM review_case
    WHERE {free} AND (%(among)s::bigint[] IS NULL OR case_id = ANY(%(among)s::bigint[]))
    ORDER BY value DESC, nearness, case_id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING *

-- rehome --
-- Moves a case to where its people live now, and releases it. Where no candidate is left the case is closed unanswered
UPDATE review_case SET area_ids = %(area_ids)s::integer[], candidates = %(candidates)s::jsonb, claimed_until = NULL,
                       status = CASE WHEN %(is_void)s THEN 'decided' ELSE status END,
                       decided_at = CASE WHEN %(is_void)s THEN now() END
WHERE case_id = %(case_id)s

-- hold --
-- Locks a case of these areas until the transaction ends
SELECT * FROM review_case WHERE case_id = %(case_id)s AND {mine} FOR UPDATE

-- answer --
-- What an official answered
INSERT INTO review_answer (case_id, answer_id, official_id, role, decision, person_id, reason)
VALUES (%(case_id)s, %(answer_id)s, %(official_id)s, %(role)s, %(decision)s, %(person_id)s, %(reason)s)

-- answers --
-- The answers to a case that stand, the oldest first
SELECT official_id, decision, person_id, reason, answered_at FROM review_answer
WHERE case_id = %(case_id)s AND undone_at IS NULL ORDER BY answered_at, answer_id

-- stand --
-- Where the case stands after an answer, or after one was taken back; nobody has it before them but `claimed_by`
UPDATE review_case SET status = %(status)s, decision = %(decision)s, person_id = %(person_id)s, chosen = %(chosen)s,
                       answered_by = %(answered_by)s::bigint[],
                       decided_at = CASE WHEN %(status)s = 'decided' THEN clock_timestamp() END,
                       claimed_until = now() + %(held_for)s, claimed_by = coalesce(%(claimed_by)s, claimed_by)
WHERE case_id = %(case_id)s

-- last_answer --
-- The official's last answer that stands
SELECT case_id, answer_id FROM review_answer
WHERE official_id = %(official_id)s AND undone_at IS NULL AND answered_at > now() - %(within)s ORDER BY answered_at DESC LIMIT 1

-- undo --
-- Undoes an answer. Zero rows: it was undone already
UPDATE review_answer SET undone_at = now() WHERE case_id = %(case_id)s AND answer_id = %(answer_id)s AND undone_at IS NULL

-- left_over --
-- How many cases wait for this official, by kind, each counted to %(most)s at most
SELECT kind, (SELECT count(*) FROM (
    SELECT FROM review_case c WHERE c.kind = kinds.kind AND status <> 'decided' AND NOT %(official_id)s = ANY(answered_by)
      AND (claimed_by = %(official_id)s OR claimed_until IS NULL OR claimed_until <= now()) AND {mine}
    LIMIT %(most)s) counted) AS cases
FROM unnest(%(kinds)s::text[]) AS kinds (kind)

-- open_cases --
-- How many cases nobody has decided yet, by kind, each counted to %(most)s
SELECT kind, (SELECT count(*) FROM (
    SELECT FROM review_case c WHERE c.kind = kinds.kind AND status <> 'decided' LIMIT %(most)s) counted) AS cases
FROM unnest(%(kinds)s::text[]) AS kinds (kind)

-- done --
-- How many an official has answered since, how many in the last ten minutes, and when the first of those was
SELECT count(*) AS today, count(*) FILTER (WHERE answered_at > now() - interval '10 minutes') AS lately,
       min(answered_at) FILTER (WHERE answered_at > now() - interval '10 minutes') AS lately_from
FROM review_answer WHERE official_id = %(official_id)s AND undone_at IS NULL AND answered_at >= %(since)s

-- throughput --
-- Answers by day and official
SELECT (answered_at AT TIME ZONE %(zone)s)::date AS day, official_id, count(*) AS answers,
       count(*) FILTER (WHERE decision = 'same') AS same, count(*) FILTER (WHERE decision = 'different') AS different,
       count(*) FILTER (WHERE decision = 'not_sure') AS not_sure
FROM review_answer WHERE undone_at IS NULL AND answered_at >= %(since)s GROUP BY 1, 2 ORDER BY 1, 2

-- labels --
-- Every candidate of a decided case, and whether it was them
SELECT c.case_id, c.kind, c.source, c.sender, c.left_person AS left_person_id, c.declared,
       (candidate ->> 'person_id')::bigint AS person_id, (candidate ->> 'score')::float8 AS score,
       CASE WHEN c.decision = 'same' AND place = c.chosen THEN 'same' ELSE 'different' END AS decision,
       c.decided_at, last.official_id AS decided_by
FROM review_case c
CROSS JOIN LATERAL jsonb_array_elements(c.candidates) WITH ORDINALITY AS beside (candidate, place)
JOIN LATERAL (SELECT official_id FROM review_answer a WHERE a.case_id = c.case_id AND undone_at IS NULL
              ORDER BY answered_at DESC LIMIT 1) last ON true
WHERE c.status = 'decided' AND c.decision IN ('same', 'different') AND c.decided_at >= %(since)s
ORDER BY c.decided_at, c.case_id, score DESC

-- settled --
-- Of these pairs those that people have answered (`decision`: so), or that were proposed under a record merged since (the other side of a decided
-- case may be a number that means somebody else now)
SELECT DISTINCT c.left_person, (candidate ->> 'person_id')::bigint AS person_id
FROM review_case c CROSS JOIN LATERAL jsonb_array_elements(c.candidates) AS beside (candidate)
WHERE c.kind = 'duplicate' AND c.status = 'decided' AND c.left_person = ANY(%(person_ids)s::bigint[])
  AND c.decision IS NOT NULL AND (%(decision)s = '' OR c.decision = %(decision)s)

-- to_merge --
-- Pairs of the register that are one person's, and are not merged yet, the oldest answer first
SELECT left_person, person_id FROM review_case
WHERE kind = 'duplicate' AND decision = 'same' AND status = 'decided' AND left_person <> person_id AND {mine}
ORDER BY decided_at LIMIT %(most)s

-- outcome --
-- A case's records and, where it is decided so, who they are of
SELECT CASE WHEN c.status = 'decided' AND c.decision = 'same' THEN c.person_id END AS person_id,
       ARRAY(SELECT record_id FROM review_record r WHERE r.case_id = c.case_id ORDER BY record_id) AS record_ids,
       ARRAY(SELECT (candidate ->> 'person_id')::bigint FROM jsonb_array_elements(c.candidates) AS candidate) AS candidates
FROM review_case c WHERE c.case_id = %(case_id)s AND c.kind = %(kind)s

-- decided_records --
-- What was decided of these records of a sender
SELECT r.record_id, c.decision, c.person_id FROM review_case c JOIN review_record r USING (case_id)
WHERE c.sender = %(sender)s AND c.kind = %(kind)s AND c.status = 'decided' AND c.decision IS NOT NULL
  AND r.record_id = ANY(%(record_ids)s::text[])

-- decided_since --
-- The records of a sender that were decided since then to be this person's
SELECT r.record_id FROM review_case c JOIN review_record r USING (case_id)
WHERE c.person_id = %(person_id)s AND c.decided_at >= %(since)s AND c.sender = %(sender)s AND c.kind = %(kind)s
  AND c.status = 'decided' AND c.decision = 'same'

-- reassign_decisions --
-- Decisions "same" for one person become decisions for another, who was a candidate too or takes the place of the first
WITH theirs AS (
    SELECT c.case_id, (SELECT min(place) FROM jsonb_array_elements(c.candidates) WITH ORDINALITY AS beside (candidate, place)
                       WHERE (candidate ->> 'person_id')::bigint = %(to_id)s) AS place
    FROM review_case c WHERE c.kind = %(kind)s AND c.person_id = %(from_id)s AND c.status = 'decided' AND c.decision = 'same'
      AND c.case_id IN (SELECT case_id FROM review_record WHERE record_id = %(record_id)s) AND c.sender = %(sender)s
), answers AS (
    UPDATE review_answer a SET person_id = %(to_id)s FROM theirs
    WHERE a.case_id = theirs.case_id AND a.person_id = %(from_id)s AND a.undone_at IS NULL
)
UPDATE review_case c SET person_id = %(to_id)s, chosen = coalesce(theirs.place, c.chosen),
    candidates = CASE WHEN theirs.place IS NULL
                      THEN jsonb_set(c.candidates, ARRAY[(c.chosen - 1)::text, 'person_id'], to_jsonb(%(to_id)s::bigint)) ELSE c.candidates END
FROM theirs WHERE c.case_id = theirs.case_id

-- non_matches --
-- The people whom reviewers found these records of a sender not to be about: all candidates of a case decided "different"
SELECT r.record_id, (candidate ->> 'person_id')::bigint AS person_id
FROM review_record r JOIN review_case c USING (case_id) CROSS JOIN LATERAL jsonb_array_elements(c.candidates) AS beside (candidate)
WHERE r.record_id = ANY(%(record_ids)s::text[]) AND c.sender = %(sender)s AND c.kind = %(kind)s
  AND c.status = 'decided' AND c.decision = 'different'
