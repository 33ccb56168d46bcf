-- stage --
-- Where a file's rows wait for the one transaction that moves them into the register. Temporary: a crash leaves nothing.
CREATE TEMPORARY TABLE import_row (
    file_no smallint, row integer, household_key bigint,
    pin text, cmnd text, full_name text, birth_precision "char", ethnicity text, religion text, nationality text,
    blood_group text, phone text, email text, household_no text, father_pin text, mother_pin text, spouse_pin text,
    father_name text, mother_name text, permanent_address text, temporary_address text, current_address text,
    former_address text, birth_date date, status_on date, card_issued_on date, permanent_since date, temporary_since date,
    temporary_until date, former_since date, former_until date, sex smallint, marital_status smallint, status smallint,
    relation_to_head smallint, given_key integer, ends_key integer, home_area integer, temporary_area integer, current_area integer,
    former_area integer, birth_area integer, native_area integer
)

-- copy --
-- The rows of one checked batch
COPY import_row FROM STDIN (FORMAT csv, NULL '\N')

-- analyze --
-- So that the joins below are planned for what is there
ANALYZE import_row

-- twice_in_file --
-- People who stand in the file twice (by number; without one by name, birth date and household): all but the first row are refused. Of names that differ by
-- their marks only one without any may be another one
WITH unnumbered AS (
    SELECT place, row_number() OVER (PARTITION BY who, marks ORDER BY file_no, row) AS nth, row_number() OVER alike AS nth_alike, bool_or(btrim(marks) = '') OVER alike AS some_bare
    FROM (
        SELECT ctid AS place, file_no, row, concat_ws('|', {bare_name}, birth_date, household_no) AS who, {marks} AS marks FROM import_row WHERE pin IS NULL
    ) AS named
    WINDOW alike AS (PARTITION BY who ORDER BY file_no, row)
), twice AS (
    SELECT place FROM (SELECT ctid AS place, row_number() OVER (PARTITION BY pin ORDER BY file_no, row) AS nth FROM import_row WHERE pin IS NOT NULL) AS numbered WHERE nth > 1
    UNION ALL
    SELECT place FROM unnumbered WHERE nth > 1 OR (nth_alike > 1 AND some_bare)
)
DELETE FROM import_row r USING twice t WHERE t.place = r.ctid RETURNING r.file_no, r.row, r.pin

-- known_births --
-- Of birth dates that could be read day first or month first, how many are those of the people who bear the number with day and month exchanged, and
-- how many are theirs as they were read
SELECT count(*) FILTER (WHERE exchanged) AS exchanged, count(*) FILTER (WHERE r.birth_date = p.birth_date) AS agreeing
FROM import_row r JOIN person p USING (pin)
CROSS JOIN LATERAL (
    SELECT (extract(year FROM p.birth_date), extract(month FROM p.birth_date), extract(day FROM p.birth_date))
         = (extract(year FROM r.birth_date), extract(day FROM r.birth_date), extract(month FROM r.birth_date)) AS exchanged
) AS compared
WHERE r.file_no = %(file_no)s AND p.birth_precision = 'D' AND extract(day FROM r.birth_date) <= 12 AND extract(day FROM r.birth_date) <> extract(month FROM r.birth_date)

-- let_out --
-- Rows that are not taken
DELETE FROM import_row WHERE file_no = %(file_no)s AND row = ANY (%(rows)s::integer[]) RETURNING row

-- was_right --
-- Whether the number was the person's own still on the day of the files. Not one that another record brought with a merge: that one's row says other things
(f.ended_on > %(on)s AND EXISTS (SELECT FROM person p WHERE p.person_id = f.person_id)
    AND NOT EXISTS (SELECT FROM person_merge m WHERE m.person_id = f.person_id AND m.undone_at IS NULL AND m.other ->> 'pin' = f.number))

