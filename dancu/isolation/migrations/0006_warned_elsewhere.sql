-- depends: isolation 0005_told_to_stay
-- What one declaration says of an illness is known wherever the same person is expected or was: marked on their other arrivals when it is
-- written, so that a list stays one pass over an index.
ALTER TABLE arrival
    ADD COLUMN warned_elsewhere text[] NOT NULL DEFAULT '{}',  -- the warnings of the person's other declarations
    ADD COLUMN warned_at        timestamptz;                   -- when the last of those was declared

UPDATE arrival a SET warned_elsewhere = told.warnings, warned_at = told.at
FROM (SELECT t.person_id, t.declaration_id, array_agg(DISTINCT warning) AS warnings, max(o.declared_at) AS at
      FROM arrival o CROSS JOIN unnest(o.warnings) AS warning
      JOIN arrival t ON (CASE WHEN t.person_id > 0 OR t.stranger = 0 THEN t.person_id ELSE t.stranger END)
                      = (CASE WHEN o.person_id > 0 OR o.stranger = 0 THEN o.person_id ELSE o.stranger END)
                    AND t.declaration_id <> o.declaration_id AND t.declared_at <= o.declared_at + interval '72 hours'
      WHERE o.declared_at > now() - interval '14 days'
      GROUP BY 1, 2) AS told
WHERE a.person_id = told.person_id AND a.declaration_id = told.declaration_id;

DROP INDEX arrival_coming, arrival_leaving, arrival_warned_coming, arrival_warned_leaving;
CREATE INDEX arrival_coming ON arrival (destination_area, moved_at)
    INCLUDE (person_id, stranger, state, outcome, warnings, warned_at, arrives_on, declared_at, met_at);
CREATE INDEX arrival_leaving ON arrival (origin_area, moved_at)
    INCLUDE (person_id, stranger, state, outcome, warnings, warned_at, arrives_on, declared_at, met_at);
CREATE INDEX arrival_warned_coming ON arrival (destination_area, moved_at) WHERE cardinality(warnings) > 0 OR warned_at IS NOT NULL;
CREATE INDEX arrival_warned_leaving ON arrival (origin_area, moved_at) WHERE cardinality(warnings) > 0 OR warned_at IS NOT NULL;

-- Somebody whom the register recognised once and once not is one person too: `stranger` then names the person, and follows a merge.
COMMENT ON COLUMN arrival.stranger IS 'person';
CREATE INDEX arrival_stranger ON arrival (stranger) WHERE stranger > 0;
DROP INDEX arrival_stranger_phone;
CREATE INDEX arrival_phone ON arrival (phone, birth_year) WHERE phone <> '';
