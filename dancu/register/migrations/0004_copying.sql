-- depends: register 0003_counting
-- Copies of the register in columns, for comparing large files, and what changed since each was made. Decision 0013.

-- Whose row, homes or numbers were changed, and by which transaction: written in it. A copy lacks what its snapshot did not see.
CREATE TABLE person_change (
    changed_in xid8        NOT NULL DEFAULT pg_current_xact_id(),
    person_id  bigint      NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX person_change_in ON person_change (changed_in);

-- The copies that were made of this register, wherever they lie. One that is not here is another register's, or of a country that was
-- loaded anew since.
CREATE TABLE person_copy (
    copy_id  uuid        PRIMARY KEY,
    made_at  timestamptz NOT NULL DEFAULT now(),
    snapshot pg_snapshot NOT NULL,                           -- of before the first row was read
    people   integer     NOT NULL
);
