-- depends: isolation 0012_each_sign, checkpoints 0012_tells
-- Who besides the commune can say that it was this person who travelled: anybody may declare in anybody's name, and the commune then writes alone
-- that it met them. All journeys are opened by that no more.
ALTER TABLE arrival
    ADD COLUMN vouched_by bigint,  -- the official who keyed it in from the card; 0: they signed in themselves; null: nobody has shown who they are
    ADD COLUMN crossed_by bigint;  -- the official who recorded the crossing of crossed_at

UPDATE arrival a SET vouched_by = coalesce(d.official_id, 0)
FROM declaration d LEFT JOIN pass p ON p.person_id = d.person_id AND p.declaration_id = d.declaration_id
WHERE d.person_id = a.person_id AND d.declaration_id = a.declaration_id AND (d.official_id IS NOT NULL OR p.tells AND d.person_id > 0);

UPDATE arrival a SET crossed_by = c.official_id
FROM crossing c WHERE c.person_id = a.person_id AND c.crossed_at = a.crossed_at AND c.station_id = a.station_id;

-- What disagrees is told field by field only of whom somebody vouches for: it could be tried in another's name.
UPDATE arrival SET differing = '{}' WHERE outcome = 'disagrees' AND vouched_by IS NULL AND differing <> '{}';