-- forget --
-- What an earlier import on this connection left
DROP TABLE IF EXISTS import_row, import_person, import_number, import_record, import_changed, import_home, import_known, import_stated, import_ended, import_lived, import_news,
                     import_touched, import_kin, import_left, import_differing, import_kept, import_became, import_reused

-- more_memory --
-- For the joins of this transaction. How many rows and how many different values there are is seen well enough in few of them: the tables have forty
-- columns, and looking at thirty thousand rows of each took a sixth of a run in which nothing changed
SET LOCAL work_mem = '256MB';
SET LOCAL default_statistics_target = 10

-- number_people --
-- Each row's person: the one who holds the number (or, without a number, the same name, birth date and household), else a new one. A name without any marks is one
-- that has them, where just one is so; one with other marks is another's. Names are made bare only where it is asked for: it is the dearest of all
CREATE TEMPORARY TABLE import_person ON COMMIT DROP AS
WITH alike AS (
    SELECT r.ctid AS place, q.person_id, {marks_of_q} = {marks_of_r} AS is_same
    FROM import_row r
    LEFT JOIN household h ON r.household_key IS NULL AND h.household_no = r.household_no
    JOIN person q ON q.pin IS NULL AND q.given_key = r.given_key AND q.birth_date = r.birth_date
                 AND {bare_name_of_q} = {bare_name_of_r} AND q.household_id IS NOT DISTINCT FROM {household_id}
    WHERE r.pin IS NULL AND {one_name}
), nearest AS (
    SELECT place, person_id, count(*) OVER (PARTITION BY place) = 1 AND count(*) OVER (PARTITION BY person_id) = 1 AS is_known
    FROM (SELECT alike.*, bool_or(is_same) OVER (PARTITION BY place) OR bool_or(is_same) OVER (PARTITION BY person_id) AS some_same FROM alike) AS weighed
    WHERE is_same OR NOT some_same
)
SELECT r.ctid AS place, r.pin, r.household_no, coalesce(p.person_id, q.person_id, nextval('person_id_seq')) AS person_id,
       p.person_id IS NULL AND q.person_id IS NULL AS is_new, NULL::uuid AS merge_id,
       NULL::date AS renumbered_on
FROM import_row r
LEFT JOIN person p ON p.pin = r.pin
LEFT JOIN nearest q ON q.place = r.ctid AND q.is_known

-- recognise_renumbered --
-- Whose number was replaced after the day of the files is the person still
UPDATE import_person i SET person_id = f.person_id, is_new = false, renumbered_on = f.ended_on
FROM former_number f WHERE i.is_new AND f.number = i.pin AND f.kind = 'pin' AND {was_right}

-- renumbered --
-- Rows of those
SELECT f.file_no, f.row, i.renumbered_on AS day FROM import_person i JOIN import_row f ON f.ctid = i.place WHERE i.renumbered_on IS NOT NULL

-- recognise_merged --
-- Whose record without a number left the register by a merge is the person whose record stayed. The record that left is known by name and
-- birth date, and household or commune
UPDATE import_person i SET person_id = known.person_id, is_new = false, merge_id = known.merge_id
FROM (
    SELECT DISTINCT ON (n.place) n.place, m.person_id, m.merge_id
    FROM person_merge m
    CROSS JOIN jsonb_populate_record(NULL::person, m.other) q
    JOIN import_row r ON r.pin IS NULL AND r.given_key = q.given_key AND r.birth_date = q.birth_date
        AND {bare_name_of_q} = {bare_name_of_r} AND {one_name}
    JOIN import_person n ON n.place = r.ctid AND n.is_new
    LEFT JOIN household h ON r.household_key IS NULL AND h.household_no = r.household_no
    WHERE m.undone_at IS NULL AND q.pin IS NULL AND (q.household_id = {household_id} OR q.home_area = r.home_area)
    ORDER BY n.place, q.household_id IS NOT DISTINCT FROM {household_id} DESC, m.merged_at DESC
) AS known
WHERE known.place = i.place

