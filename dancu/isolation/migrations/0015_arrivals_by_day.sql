-- The journeys that communes expect or met already, by where they lead (0) or begin (1), the day of arrival, and how far they are
-- (dancu/isolation/sums.py).
INSERT INTO arrivals_change (area_id, leaving, arrives_on, state, journeys)
SELECT area_id, leaving, arrives_on,
       array_position(ARRAY['declared', 'told_to_stay', 'on_the_way', 'held', 'turned_back', 'met', 'withdrawn'], state), count(*)
FROM (SELECT destination_area AS area_id, 0 AS leaving, arrives_on, state FROM arrival
      UNION ALL SELECT origin_area, 1, arrives_on, state FROM arrival) AS journeys
GROUP BY 1, 2, 3, 4;
