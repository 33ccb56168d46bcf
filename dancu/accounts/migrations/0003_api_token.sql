-- depends: accounts 0002_throttle
-- A system that calls us acts as an official's account under one of its roles. Only the token's hash is kept.
CREATE TABLE api_token (
    token_hash  bytea       PRIMARY KEY,
    official_id bigint      NOT NULL,
    grant_id    bigint      NOT NULL,
    name        text        NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    revoked_at  timestamptz
);
