-- depends: isolation 0010_one_answer, checkpoints 0009_belongings
-- Twins of two sexes, without a number and of one telephone, are two.
ALTER TABLE arrival ADD COLUMN sex smallint NOT NULL DEFAULT 0;  -- as declared; 0: not told
UPDATE arrival a SET sex = d.sex FROM declaration d WHERE d.person_id = a.person_id AND d.declaration_id = a.declaration_id AND d.sex IS NOT NULL;
