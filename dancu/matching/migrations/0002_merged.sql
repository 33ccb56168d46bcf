-- depends: matching 0001_review
-- A case outlives the merging of its people: which of the candidates was meant stays known, though person_id follows the kept record.
ALTER TABLE review_case ADD COLUMN chosen smallint;  -- decided 'same': the place in `candidates`, from 1
CREATE INDEX review_case_person ON review_case (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX review_case_left ON review_case (left_person) WHERE left_person IS NOT NULL;
CREATE INDEX review_answer_person ON review_answer (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX correction_person ON correction (person_id) WHERE person_id IS NOT NULL;
