-- Where officers stand. Reference data.
CREATE TABLE station (
    station_id integer          PRIMARY KEY,
    name       text             NOT NULL UNIQUE,
    road       text             NOT NULL DEFAULT '',
    area_id    integer          NOT NULL,
    latitude   double precision NOT NULL,
    longitude  double precision NOT NULL,
    closed_at  timestamptz
);

-- A declared journey: the fields of the 2021 form (docs/domain.md), what was said, not what is so.
CREATE TABLE declaration (
    person_id          bigint      NOT NULL,  -- whom the register recognised; negative where nobody was (see subject_of in checkpoints/journeys.py)
    declaration_id     uuid        NOT NULL,
    declared_at        timestamptz NOT NULL,
    official_id        bigint,                -- who keyed it in, where an officer did
    departs_on         date        NOT NULL,
    arrives_on         date        NOT NULL,
    tested_on          date,
    home_area          integer,
    permanent_area     integer,
    origin_area        integer     NOT NULL,
    destination_area   integer     NOT NULL,
    birth_year         smallint    NOT NULL,
    birth_month        smallint,
    birth_day          smallint,
    sex                smallint    NOT NULL DEFAULT 0,
    companions         smallint    NOT NULL DEFAULT 0,
    doses              smallint,
    contact            boolean     NOT NULL DEFAULT false,
    declared_by        text        NOT NULL CHECK (declared_by IN ('self', 'other', 'officer')),
    number_kind        text        NOT NULL CHECK (number_kind IN ('pin', 'cmnd', 'passport', 'none')),
    number             text        NOT NULL DEFAULT '',
    full_name          text        NOT NULL,
    nationality        text        NOT NULL DEFAULT 'VNM',
    phone              text        NOT NULL DEFAULT '',
    home_detail        text        NOT NULL DEFAULT '',
    permanent_detail   text        NOT NULL DEFAULT '',
    origin_detail      text        NOT NULL DEFAULT '',
    destination_detail text        NOT NULL DEFAULT '',
    reason             text        NOT NULL,
    reason_detail      text        NOT NULL DEFAULT '',
    vehicle            text        NOT NULL,
    plate              text        NOT NULL DEFAULT '',
    seat               text        NOT NULL DEFAULT '',
    places             text        NOT NULL DEFAULT '',
    symptoms           text[]      NOT NULL DEFAULT '{}',
    test_kind          text        NOT NULL DEFAULT '',
    test_result        text        NOT NULL DEFAULT '',
    declarer_name      text        NOT NULL DEFAULT '',
    declarer_phone     text        NOT NULL DEFAULT '',
    outcome            text        NOT NULL,
    levels             jsonb       NOT NULL,
    PRIMARY KEY (person_id, declaration_id)
);
CREATE INDEX declaration_id ON declaration (declaration_id);

-- A signed pass for a declared journey.
CREATE TABLE pass (
    person_id      bigint      NOT NULL,
    pass_id        bigint      NOT NULL,   -- 55 random bits, written as three groups of letters and digits
    declaration_id uuid        NOT NULL,
    issued_at      timestamptz NOT NULL,
    expires_at     timestamptz NOT NULL,
    qr_text        text        NOT NULL,   -- what was signed, so that it is shown again to the letter
    PRIMARY KEY (person_id, pass_id)
);
CREATE INDEX pass_id ON pass (pass_id);
CREATE INDEX pass_declaration ON pass (declaration_id);

-- A pass that no longer counts, who said so and why.
CREATE TABLE revocation (
    person_id  bigint      NOT NULL,
    pass_id    bigint      NOT NULL,
    revoked_at timestamptz NOT NULL,
    revoked_by bigint      NOT NULL,       -- the official; 0: the citizen
    reason     text        NOT NULL,
    PRIMARY KEY (person_id, pass_id)
);

-- Someone passed a station, or was held or turned back there. The id is the sender's own (UUIDv7) and its time is the time of the
-- crossing, so the same id is always the same row, whatever is pressed or sent twice.
CREATE TABLE crossing (
    person_id        bigint      NOT NULL,
    crossed_at       timestamptz NOT NULL,
    crossing_id      uuid        NOT NULL,
    pass_id          bigint      NOT NULL,
    declaration_id   uuid        NOT NULL,
    received_at      timestamptz NOT NULL DEFAULT now(),
    official_id      bigint      NOT NULL,
    station_id       integer     NOT NULL,
    origin_area      integer     NOT NULL,
    destination_area integer     NOT NULL,
    direction        text        NOT NULL CHECK (direction IN ('in', 'out')),
    decision         text        NOT NULL CHECK (decision IN ('through', 'secondary', 'back')),
    reason           text        NOT NULL DEFAULT '',
    vehicle          text        NOT NULL,
    plate            text        NOT NULL DEFAULT '',
    PRIMARY KEY (person_id, crossed_at, crossing_id)
) PARTITION BY RANGE (crossed_at);
CREATE TABLE crossing_default PARTITION OF crossing DEFAULT;
CREATE INDEX crossing_pass ON crossing (pass_id, crossed_at);
CREATE INDEX crossing_station ON crossing (station_id, crossed_at);
