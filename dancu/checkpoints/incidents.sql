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
