-- depends: nothing
-- What was answered to requests that change something, by the caller's own key, for a day: whoever did not hear
-- the answer sends the same again and gets it.
CREATE TABLE repeated_request (
    caller      text        NOT NULL, -- as the endpoint's access names it: official 7 under 12, device …
    key         uuid        NOT NULL, -- Idempotency-Key
    fingerprint bytea       NOT NULL, -- of method, address and body, keyed: nobody finds a number by trying
    status      smallint,
    media       text        NOT NULL DEFAULT '',
    body        bytea       NOT NULL DEFAULT '',
    came_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (caller, key)
);
CREATE INDEX repeated_request_came_at ON repeated_request (came_at);
