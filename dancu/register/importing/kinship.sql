-- news --
-- Whom the files add or change
CREATE TEMPORARY TABLE import_news ON COMMIT DROP AS
SELECT person_id FROM import_record WHERE is_new UNION SELECT person_id FROM import_changed

-- size --
-- How many there are, and whether the whole register may be read for them
SELECT count(*) AS people, count(*) * 100 > (SELECT reltuples FROM pg_class WHERE oid = 'person'::regclass)
                        OR (SELECT reltuples < 300000 FROM pg_class WHERE oid = 'person'::regclass) AS everywhere
FROM import_news

-- beside --
-- People of the files who are news, or whose relatives are, as they will be, with what will be known of these: by the files or, of those who are in
-- none, by the register. `crowded`: another one living names the same husband or wife, who names nobody; whom the files do not name is looked for
-- in that one's household, or where `everywhere` says so in the whole register
WITH asked AS MATERIALIZED (
    SELECT r.person_id, r.father_id, r.mother_id, r.spouse_id, r.sex, r.birth_date, r.birth_precision, r.status,
           {married_of_r} AS married, r.person_id IN (SELECT person_id FROM import_news) AS is_news
    FROM import_record r
    WHERE r.person_id IN (SELECT person_id FROM import_news) OR r.father_id IN (SELECT person_id FROM import_news)
       OR r.mother_id IN (SELECT person_id FROM import_news) OR r.spouse_id IN (SELECT person_id FROM import_news)
), ids AS (
    SELECT father_id AS person_id FROM asked UNION SELECT mother_id FROM asked UNION SELECT spouse_id FROM asked
), facts AS MATERIALIZED (
    SELECT r.person_id, r.sex, to_char(r.birth_date, 'YYYYMMDD')::integer AS born, r.birth_precision, r.status, r.status_on, {married_of_r} AS married,
           r.spouse_id, r.spouse_pin IS NOT NULL AS has_spouse, r.household_id
    FROM ids JOIN import_record r USING (person_id)
    UNION ALL
    SELECT p.person_id, p.sex, to_char(p.birth_date, 'YYYYMMDD')::integer, p.birth_precision, p.status, p.status_on, p.marital_status IN (2, 5),
           p.spouse_id, EXISTS (SELECT FROM named_relative n WHERE n.person_id = p.person_id AND n.kind = 'spouse'), p.household_id
    FROM ids JOIN person p USING (person_id) WHERE NOT EXISTS (SELECT FROM import_record r WHERE r.person_id = p.person_id)
), claims AS (
    SELECT r.person_id, row_number() OVER (PARTITION BY r.spouse_id
               ORDER BY r.person_id IN (SELECT person_id FROM import_news), f.file_no, f.row) AS nth
    FROM import_record r JOIN import_person i USING (person_id) JOIN import_row f ON f.ctid = i.place
    WHERE r.spouse_id IN (SELECT spouse_id FROM asked) AND r.status <> 2 AND {married_of_r}
), others AS MATERIALIZED (
    SELECT DISTINCT c.spouse_id FROM person c
    WHERE c.spouse_id IN (SELECT spouse_id FROM asked) AND c.status <> 2 AND c.marital_status IN (2, 5)
      AND NOT EXISTS (SELECT FROM import_record r WHERE r.person_id = c.person_id)
      AND ({everywhere} OR c.household_id IN (SELECT household_id FROM facts))
)
SELECT a.person_id, a.father_id, a.mother_id, a.spouse_id, a.is_news,
       a.father_id IN (SELECT person_id FROM import_news) AS father_is_news, a.mother_id IN (SELECT person_id FROM import_news) AS mother_is_news,
       a.spouse_id IN (SELECT person_id FROM import_news) AS spouse_is_news,
       a.sex, a.status, to_char(a.birth_date, 'YYYYMMDD')::integer AS born, a.birth_date - date '1970-01-01' AS born_days,
       {precision_of_a} AS precision, coalesce(a.married, false) AS married,
       coalesce(f.sex, 0) AS father_sex, coalesce(f.born, 0) AS father_born, {precision_of_f} AS father_precision, coalesce(f.status, 0) AS father_status,
       coalesce(f.status_on - date '1970-01-01', 0) AS father_gone,
       coalesce(m.sex, 0) AS mother_sex, coalesce(m.born, 0) AS mother_born, {precision_of_m} AS mother_precision, coalesce(m.status, 0) AS mother_status,
       coalesce(m.status_on - date '1970-01-01', 0) AS mother_gone,
       coalesce(s.sex, 0) AS spouse_sex, coalesce(s.status, 0) AS spouse_status, coalesce(s.married, false) AS spouse_married,
       CASE WHEN s.spouse_id IS NULL THEN CASE WHEN s.has_spouse THEN 2 ELSE 0 END WHEN s.spouse_id = a.person_id THEN 1
            WHEN coalesce(tr.status, tp.status) = 2 THEN 3 ELSE 2 END AS spouse_names,
       s.spouse_id IS NULL AND NOT s.has_spouse AND (coalesce(c.nth, 1) > 1 OR t.spouse_id IS NOT NULL) AS crowded
FROM asked a
LEFT JOIN facts f ON f.person_id = a.father_id
LEFT JOIN facts m ON m.person_id = a.mother_id
LEFT JOIN facts s ON s.person_id = a.spouse_id
LEFT JOIN import_record tr ON tr.person_id = s.spouse_id
LEFT JOIN person tp ON tp.person_id = s.spouse_id
LEFT JOIN claims c ON c.person_id = a.person_id
LEFT JOIN others t ON t.spouse_id = a.spouse_id
