-- offices --
-- How many notes each office keeps
SELECT office_kind, office_id, count(*) AS notes FROM example_note GROUP BY office_kind, office_id ORDER BY 1, 2
