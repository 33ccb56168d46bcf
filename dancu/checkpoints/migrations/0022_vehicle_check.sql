-- depends: checkpoints 0021_to_ask_about
-- A vehicle whose passengers were decided on together, and how many sat in it. Said again (more were found, the plate was corrected), the last
-- counts. Who sat in it says crossing.vehicle_check; how many had nothing to show is what is left.
CREATE TABLE vehicle_check (
    check_id    uuid        NOT NULL,   -- UUIDv7, made when the officer began with it
    received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    station_id  integer     NOT NULL,
    official_id bigint      NOT NULL,
    direction   text        NOT NULL CHECK (direction IN ('in', 'out')),
    plate       text        NOT NULL,
    aboard      smallint    NOT NULL CHECK (aboard BETWEEN 1 AND 99),
    PRIMARY KEY (check_id, received_at)
);
CREATE INDEX vehicle_check_station ON vehicle_check (station_id, received_at);

-- In which vehicle, where they were decided on together: whoever traces one asks for the others.
ALTER TABLE crossing ADD COLUMN vehicle_check uuid;
CREATE INDEX crossing_vehicle ON crossing (vehicle_check) WHERE vehicle_check IS NOT NULL;
