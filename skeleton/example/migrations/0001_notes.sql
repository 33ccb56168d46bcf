-- depends: nothing
-- What officials note of people, never rewritten (kept_tables in module.py): a merge carries the rows by the tables' owner, whose worker removes them.
CREATE TABLE example_note (
    person_id bigint      NOT NULL,
    note_id   uuid        NOT NULL,
    area_id   integer,              -- where the person lived then
    text      text        NOT NULL CHECK (length(text) BETWEEN 1 AND 500),
    noted_at  timestamptz NOT NULL DEFAULT now(),
    ends_on   date        NOT NULL, -- from this day on it is kept no more: as the rule said when it was written
    PRIMARY KEY (person_id, note_id)
);
CREATE INDEX ON example_note (area_id, person_id);
CREATE INDEX ON example_note (ends_on);
COMMENT ON COLUMN example_note.person_id IS 'person, carried by the owner';
