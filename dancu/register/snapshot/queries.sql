-- range --
-- The least and the greatest person_id
SELECT min(person_id) AS first, max(person_id) AS last FROM person

-- people --
-- Some people, each once for every home that they have beside the permanent one: temporary, current, stay
SELECT {columns}, p.given_key, p.ends_key, r.area_id AS lives_in FROM person p
LEFT JOIN residence r ON r.person_id = p.person_id AND {lasts} AND r.{which}
WHERE p.{which}

-- former --
-- The numbers that they held before
SELECT f.person_id, f.number FROM former_number f WHERE f.{which}

-- register_copy --
-- A copy is whole
INSERT INTO person_copy (copy_id, snapshot, people) VALUES (%(copy_id)s, %(snapshot)s::pg_snapshot, %(people)s)

-- copies --
-- Those that were made of this register and may still be used
SELECT copy_id, made_at, snapshot::text AS snapshot, people FROM person_copy
WHERE made_at > now() - make_interval(days => %(days)s) ORDER BY made_at DESC

-- forget_old --
-- What nobody asks for any more: copies that are too old, and changes that every other copy has
DELETE FROM person_copy WHERE made_at < now() - make_interval(days => %(days)s);
DELETE FROM person_change WHERE changed_in < (SELECT min(pg_snapshot_xmin(snapshot)) FROM person_copy)
