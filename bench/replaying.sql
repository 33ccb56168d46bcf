-- Crossings of one day at stations of a bench, with what was declared
INSERT INTO station (station_id, name, area_id, latitude, longitude)
SELECT 1000000 + n, 'Bench ' || n, 0, 10, 106 FROM generate_series(1, %(stations)s) AS n;

INSERT INTO declaration (person_id, declaration_id, declared_at, departs_on, arrives_on, origin_area, destination_area,
                         birth_year, contact, declared_by, number_kind, full_name, reason, vehicle, symptoms, test_result, outcome,
                         levels)
SELECT -n, md5(n::text)::uuid, %(at)s - interval '1 day', current_date, current_date, 0, 0, 1980, n %% 37 = 0, 'self', 'none', '',
       (ARRAY['home', 'work', 'goods', 'health', 'family', 'study', 'duty', 'other'])[n %% 8 + 1],
       (ARRAY['motorbike', 'car', 'truck', 'bus'])[n / 8 %% 4 + 1],
       CASE WHEN n %% 41 = 0 THEN '{cough}'::text[] ELSE '{}' END, CASE WHEN n %% 997 = 0 THEN 'positive' ELSE '' END,
       (ARRAY['confirmed', 'confirmed', 'confirmed', 'differences', 'not_found', 'passport'])[n / 32 %% 6 + 1], '{}'
FROM generate_series(1, %(crossings)s) AS n;

INSERT INTO pass (person_id, pass_id, declaration_id, issued_at, expires_at, qr_text)
SELECT -n, n, md5(n::text)::uuid, %(at)s - interval '1 day', %(at)s + interval '2 days', ''
FROM generate_series(1, %(crossings)s) AS n;

INSERT INTO crossing (person_id, crossed_at, crossing_id, pass_id, declaration_id, official_id, station_id, origin_area,
                      destination_area, direction, decision, vehicle, plate, received_at, ruled_by)
SELECT -n, %(at)s + n * interval '1 day' / %(crossings)s, md5('c' || n)::uuid, n, md5(n::text)::uuid, 1,
       1000001 + n %% %(stations)s, 0, 0, 'in', 'through', (ARRAY['motorbike', 'car', 'truck', 'bus'])[n / 8 %% 4 + 1],
       '51A' || n / 20, %(at)s + n * interval '1 day' / %(crossings)s,
       CASE WHEN n / 32 %% 6 > 2 THEN 'passage 2 6 amber' WHEN n %% 997 = 0 THEN 'passage 2 4 red'
            WHEN n %% 37 = 0 THEN 'passage 2 7 amber' WHEN n %% 41 = 0 THEN 'passage 2 8 amber'
            ELSE 'passage 2 0 green' END
FROM generate_series(1, %(crossings)s) AS n;

ANALYZE station, declaration, pass, crossing
