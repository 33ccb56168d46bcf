-- found --
-- People, and homes of people, that cannot be as the register has them: what is wrong, of how many, and some of whom. `communes`: all that there
-- are or were. Reads the whole register once
SELECT wrong, count(*) AS people, (array_agg(person_id ORDER BY person_id))[:%(most)s] AS some FROM (
    SELECT person_id, wrong.wrong FROM person CROSS JOIN LATERAL (VALUES
        ('home', home_area IS NOT NULL AND home_area <> ALL (%(communes)s::integer[])),
        ('birth_area', birth_area IS NOT NULL AND birth_area <> ALL (%(communes)s::integer[])),
        ('native_area', native_area IS NOT NULL AND native_area <> ALL (%(communes)s::integer[])),
        ('name', full_name !~ '[[:alpha:]]'),
        ('birth', NOT birth_date BETWEEN %(earliest)s AND %(today)s),
        ('gone', status <> 1 AND (status_on IS NULL OR status_on > %(today)s OR status_on < birth_date)),
        ('home_of_dead', status = 2 AND home_since IS NOT NULL),
        ('home_since', home_since < birth_date OR home_since > %(today)s)
    ) AS wrong (wrong, it_is) WHERE it_is
    UNION ALL
    SELECT r.person_id, wrong.wrong FROM residence r LEFT JOIN person p USING (person_id) CROSS JOIN LATERAL (VALUES
        ('residence_area', r.area_id <> ALL (%(communes)s::integer[])),
        ('residence_days', r.valid_to <= r.valid_from OR r.until <= r.valid_from OR r.valid_from > %(today)s),
        ('residence_since', r.valid_from < p.birth_date),
        ('residence_of_dead', p.status = 2 AND r.valid_to IS NULL)
    ) AS wrong (wrong, it_is) WHERE it_is
) AS each GROUP BY wrong ORDER BY wrong

-- between --
-- What somebody's record says that another's contradicts, or one home the other; `whose`: of which people. A marriage that only one of the two tells of
-- is none: many files name only one
SELECT p.person_id, p.spouse_id AS other_id, wrong.wrong FROM person p LEFT JOIN person s ON s.person_id = p.spouse_id
CROSS JOIN LATERAL (VALUES
    ('spouse_gone', s.person_id IS NULL),
    ('married_to_dead', p.marital_status IN (2, 5) AND s.status = 2),
    ('not_mutual', p.marital_status IN (2, 5) AND s.status <> 2 AND (s.marital_status NOT IN (2, 5) OR s.spouse_id <> p.person_id)),
    ('widowed_of_living', p.marital_status = 3 AND s.status <> 2),
    ('widowed_of_anothers', p.marital_status = 3 AND s.status = 2 AND s.marital_status IN (2, 5) AND s.spouse_id <> p.person_id)
) AS wrong (wrong, it_is)
WHERE {whose} AND p.spouse_id IS NOT NULL AND p.status <> 2 AND it_is
UNION ALL
SELECT p.person_id, named.parent_id, wrong.wrong
FROM person p CROSS JOIN LATERAL (VALUES (p.mother_id, 0), (p.father_id, %(after_death)s)) AS named (parent_id, days)
LEFT JOIN person q ON q.person_id = named.parent_id
CROSS JOIN LATERAL (SELECT (CASE p.birth_precision WHEN 'Y' THEN date_trunc('year', p.birth_date) + interval '1 year - 1 day'
    WHEN 'M' THEN date_trunc('month', p.birth_date) + interval '1 month - 1 day' ELSE p.birth_date END)::date AS last) AS born
CROSS JOIN LATERAL (VALUES
    ('parent_gone', q.person_id IS NULL),
    ('parent_too_young', q.birth_date + make_interval(years => %(least)s) > born.last),
    ('parent_died', q.status = 2 AND q.status_on + named.days < born.last)
) AS wrong (wrong, it_is)
WHERE {whose} AND named.parent_id IS NOT NULL AND it_is
UNION ALL
SELECT p.person_id, NULL, 'homes_at_once' FROM person p JOIN residence r USING (person_id)
WHERE {whose} AND (
    EXISTS (SELECT FROM residence o WHERE o.person_id = r.person_id AND o.kind = r.kind AND o.valid_from > r.valid_from
            AND o.valid_from < coalesce(r.valid_to, 'infinity') AND (r.kind = 1 OR r.valid_to IS NULL AND o.valid_to IS NULL))
    OR (r.kind = 1 AND coalesce(r.valid_to, 'infinity') > p.home_since))

-- between_all --
-- The same of all people, counted, and some of whom. Reads the whole register, and each one's husband or wife, mother and father beside
SELECT wrong, count(*) AS people, (array_agg(person_id ORDER BY person_id))[:%(most)s] AS some FROM ({between}) AS each GROUP BY wrong ORDER BY wrong
