-- depends: register 0014_age_of_counts
-- Who is dead or missing may travel with a pass from before: of all who travel they are looked for every minute.
CREATE INDEX person_not_alive ON person (person_id) WHERE status <> 1;
