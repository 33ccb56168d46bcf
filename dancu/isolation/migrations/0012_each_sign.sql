-- depends: isolation 0011_sex, checkpoints 0009_belongings
-- Each sign of an illness that was declared counts for its own time, whatever was declared beside it: {"symptoms": until when, ...}. ill_until and
-- warned_until stay the last of these, by which a list is ordered.
ALTER TABLE arrival
    ADD COLUMN each_until      jsonb NOT NULL DEFAULT '{}',  -- of what was declared for this journey
    ADD COLUMN elsewhere_until jsonb NOT NULL DEFAULT '{}';  -- and elsewhere

-- Of before: the days of the policy as it stood until this migration.
UPDATE arrival a SET each_until = jsonb_strip_nulls(jsonb_build_object(
    'symptoms', CASE WHEN cardinality(d.symptoms) > 0 THEN d.declared_at + interval '3 days' END,
    'contact', CASE WHEN d.contact THEN d.declared_at + interval '14 days' END,
    'positive', CASE WHEN d.test_result = 'positive' THEN greatest(
        d.declared_at + interval '3 days', coalesce((d.tested_on + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh', d.declared_at) + interval '14 days') END))
FROM declaration d WHERE d.person_id = a.person_id AND d.declaration_id = a.declaration_id AND a.ill_until IS NOT NULL;

UPDATE arrival a SET elsewhere_until = (
    SELECT coalesce(jsonb_object_agg(sign, a.warned_until), '{}') FROM unnest(a.warned_elsewhere) AS sign WHERE sign <> ALL(a.found_elsewhere))
WHERE a.warned_until IS NOT NULL;
