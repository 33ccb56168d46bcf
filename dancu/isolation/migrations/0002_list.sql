-- depends: isolation 0001_isolation
-- What the commune's list needs besides: names to be found without their marks, and what undoing a meeting goes back to.
ALTER TABLE arrival
    ADD COLUMN name_key   text NOT NULL DEFAULT '',  -- the name without marks, lower case: what the list's search compares
    ADD COLUMN before_met text NOT NULL DEFAULT '';  -- the state when the person was met
UPDATE arrival SET name_key = lower(regexp_replace(replace(replace(normalize(full_name, NFD), 'Đ', 'D'), 'đ', 'd'), '[\u0300-\u036f]', '', 'g'));
UPDATE arrival SET before_met = CASE WHEN crossed_at IS NULL THEN 'declared' ELSE 'on_the_way' END WHERE state = 'met';
