-- travelling --
-- Whom the register recognised who holds a pass that has time left, and since when the oldest of these counts
SELECT array_agg(DISTINCT person_id) FILTER (WHERE person_id > 0) AS holders, min(issued_at) AS since FROM pass WHERE expires_at > now()

-- strangers --
-- What unknown ones said of themselves of whom something is remembered
WITH {remembered}
SELECT DISTINCT person_id, number, phone, declarer_phone, full_name, birth_year, birth_month, birth_day FROM remembered WHERE person_id < 0

-- to_ask_about --
-- Passes that have time left, `is_remembered`: of whose bearer something may be remembered: they, or whoever gave the same number, telephone, plate and
-- year, or birth date and name, were stopped and nobody cleared it, or declared an illness since then; or somebody of their vehicle was stopped lately;
-- or who is one of `people`; or whose journey is one of those that have `ended`. The others: what was declared did not agree with the register in full.
-- What a steward found to be of somebody whom the register knows is theirs; `otherwise`: by which other names those remembered are found
WITH {remembered}, live AS MATERIALIZED (
    SELECT p.pass_id, d.declaration_id, d.outcome, {told} FROM pass p JOIN declaration d USING (person_id, declaration_id) WHERE p.expires_at > now()
), known_as AS MATERIALIZED (
    SELECT l.pass_id, l.person_id, l.number, l.phone, l.declarer_phone, l.plate, l.full_name, l.birth_year, l.birth_month, l.birth_day, l.given_key FROM live l
    UNION ALL
    SELECT l.pass_id, {told} FROM live l JOIN declaration d USING (person_id) WHERE d.told IS NOT NULL AND d.declaration_id <> l.declaration_id
), named AS (
    SELECT person_id, full_name, birth_year, birth_month, birth_day, given_key FROM remembered
    UNION ALL
    SELECT * FROM unnest(%(otherwise_people)s::bigint[], %(otherwise_names)s::text[], %(otherwise_years)s::smallint[], %(otherwise_months)s::smallint[],
                         %(otherwise_days)s::smallint[], %(otherwise_keys)s::integer[])
), asked (pass_id) AS (
    SELECT pass_id FROM known_as JOIN remembered USING (person_id)
    UNION SELECT pass_id FROM live WHERE person_id = ANY(%(people)s::bigint[])
    UNION SELECT pass_id FROM live WHERE declaration_id = ANY(%(ended)s::uuid[])
    UNION SELECT l.pass_id FROM known_as l JOIN remembered r USING (number) WHERE number <> ''
    UNION SELECT l.pass_id
          FROM (SELECT pass_id, person_id, unnest(ARRAY[phone, declarer_phone]) AS phone FROM known_as) AS l
          JOIN (SELECT person_id, unnest(ARRAY[phone, declarer_phone]) AS phone FROM remembered) AS r USING (phone)
          WHERE phone <> '' AND {may_be_one}
    UNION SELECT l.pass_id FROM known_as l JOIN remembered r USING (plate, birth_year) WHERE plate <> '' AND {may_be_one}
    UNION SELECT l.pass_id FROM known_as l JOIN lately_stopped r USING (plate) WHERE plate <> '' AND {may_be_one}
    UNION SELECT l.pass_id FROM known_as l JOIN named r USING (birth_year, given_key)
          WHERE {is_one_day} AND ({may_be_one} OR lower(l.full_name) = lower(r.full_name))
    UNION SELECT l.pass_id FROM known_as l JOIN named r USING (birth_year, given_key)
          WHERE {may_be_one} AND lower(l.full_name) = lower(r.full_name)
            AND (l.birth_day IS NULL OR r.birth_day IS NULL OR (1, 1) IN ((l.birth_day, l.birth_month), (r.birth_day, r.birth_month)))
)
SELECT pass_id, true AS is_remembered FROM asked
UNION ALL SELECT pass_id, false FROM live WHERE outcome <> 'confirmed' AND pass_id NOT IN (SELECT pass_id FROM asked)

-- remembered --
-- What those declared of whom something is remembered, and in which vehicles somebody was stopped `lately`
stopped AS MATERIALIZED (
    SELECT s.person_id, s.declaration_id, s.crossed_at, s.plate FROM crossing s
    WHERE s.decision <> 'through'
      AND NOT EXISTS (SELECT FROM retraction t WHERE t.person_id = s.person_id AND t.crossing_id = s.crossing_id)
      AND NOT EXISTS (SELECT FROM release r WHERE {of_this} AND r.clears {counts})
), lately_stopped AS MATERIALIZED (
    SELECT person_id, plate FROM stopped WHERE crossed_at > %(lately)s
    UNION SELECT s.person_id, d.plate FROM stopped s JOIN declaration d USING (person_id, declaration_id) WHERE s.crossed_at > %(lately)s
), remembered AS MATERIALIZED (
    SELECT {told} FROM stopped JOIN declaration d USING (person_id, declaration_id)
    UNION
    SELECT {told} FROM declaration d
    WHERE declared_at > %(ill_since)s AND (contact OR test_result = 'positive' OR cardinality(symptoms) > 0)
)

-- told --
-- By what a traveller is known again
d.person_id, d.number, d.phone, d.declarer_phone, d.plate, d.full_name, d.birth_year, d.birth_month, d.birth_day, d.given_key

-- may_be_one --
-- Whom the register knows as two people are two
(l.person_id < 0 OR r.person_id < 0 OR l.person_id = r.person_id)

-- is_one_day --
-- Day and month, or these the other way round
((l.birth_month, l.birth_day) = (r.birth_month, r.birth_day) OR (l.birth_month, l.birth_day) = (r.birth_day, r.birth_month))
