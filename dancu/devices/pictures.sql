-- begin --
-- The first piece of a picture comes; zero rows: it has begun, or the device has sent too many that nothing belongs to
INSERT INTO device_picture (device_id, sha256, bytes)
SELECT %(device_id)s, %(sha256)s, %(bytes)s
WHERE (SELECT count(*) FROM device_picture WHERE device_id = %(device_id)s AND named_at IS NULL) < %(most)s
ON CONFLICT DO NOTHING

-- picture --
-- How much of it is there; zero rows: nothing
SELECT bytes, have, is_whole FROM device_picture WHERE device_id = %(device_id)s AND sha256 = %(sha256)s

-- held --
-- The same, and nobody else adds to it meanwhile
SELECT bytes, have, is_whole FROM device_picture WHERE device_id = %(device_id)s AND sha256 = %(sha256)s FOR NO KEY UPDATE

-- add_piece --
-- A piece that begins where the others end
INSERT INTO device_picture_piece (device_id, sha256, begins, content) VALUES (%(device_id)s, %(sha256)s, %(begins)s, %(content)s)

-- has --
-- How much of it is there now
UPDATE device_picture SET have = %(have)s, is_whole = %(is_whole)s, changed_at = now()
WHERE device_id = %(device_id)s AND sha256 = %(sha256)s

-- pieces --
-- All of it, in order
SELECT content FROM device_picture_piece WHERE device_id = %(device_id)s AND sha256 = %(sha256)s ORDER BY begins

-- named --
-- Something was recorded with it
UPDATE device_picture SET named_at = now() WHERE device_id = %(device_id)s AND sha256 = %(sha256)s AND named_at IS NULL

-- forget --
-- A picture and its pieces
WITH gone AS (DELETE FROM device_picture WHERE device_id = %(device_id)s AND sha256 = %(sha256)s)
DELETE FROM device_picture_piece WHERE device_id = %(device_id)s AND sha256 = %(sha256)s

-- forget_old --
-- Pictures that came long ago
WITH gone AS (
    DELETE FROM device_picture WHERE changed_at < %(before)s RETURNING device_id, sha256
)
DELETE FROM device_picture_piece p USING gone WHERE p.device_id = gone.device_id AND p.sha256 = gone.sha256