-- named_twice --
-- Rows of a record that left, or with a number that was replaced, where another row names the person already
DELETE FROM import_person i USING (
    SELECT n.place, f.file_no, f.row, n.merge_id IS NOT NULL AS merged, row_number() OVER (PARTITION BY n.person_id ORDER BY n.merge_id IS NOT NULL, n.renumbered_on IS NOT NULL, f.file_no, f.row) AS nth
    FROM import_person n JOIN import_row f ON f.ctid = n.place
    WHERE n.person_id IN (SELECT person_id FROM import_person WHERE merge_id IS NOT NULL OR renumbered_on IS NOT NULL)
) AS named
WHERE named.place = i.place AND named.nth > 1
RETURNING named.file_no, named.row, named.merged

-- leave_old --
-- Of a record that left, what the file says as that record said it is no news: what is said of the person who stayed holds. Nor is it news
-- where they lived, unless it is another commune
UPDATE import_record r
SET {news},
    home_since = CASE WHEN {status_after} = 2 THEN NULL WHEN {moved} THEN r.home_since ELSE p.home_since END,
    home_address = CASE WHEN {status_after} = 2 THEN NULL WHEN {moved} THEN r.home_address ELSE p.home_address END,
    lived_since = CASE WHEN {moved} THEN r.lived_since ELSE p.home_since END,
    lived_address = CASE WHEN {moved} THEN r.lived_address ELSE p.home_address END,
    current_area = CASE WHEN r.temporary_since IS NOT NULL THEN r.current_area END,
    father_pin = NULL, mother_pin = NULL,
    said_status = CASE WHEN r.said_status IS DISTINCT FROM q.status THEN r.said_status END, differs = true
FROM import_person i
JOIN person_merge m ON m.person_id = i.person_id AND m.merge_id = i.merge_id
CROSS JOIN jsonb_populate_record(NULL::person, m.other) q
JOIN person p ON p.person_id = i.person_id
WHERE r.person_id = i.person_id

-- analyze_people --
-- Likewise
ANALYZE import_person

-- find_numbers --
-- Whose numbers those of relatives are: of people of the files or, where no row bears it, of the register, also a number that was cancelled
CREATE TEMPORARY TABLE import_number ON COMMIT DROP AS
SELECT pin, person_id FROM import_person WHERE pin IS NOT NULL
UNION ALL
SELECT o.pin, coalesce(p.person_id, (SELECT person_id FROM former_number n JOIN person USING (person_id) WHERE n.number = o.pin LIMIT 1))
FROM (
    SELECT DISTINCT pin FROM (
        SELECT father_pin AS pin FROM import_row UNION ALL SELECT mother_pin FROM import_row UNION ALL SELECT spouse_pin FROM import_row
    ) AS relative
    WHERE pin IS NOT NULL AND NOT EXISTS (SELECT FROM import_person i WHERE i.pin = relative.pin)
) AS o
LEFT JOIN person p ON p.pin = o.pin

-- add_households --
-- Household files not yet known whose number is not plain digits
INSERT INTO household (household_id, household_no)
SELECT -nextval('household_id_seq'), household_no FROM (
    SELECT DISTINCT household_no FROM import_row WHERE household_key IS NULL AND household_no IS NOT NULL
) AS file
WHERE NOT EXISTS (SELECT FROM household h WHERE h.household_no = file.household_no)
ON CONFLICT (household_no) DO NOTHING

-- resolve --
-- Each row as the register would hold it
CREATE TEMPORARY TABLE import_record ON COMMIT DROP AS SELECT {record} FROM ({resolved} OFFSET 0) AS r

-- resolve_again --
-- The same for people whom somebody changed after that
INSERT INTO import_record SELECT {record} FROM ({resolved} WHERE i.person_id = ANY (%(person_ids)s::bigint[]) OFFSET 0) AS r

