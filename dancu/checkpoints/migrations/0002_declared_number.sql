-- depends: checkpoints 0001_checkpoints
-- A citizen finds the passes that were declared with a number and a telephone.
CREATE INDEX declaration_number ON declaration (number, declared_at) WHERE number <> '';
