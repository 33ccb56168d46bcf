-- depends: isolation 0002_list
-- The commune's list has a line for each person, not for each declaration: what recognises a person whom the register does not know, and
-- what the list is searched and filtered by besides.
ALTER TABLE arrival
    ADD COLUMN number      text     NOT NULL DEFAULT '',  -- as declared: PIN, CMND or passport, without spaces and dots
    ADD COLUMN birth_month smallint,
    ADD COLUMN birth_day   smallint,
    ADD COLUMN companions  smallint NOT NULL DEFAULT 0,
    ADD COLUMN stranger    bigint   NOT NULL DEFAULT 0;   -- of those whom the register does not know: the first under which this one declared

-- One pass over an index counts and orders a commune's people; the table itself is read for those on the page.
DROP INDEX arrival_coming, arrival_leaving;
CREATE INDEX arrival_coming ON arrival (destination_area, moved_at)
    INCLUDE (person_id, stranger, state, outcome, warnings, arrives_on, declared_at, met_at);
CREATE INDEX arrival_leaving ON arrival (origin_area, moved_at)
    INCLUDE (person_id, stranger, state, outcome, warnings, arrives_on, declared_at, met_at);
CREATE INDEX arrival_who ON arrival ((CASE WHEN person_id > 0 OR stranger = 0 THEN person_id ELSE stranger END));

-- Whether somebody whom the register does not know has declared before.
CREATE INDEX arrival_stranger_number ON arrival (number) WHERE person_id < 0 AND number <> '';
CREATE INDEX arrival_stranger_phone ON arrival (phone, name_key) WHERE person_id < 0 AND phone <> '';

-- Who may carry an infection is asked for at every look at either list.
CREATE INDEX arrival_warned_coming ON arrival (destination_area) WHERE cardinality(warnings) > 0 AND state NOT IN ('met', 'withdrawn');
CREATE INDEX arrival_warned_leaving ON arrival (origin_area) WHERE cardinality(warnings) > 0 AND state NOT IN ('met', 'withdrawn');