-- resolved --
-- What an empty field says nothing of stays as the register has it, and so does a home in what the unit of the files became; one in what the register's became
-- is the same home there. Relatives' numbers turned into people, homes into periods. Nobody comes back from the dead by a file. `seen`: the version of the person's row that was read; `said_…`: what the file itself says
SELECT i.person_id, i.is_new, coalesce({household_id}, p.household_id) AS household_id,
       coalesce(f.person_id, p.father_id) AS father_id,
       coalesce(m.person_id, p.mother_id) AS mother_id,
       coalesce(s.person_id, CASE WHEN NOT {unmarries} THEN p.spouse_id END) AS spouse_id,
       r.birth_date, CASE WHEN r.status = 2 OR (r.status = 3 AND p.status IS DISTINCT FROM 2) THEN r.status_on
                          WHEN r.status = 1 AND p.status IS DISTINCT FROM 2 THEN NULL ELSE p.status_on END AS status_on,
       coalesce(r.card_issued_on, p.card_issued_on) AS card_issued_on, coalesce(r.birth_area, p.birth_area) AS birth_area,
       coalesce(r.native_area, p.native_area) AS native_area, CASE WHEN {home_was} THEN p.home_area ELSE r.home_area END AS home_area,
       CASE WHEN {status} <> 2 THEN lived.since END AS home_since, CASE WHEN {status} <> 2 THEN lived.address END AS home_address,
       lived.since AS lived_since, lived.address AS lived_address,
       r.given_key, r.ends_key, r.sex, {status} AS status, coalesce(r.marital_status, p.marital_status) AS marital_status,
       coalesce(r.relation_to_head, p.relation) AS relation,
       coalesce(r.birth_precision, CASE WHEN p.birth_date = r.birth_date THEN p.birth_precision END, 'D') AS birth_precision,
       CASE WHEN i.is_new THEN r.pin ELSE p.pin END AS pin, coalesce(r.cmnd, p.cmnd) AS cmnd, coalesce(r.phone, p.phone) AS phone, r.full_name,
       coalesce(r.ethnicity, p.ethnicity) AS ethnicity, coalesce(r.religion, p.religion) AS religion,
       coalesce(r.nationality, p.nationality, 'VNM') AS nationality, coalesce(r.blood_group, p.blood_group) AS blood_group,
       coalesce(r.father_name, p.father_name) AS father_name, coalesce(r.mother_name, p.mother_name) AS mother_name, coalesce(r.email, p.email) AS email,
       r.temporary_area, r.temporary_since, r.temporary_until, r.temporary_address,
       r.current_area, r.current_address, r.former_area, r.former_since, r.former_until, r.former_address,
       i.merge_id IS NOT NULL AS was_merged, r.father_pin, r.mother_pin, r.spouse_pin, r.status AS said_status, r.permanent_since AS said_since,
       p.home_area AS old_area, p.home_since AS old_since, p.home_address AS old_address, p.xmin AS seen, {held}
FROM import_row r
JOIN import_person i ON i.place = r.ctid
LEFT JOIN person p ON NOT i.is_new AND p.person_id = i.person_id
LEFT JOIN household h ON r.household_key IS NULL AND h.household_no = r.household_no
LEFT JOIN import_number f ON f.pin = r.father_pin
LEFT JOIN import_number m ON m.pin = r.mother_pin
LEFT JOIN import_number s ON s.pin = r.spouse_pin
CROSS JOIN LATERAL (
    SELECT CASE WHEN {died_before} THEN NULL
                ELSE coalesce(r.permanent_since, CASE WHEN p.home_area IS NULL THEN coalesce(CASE WHEN r.former_area IS NOT NULL THEN r.former_until END, r.birth_date)
                                                      WHEN (p.home_area = r.home_area OR {home_was} OR {home_is}) AND p.home_since IS NOT NULL THEN p.home_since ELSE %(on)s END) END AS since,
           CASE WHEN {died_before} THEN NULL
                WHEN r.permanent_address IS NULL AND (p.home_area = r.home_area OR {home_was} OR {home_is}) THEN p.home_address
                ELSE r.permanent_address END AS address
) AS lived

