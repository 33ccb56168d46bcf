-- depends: register 0005_events
-- Who lives in a commune for now without being registered there: an official of it searches among them too.
CREATE INDEX residence_lasting ON residence (area_id, person_id) WHERE valid_to IS NULL;

-- A record that was merged into another is found by the name and birth date that it had: whoever asks by them is led to the one that stayed.
CREATE INDEX person_merge_named ON person_merge (((other ->> 'given_key')::integer), (other ->> 'birth_date') COLLATE "C") WHERE undone_at IS NULL;
