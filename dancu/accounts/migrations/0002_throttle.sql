-- depends: accounts 0001_officials
-- How often something was tried lately, counted by all processes together. Its loss in a crash costs nothing, so it is not logged.
-- The key is a keyed hash: no address and no PIN can be read from it.
CREATE UNLOGGED TABLE throttle (
    key     bytea       PRIMARY KEY,
    tries   integer     NOT NULL,
    ends_at timestamptz NOT NULL
);
CREATE INDEX throttle_ends_at ON throttle (ends_at);
