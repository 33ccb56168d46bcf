-- depends: nothing
-- A person as the register holds them now (Law on Citizen Identification 2014 art. 9, Law on Identity 2023 art. 9).
-- Columns are ordered by alignment, widest first, and what nearly everyone has stands in this row instead of in a table of its
-- own: 100 million rows make a row's header cost gigabytes (docs/decisions/0006-a-country-in-forty-gigabytes.md).
CREATE TABLE person (
    person_id       bigint      NOT NULL,
    household_id    bigint,
    father_id       bigint,
    mother_id       bigint,
    spouse_id       bigint,
    recorded_at     timestamptz NOT NULL DEFAULT now(),  -- since when the register says so
    valid_from      date        NOT NULL,                -- since when it is so
    birth_date      date        NOT NULL,                -- the first day of what is known, see birth_precision
    status_on       date,
    card_issued_on  date,
    birth_area      integer,                             -- where the birth was registered
    native_area     integer,                             -- quê quán
    home_area       integer,                             -- the commune of permanent residence; of one who died, the last one
    home_since      date,                                -- null: no permanent residence lasts
    given_key       integer     NOT NULL,                -- dancu/text/sounds.py: how the last word of the name sounds
    ends_key        integer     NOT NULL,                -- its first and its last word
    sex             smallint    NOT NULL CHECK (sex IN (1, 2)),
    status          smallint    NOT NULL DEFAULT 1 CHECK (status IN (1, 2, 3)),  -- alive, dead, missing
    marital_status  smallint    CHECK (marital_status BETWEEN 1 AND 5),
    relation        smallint    CHECK (relation BETWEEN 1 AND 9),                -- to the head of the household
    birth_precision "char"      NOT NULL DEFAULT 'D' CHECK (birth_precision IN ('D', 'M', 'Y')),
    pin             text,
    cmnd            text,
    phone           text,
    full_name       text        NOT NULL,
    home_address    text,                                -- what comes before the commune
    ethnicity       text,
    religion        text,
    nationality     text        NOT NULL DEFAULT 'VNM',
    blood_group     text,
    father_name     text,                                -- of parents whom the register does not hold
    mother_name     text,
    email           text
);

-- Spouses whom the register does not hold, legal representatives, and the numbers of parents whom it does not hold.
CREATE TABLE named_relative (
    person_id   bigint NOT NULL,
    kind        text   NOT NULL CHECK (kind IN ('father', 'mother', 'spouse', 'representative')),
    full_name   text   NOT NULL,
    number      text,
    nationality text,
    PRIMARY KEY (person_id, kind)
);

-- Household files whose number is not plain digits. Of all others the household_id says the number: 1 and its digits, so that
-- file 000123 is 1000123, and no row is needed (nearly one for each three people). These here have negative ids. The head is
-- the member whose relation is 1.
CREATE TABLE household (
    household_id bigint NOT NULL CHECK (household_id < 0),
    household_no text   NOT NULL
);

-- Where a person lives and lived: permanent (thường trú), temporary (tạm trú), temporary absence, current, stay. Decree 62/2021.
-- Of permanent ones only those that ended: the one that lasts stands in the person's row.
CREATE TABLE residence (
    person_id    bigint  NOT NULL,
    valid_from   date    NOT NULL,
    valid_to     date,                                   -- exclusive; null while it lasts
    until        date,                                   -- the agreed end of a temporary residence
    area_id      integer NOT NULL,                       -- the commune, as it was called at the end of the period or is now
    kind         smallint NOT NULL CHECK (kind BETWEEN 1 AND 5),
    address      text    NOT NULL DEFAULT ''
);

-- Versions of a person's row that no longer stand: superseded in time (valid) or in knowledge (recorded), or both.
-- person_as_of() reads these and the current row; a person never changed has none.
CREATE TABLE person_history (
    person_id     bigint      NOT NULL,
    version_id    uuid        NOT NULL,
    valid_from    date        NOT NULL,
    valid_to      date,                                  -- exclusive; null: no end known
    recorded_at   timestamptz NOT NULL,
    superseded_at timestamptz,                           -- null: still what the register says of that past period
    record        jsonb       NOT NULL,                  -- the person's row
    PRIMARY KEY (person_id, version_id)
);

-- Numbers a person held before: cancelled PINs, earlier CMNDs.
CREATE TABLE former_number (
    person_id   bigint NOT NULL,
    kind        text   NOT NULL CHECK (kind IN ('pin', 'cmnd')),
    number      text   NOT NULL,
    ended_on    date   NOT NULL,
    replaced_by text,
    reason      text   NOT NULL,
    PRIMARY KEY (person_id, kind, number)
);

-- What happened to a person's record, and on what legal basis.
CREATE TABLE life_event (
    person_id   bigint      NOT NULL,
    event_id    uuid        NOT NULL,
    kind        text        NOT NULL,
    happened_on date        NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    recorded_by bigint      NOT NULL,                    -- the official; 0: an import
    basis       text        NOT NULL,
    changes     jsonb       NOT NULL,                    -- field: [old, new]
    PRIMARY KEY (person_id, event_id)
);

-- Files that were loaded: a second run of the same file is told so.
CREATE TABLE import_run (
    import_id   uuid        PRIMARY KEY,
    file_name   text        NOT NULL,
    sha256      text        NOT NULL,
    started_at  timestamptz NOT NULL,
    finished_at timestamptz NOT NULL,
    rows_read   bigint      NOT NULL,
    rows_new    bigint      NOT NULL,
    rows_changed bigint     NOT NULL,
    rows_rejected bigint    NOT NULL
);

CREATE SEQUENCE person_id_seq AS bigint CACHE 1000;
CREATE SEQUENCE household_id_seq AS bigint CACHE 1000;

-- A large first import builds these after the rows (dancu/register/importing/loading.sql), from these very definitions. The keys that only
-- grow are packed full. What many people share (a sound and a birth date, a commune) is stored once by the B-tree.
ALTER TABLE person ADD CONSTRAINT person_pkey PRIMARY KEY (person_id) WITH (fillfactor = 100);
CREATE UNIQUE INDEX person_pin ON person (pin);
CREATE INDEX person_cmnd ON person (cmnd) WHERE cmnd IS NOT NULL;
CREATE INDEX person_phone ON person (phone) WHERE phone IS NOT NULL;
CREATE INDEX person_household ON person (household_id);
CREATE INDEX person_given_born ON person (given_key, birth_date);
CREATE INDEX person_ends_home ON person (ends_key, home_area);
CREATE INDEX person_home_born ON person (home_area, birth_date);
CREATE INDEX person_year_born ON person (ends_key, birth_date) WHERE birth_precision = 'Y';  -- few, but thousands on one day
ALTER TABLE household ADD CONSTRAINT household_pkey PRIMARY KEY (household_id) WITH (fillfactor = 100);
CREATE UNIQUE INDEX household_no ON household (household_no);
ALTER TABLE residence ADD CONSTRAINT residence_pkey PRIMARY KEY (person_id, kind, valid_from);
CREATE INDEX former_number_number ON former_number (number);
