-- depends: checkpoints 0002_declared_number
-- A declaration that may mean somebody of the register is put before people after its citizen was answered; what they decide is followed.
-- docs/decisions/0011-doubtful-declarations.md
ALTER TABLE declaration
    ADD COLUMN doubtful boolean NOT NULL DEFAULT false,  -- still to be put before people
    ADD COLUMN told     jsonb;                           -- {outcome, levels} as the citizen was answered, where people decided otherwise since
CREATE INDEX declaration_doubtful ON declaration (declared_at) WHERE doubtful;
