-- depends: matching 0004_correction_place
-- A record to be corrected is a row of `correction`, which has a loop of its own; it never was a question of who is meant.
DELETE FROM review_case WHERE kind = 'correction';
ALTER TABLE review_case DROP CONSTRAINT review_case_kind_check;
ALTER TABLE review_case ADD CONSTRAINT review_case_kind_check CHECK (kind IN ('record', 'declaration', 'duplicate'));
