-- depends: accounts 0001_officials
-- Levels of risk, set by decisions. A decision is drafted by one official and signed by another, and never rewritten: what is changed is the next one.
CREATE TABLE risk_decision (
    decision_id bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    citation    text        NOT NULL CHECK (citation <> ''),
    valid_from  timestamptz NOT NULL,
    areas       integer[]   NOT NULL,           -- communes, and provinces for all communes of theirs
    levels      smallint[]  NOT NULL,           -- of each the level, 1 (green) to 4 (red)
    withdraws   bigint      REFERENCES risk_decision,  -- a decision that counts no more from then on
    digest      text        NOT NULL,           -- of all of this, SHA-256 in hex: what is signed
    drafted_by  bigint      NOT NULL,
    drafted_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (decision_id, drafted_by, digest),
    CHECK (cardinality(areas) = cardinality(levels)),
    CHECK (cardinality(areas) > 0 OR withdraws IS NOT NULL),
    CHECK (1 <= ALL (levels) AND 4 >= ALL (levels))
);
CREATE INDEX risk_decision_areas ON risk_decision USING gin (areas);
CREATE INDEX risk_decision_withdraws ON risk_decision (withdraws);

-- The second signature: from then on the decision counts when its time comes
CREATE TABLE risk_signature (
    decision_id bigint      PRIMARY KEY,
    drafted_by  bigint      NOT NULL,
    digest      text        NOT NULL,
    signed_by   bigint      NOT NULL,
    signed_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    CHECK (signed_by <> drafted_by),
    FOREIGN KEY (decision_id, drafted_by, digest) REFERENCES risk_decision (decision_id, drafted_by, digest)
);

-- A draft that was thrown away, and by whom
CREATE TABLE risk_discard (
    decision_id  bigint      PRIMARY KEY REFERENCES risk_decision,
    discarded_by bigint      NOT NULL,
    discarded_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
