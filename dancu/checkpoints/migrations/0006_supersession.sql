-- depends: checkpoints 0005_incident
-- A pass that a newer declaration of the same traveller for the same journey has replaced. The newer one may have been given a pass or,
-- where its traveller is ill, none.
CREATE TABLE supersession (
    person_id      bigint      NOT NULL,
    pass_id        bigint      NOT NULL,
    superseded_at  timestamptz NOT NULL,
    declaration_id uuid        NOT NULL,   -- the newer one
    PRIMARY KEY (person_id, pass_id)
);
CREATE INDEX supersession_declaration ON supersession (declaration_id);

-- Issued to somebody who declared signs of an illness: it says where they go, not that they are well.
ALTER TABLE pass ADD COLUMN marked boolean NOT NULL DEFAULT false;
