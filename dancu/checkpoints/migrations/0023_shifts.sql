-- depends: checkpoints 0022_vehicle_check
-- What stood against letting through somebody who was let through: '' nothing; 'red', 'asked' (a reason was asked for): the officer saw it; would_have_…: the server
-- knew what a device without the network did not (checkpoints/deliveries.py). What was recorded before is not known, and nobody guesses.
ALTER TABLE crossing ADD COLUMN against text NOT NULL DEFAULT 'not_known';
-- Whether an officer had keyed in the journey. Of what was recorded before: not known.
ALTER TABLE crossing ADD COLUMN by_hand boolean;
CREATE INDEX crossing_against ON crossing (station_id, crossed_at)
WHERE decision = 'through' AND against <> '' AND (against <> 'not_known' OR reason_code <> '' OR reason <> '');

-- How long the queue before a station is, as an officer taps it; nothing says who. Steps as in checkpoints/queues.py
CREATE TABLE station_queue (
    station_id integer     NOT NULL,
    tapped_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    step       smallint    NOT NULL CHECK (step BETWEEN 0 AND 4),
    PRIMARY KEY (station_id, tapped_at)
);

-- What one shift leaves to the next: the officer's words, and how the station stood when they were written. The id is the sender's own (UUIDv7).
CREATE TABLE hand_over (
    hand_over_id uuid        PRIMARY KEY,
    station_id   integer     NOT NULL,
    written_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    official_id  bigint      NOT NULL,
    words        text        NOT NULL,
    held         integer     NOT NULL,  -- who is being held, with forged codes too
    forged       integer     NOT NULL,  -- of them with forged codes
    kept         integer     NOT NULL,  -- what devices sent that waits for people
    unsent       integer     NOT NULL,  -- what waits on devices, as they said last
    step         smallint               -- of the queue; null: not known
);
CREATE INDEX hand_over_station ON hand_over (station_id, written_at);

-- The next shift has read it
CREATE TABLE hand_over_taken (
    hand_over_id uuid        PRIMARY KEY REFERENCES hand_over,
    taken_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    official_id  bigint      NOT NULL
);

-- Somebody in charge has looked at a decision against the verdict. It names the crossing alone, so that it holds whoever that stands under.
CREATE TABLE override_review (
    crossing_id uuid        PRIMARY KEY,
    reviewed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    official_id bigint      NOT NULL,
    result      text        NOT NULL CHECK (result IN ('in_order', 'talked_to')),
    words       text        NOT NULL
);
