-- depends: matching 0005_kinds
-- Two records that are one person's and are not merged yet: merging makes the two columns the same.
CREATE INDEX review_case_to_merge ON review_case (decided_at)
    WHERE kind = 'duplicate' AND decision = 'same' AND status = 'decided' AND left_person <> person_id;
