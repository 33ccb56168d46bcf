-- make --
-- What the files say of homes beside the permanent one that lasts, and what becomes of those that the register has
CREATE TEMPORARY TABLE import_home ON COMMIT DROP AS SELECT {homes} FROM import_record LIMIT 0;
CREATE TEMPORARY TABLE import_known (LIKE residence) ON COMMIT DROP;
CREATE TEMPORARY TABLE import_stated (LIKE residence) ON COMMIT DROP;
CREATE TEMPORARY TABLE import_ended (LIKE residence) ON COMMIT DROP;
CREATE TEMPORARY TABLE import_lived (person_id bigint PRIMARY KEY) ON COMMIT DROP

-- forget --
-- Of an earlier look
TRUNCATE import_home, import_known, import_stated, import_ended, import_lived

-- say --
-- What the files say of homes beside the permanent one, where they say anything of them, and of the dead
INSERT INTO import_home SELECT {homes} FROM import_record
WHERE status = 2 OR coalesce(temporary_area, current_area, former_area) IS NOT NULL

-- know --
-- All homes that the register has of these people
INSERT INTO import_known SELECT o.* FROM residence o JOIN import_home r USING (person_id) WHERE NOT r.is_new

-- same_places --
-- A home that the register has in what the unit of the files became is that one, and so is one at the same address in what another bearer of its code became
UPDATE import_home h SET temporary_area = k.area_id FROM import_known k, import_became b
WHERE k.person_id = h.person_id AND k.kind = 2 AND k.valid_from = h.temporary_since AND b.old = h.temporary_area AND b.new = k.area_id;
UPDATE import_home h SET current_area = k.area_id FROM import_known k, import_became b
WHERE k.person_id = h.person_id AND k.kind = 4 AND k.valid_to IS NULL AND b.old = h.current_area AND b.new = k.area_id;
UPDATE import_home h SET former_area = k.area_id FROM import_known k, import_became b
WHERE k.person_id = h.person_id AND k.kind = 1 AND k.valid_from = h.former_since AND b.old = h.former_area AND b.new = k.area_id;
UPDATE import_home h SET temporary_area = k.area_id FROM import_known k, import_reused b
WHERE k.person_id = h.person_id AND k.kind = 2 AND k.valid_from = h.temporary_since AND b.said = h.temporary_area AND b.meant = k.area_id
  AND coalesce(lower(h.temporary_address) = lower(k.address), true);
UPDATE import_home h SET current_area = k.area_id FROM import_known k, import_reused b
WHERE k.person_id = h.person_id AND k.kind = 4 AND k.valid_to IS NULL AND b.said = h.current_area AND b.meant = k.area_id
  AND lower(h.current_address) = lower(k.address);
UPDATE import_home h SET former_area = k.area_id FROM import_known k, import_reused b
WHERE k.person_id = h.person_id AND k.kind = 1 AND k.valid_from = h.former_since AND b.said = h.former_area AND b.meant = k.area_id
  AND coalesce(lower(h.former_address) = lower(k.address), true)

-- hash --
-- The tables of the plan have no index, so looking for one row after the other never pays (18 s of 300,000 people)
SELECT set_config('enable_nestloop', %(nested)s, true)

-- state_former --
-- One former permanent residence, which began before the one that lasts. That it ended after the day of the files, where the register knows so, stands
INSERT INTO import_stated (person_id, kind, valid_from, valid_to, area_id, address)
SELECT r.person_id, 1, former_since, former_until, former_area, coalesce(former_address, CASE WHEN o.area_id = former_area THEN o.address END, '')
FROM import_home r LEFT JOIN import_known o ON o.person_id = r.person_id AND o.kind = 1 AND o.valid_from = r.former_since
WHERE former_area IS NOT NULL AND former_since < former_until AND coalesce(former_since < lived_since, true)
  AND former_since IS DISTINCT FROM CASE WHEN old_since < lived_since THEN old_since END AND NOT coalesce(o.valid_to > %(on)s, false)

-- state_temporary --
-- The temporary residence, known again by the day on which it began. One that the register knows to have ended after the day of the files lasted
-- on that day, as they say; and it ended when another began after that day or, by an event, after its own beginning. Of a record that was merged it
-- is news only where it is not known
INSERT INTO import_stated (person_id, kind, valid_from, valid_to, until, area_id, address)
SELECT r.person_id, 2, r.temporary_since,
       CASE WHEN r.status = 2 THEN greatest(r.status_on, r.temporary_since + 1) WHEN o.valid_to > %(on)s THEN o.valid_to ELSE later.ended END,
       coalesce(r.temporary_until, o.until), r.temporary_area,
       coalesce(r.temporary_address, CASE WHEN o.area_id = r.temporary_area THEN o.address END, '')