-- unmarries --
-- Whether the file says that the marriage which the register knows is none any more: single, divorced, or married to one whom the register does not hold
(coalesce(r.marital_status, 0) IN (1, 4)
    OR (coalesce(r.marital_status, 0) IN (2, 5) AND r.spouse_pin IS NOT NULL AND coalesce(p.marital_status, 0) NOT IN (2, 5)))

-- differ --
-- Of whom the files say otherwise than the register
INSERT INTO import_differing SELECT person_id FROM import_record WHERE differs

-- differ_again --
-- The same of people whom somebody changed after that
INSERT INTO import_differing SELECT person_id FROM import_record WHERE differs AND person_id = ANY (%(person_ids)s::bigint[]) ON CONFLICT DO NOTHING

-- hold_changed --
-- The people whom the file changes, also in their homes alone, as they are now: nobody else changes them until it is written, and what hangs on them
-- goes on: who declares or passes a station waits for no file. Whoever was changed
-- meanwhile, and did not differ when the file was read beside the register, was changed after the file
CREATE TEMPORARY TABLE import_changed ON COMMIT DROP AS
SELECT p.person_id FROM person p JOIN import_record r USING (person_id)
WHERE r.person_id IN (SELECT person_id FROM import_differing UNION SELECT person_id FROM import_lived)
  AND (p.xmin <> r.seen OR {differs} OR r.person_id IN (SELECT person_id FROM import_lived))
ORDER BY p.person_id FOR NO KEY UPDATE OF p

-- outdated --
-- Those of them who were changed since; what was made of their rows goes
DELETE FROM import_record r USING import_changed c, person p
WHERE c.person_id = r.person_id AND p.person_id = r.person_id AND p.xmin <> r.seen
RETURNING r.person_id

-- let_go --
-- Those of them in whose rows the file changes nothing, or nothing any more, or whose rows come back
DELETE FROM import_changed c
WHERE NOT EXISTS (SELECT FROM import_record r JOIN person p USING (person_id) WHERE r.person_id = c.person_id AND {differs})

-- gone --
-- Rows of people whose record somebody merged into another since they were found
WITH gone AS (
    DELETE FROM import_record r USING person_merge m WHERE m.other_id = r.person_id AND m.undone_at IS NULL RETURNING r.person_id
)
SELECT f.file_no, f.row FROM gone JOIN import_person i USING (person_id) JOIN import_row f ON f.ctid = i.place

-- keep_history --
-- What the register said of the people whom the file changes, before it does (see register/versions.py)
WITH changed AS (
    SELECT p.* FROM person p JOIN import_changed USING (person_id)
), superseded AS (
    INSERT INTO person_history (person_id, version_id, valid_from, valid_to, recorded_at, superseded_at, record)
    SELECT person_id, gen_random_uuid(), valid_from, NULL, recorded_at, now(), to_jsonb(changed) FROM changed
)
INSERT INTO person_history (person_id, version_id, valid_from, valid_to, recorded_at, superseded_at, record)
SELECT person_id, gen_random_uuid(), valid_from, %(on)s, now(), NULL, to_jsonb(changed) FROM changed
WHERE valid_from < %(on)s

