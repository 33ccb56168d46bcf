-- make --
-- Of whom the files say otherwise than the register, what of it the register keeps, and why
CREATE TEMPORARY TABLE import_differing (person_id bigint PRIMARY KEY) ON COMMIT DROP;
CREATE TEMPORARY TABLE import_kept (person_id bigint, field text, kind text, day date) ON COMMIT DROP

-- forget --
-- What was found of people whose rows are read again
DELETE FROM import_kept WHERE person_id = ANY (%(person_ids)s::bigint[])

-- impossible --
-- What no file says: that somebody who died lives or is missing
SELECT r.person_id, p.status_on AS day FROM import_differing JOIN import_record r USING (person_id) JOIN person p USING (person_id)
WHERE p.status = 2 AND r.said_status <> 2 AND p.status_on <= %(on)s

-- refuse --
-- Their rows are not taken
DELETE FROM import_differing WHERE person_id = ANY (%(person_ids)s::bigint[]);
DELETE FROM import_record WHERE person_id = ANY (%(person_ids)s::bigint[])

-- find_lives --
-- Whether they live: who died stays dead, since the day that an event tells; who is missing is so until their return is recorded; and nobody has died who
-- moved, married or came back after the day of the files
INSERT INTO import_kept
SELECT r.person_id, 'status', CASE WHEN p.status = 1 THEN e.kind WHEN p.status = 2 THEN 'death' ELSE 'missing' END,
       CASE WHEN p.status = 1 THEN e.happened_on ELSE p.status_on END
FROM import_differing JOIN import_record r USING (person_id) JOIN person p USING (person_id)
LEFT JOIN LATERAL (
    SELECT kind, happened_on FROM life_event e
    WHERE e.person_id = p.person_id AND e.undone_by IS NULL AND e.happened_on > %(on)s
      AND e.kind IN ('move', 'marriage', 'divorce', 'return', 'split', 'head', 'new_number')
    ORDER BY happened_on DESC, recorded_at DESC LIMIT 1
) AS e ON true
WHERE CASE p.status WHEN 1 THEN r.said_status = 2 AND e.kind IS NOT NULL
                    WHEN 2 THEN r.said_status <> 2 OR (r.said_status = 2 AND r.status_on <> p.status_on AND EXISTS (
                        SELECT FROM life_event d
                        WHERE d.person_id = p.person_id AND d.kind = 'death' AND d.undone_by IS NULL AND d.happened_on = p.status_on))
                    ELSE r.said_status = 1 END

