-- depends: isolation 0004_declared_before
-- Somebody who declared signs of an illness was given no pass and told not to travel; both communes see it at once.
ALTER TABLE arrival DROP CONSTRAINT arrival_state_check;
ALTER TABLE arrival ADD CONSTRAINT arrival_state_check
    CHECK (state IN ('declared', 'told_to_stay', 'on_the_way', 'held', 'turned_back', 'met', 'withdrawn'));