FROM import_home r
LEFT JOIN import_known o ON o.person_id = r.person_id AND o.kind = 2 AND o.valid_from = r.temporary_since
LEFT JOIN (
    SELECT r.person_id, min(CASE WHEN k.valid_from > r.temporary_since AND (k.valid_from > %(on)s OR {moved}) THEN k.valid_from ELSE k.valid_to END) AS ended
    FROM import_known k JOIN import_home r USING (person_id)
    WHERE k.kind = 2 AND (k.valid_from > %(on)s OR k.valid_to > %(on)s OR (k.valid_from > r.temporary_since AND {moved}))
    GROUP BY r.person_id
) AS later ON later.person_id = r.person_id AND later.ended > r.temporary_since
WHERE r.temporary_area IS NOT NULL AND NOT (r.was_merged AND o.person_id IS NOT NULL)

-- moved --
-- Whether a known home k began by an event
EXISTS (SELECT FROM life_event e WHERE e.person_id = k.person_id AND e.kind = 'move' AND e.happened_on = k.valid_from AND e.undone_by IS NULL)

-- state_current --
-- The home where the person really lives. No file says since when: at the place where the register has it, it goes on; the first one began with the
-- temporary or the permanent residence, any other on the day of the files. It ended when another one began or a later one ended after that day, or
-- with a move for good. Of the dead it is news only where none is known
INSERT INTO import_stated (person_id, kind, valid_from, valid_to, area_id, address)
SELECT person_id, 4, since, CASE WHEN status = 2 THEN greatest(status_on, since + 1) ELSE ends END, current_area, address FROM (
    SELECT r.person_id, r.status, r.status_on, r.current_area, coalesce(o.address, r.current_address, '') AS address,
           CASE WHEN o.person_id IS NOT NULL THEN o.valid_from WHEN k.person_id IS NOT NULL THEN %(on)s::date
                WHEN r.is_new OR r.status = 2 THEN coalesce(r.temporary_since, r.lived_since)
                ELSE least(coalesce(r.temporary_since, r.lived_since), %(on)s) END AS since,
           CASE WHEN o.person_id IS NOT NULL THEN o.valid_to
                ELSE least(k.later, CASE WHEN NOT r.is_new AND r.lived_since > %(on)s THEN r.lived_since END) END AS ends
    FROM import_home r
    LEFT JOIN (SELECT person_id, min(CASE WHEN valid_from > %(on)s THEN valid_from WHEN valid_to > %(on)s THEN valid_to END) AS later
               FROM import_known WHERE kind = 4 GROUP BY person_id) AS k ON k.person_id = r.person_id
    LEFT JOIN (
        SELECT DISTINCT ON (r.person_id) o.* FROM import_home r
        JOIN import_known o ON o.person_id = r.person_id AND o.kind = 4 AND o.area_id = r.current_area AND o.address = coalesce(r.current_address, o.address)
        WHERE o.valid_to IS NULL OR CASE WHEN r.status = 2 THEN o.valid_to = greatest(r.status_on, o.valid_from + 1)
                                         ELSE o.valid_from <= %(on)s AND o.valid_to > %(on)s END
        ORDER BY r.person_id, o.valid_to IS NULL DESC, o.valid_from DESC
    ) AS o ON o.person_id = r.person_id
    WHERE r.current_area IS NOT NULL AND NOT (r.status = 2 AND o.person_id IS NULL AND k.person_id IS NOT NULL)
      AND NOT (r.was_merged AND EXISTS (SELECT FROM import_known m WHERE m.person_id = r.person_id AND m.kind = 4 AND m.area_id = r.current_area))
) AS r WHERE since IS NOT NULL

-- end --
-- What ends: with a death every home, else one in whose place the files say another of its kind, by the day on which that begins or, where it began
-- before, the day of the files, and not after the end that was agreed. What began after that day is no matter of theirs, nor what began by an event after
-- theirs had ended
INSERT INTO import_ended (person_id, kind, valid_from, valid_to, area_id, address)
SELECT o.person_id, o.kind, o.valid_from,
       greatest(least(CASE WHEN s.valid_from > o.valid_from AND (r.status <> 2 OR s.valid_from < r.status_on) THEN s.valid_from
                           WHEN r.status = 2 THEN r.status_on ELSE %(on)s END, o.until), o.valid_from + 1),
       o.area_id, o.address
