-- depends: nothing
-- Messages to people: written with what they tell of, in one transaction, and handed to a carrier afterwards.
-- A queue: in a distributed database it stays on the coordinator.
CREATE TABLE outbox (
    message_id uuid        PRIMARY KEY,                         -- version 7: in the order of writing
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    due_at     timestamptz DEFAULT clock_timestamp(),           -- when it is tried next; null: sent, or given up
    expires_at timestamptz,                                     -- from here on it is of no use to anyone
    sent_at    timestamptz,                                     -- when the carrier took it
    failed_at  timestamptz,                                     -- when it was given up
    person_id  bigint,
    attempts   smallint    NOT NULL DEFAULT 0,
    secret     boolean     NOT NULL DEFAULT false,              -- its text is blanked as soon as it is sent or given up
    channel    text        NOT NULL CHECK (channel IN ('sms', 'email')),
    recipient  text        NOT NULL CHECK (recipient <> ''),
    language   text        NOT NULL,
    text       text        NOT NULL,
    reason     text        NOT NULL CHECK (reason <> ''),       -- what it is about, for us: "one_time_code", "pass"
    error      text        NOT NULL DEFAULT '',                 -- what the carrier said last
    CHECK (num_nonnulls(due_at, sent_at, failed_at) = 1)
);
CREATE INDEX outbox_due ON outbox (secret DESC, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX outbox_expiring ON outbox (expires_at) WHERE due_at IS NOT NULL AND expires_at IS NOT NULL;

-- One living code for each purpose and subject. Both columns are keyed hashes: neither a PIN nor a code can be read from them.
CREATE TABLE one_time_code (
    subject       text        PRIMARY KEY,
    code_hash     text        NOT NULL,
    expires_at    timestamptz NOT NULL,
    attempts_left smallint    NOT NULL CHECK (attempts_left >= 0)
);
CREATE INDEX one_time_code_expires_at ON one_time_code (expires_at);
