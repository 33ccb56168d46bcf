-- What offices note of people. Merging carries the rows, since the person is the first of the key.
CREATE TABLE example_note (
    person_id   bigint      NOT NULL,
    note_id     uuid        NOT NULL,
    office_kind text        NOT NULL,
    office_id   bigint      NOT NULL,
    text        text        NOT NULL CHECK (length(text) BETWEEN 1 AND 500),
    noted_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (person_id, note_id)
);
CREATE INDEX ON example_note (office_kind, office_id, noted_at DESC);
