-- depends: nothing
-- A question for people to answer: are these the same person? On the left what somebody sent, or a person of the register;
-- on the right the persons who may be meant.
CREATE TABLE review_case (
    case_id       bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    opened_at     timestamptz NOT NULL DEFAULT now(),
    decided_at    timestamptz,
    claimed_until timestamptz,                          -- until when nobody else is given this case
    claimed_by    bigint,                               -- the official who has it before them, or had it last
    left_person   bigint,                               -- of a duplicate
    person_id     bigint,                               -- decided 'same': who it is
    value         integer     NOT NULL DEFAULT 1,       -- how many records hang on it: rows of review_record
    nearness      real        NOT NULL,                 -- bits between the best score and the threshold
    area_id       integer,                              -- the commune that was declared, where nobody may be meant who lives somewhere
    area_ids      integer[]   NOT NULL,                 -- where its people live: whose jurisdiction holds all of them may answer
    answered_by   bigint[]    NOT NULL DEFAULT '{}',    -- the officials whose answers stand
    kind          text        NOT NULL CHECK (kind IN ('record', 'declaration', 'duplicate', 'correction')),
    status        text        NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'waiting', 'disputed', 'decided')),
    decision      text        CHECK (decision IN ('same', 'different', 'not_sure')),
    question      text        NOT NULL UNIQUE,          -- kind, sender and what was sent, in one form: the same question is one case
    source        text        NOT NULL,                 -- the file or service it came from
    sender        text        NOT NULL,
    province      text        NOT NULL,
    declared      jsonb       NOT NULL,
    candidates    jsonb       NOT NULL                  -- [{person_id, score, waterfall: [{field, level, weight}]}], best first
);
CREATE INDEX review_case_queue ON review_case (value DESC, nearness, case_id) WHERE status <> 'decided';
CREATE INDEX review_case_areas ON review_case USING gin (area_ids) WHERE status <> 'decided';
CREATE INDEX review_case_held ON review_case (claimed_by) WHERE status <> 'decided' AND claimed_by IS NOT NULL;
CREATE INDEX review_case_decided ON review_case (decided_at) WHERE status = 'decided';

-- The records that hang on a case.
CREATE TABLE review_record (
    case_id   bigint NOT NULL,
    record_id text   NOT NULL,
    PRIMARY KEY (case_id, record_id)
);

-- What an official answered. An answer taken back stays, with when.
CREATE TABLE review_answer (
    case_id     bigint      NOT NULL,
    answer_id   uuid        NOT NULL,
    answered_at timestamptz NOT NULL DEFAULT now(),
    undone_at   timestamptz,
    official_id bigint      NOT NULL,
    person_id   bigint,
    role        text        NOT NULL,
    decision    text        NOT NULL CHECK (decision IN ('same', 'different', 'not_sure')),
    reason      text        NOT NULL,
    PRIMARY KEY (case_id, answer_id)
);
CREATE UNIQUE INDEX review_answer_once ON review_answer (case_id, official_id) WHERE undone_at IS NULL;
CREATE INDEX review_answer_of ON review_answer (official_id, answered_at);

-- The loop of 2022: a site lists a record that disagrees with the register, the police verify and sign, the site updates.
CREATE TABLE correction (
    correction_id bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    listed_at     timestamptz NOT NULL DEFAULT now(),
    verified_at   timestamptz,
    updated_at    timestamptz,
    listed_by     bigint      NOT NULL,                 -- the official; 0: dancu, from a batch
    verified_by   bigint,
    updated_by    bigint,
    person_id     bigint,                               -- whose record it may be, where somebody was found
    facility_id   bigint,
    area_id       integer     NOT NULL,                 -- the site's commune
    home_area     integer     NOT NULL,                 -- whose police verify: where the person lives, else the site's commune
    times_reopened integer    NOT NULL DEFAULT 0,
    status        text        NOT NULL DEFAULT 'listed' CHECK (status IN ('listed', 'verified', 'updated')),
    verdict       text        CHECK (verdict IN ('record_wrong', 'register_wrong', 'not_this_person', 'cannot_tell')),
    site          text        NOT NULL,
    record_id     text        NOT NULL,                 -- the site's own
    note          text        NOT NULL DEFAULT '',
    declared      jsonb       NOT NULL,                 -- what the site holds
    rights        jsonb,                                -- verified 'record_wrong': what is right, of the fields that differ only
    UNIQUE (site, record_id),
    CHECK ((status = 'listed') = (verdict IS NULL))
);
CREATE INDEX correction_of_site ON correction (area_id, status, listed_at, correction_id);
CREATE INDEX correction_of_police ON correction (home_area, listed_at, correction_id) WHERE status = 'listed';
CREATE INDEX correction_of_facility ON correction (facility_id, status, listed_at, correction_id) WHERE facility_id IS NOT NULL;

-- What happened to it: listed, identified, verified, updated, reopened; by whom.
CREATE TABLE correction_event (
    correction_id bigint      NOT NULL,
    event_id      uuid        NOT NULL,
    at            timestamptz NOT NULL DEFAULT now(),
    official_id   bigint      NOT NULL,
    kind          text        NOT NULL,
    verdict       text,
    note          text        NOT NULL DEFAULT '',
    PRIMARY KEY (correction_id, event_id)
);
