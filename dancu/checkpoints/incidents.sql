-- report --
-- An incident, once
INSERT INTO incident (incident_id, happened_at, station_id, official_id, kind, decision, reason_code, reason, plate, code_text, picture)
VALUES (%(incident_id)s, %(happened_at)s, %(station_id)s, %(official_id)s, %(kind)s, %(decision)s, %(reason_code)s, %(reason)s, %(plate)s,
        %(code_text)s, %(picture)s)
ON CONFLICT (incident_id) DO NOTHING

-- at_station --
-- What was reported at a station, latest first
SELECT incident_id, happened_at, official_id, kind, decision, reason_code, reason, plate, picture IS NOT NULL AS has_picture
FROM incident WHERE station_id = %(station_id)s AND happened_at > %(since)s ORDER BY happened_at DESC LIMIT 200

-- picture --
-- The photograph of an incident
SELECT picture FROM incident WHERE incident_id = %(incident_id)s AND station_id = %(station_id)s AND picture IS NOT NULL

-- same_code --
-- Where this very code was shown before, latest first
SELECT i.incident_id, i.happened_at, i.decision, i.reason_code, i.reason, s.name AS station
FROM incident i JOIN station s USING (station_id)
WHERE i.code_text = %(code_text)s AND i.code_text <> '' AND i.happened_at > %(since)s ORDER BY i.happened_at DESC LIMIT 5

-- stored --
-- An incident as it was reported
SELECT kind, decision FROM incident WHERE incident_id = %(incident_id)s

-- waiting --
-- Who is being held at a station with a forged code, the longest first
SELECT incident_id, happened_at, kind, reason_code, reason, plate, picture IS NOT NULL AS has_picture, official_id
FROM incident WHERE station_id = %(station_id)s AND happened_at > %(since)s AND decision = 'secondary' AND ended_at IS NULL
ORDER BY happened_at LIMIT 100

-- end --
-- How it ended; no row where somebody said so before
UPDATE incident SET ended_at = now(), ended_by = %(official_id)s, end_code = %(code)s, end_reason = %(reason)s
WHERE incident_id = %(incident_id)s AND station_id = %(station_id)s AND decision = 'secondary' AND ended_at IS NULL
