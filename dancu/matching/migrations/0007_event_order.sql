-- Events of one transaction stand in the order in which they happened.
ALTER TABLE correction_event ALTER COLUMN at SET DEFAULT clock_timestamp();