-- find --
-- Of these fields (`fields`: what is told, its columns, the day from which the file's word holds) those that say otherwise than the register and that it
-- has from later: what held on the day of the files is not what holds now or, where the register knew nothing of them then, it knows something; or
-- an event of after that day, or which a steward wrote down on it or after, has made it what it is. Told is the last of these events; none, where a
-- later file said it
INSERT INTO import_kept
WITH differing AS MATERIALIZED (
    SELECT * FROM import_record WHERE person_id IN (SELECT person_id FROM import_differing)
), d AS MATERIALIZED (
    SELECT p.person_id, p.valid_from, p.valid_from > %(on)s AS is_newer, was.record AS was, to_jsonb(p) AS now,
           to_jsonb(r) || jsonb_build_object('home_since', r.lived_since, 'home_address', r.lived_address) AS said,
           least(%(on)s::date, r.said_since) AS lived_on, least(%(on)s::date, CASE WHEN r.said_status <> 1 THEN r.status_on END) AS gone_on,
           r.said_since IS NULL AS homes_undated
    FROM differing r JOIN person p USING (person_id)
    LEFT JOIN LATERAL (
        SELECT record FROM person_history h
        WHERE p.valid_from > %(on)s AND h.person_id = p.person_id AND h.superseded_at IS NULL
          AND h.valid_from <= %(on)s AND (h.valid_to IS NULL OR h.valid_to > %(on)s) LIMIT 1
    ) AS was ON true
    WHERE p.valid_from > %(on)s OR EXISTS (
        SELECT FROM life_event e
        WHERE e.person_id = p.person_id
          AND (e.happened_on > least(%(on)s::date, r.said_since, CASE WHEN r.said_status <> 1 THEN r.status_on END) OR e.recorded_at >= {day_began}))
)
SELECT d.person_id, g.field, told.kind, coalesce(told.happened_on, d.valid_from)
FROM d
CROSS JOIN LATERAL (VALUES {fields}) AS g (field, columns, since, is_undated)
LEFT JOIN LATERAL (
    SELECT e.kind, e.happened_on FROM life_event e
    WHERE e.person_id = d.person_id AND e.undone_by IS NULL AND (e.before -> 'fields' ?| g.columns OR e.changes ?| g.columns)
      AND (e.happened_on > g.since OR (g.is_undated AND e.recorded_at >= {day_began}))
    ORDER BY e.happened_on DESC, e.recorded_at DESC LIMIT 1
) AS told ON true
WHERE EXISTS (SELECT FROM unnest(g.columns) AS c WHERE d.now -> c IS DISTINCT FROM d.said -> c)
  AND (d.is_newer AND EXISTS (
           SELECT FROM unnest(g.columns) AS c
           WHERE CASE WHEN d.was IS NULL THEN d.now -> c <> 'null' AND d.now -> c <> d.said -> c ELSE d.was -> c <> d.now -> c END)
       OR EXISTS (
           SELECT FROM (
               SELECT DISTINCT ON (c) c, coalesce(e.before -> 'fields' -> c -> 'before' -> -1 -> 1, e.changes -> c -> 0) AS old
               FROM unnest(g.columns) AS c
               JOIN life_event e ON e.person_id = d.person_id AND (e.before -> 'fields' ? c OR e.changes ? c)
               WHERE e.happened_on > g.since OR (g.is_undated AND e.recorded_at >= {day_began})
               ORDER BY c, e.recorded_at, e.event_id
           ) AS first WHERE first.old IS DISTINCT FROM d.now -> first.c))

-- find_widowed --
-- Whose husband or wife died is widowed, though their own row says married to that one
INSERT INTO import_kept
SELECT r.person_id, 'marital_status', 'widowed', s.status_on
FROM import_differing JOIN import_record r USING (person_id) JOIN person p USING (person_id) JOIN person s ON s.person_id = p.spouse_id
WHERE p.marital_status = 3 AND r.marital_status IN (2, 5) AND r.spouse_id = p.spouse_id AND s.status = 2
  AND NOT EXISTS (SELECT FROM import_kept k WHERE k.person_id = r.person_id AND k.field = 'marital_status')

-- keep_lives --
-- Who lives, lives where the file says
UPDATE import_record r SET status = p.status, status_on = p.status_on,
    home_since = CASE WHEN p.status <> 2 THEN r.lived_since END, home_address = CASE WHEN p.status <> 2 THEN r.lived_address END
FROM person p
WHERE p.person_id = r.person_id AND r.person_id IN (SELECT person_id FROM import_kept WHERE field = 'status')

-- keep --
-- The register's own word stands in the place of the file's
UPDATE import_record r SET {kept},
    home_since = CASE WHEN NOT {home} THEN r.home_since WHEN r.status <> 2 THEN p.home_since END,
    home_address = CASE WHEN NOT {home} THEN r.home_address WHEN r.status <> 2 THEN p.home_address END,
    lived_since = CASE WHEN {home} THEN p.home_since ELSE r.lived_since END,
    lived_address = CASE WHEN {home} THEN p.home_address ELSE r.lived_address END,
    father_pin = CASE WHEN 'father_pin' = ANY (k.fields) THEN NULL ELSE r.father_pin END,
    mother_pin = CASE WHEN 'mother_pin' = ANY (k.fields) THEN NULL ELSE r.mother_pin END
FROM (SELECT person_id, array_agg(field) AS fields FROM import_kept GROUP BY person_id) AS k JOIN person p USING (person_id)
WHERE r.person_id = k.person_id

-- told --
-- Where these rows stand in the files
SELECT f.file_no, f.row, k.field, k.kind, k.day
FROM import_kept k JOIN import_person i USING (person_id) JOIN import_row f ON f.ctid = i.place
ORDER BY f.file_no, f.row, k.field
