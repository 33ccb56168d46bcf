-- news --
-- Whom the files add or change
DROP TABLE IF EXISTS import_news;
CREATE TEMPORARY TABLE import_news ON COMMIT DROP AS
SELECT person_id FROM import_record WHERE is_new UNION SELECT person_id FROM import_changed

-- size --
-- How many there are, and whether the whole register may be read for them
SELECT count(*) AS people, count(*) * 100 > (SELECT reltuples FROM pg_class WHERE oid = 'person'::regclass)
                        OR (SELECT reltuples < 300000 FROM pg_class WHERE oid = 'person'::regclass) AS everywhere
FROM import_news

-- beside --
-- People of the files who are news, or whose relatives are. `crowded`: another one living names the same husband or wife, who names nobody; whom the files do
-- not name is looked for in that one's household, or where `everywhere` says so in the whole register. `unwed`: the marriage is news, and whom it names the register
-- holds as not married, nor do the files say otherwise. `left`: who names another one is married to one who lives and names them, by the register, nor do the
-- files say divorced of that one
WITH asked AS MATERIALIZED (
    SELECT r.person_id, r.father_id, r.mother_id, r.spouse_id, r.sex, r.birth_date, r.birth_precision, r.status,
           {married_of_r} AS married, r.person_id IN (SELECT person_id FROM import_news) AS is_news,
           r.father_id IN (SELECT person_id FROM import_news) AS father_is_news, r.mother_id IN (SELECT person_id FROM import_news) AS mother_is_news,
           r.spouse_id IN (SELECT person_id FROM import_news) AS spouse_is_news
    FROM import_record r
    WHERE r.person_id IN (SELECT person_id FROM import_news) OR r.father_id IN (SELECT person_id FROM import_news)
       OR r.mother_id IN (SELECT person_id FROM import_news) OR r.spouse_id IN (SELECT person_id FROM import_news)
), {facts}, claims AS (
    SELECT r.person_id, row_number() OVER (PARTITION BY r.spouse_id
               ORDER BY r.person_id IN (SELECT person_id FROM import_news), f.file_no, f.row) AS nth
    FROM import_record r JOIN import_person i USING (person_id) JOIN import_row f ON f.ctid = i.place
    WHERE r.spouse_id IN (SELECT spouse_id FROM asked) AND r.status <> 2 AND {married_of_r}
), others AS MATERIALIZED (
    SELECT DISTINCT c.spouse_id FROM person c
    WHERE c.spouse_id IN (SELECT spouse_id FROM asked) AND c.status <> 2 AND {married_of_c}
      AND NOT EXISTS (SELECT FROM import_record r WHERE r.person_id = c.person_id)
      AND ({everywhere} OR c.household_id IN (SELECT household_id FROM facts))
)
SELECT {told}, s.spouse_id IS NULL AND NOT s.has_spouse AND (coalesce(c.nth, 1) > 1 OR t.spouse_id IS NOT NULL) AS crowded,
       coalesce(u.marital_status IN (1, 3, 4) AND NOT s.married AND s.spouse_id IS DISTINCT FROM a.person_id
                AND (a.spouse_id IS DISTINCT FROM o.spouse_id OR NOT {married_of_o}), false) AS unwed,
       coalesce({married_of_o} AND {married_of_p} AND p.spouse_id = o.person_id AND a.spouse_id <> p.person_id
                AND coalesce(q.status, p.status) <> 2 AND coalesce(q.marital_status, p.marital_status) IS DISTINCT FROM 4, false) AS "left"
FROM {relatives}
LEFT JOIN claims c ON c.person_id = a.person_id
LEFT JOIN others t ON t.spouse_id = a.spouse_id
LEFT JOIN person o ON o.person_id = a.person_id
LEFT JOIN person u ON u.person_id = a.spouse_id
LEFT JOIN person p ON p.person_id = o.spouse_id
LEFT JOIN import_record q ON q.person_id = o.spouse_id
