-- depends: register 0006_residing
-- The record that stayed is found by the name and birth date that it had itself before the merge, as by those of the record that left.
CREATE INDEX person_merge_kept_named ON person_merge (((history #>> '{kept,given_key}')::integer)) WHERE undone_at IS NULL;
