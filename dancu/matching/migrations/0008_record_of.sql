-- depends: matching 0007_event_order
-- What was decided of a record is asked at every station where somebody may be one and the same.
CREATE INDEX review_record_of ON review_record (record_id);
