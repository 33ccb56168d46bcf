-- depends: checkpoints 0012_tells
-- Whether it was declared with the telephone that the register held, on that day, of whom it recognised: a record is corrected and merged later, but
-- what was declared of an illness stays theirs.
ALTER TABLE declaration ADD COLUMN phone_agrees boolean NOT NULL DEFAULT false;
