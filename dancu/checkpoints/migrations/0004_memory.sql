-- depends: checkpoints 0003_doubtful
-- What a station decided stays with the person: why in a code that every reader sees in their own language, what was taken back, and
-- how somebody who was held or turned back was released. docs/decisions/0016-a-stop-stays.md
ALTER TABLE crossing   ADD COLUMN reason_code text NOT NULL DEFAULT '';  -- one of checkpoints/reasons.py; `reason` is what was written besides
ALTER TABLE revocation ADD COLUMN reason_code text NOT NULL DEFAULT '';

-- A crossing that was recorded by mistake and counts no more. `replaced_by`: the one that says what was right.
CREATE TABLE retraction (
    person_id    bigint      NOT NULL,
    crossing_id  uuid        NOT NULL,
    retracted_at timestamptz NOT NULL DEFAULT now(),
    official_id  bigint      NOT NULL,
    replaced_by  uuid,
    PRIMARY KEY (person_id, crossing_id)
);
CREATE INDEX retraction_crossing ON retraction (crossing_id);

-- How a stop (a crossing that held somebody or turned them back) ended: by a later decision (`by_crossing`), or without one.
-- Only what `clears` it lets the next officer see green again: who was handed over to the health post was not found well.
CREATE TABLE release (
    person_id   bigint      NOT NULL,
    crossing_id uuid        NOT NULL,   -- the stop
    released_at timestamptz NOT NULL DEFAULT now(),
    official_id bigint      NOT NULL,
    station_id  integer     NOT NULL,
    by_crossing uuid,
    clears      boolean     NOT NULL,
    reason_code text        NOT NULL DEFAULT '',
    reason      text        NOT NULL DEFAULT '',
    PRIMARY KEY (person_id, crossing_id, released_at)
);

-- Declarations without a number are found again by whom they name.
CREATE INDEX declaration_without_number ON declaration (birth_year, birth_month, birth_day, declared_at) WHERE number = '';
