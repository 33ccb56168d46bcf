-- facts --
-- What will be known of the relatives of those who are `asked`
ids AS (
    SELECT father_id AS person_id FROM asked UNION SELECT mother_id FROM asked UNION SELECT spouse_id FROM asked
), facts AS MATERIALIZED (
    SELECT r.person_id, r.sex, to_char(r.birth_date, 'YYYYMMDD')::integer AS born, r.birth_precision, r.status, r.status_on, {married_of_r} AS married,
           r.spouse_id, r.spouse_pin IS NOT NULL AS has_spouse, r.household_id
    FROM ids JOIN import_record r USING (person_id)
    UNION ALL
    SELECT p.person_id, p.sex, to_char(p.birth_date, 'YYYYMMDD')::integer, p.birth_precision, p.status, p.status_on, {married_of_p},
           p.spouse_id, EXISTS (SELECT FROM named_relative n WHERE n.person_id = p.person_id AND n.kind = 'spouse'), p.household_id
    FROM ids JOIN person p USING (person_id) WHERE NOT EXISTS (SELECT FROM import_record r WHERE r.person_id = p.person_id)
)

-- told --
-- The columns, as beside.py has them
a.person_id, a.father_id, a.mother_id, a.spouse_id, a.is_news, a.father_is_news, a.mother_is_news, a.spouse_is_news,
a.sex, a.status, to_char(a.birth_date, 'YYYYMMDD')::integer AS born, a.birth_date - date '1970-01-01' AS born_days,
{precision_of_a} AS precision, coalesce(a.married, false) AS married,
coalesce(f.sex, 0) AS father_sex, coalesce(f.born, 0) AS father_born, {precision_of_f} AS father_precision, coalesce(f.status, 0) AS father_status,
coalesce(f.status_on - date '1970-01-01', 0) AS father_gone,
coalesce(m.sex, 0) AS mother_sex, coalesce(m.born, 0) AS mother_born, {precision_of_m} AS mother_precision, coalesce(m.status, 0) AS mother_status,
coalesce(m.status_on - date '1970-01-01', 0) AS mother_gone,
coalesce(s.sex, 0) AS spouse_sex, coalesce(s.status, 0) AS spouse_status, coalesce(s.married, false) AS spouse_married,
CASE WHEN s.spouse_id IS NULL THEN CASE WHEN s.has_spouse THEN 2 ELSE 0 END WHEN s.spouse_id = a.person_id THEN 1
     WHEN coalesce(tr.status, tp.status) = 2 THEN 3 ELSE 2 END AS spouse_names

-- relatives --
-- Whose they are
asked a
LEFT JOIN facts f ON f.person_id = a.father_id
LEFT JOIN facts m ON m.person_id = a.mother_id
LEFT JOIN facts s ON s.person_id = a.spouse_id
LEFT JOIN import_record tr ON tr.person_id = s.spouse_id
LEFT JOIN person tp ON tp.person_id = s.spouse_id
