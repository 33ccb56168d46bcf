-- depends: checkpoints 0015_what_releases
-- A declaration that took the place of a pass of one who is not, as stewards found since, whoever declared it: that pass counts, as long as they
-- are two. It names a pass and a declaration alone, so that it holds whoever those stand under.
CREATE TABLE stray_supersession (
    pass_id        bigint      NOT NULL,
    declaration_id uuid        NOT NULL,   -- the newer one
    superseded_at  timestamptz NOT NULL,
    PRIMARY KEY (pass_id, declaration_id)
);