FROM import_known o JOIN import_home r USING (person_id)
LEFT JOIN import_stated s ON s.person_id = o.person_id AND s.kind = o.kind AND o.kind <> 1
WHERE o.valid_to IS NULL AND s.valid_from IS DISTINCT FROM o.valid_from
  AND (r.status = 2 OR (s.person_id IS NOT NULL AND o.valid_from <= %(on)s AND NOT r.was_merged AND NOT coalesce(s.valid_to <= o.valid_from, false)))

-- leave_same --
-- What is so already is no news
DELETE FROM import_stated s USING import_known o
WHERE o.person_id = s.person_id AND o.kind = s.kind AND o.valid_from = s.valid_from
  AND (o.valid_to, o.until, o.area_id, o.address) IS NOT DISTINCT FROM (s.valid_to, s.until, s.area_id, s.address)

-- note_whose --
-- Whose homes change, of those who were in the register
INSERT INTO import_lived
SELECT person_id FROM import_ended UNION SELECT person_id FROM import_stated JOIN import_home r USING (person_id) WHERE NOT r.is_new

-- end_homes --
-- A permanent residence ends where the file names a later one, and with a death
INSERT INTO residence (person_id, kind, valid_from, valid_to, area_id, address)
SELECT person_id, 1, old_since, lived_since, old_area, coalesce(old_address, '')
FROM import_record WHERE old_since < lived_since
UNION ALL
SELECT person_id, 1, lived_since, greatest(status_on, lived_since + 1), home_area, coalesce(lived_address, '')
FROM import_record WHERE status = 2 AND lived_since IS NOT NULL
ON CONFLICT (person_id, kind, valid_from) DO UPDATE
SET valid_to = excluded.valid_to, area_id = excluded.area_id, address = excluded.address

-- end_others --
-- Other homes end
UPDATE residence o SET valid_to = e.valid_to FROM import_ended e
WHERE o.person_id = e.person_id AND o.kind = e.kind AND o.valid_from = e.valid_from AND o.valid_to IS NULL

-- begin_others --
-- And others begin; begun on the same day, one takes the place of the other
INSERT INTO residence (person_id, kind, valid_from, valid_to, until, area_id, address)
SELECT s.person_id, s.kind, s.valid_from, s.valid_to, s.until, s.area_id, s.address FROM import_stated s JOIN import_record r USING (person_id)
ON CONFLICT (person_id, kind, valid_from) DO UPDATE
SET valid_to = excluded.valid_to, until = excluded.until, area_id = excluded.area_id, address = excluded.address

-- part_homes --
-- Nobody has two permanent homes at once: of those whom the files tell of a former or another one, each ends when the next begins
UPDATE residence r SET valid_to = parted.next
FROM (SELECT h.person_id, h.valid_from, h.valid_to AS was,
             coalesce(lead(h.valid_from) OVER (PARTITION BY h.person_id ORDER BY h.valid_from), p.home_since) AS next
      FROM residence h JOIN person p USING (person_id)
      WHERE h.kind = 1 AND h.person_id IN (SELECT person_id FROM import_record WHERE old_since < lived_since
                                           UNION SELECT person_id FROM import_stated WHERE kind = 1)) AS parted
WHERE r.person_id = parted.person_id AND r.kind = 1 AND r.valid_from = parted.valid_from
  AND r.valid_from < parted.next AND parted.was > parted.next

-- note_lived --
-- Whom the files change in nothing else (see register/changed_people.py)
INSERT INTO person_change (person_id)
SELECT person_id FROM import_lived JOIN import_record USING (person_id) WHERE NOT EXISTS (SELECT FROM import_changed c WHERE c.person_id = import_lived.person_id)

-- later --
-- Rows of people of whose home of a kind the register knows more than the files could: another one, or its end
SELECT f.file_no, f.row, CASE k.kind WHEN 2 THEN 'temporary_code' ELSE 'current_code' END AS field,
       max(CASE WHEN k.valid_from > %(on)s THEN k.valid_from ELSE coalesce(k.valid_to, k.valid_from) END) AS day
FROM import_known k JOIN import_home r USING (person_id) JOIN import_person i USING (person_id) JOIN import_row f ON f.ctid = i.place
WHERE r.status <> 2 AND (k.kind = 2 AND r.temporary_area IS NOT NULL OR k.kind = 4 AND r.current_area IS NOT NULL)
  AND (k.valid_from > %(on)s OR k.valid_to > %(on)s OR (k.kind = 2 AND k.valid_to IS NULL AND k.valid_from > r.temporary_since AND {moved}))
GROUP BY 1, 2, 3
