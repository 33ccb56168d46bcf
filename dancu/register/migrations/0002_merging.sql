-- depends: register 0001_register
-- Two records of one person made into one: what was moved, so that it can be moved back. Decision 0007.
--
-- person_id: who holds it all now. When that record is merged in its turn, this row goes along like any other of the person's.
CREATE TABLE person_merge (
    person_id    bigint      NOT NULL,
    merge_id     uuid        NOT NULL,
    kept_id      bigint      NOT NULL,                       -- the record that stayed
    other_id     bigint      NOT NULL,                       -- the record that left `person`
    merged_at    timestamptz NOT NULL,
    settled_at   timestamptz,                                -- since when nothing is to be expected under other_id any more
    undone_at    timestamptz,
    merged_by    bigint      NOT NULL,
    undone_by    bigint,
    basis        text        NOT NULL,
    undone_basis text,
    other        jsonb       NOT NULL,                       -- its row of `person`
    history      jsonb       NOT NULL,                       -- the versions of it that the merge ended and the one that it wrote
    moved        jsonb       NOT NULL,                       -- [{table, column, keys}]: rows now under kept_id
    pointed      jsonb       NOT NULL,                       -- [{table, column, keys}]: rows that named other_id and now name kept_id
    aside        jsonb       NOT NULL,                       -- [{table, rows}]: rows whole whose key kept_id has itself
    added        jsonb       NOT NULL,                       -- [{table, column, keys}]: rows that the merge itself wrote
    taken        jsonb       NOT NULL,                       -- field: {value, before: [[since, value]]} of the kept record
    PRIMARY KEY (person_id, merge_id)
);
CREATE INDEX person_merge_id ON person_merge (merge_id);
CREATE INDEX person_merge_other ON person_merge (other_id) WHERE undone_at IS NULL;
CREATE INDEX person_merge_unsettled ON person_merge (merged_at) WHERE settled_at IS NULL AND undone_at IS NULL;
