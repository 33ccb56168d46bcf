-- edition --
-- Which edition of the list the database holds; changes with every import that changes anything
SELECT edition FROM area_edition

-- new_edition --
-- Tell every process that its index is out of date
INSERT INTO area_edition (edition, imported_at) VALUES (gen_random_uuid(), now())
ON CONFLICT (only_row) DO UPDATE SET edition = EXCLUDED.edition, imported_at = EXCLUDED.imported_at

-- areas --
-- Every unit of every era, parents before their children
SELECT area_id, code, valid_from, valid_to, level, kind, name, short_name, aliases, path, search_key,
       latitude, longitude, parent_id, province_id, district_id, ancestors
FROM area ORDER BY level, area_id

-- successors --
-- What became what
SELECT old_id, new_id, main FROM area_successor ORDER BY old_id, NOT main, new_id

-- lock --
-- One import at a time; whoever reads or refers to a unit does not wait
LOCK TABLE area IN SHARE ROW EXCLUSIVE MODE

-- write_areas --
-- New units, and what is new about known ones; the id of a (code, valid_from) never changes
INSERT INTO area (area_id, code, valid_from, valid_to, level, kind, name, short_name, aliases, path, search_key,
                  latitude, longitude, parent_id, province_id, district_id, ancestors)
SELECT area_id, code, valid_from, valid_to, level, kind, name, short_name, aliases, path, search_key,
       latitude, longitude, parent_id, province_id, district_id, ancestors
FROM jsonb_to_recordset(%(areas)s::jsonb) AS given (
    area_id integer, code text, valid_from date, valid_to date, level smallint, kind text, name text, short_name text,
    aliases text[], path text, search_key text, latitude double precision, longitude double precision,
    parent_id integer, province_id integer, district_id integer, ancestors integer[])
ON CONFLICT (code, valid_from) DO UPDATE SET
    valid_to = EXCLUDED.valid_to, level = EXCLUDED.level, kind = EXCLUDED.kind, name = EXCLUDED.name,
    short_name = EXCLUDED.short_name, aliases = EXCLUDED.aliases, path = EXCLUDED.path, search_key = EXCLUDED.search_key,
    latitude = EXCLUDED.latitude, longitude = EXCLUDED.longitude, parent_id = EXCLUDED.parent_id,
    province_id = EXCLUDED.province_id, district_id = EXCLUDED.district_id, ancestors = EXCLUDED.ancestors

-- forget_other_successors --
-- Of the old units that are given, the links that are not
DELETE FROM area_successor
WHERE old_id = ANY(%(old_ids)s::integer[])
  AND NOT EXISTS (
      SELECT FROM unnest(%(old_ids)s::integer[], %(new_ids)s::integer[], %(mains)s::boolean[]) AS given (old_id, new_id, main)
      WHERE given.old_id = area_successor.old_id AND given.new_id = area_successor.new_id)

-- write_successors --
-- What became what, where it was not known or was known otherwise
INSERT INTO area_successor (old_id, new_id, main)
SELECT old_id, new_id, main
FROM unnest(%(old_ids)s::integer[], %(new_ids)s::integer[], %(mains)s::boolean[]) AS given (old_id, new_id, main)
ON CONFLICT (old_id, new_id) DO UPDATE SET main = EXCLUDED.main WHERE area_successor.main <> EXCLUDED.main
