-- past --
-- What was known of each crossing of these stations then that was not taken back, as one text (past.py); a crossing is judged when it
-- arrives, but as it was, so what changed in between is doubtful. Each row is looked up by its key (LIMIT 1): a join of two columns the planner takes
-- for a single row, and then chooses plans for one
SELECT c.pass_id, concat_ws('|',
           CASE WHEN r.revoked_at <= c.crossed_at THEN 'revoked'
                WHEN r.revoked_at <= c.received_at THEN 'doubtful'
                WHEN p.expires_at < c.crossed_at THEN 'expired'
                WHEN s.superseded_at <= c.crossed_at THEN 'superseded'
                WHEN s.superseded_at <= c.received_at THEN 'doubtful'
                ELSE 'open' END,
           CASE WHEN d.told IS NULL THEN d.outcome ELSE '?' END,
           CASE WHEN d.told IS NOT NULL THEN '?'
                WHEN c.person_id < 0 THEN ''
                WHEN h.recorded_at <= c.crossed_at AND NOT EXISTS (
                    SELECT FROM person_merge m WHERE m.person_id = c.person_id AND m.merged_at > c.crossed_at) THEN h.status::text
                ELSE '?' END,
           (cardinality(d.symptoms) > 0)::int, d.contact::int, (d.test_result = 'positive')::int,
           EXISTS (SELECT FROM supersession x WHERE x.declaration_id = c.declaration_id AND x.superseded_at <= c.crossed_at)::int,
           d.reason, d.vehicle, c.ruled_by),
       c.station_id, c.crossed_at, CASE WHEN c.plate <> '' THEN c.vehicle || ' ' || c.plate ELSE '' END
FROM crossing c
JOIN LATERAL (
    SELECT x.outcome, x.told, x.symptoms, x.contact, x.test_result, x.reason, x.vehicle FROM declaration x
    WHERE x.person_id = c.person_id AND x.declaration_id = c.declaration_id LIMIT 1
) AS d ON true
JOIN LATERAL (SELECT x.expires_at FROM pass x WHERE x.person_id = c.person_id AND x.pass_id = c.pass_id LIMIT 1) AS p ON true
LEFT JOIN LATERAL (
    SELECT x.revoked_at FROM revocation x WHERE x.person_id = c.person_id AND x.pass_id = c.pass_id LIMIT 1
) AS r ON true
LEFT JOIN LATERAL (
    SELECT min(x.superseded_at) AS superseded_at FROM supersession x WHERE x.person_id = c.person_id AND x.pass_id = c.pass_id
) AS s ON true
LEFT JOIN LATERAL (SELECT x.status, x.recorded_at FROM person x WHERE x.person_id = c.person_id LIMIT 1) AS h ON true
WHERE c.station_id = ANY(%(places)s::integer[]) AND c.crossed_at >= %(since)s::timestamptz AND c.crossed_at < %(until)s::timestamptz
  AND NOT EXISTS (SELECT FROM retraction t WHERE t.person_id = c.person_id AND t.crossing_id = c.crossing_id)
ORDER BY c.crossed_at

-- counted --
-- How many crossings there were, those taken back too
SELECT count(*) AS crossings FROM crossing c
WHERE c.station_id = ANY(%(places)s) AND c.crossed_at >= %(since)s AND c.crossed_at < %(until)s

-- whose --
-- Whose passes these are
SELECT pass_id, person_id FROM pass WHERE pass_id = ANY(%(pass_ids)s)

-- all_stations --
-- Stations, closed ones too, by name
SELECT station_id, name, area_id FROM station
WHERE (%(areas)s::integer[] IS NULL OR area_id = ANY(%(areas)s)) AND (%(only)s::integer IS NULL OR station_id = %(only)s)
ORDER BY name