-- keep_older --
-- Of whom the register knows how things stood after the day of the files, what these change holds in all periods since that day
WITH news AS (
    SELECT p.person_id, (SELECT jsonb_object_agg(key, value) FROM jsonb_each(to_jsonb(r))
                         WHERE key = ANY ('{{columns}}'::text[]) AND value IS DISTINCT FROM to_jsonb(p) -> key) AS said
    FROM import_changed JOIN person p USING (person_id) JOIN import_record r USING (person_id) WHERE p.valid_from > %(on)s
), standing AS (
    UPDATE person_history h SET superseded_at = now() FROM news
    WHERE h.person_id = news.person_id AND said IS NOT NULL AND superseded_at IS NULL AND (valid_to IS NULL OR valid_to > %(on)s)
    RETURNING h.person_id, h.valid_from, h.valid_to, h.record, news.said
)
INSERT INTO person_history (person_id, version_id, valid_from, valid_to, recorded_at, superseded_at, record)
SELECT person_id, gen_random_uuid(), valid_from, %(on)s, now(), NULL::timestamptz, record FROM standing WHERE valid_from < %(on)s
UNION ALL
SELECT person_id, gen_random_uuid(), greatest(valid_from, %(on)s), valid_to, now(), NULL::timestamptz, record || said FROM standing

-- count_changed --
-- Who comes to a cell of the population's counts and who leaves one (see register/counting/cells.py)
INSERT INTO population_change (home_area, birth_year, sex, status, people)
SELECT coalesce(home_area, 0), extract(year FROM birth_date), sex, status, sum(people) FROM (
    SELECT home_area, birth_date, sex, status, -1 AS people FROM person JOIN import_changed USING (person_id)
    UNION ALL
    SELECT {counted_after}, 1 FROM import_changed JOIN person p USING (person_id) JOIN import_record r USING (person_id)
    UNION ALL
    SELECT home_area, birth_date, sex, status, 1 FROM import_record WHERE is_new
) AS moved GROUP BY 1, 2, 3, 4 HAVING sum(people) <> 0

-- change_people --
-- Only the rows that differ are touched
UPDATE person p SET ({columns}, valid_from, recorded_at) = (SELECT {from_file}, greatest(p.valid_from, %(on)s), now())
FROM import_record r JOIN import_changed USING (person_id)
WHERE p.person_id = r.person_id

-- forget_spouses --
-- Whom somebody was married to whom the register does not hold, where the files say that they are not, or married to another one
DELETE FROM named_relative n USING import_changed c, import_record r
WHERE n.person_id = c.person_id AND r.person_id = c.person_id AND n.kind = 'spouse' AND (r.marital_status IN (1, 4) OR r.spouse_id IS NOT NULL)

-- add_people --
-- People not yet in the register; not those whose number somebody was given since they were looked for
INSERT INTO person (person_id, {columns}, valid_from)
SELECT person_id, {columns}, %(on)s FROM import_record WHERE is_new
ON CONFLICT DO NOTHING

-- note_changed --
-- Whom the file changes and adds (see register/changed_people.py)
INSERT INTO person_change (person_id)
SELECT person_id FROM import_changed UNION ALL SELECT person_id FROM import_record WHERE is_new

-- add_relatives --
-- Numbers of parents whom the register does not hold; their names stand in the person's row
INSERT INTO named_relative (person_id, kind, full_name, number)
SELECT person_id, parent.* FROM import_record r
CROSS JOIN LATERAL (
    SELECT 'father', father_name, father_pin WHERE father_name IS NOT NULL AND father_pin IS NOT NULL AND father_id IS NULL
    UNION ALL
    SELECT 'mother', mother_name, mother_pin WHERE mother_name IS NOT NULL AND mother_pin IS NOT NULL AND mother_id IS NULL
) AS parent
WHERE (r.father_id IS NULL AND r.father_pin IS NOT NULL) OR (r.mother_id IS NULL AND r.mother_pin IS NOT NULL)
ON CONFLICT (person_id, kind) DO UPDATE SET full_name = excluded.full_name, number = excluded.number
WHERE (named_relative.full_name, named_relative.number) IS DISTINCT FROM (excluded.full_name, excluded.number)

-- is_news --
-- Whether there is anything to write
SELECT EXISTS (SELECT FROM import_person WHERE is_new) OR EXISTS (SELECT FROM import_changed) OR EXISTS (SELECT FROM import_lived) AS news
