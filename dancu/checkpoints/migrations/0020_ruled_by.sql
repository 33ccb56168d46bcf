-- depends: checkpoints 0019_one_telephone
-- By which rule a crossing had its colour, whatever was decided in spite of it: "passage 2 3 red" is the third clause of version 2, 0 none
ALTER TABLE crossing ADD COLUMN ruled_by text NOT NULL DEFAULT '';
