-- depends: nothing
-- Someone on the way from one commune to another, as both communes see it. Written when the journey is declared, moved on by each
-- crossing, closed when the commune of destination has met them. It carries what the communes need, so their list is one index read.
CREATE TABLE arrival (
    person_id          bigint      NOT NULL,  -- negative: not in the register
    declaration_id     uuid        NOT NULL,
    declared_at        timestamptz NOT NULL,
    moved_at           timestamptz NOT NULL,  -- the last news of any kind
    crossed_at         timestamptz,           -- the last crossing
    met_at             timestamptz,
    met_by             bigint,
    arrives_on         date        NOT NULL,
    origin_area        integer     NOT NULL,
    destination_area   integer     NOT NULL,
    station_id         integer,
    birth_year         smallint    NOT NULL,
    state              text        NOT NULL DEFAULT 'declared'
                       CHECK (state IN ('declared', 'on_the_way', 'held', 'turned_back', 'met', 'withdrawn')),
    outcome            text        NOT NULL,
    differing          text[]      NOT NULL DEFAULT '{}',
    warnings           text[]      NOT NULL DEFAULT '{}',  -- symptoms, contact, positive test
    full_name          text        NOT NULL,
    phone              text        NOT NULL DEFAULT '',
    destination_detail text        NOT NULL DEFAULT '',
    plate              text        NOT NULL DEFAULT '',
    met_note           text        NOT NULL DEFAULT '',
    PRIMARY KEY (person_id, declaration_id)
);
CREATE INDEX arrival_coming ON arrival (destination_area, moved_at);
CREATE INDEX arrival_leaving ON arrival (origin_area, moved_at);
CREATE INDEX arrival_declaration ON arrival (declaration_id);
