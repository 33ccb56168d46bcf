-- depends: nothing
-- The keys that credentials are signed with, the private half encrypted under DANCU_KEY_PASSPHRASE. Few rows: a reference table.
CREATE TABLE signing_key (
    kid         bytea       PRIMARY KEY,                        -- the first 8 bytes of SHA-256 of the public key (DER)
    usage       text        NOT NULL CHECK (usage <> ''),       -- what it signs: passes, certificates
    algorithm   text        NOT NULL DEFAULT 'ES256' CHECK (algorithm = 'ES256'),
    public_jwk  jsonb       NOT NULL,
    private_pem text        NOT NULL CHECK (private_pem LIKE '-----BEGIN ENCRYPTED PRIVATE KEY-----%'),
    created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    not_before  timestamptz NOT NULL DEFAULT clock_timestamp(), -- published from created_at, signs from here
    retired_at  timestamptz                                     -- from here on nothing it signed counts; null: it has no successor
);

-- One key of each usage has no successor, however many processes make or rotate it at once.
CREATE UNIQUE INDEX signing_key_newest ON signing_key (usage) WHERE retired_at IS NULL;
