-- people --
-- Everybody whom one of the sieves lets through
SELECT NULL, {columns}, p.given_key, p.ends_key FROM person p WHERE {sieves}

-- other_homes --
-- Who lives somewhere for now, away from their permanent residence: temporary (2), current (4), stay (5); and where
SELECT person_id, area_id FROM residence WHERE valid_to IS NULL AND kind IN (2, 4, 5)
