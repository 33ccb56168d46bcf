-- depends: checkpoints 0004_memory
-- A code that is no pass of ours was shown, so nobody's crossing can be recorded: what was decided, with what there is to find them by.
-- The id is the sender's own (UUIDv7), so the same report is always the same row.
CREATE TABLE incident (
    incident_id uuid        PRIMARY KEY,
    happened_at timestamptz NOT NULL,      -- the time in the id
    received_at timestamptz NOT NULL DEFAULT now(),
    station_id  integer     NOT NULL,
    official_id bigint      NOT NULL,
    kind        text        NOT NULL,      -- what was wrong with the code: an Examination's status
    decision    text        NOT NULL CHECK (decision IN ('through', 'secondary', 'back')),
    reason_code text        NOT NULL DEFAULT '',
    reason      text        NOT NULL DEFAULT '',
    plate       text        NOT NULL DEFAULT '',
    code_text   text        NOT NULL DEFAULT '',   -- what was read from the code, as evidence
    picture     bytea                              -- a photograph (JPEG), made small
);
CREATE INDEX incident_station ON incident (station_id, happened_at);
