-- depends: checkpoints 0017_release_counts
-- What several replaced is replaced by each of them: by what its own sender declared anew, and by what the citizen did, signed in, or an officer keyed
-- in. Who sent it is told of their own alone, so that a stranger's session learns nothing of the others.
ALTER TABLE supersession DROP CONSTRAINT supersession_pkey, ADD PRIMARY KEY (person_id, pass_id, declaration_id);

-- Withdrawn by a citizen after an official had revoked it; otherwise a withdrawal is a revocation by nobody's hand but the citizen's. Whoever has no
-- more than the address of a pass is told of what citizens did with it alone, and of that whatever officials did before.
CREATE TABLE withdrawal (
    person_id    bigint      NOT NULL,
    pass_id      bigint      NOT NULL,
    withdrawn_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (person_id, pass_id)
);
COMMENT ON COLUMN withdrawal.pass_id IS 'goes with pass';
