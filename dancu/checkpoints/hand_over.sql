-- hand_over --
-- What the shift leaves to the next, once
INSERT INTO hand_over (hand_over_id, station_id, official_id, words, held, forged, kept, unsent, step)
VALUES (%(hand_over_id)s, %(station_id)s, %(official_id)s, %(words)s, %(held)s, %(forged)s, %(kept)s, %(unsent)s, %(step)s)
ON CONFLICT (hand_over_id) DO NOTHING

-- by_id --
-- One as it was written
SELECT station_id, official_id, words FROM hand_over WHERE hand_over_id = %(hand_over_id)s

-- to_take --
-- What was handed over at a station and nobody has taken over: the oldest first; what this officer wrote themselves only after a shift
SELECT h.hand_over_id, h.written_at, h.official_id, h.words, h.held, h.forged, h.kept, h.unsent, h.step::integer AS step
FROM hand_over h
WHERE h.station_id = %(station_id)s::integer AND h.written_at > %(since)s::timestamptz
  AND (h.official_id <> %(official_id)s::bigint OR h.written_at < %(own_before)s::timestamptz)
  AND NOT EXISTS (SELECT FROM hand_over_taken t WHERE t.hand_over_id = h.hand_over_id)
ORDER BY h.written_at LIMIT 20

-- lately --
-- The last ones of a station, and who took them over
SELECT h.hand_over_id, h.written_at, h.official_id, h.words, h.held, h.forged, h.kept, h.unsent, h.step::integer AS step, t.taken_at,
       t.official_id AS taken_by
FROM hand_over h LEFT JOIN hand_over_taken t USING (hand_over_id)
WHERE h.station_id = %(station_id)s AND h.written_at > %(since)s ORDER BY h.written_at DESC LIMIT %(most)s

-- take --
-- Somebody of the next shift has read it; no row where somebody had before
INSERT INTO hand_over_taken (hand_over_id, official_id) VALUES (%(hand_over_id)s, %(official_id)s) ON CONFLICT (hand_over_id) DO NOTHING
