-- depends: register 0013_one_telephone
-- Since when a change waits to be added up: so that whoever reads is told how old the sums are.
ALTER TABLE population_change ADD COLUMN noted_at timestamptz NOT NULL DEFAULT now();
