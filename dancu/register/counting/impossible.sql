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
