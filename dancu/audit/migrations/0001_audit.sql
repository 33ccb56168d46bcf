-- Who did what to whose data, for what purpose. Rows are added and never changed or removed.
--
-- Distributed by person_id in the persons' colocation group. A row about no single person has person_id 0.
CREATE TABLE audit_entry (
    person_id         bigint      NOT NULL DEFAULT 0,
    at                timestamptz NOT NULL DEFAULT clock_timestamp(),
    entry_id          uuid        NOT NULL,
    actor_kind        text        NOT NULL CHECK (actor_kind IN ('official', 'citizen', 'system')),
    actor_id          bigint      NOT NULL DEFAULT 0,
    actor_role        text        NOT NULL DEFAULT '',
    jurisdiction_kind text        NOT NULL DEFAULT '',
    jurisdiction_id   bigint      NOT NULL DEFAULT 0,
    purpose           text        NOT NULL DEFAULT '',
    action            text        NOT NULL CHECK (action <> ''),
    detail            text        NOT NULL DEFAULT '',
    address           inet,
    request_id        text        NOT NULL DEFAULT '',
    PRIMARY KEY (person_id, at, entry_id)
) PARTITION BY RANGE (at);

-- "What did this official do?" and "what happened last?"
CREATE INDEX audit_entry_actor ON audit_entry (actor_id, at, entry_id);
CREATE INDEX audit_entry_at ON audit_entry (at, entry_id);

-- Catches what falls outside the months made so far; `dancu db partitions` moves it to its month.
CREATE TABLE audit_entry_default PARTITION OF audit_entry DEFAULT;
