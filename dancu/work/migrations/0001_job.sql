-- depends: nothing
-- Work that nobody waits for, one row a kind (modules.BackgroundJob): when it is due, who has it, how it went.
CREATE TABLE job (
    kind        text        PRIMARY KEY,
    due_at      timestamptz NOT NULL,            -- while somebody has it: when the claim ends
    worker      text        NOT NULL DEFAULT '', -- who has it, as host:process; '': nobody
    claims      bigint      NOT NULL DEFAULT 0,  -- grows with each claim: whoever lost theirs marks nothing
    attempts    integer     NOT NULL DEFAULT 0,  -- claims since it last went well
    started_at  timestamptz,
    ended_at    timestamptz,                     -- when it last went well
    took        interval,                        -- how long that took
    error       text        NOT NULL DEFAULT ''  -- why it last went wrong: no words that could be about a person
);
