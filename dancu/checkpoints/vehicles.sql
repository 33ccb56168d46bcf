-- add_vehicle_check --
-- What was said last is not said again
INSERT INTO vehicle_check (check_id, station_id, official_id, direction, plate, aboard)
SELECT %(check_id)s, %(station_id)s, %(official_id)s, %(direction)s, %(plate)s, %(aboard)s
WHERE NOT EXISTS (
    SELECT FROM (SELECT v.* FROM vehicle_check v WHERE v.check_id = %(check_id)s ORDER BY v.received_at DESC LIMIT 1) AS last
    WHERE (last.station_id, last.official_id, last.direction, last.plate, last.aboard)
        = (%(station_id)s, %(official_id)s, %(direction)s, %(plate)s, %(aboard)s))

-- vehicle_check --
-- What an officer said of a vehicle last, and what is on record of those in it
SELECT v.check_id, v.station_id, v.direction, v.plate, v.aboard, told.through, told.secondary, told.back
FROM vehicle_check v
CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE c.decision = 'through') AS through, count(*) FILTER (WHERE c.decision = 'secondary') AS secondary,
           count(*) FILTER (WHERE c.decision = 'back') AS back
    FROM crossing c
    WHERE c.vehicle_check = v.check_id
      AND NOT EXISTS (SELECT FROM retraction t WHERE t.person_id = c.person_id AND t.crossing_id = c.crossing_id)) AS told
WHERE v.check_id = %(check_id)s AND v.official_id = %(official_id)s
ORDER BY v.received_at DESC LIMIT 1

-- passengers --
-- Whom an officer decided on in a vehicle, as it stands
SELECT c.crossing_id, c.pass_id, c.decision, c.reason_code FROM crossing c
WHERE c.vehicle_check = %(check_id)s AND c.official_id = %(official_id)s AND c.received_at > now() - %(shift)s::interval
  AND NOT EXISTS (SELECT FROM retraction t WHERE t.person_id = c.person_id AND t.crossing_id = c.crossing_id)
ORDER BY c.crossed_at, c.crossing_id
