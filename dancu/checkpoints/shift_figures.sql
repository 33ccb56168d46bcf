-- by_hour --
-- What was recorded at these stations since then, hour by hour, but for what was taken back: from the index on station and time
SELECT c.station_id, date_trunc('hour', c.crossed_at) AS hour, c.direction, c.decision, count(*)::integer AS crossings,
       (count(*) FILTER (WHERE c.by_hand))::integer AS by_hand, (count(*) FILTER (WHERE c.by_hand IS NULL))::integer AS not_known,
       (count(*) FILTER (WHERE c.against = ANY(%(overridden)s::text[])))::integer AS overridden,
       (count(*) FILTER (WHERE c.against = ANY(%(would_have)s::text[])))::integer AS would_have
FROM crossing c
WHERE c.station_id = ANY(%(station_ids)s::integer[]) AND c.crossed_at >= %(since)s::timestamptz
  AND NOT EXISTS (SELECT FROM retraction t WHERE t.person_id = c.person_id AND t.crossing_id = c.crossing_id)
GROUP BY 1, 2, 3, 4

-- pace --
-- Seconds from one traveller to the next of the same officer, by when their verdicts were shown; travellers of one second share the time since the
-- one before, and what is longer than a pause is none. `measured`: of how many travellers
WITH shown AS (
    SELECT c.station_id, c.official_id, date_trunc('second', c.crossed_at) AS at, count(*)::integer AS travellers
    FROM crossing c
    WHERE c.station_id = ANY(%(station_ids)s::integer[]) AND c.crossed_at >= %(since)s::timestamptz
      AND NOT EXISTS (SELECT FROM retraction t WHERE t.person_id = c.person_id AND t.crossing_id = c.crossing_id)
    GROUP BY 1, 2, 3
), gap AS (
    SELECT station_id, travellers, extract(epoch FROM at - lag(at) OVER (PARTITION BY station_id, official_id ORDER BY at))::float8 AS seconds
    FROM shown
), told AS (
    SELECT station_id, count(*)::integer AS measured,
           percentile_cont('{0.5,0.9}'::float8[]) WITHIN GROUP (ORDER BY seconds / travellers) AS shares
    FROM gap CROSS JOIN LATERAL generate_series(1, travellers) AS each
    WHERE seconds <= extract(epoch FROM %(pause)s::interval) GROUP BY station_id
)
SELECT station_id, measured, shares[1] AS median, shares[2] AS ninetieth FROM told

-- held --
-- How many are being held at each of these stations now, with a pass or with a forged code
SELECT station_id, sum(people)::integer AS people FROM (
    SELECT c.station_id, count(*) AS people FROM crossing c
    WHERE c.station_id = ANY(%(station_ids)s::integer[]) AND c.crossed_at > %(since)s::timestamptz AND c.decision = 'secondary'
      AND NOT EXISTS (SELECT FROM retraction t WHERE t.person_id = c.person_id AND t.crossing_id = c.crossing_id)
      AND NOT EXISTS (SELECT FROM release r WHERE r.person_id = c.person_id AND r.crossing_id = c.crossing_id {counts})
    GROUP BY 1
    UNION ALL
    SELECT i.station_id, count(*) FROM incident i
    WHERE i.station_id = ANY(%(station_ids)s::integer[]) AND i.happened_at > %(since)s::timestamptz AND i.decision = 'secondary' AND i.ended_at IS NULL
    GROUP BY 1
) AS held GROUP BY station_id
