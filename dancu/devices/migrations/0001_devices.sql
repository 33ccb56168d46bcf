-- depends: nothing
-- Devices that work without a network, each at a place: a kind of jurisdiction and its number (docs/devices.md).
CREATE TABLE device (
    device_id   uuid        PRIMARY KEY,
    place_kind  text        NOT NULL,
    place_id    bigint      NOT NULL,
    name        text        NOT NULL,
    public_key  bytea       NOT NULL,              -- a point of P-256, uncompressed (SEC 1): 65 bytes
    enrolled_by bigint      NOT NULL,              -- the official who made the code
    enrolled_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    app         text        NOT NULL DEFAULT '',   -- which program in which version
    lease_until timestamptz NOT NULL,
    seen_at     timestamptz NOT NULL,              -- its last word
    made        integer     NOT NULL DEFAULT 0,    -- the highest counter that it has given
    came_up_to  integer     NOT NULL DEFAULT 0,    -- up to this counter all came
    waiting     integer     NOT NULL DEFAULT 0,    -- how many items wait on it, as it said last
    oldest_at   timestamptz,                       -- since when the oldest of them
    bundle_at   timestamptz,                       -- when the bundle it works by was made
    drift_ms    bigint      NOT NULL DEFAULT 0,    -- how far its clock is ahead
    cut_off_at  timestamptz,
    cut_off_by  bigint,
    wiped_at    timestamptz                        -- when it was told to wipe itself and had nothing left to send
);
CREATE INDEX device_place ON device (place_kind, place_id);

-- What a device is enrolled with, once
CREATE TABLE enrolment_code (
    code_hash  bytea       PRIMARY KEY,
    place_kind text        NOT NULL,
    place_id   bigint      NOT NULL,
    name       text        NOT NULL,
    made_by    bigint      NOT NULL,
    until      timestamptz NOT NULL,
    device_id  uuid                                -- the one that used it
);

-- Who works with a device, and in which role, from when until when
CREATE TABLE device_shift (
    device_id         uuid        NOT NULL,
    shift_id          uuid        NOT NULL,
    official_id       bigint      NOT NULL,
    grant_id          bigint      NOT NULL,
    role              text        NOT NULL,
    jurisdiction_kind text        NOT NULL,
    jurisdiction_id   bigint      NOT NULL,
    purpose           text        NOT NULL,
    session           bytea       NOT NULL,        -- which session of theirs, as a hash: it ends with that
    began_at          timestamptz NOT NULL,
    until             timestamptz NOT NULL,
    PRIMARY KEY (device_id, shift_id)
);
CREATE INDEX device_shift_session ON device_shift (session);

-- What devices have sent: one id is one row. What people have to decide about keeps its payload.
CREATE TABLE device_item (
    device_id   uuid        NOT NULL,
    item_id     uuid        NOT NULL,              -- UUIDv7: its time is when it was made
    kind        text        NOT NULL,
    counter     integer     NOT NULL,
    shift_id    uuid,
    at          timestamptz NOT NULL,
    received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    digest      bytea       NOT NULL,              -- SHA-256 of the payload as it came: one id has one
    outcome     text        NOT NULL CHECK (outcome IN ('taken', 'kept', 'refused')),
    code        text        NOT NULL DEFAULT '',   -- why it was kept or refused, or what is to be seen of what was taken
    payload     text,                              -- of what was kept or refused
    settled_at  timestamptz,
    settled_by  bigint,
    settled_as  text,
    PRIMARY KEY (device_id, item_id)
);
CREATE INDEX device_item_counter ON device_item (device_id, counter);
CREATE INDEX device_item_open ON device_item (device_id) WHERE outcome <> 'taken' AND settled_at IS NULL;

-- What devices carry: entries of parts, for everybody ('' and 0) or for a place. Each change of a part has the next number.
CREATE TABLE bundle_part (
    part          text        NOT NULL,
    place_kind    text        NOT NULL,
    place_id      bigint      NOT NULL,
    sequence      bigint      NOT NULL DEFAULT 0,
    whole_before  bigint      NOT NULL DEFAULT 0,  -- who has less than this number is sent everything
    digest        bytea       NOT NULL,
    checked_at    timestamptz NOT NULL,            -- when it was last compared with what it is made of
    PRIMARY KEY (part, place_kind, place_id)
);
CREATE TABLE bundle_entry (
    part       text        NOT NULL,
    place_kind text        NOT NULL,
    place_id   bigint      NOT NULL,
    key        text        NOT NULL,
    value      text,                               -- JSON; null: it is gone
    sequence   bigint      NOT NULL,
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (part, place_kind, place_id, key)
);
CREATE INDEX bundle_entry_sequence ON bundle_entry (part, place_kind, place_id, sequence);

-- Pictures that come in pieces
CREATE TABLE device_picture (
    device_id  uuid        NOT NULL,
    sha256     bytea       NOT NULL,
    bytes      integer     NOT NULL,               -- of the whole
    have       integer     NOT NULL DEFAULT 0,
    is_whole   boolean     NOT NULL DEFAULT false, -- all there, and its hash is right
    named_at   timestamptz,                        -- since when something is recorded with it
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (device_id, sha256)
);
CREATE TABLE device_picture_piece (
    device_id uuid    NOT NULL,
    sha256    bytea   NOT NULL,
    begins    integer NOT NULL,
    content   bytea   NOT NULL,
    PRIMARY KEY (device_id, sha256, begins)
);
