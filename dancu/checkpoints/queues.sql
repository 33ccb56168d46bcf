-- add_tap --
-- How long the queue is now
INSERT INTO station_queue (station_id, step) VALUES (%(station_id)s, %(step)s)

-- queues --
-- The last tap of each station lately, and the shortest queue that was tapped a while before it
SELECT s.station_id, last.tapped_at, last.step::integer AS step, before.least::integer AS least
FROM unnest(%(station_ids)s::integer[]) AS s (station_id)
CROSS JOIN LATERAL (
    SELECT q.tapped_at, q.step FROM station_queue q
    WHERE q.station_id = s.station_id AND q.tapped_at > %(since)s::timestamptz ORDER BY q.tapped_at DESC LIMIT 1
) AS last
CROSS JOIN LATERAL (
    SELECT min(q.step) AS least FROM station_queue q
    WHERE q.station_id = s.station_id AND q.tapped_at BETWEEN last.tapped_at - %(within)s::interval AND last.tapped_at
) AS before
