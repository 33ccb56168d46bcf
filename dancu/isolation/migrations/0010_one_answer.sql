-- depends: isolation 0009_declarer, checkpoints 0009_belongings
-- How long an illness counts, and who is the same traveller, the communes answer as the stations do.
--
-- What was declared of an illness counts as long as the health policy says; what a station found counts until it is cleared there.
ALTER TABLE arrival
    ADD COLUMN ill_until          timestamptz,                   -- until when what was declared of an illness counts
    ADD COLUMN found              text[] NOT NULL DEFAULT '{}',  -- those of the warnings that a station found, and nobody cleared
    ADD COLUMN found_at           timestamptz,                   -- when the last of those was found
    ADD COLUMN warned_until       timestamptz,                   -- until when what was declared elsewhere counts
    ADD COLUMN found_elsewhere    text[] NOT NULL DEFAULT '{}',  -- those of warned_elsewhere that a station found, and nobody cleared
    ADD COLUMN found_elsewhere_at timestamptz;                   -- when the last of those was found

-- Whoever is decided on for one declaration of somebody unknown is meant by all of theirs, as long as the decision stands.
ALTER TABLE arrival ADD COLUMN decided_as bigint NOT NULL DEFAULT 0;
COMMENT ON COLUMN arrival.decided_as IS 'person';
CREATE INDEX arrival_decided_as ON arrival (decided_as) WHERE decided_as > 0;
DROP INDEX arrival_stranger;
CREATE INDEX arrival_stranger ON arrival (stranger) WHERE stranger <> 0;

UPDATE arrival a SET decided_as = meant.person_id
FROM (SELECT stranger, max(person_id) AS person_id FROM arrival WHERE stranger < 0 AND person_id > 0
      GROUP BY 1 HAVING count(DISTINCT person_id) = 1) AS meant
WHERE a.stranger = meant.stranger AND a.person_id < 0;

-- Of before: the days of the policy as it stood until this migration.
UPDATE arrival a SET ill_until = greatest(
    d.declared_at + interval '3 days',
    CASE WHEN d.contact THEN d.declared_at + interval '14 days' END,
    CASE WHEN d.test_result = 'positive' THEN coalesce((d.tested_on + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh', d.declared_at) + interval '14 days' END)
FROM declaration d
WHERE d.person_id = a.person_id AND d.declaration_id = a.declaration_id
  AND (cardinality(d.symptoms) > 0 OR d.contact OR d.test_result = 'positive');

UPDATE arrival a SET found = stops.found, found_at = stops.at
FROM (SELECT s.person_id, s.declaration_id, max(s.crossed_at) AS at,
             array_agg(DISTINCT CASE s.reason_code WHEN 'fever' THEN 'symptoms' ELSE 'positive' END) AS found
      FROM crossing s
      WHERE s.decision <> 'through' AND s.reason_code IN ('fever', 'positive')
        AND NOT EXISTS (SELECT FROM retraction t WHERE t.person_id = s.person_id AND t.crossing_id = s.crossing_id)
        AND NOT EXISTS (SELECT FROM release r WHERE r.person_id = s.person_id AND r.crossing_id = s.crossing_id AND r.clears
                        AND NOT EXISTS (SELECT FROM retraction t WHERE t.crossing_id = r.by_crossing))
      GROUP BY 1, 2) AS stops
WHERE a.person_id = stops.person_id AND a.declaration_id = stops.declaration_id;

UPDATE arrival a SET warned_elsewhere = told.warnings, warned_at = told.at, warned_until = told.until, found_elsewhere = told.found, found_elsewhere_at = told.found_at
FROM (SELECT t.person_id, t.declaration_id, array_agg(DISTINCT warning) AS warnings,
             max(o.declared_at) FILTER (WHERE warning <> ALL(o.found)) AS at, max(o.ill_until) FILTER (WHERE warning <> ALL(o.found)) AS until,
             coalesce(array_agg(DISTINCT warning) FILTER (WHERE warning = ANY(o.found)), ARRAY[]::text[]) AS found,
             max(o.found_at) FILTER (WHERE warning = ANY(o.found)) AS found_at
      FROM arrival o CROSS JOIN unnest(o.warnings) AS warning
      JOIN arrival t ON (CASE WHEN t.person_id > 0 THEN t.person_id WHEN t.decided_as > 0 THEN t.decided_as WHEN t.stranger <> 0 THEN t.stranger ELSE t.person_id END)
                      = (CASE WHEN o.person_id > 0 THEN o.person_id WHEN o.decided_as > 0 THEN o.decided_as WHEN o.stranger <> 0 THEN o.stranger ELSE o.person_id END)
                    AND t.declaration_id <> o.declaration_id AND (warning = ANY(o.found) OR o.ill_until > t.declared_at)
      GROUP BY 1, 2) AS told
WHERE a.person_id = told.person_id AND a.declaration_id = told.declaration_id AND a.moved_at > now() - interval '14 days';

DROP INDEX arrival_coming, arrival_leaving, arrival_warned_coming, arrival_warned_leaving, arrival_who;
CREATE INDEX arrival_coming ON arrival (destination_area, moved_at)
    INCLUDE (person_id, stranger, decided_as, state, outcome, warnings, ill_until, found_at, warned_at, warned_until, found_elsewhere_at, arrives_on,
             declared_at, met_at);
CREATE INDEX arrival_leaving ON arrival (origin_area, moved_at)
    INCLUDE (person_id, stranger, decided_as, state, outcome, warnings, ill_until, found_at, warned_at, warned_until, found_elsewhere_at, arrives_on,
             declared_at, met_at);
CREATE INDEX arrival_warned_coming ON arrival (destination_area, moved_at) WHERE cardinality(warnings) > 0 OR cardinality(warned_elsewhere) > 0;
CREATE INDEX arrival_warned_leaving ON arrival (origin_area, moved_at) WHERE cardinality(warnings) > 0 OR cardinality(warned_elsewhere) > 0;
CREATE INDEX arrival_who ON arrival
    ((CASE WHEN person_id > 0 THEN person_id WHEN decided_as > 0 THEN decided_as WHEN stranger <> 0 THEN stranger ELSE person_id END));

-- Who may be the same is found by any number, and by the telephone of whoever declared.
DROP INDEX arrival_stranger_number;
CREATE INDEX arrival_number ON arrival (number) WHERE number <> '';
CREATE INDEX arrival_declarer_phone ON arrival (declarer_phone, birth_year) WHERE declarer_phone <> '';
