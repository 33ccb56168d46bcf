-- values --
-- The next of the different values that may not be in the one form, in their order, which an index has
SELECT DISTINCT {column} AS written FROM {table} WHERE {column} > %(after)s AND {column} !~ %(plain)s ORDER BY 1 LIMIT %(most)s

-- rewrite --
-- Every row with one of these values, held in the order of their keys. A row that somebody has just changed otherwise is as they left it
WITH held AS MATERIALIZED (
    SELECT {keys}, written, meant FROM {table} AS it
    JOIN unnest(%(written)s::text[], %(meant)s::text[]) AS said (written, meant) ON it.{column} = said.written
    ORDER BY {keys} FOR NO KEY UPDATE OF it
)
UPDATE {table} AS it SET {column} = held.meant FROM held WHERE {same} AND it.{column} = held.written RETURNING it.person_id

-- kept --
-- The next rows that may hold something to be rewritten, in the order of their keys
SELECT person_id, {id} AS row_id, {column}::text AS kept FROM {table}
WHERE (person_id, {id}) > (%(person_id)s::bigint, %(row_id)s::uuid) AND ({which}) ORDER BY person_id, {id} LIMIT %(most)s

-- rewrite_kept --
-- As they are meant. A row that is no more there went with its person at this moment
UPDATE {table} AS it SET {column} = said.meant::jsonb
FROM unnest(%(person_ids)s::bigint[], %(row_ids)s::uuid[], %(meant)s::text[]) AS said (person_id, row_id, meant)
WHERE it.person_id = said.person_id AND it.{id} = said.row_id
