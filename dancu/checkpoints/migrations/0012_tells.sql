-- depends: checkpoints 0011_declarer_phone
-- Whether the pass and its page tell if the declared identity agrees with the register: only to whom has shown to be this person, or where an
-- officer keyed it in. Passes of before told everybody.
ALTER TABLE pass ADD COLUMN tells boolean NOT NULL DEFAULT true;
