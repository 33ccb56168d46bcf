-- depends: rules 0001_rules
-- A draft that nobody will sign: refused by another, or withdrawn by whoever drafted it
CREATE TABLE rule_draft_end (
    rule_id  text        NOT NULL,
    version  integer     NOT NULL,
    ended_by bigint      NOT NULL,
    ended_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    words    text        NOT NULL,           -- why; "" where whoever drafted it says nothing
    PRIMARY KEY (rule_id, version),
    FOREIGN KEY (rule_id, version) REFERENCES rule_version (rule_id, version)
);
