-- areas --
-- How many notes each area has
SELECT area_id, count(*) AS notes FROM example_note GROUP BY area_id ORDER BY area_id
