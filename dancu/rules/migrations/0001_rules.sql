-- depends: accounts 0001_officials
-- Rules as documents. A version is drafted by one official and signed by another, and never rewritten: what is changed is the next version.
CREATE TABLE rule_version (
    rule_id    text        NOT NULL,
    version    integer     NOT NULL CHECK (version > 0),
    document   jsonb       NOT NULL,           -- as it was drafted (dancu.rules.documents)
    digest     text        NOT NULL,           -- of the document, SHA-256 in hex: what is signed
    drafted_by bigint      NOT NULL,
    drafted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (rule_id, version),
    UNIQUE (rule_id, version, drafted_by, digest)
);

-- The second signature: from then on the version counts when its time comes
CREATE TABLE rule_signature (
    rule_id    text        NOT NULL,
    version    integer     NOT NULL,
    drafted_by bigint      NOT NULL,
    digest     text        NOT NULL,
    signed_by  bigint      NOT NULL,
    signed_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (rule_id, version),
    CHECK (signed_by <> drafted_by),
    FOREIGN KEY (rule_id, version, drafted_by, digest) REFERENCES rule_version (rule_id, version, drafted_by, digest)
);
