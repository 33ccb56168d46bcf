-- depends: checkpoints 0009_belongings
-- A crossing is taken back, corrected and found again by its id, which is no part of what finds it otherwise.
CREATE INDEX crossing_by_id ON crossing (crossing_id);
