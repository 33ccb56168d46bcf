-- depends: matching 0006_to_merge
-- Events of one transaction stand in the order in which they happened.
ALTER TABLE correction_event ALTER COLUMN at SET DEFAULT clock_timestamp();
