-- note_run --
-- That this file was loaded
INSERT INTO import_run (import_id, file_name, sha256, started_at, finished_at, rows_read, rows_new, rows_changed, rows_rejected)
VALUES (%(import_id)s, %(file_name)s, %(sha256)s, %(started_at)s, clock_timestamp(), %(rows_read)s, %(rows_new)s, %(rows_changed)s, %(rows_rejected)s)

-- register_is_empty --
-- A first load may build the indexes afterwards
SELECT NOT EXISTS (SELECT FROM person) AS empty
