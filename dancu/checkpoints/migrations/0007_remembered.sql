-- depends: checkpoints 0006_supersession
-- Who declares with a number once and without it, or with another, the next time is found by name and birth date: the sound of the given
-- name (dancu/text/sounds.py given_key, of the name in its usual order).
DROP INDEX declaration_without_number;
ALTER TABLE declaration ADD COLUMN given_key integer NOT NULL DEFAULT 0;
CREATE INDEX declaration_named ON declaration (birth_year, birth_month, birth_day, given_key, declared_at);

-- Whoever was held with a forged code waits too, until somebody says how it ended; and who shows the same code again is known.
ALTER TABLE incident
    ADD COLUMN ended_at   timestamptz,
    ADD COLUMN ended_by   bigint,
    ADD COLUMN end_code   text NOT NULL DEFAULT '',
    ADD COLUMN end_reason text NOT NULL DEFAULT '';
CREATE INDEX incident_code ON incident USING hash (code_text);
