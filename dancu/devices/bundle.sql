-- is_fresh --
-- Whether somebody has compared it since
SELECT true AS fresh FROM bundle_part
WHERE part = %(part)s AND place_kind = %(place_kind)s AND place_id = %(place_id)s AND checked_at > %(since)s

-- add_part --
-- Zero rows: it is there, or somebody else makes it
INSERT INTO bundle_part (part, place_kind, place_id, digest, checked_at)
VALUES (%(part)s, %(place_kind)s, %(place_id)s, %(digest)s, '-infinity') ON CONFLICT DO NOTHING

-- claim --
-- Whoever compares it holds it; zero rows: somebody else does, or did
SELECT true AS mine FROM bundle_part
WHERE part = %(part)s AND place_kind = %(place_kind)s AND place_id = %(place_id)s AND checked_at <= %(since)s
FOR NO KEY UPDATE SKIP LOCKED

-- change --
-- What came, became another or went gets the part's next number
WITH now_there AS (
    SELECT * FROM unnest(%(keys)s::text[], %(texts)s::text[]) AS each (key, value)
), next AS (
    SELECT sequence + 1 AS sequence FROM bundle_part
    WHERE part = %(part)s AND place_kind = %(place_kind)s AND place_id = %(place_id)s
), before AS (
    SELECT key, value FROM bundle_entry WHERE part = %(part)s AND place_kind = %(place_kind)s AND place_id = %(place_id)s
)
INSERT INTO bundle_entry AS e (part, place_kind, place_id, key, value, sequence, changed_at)
SELECT %(part)s, %(place_kind)s, %(place_id)s, key, now_there.value, next.sequence, %(now)s
FROM now_there FULL JOIN before USING (key), next
WHERE now_there.value IS DISTINCT FROM before.value
ON CONFLICT (part, place_kind, place_id, key) DO UPDATE
SET value = excluded.value, sequence = excluded.sequence, changed_at = excluded.changed_at

-- checked --
-- It was compared just now; `step` 1: and something had changed
UPDATE bundle_part SET digest = %(digest)s, checked_at = %(now)s, sequence = sequence + %(step)s
WHERE part = %(part)s AND place_kind = %(place_kind)s AND place_id = %(place_id)s

-- changes --
-- Each part as it stands, and what changed of it since the number that somebody has; from 0 everything that is there
SELECT p.part, p.sequence, p.digest, p.checked_at, since, coalesce(keys, '{}') AS keys, coalesce(texts, '{}') AS texts
FROM unnest(%(parts)s::text[], %(kinds)s::text[], %(numbers)s::bigint[], %(have)s::bigint[]) AS asked (part, place_kind, place_id, have)
JOIN bundle_part p USING (part, place_kind, place_id)
CROSS JOIN LATERAL (SELECT CASE WHEN have BETWEEN p.whole_before AND p.sequence THEN have ELSE 0 END AS since) AS begins
CROSS JOIN LATERAL (
    SELECT array_agg(e.key ORDER BY e.sequence, e.key) AS keys, array_agg(e.value ORDER BY e.sequence, e.key) AS texts
    FROM bundle_entry e
    WHERE e.part = p.part AND e.place_kind = p.place_kind AND e.place_id = p.place_id
      AND e.sequence > since AND (since > 0 OR e.value IS NOT NULL)
) AS changed

-- forget_gone --
-- Entries that went long ago; whoever has less than the newest of them is sent everything
WITH gone AS (
    DELETE FROM bundle_entry WHERE value IS NULL AND changed_at < %(before)s
    RETURNING part, place_kind, place_id, sequence
), newest AS (SELECT part, place_kind, place_id, max(sequence) AS sequence FROM gone GROUP BY 1, 2, 3)
UPDATE bundle_part p SET whole_before = greatest(whole_before, newest.sequence) FROM newest
WHERE p.part = newest.part AND p.place_kind = newest.place_kind AND p.place_id = newest.place_id
