-- What cannot be of a person, whoever writes the row: the actions refuse it in words (register/facts.py, events/checks.py), these are for
-- whatever does not go by them. NOT VALID: an old register is not read for it; the migration then validates each by itself, and one that old rows
-- break holds for new rows alone. `dancu population recount` says which rows those are.
--
-- Nobody is recorded before they were born or died: the day of recording is the country's own.
ALTER TABLE person
    ADD CONSTRAINT person_has_name CHECK (full_name <> '') NOT VALID,
    ADD CONSTRAINT person_birth_known CHECK (birth_date >= '1880-01-01') NOT VALID,
    ADD CONSTRAINT person_born_by_then CHECK (birth_date <= (recorded_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date) NOT VALID,
    ADD CONSTRAINT person_gone_after_birth CHECK (status_on >= birth_date) NOT VALID,
    ADD CONSTRAINT person_gone_by_then CHECK (status_on <= (recorded_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date) NOT VALID;

ALTER TABLE residence
    ADD CONSTRAINT residence_since_known CHECK (valid_from >= '1880-01-01') NOT VALID,
    ADD CONSTRAINT residence_in_order CHECK (valid_to > valid_from) NOT VALID,
    ADD CONSTRAINT residence_agreed_in_order CHECK (until > valid_from) NOT VALID;
