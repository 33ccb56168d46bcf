-- Who lives in a commune for now without being registered there: an official of it searches among them too.
CREATE INDEX residence_lasting ON residence (area_id, person_id) WHERE valid_to IS NULL;
