-- forget_old_codes --
-- Codes that nobody can use any more
DELETE FROM enrolment_code WHERE until < now() - interval '1 day'

-- one_code_at_a_time --
-- Of names of one place
SELECT pg_advisory_xact_lock(hashtextextended('dancu.devices.names ' || %(place_kind)s || %(place_id)s::text, 0))

-- forget_code_of_name --
-- The code before for this device, unless it is used
DELETE FROM enrolment_code
WHERE place_kind = %(place_kind)s AND place_id = %(place_id)s AND lower(name) = lower(%(name)s) AND device_id IS NULL

-- name_taken --
-- Whether a device of the place is called so that was not cut off
SELECT true AS taken FROM device
WHERE place_kind = %(place_kind)s AND place_id = %(place_id)s AND lower(name) = lower(%(name)s) AND cut_off_at IS NULL LIMIT 1

-- add_code --
-- A code to enrol one device with
INSERT INTO enrolment_code (code_hash, place_kind, place_id, name, made_by, until)
VALUES (%(code_hash)s, %(place_kind)s, %(place_id)s, %(name)s, %(made_by)s, %(until)s)

-- code --
-- A code that counts, which nobody else uses meanwhile; zero rows: none, or too old
SELECT place_kind, place_id, name, made_by, device_id FROM enrolment_code
WHERE code_hash = %(code_hash)s AND until > now() FOR UPDATE

-- use_code --
-- It was used by this device
UPDATE enrolment_code SET device_id = %(device_id)s WHERE code_hash = %(code_hash)s AND device_id IS NULL

-- add_device --
-- A device comes to a place
INSERT INTO device (device_id, place_kind, place_id, name, public_key, enrolled_by, app, seen_at, lease_until)
VALUES (%(device_id)s, %(place_kind)s, %(place_id)s, %(name)s, %(public_key)s, %(enrolled_by)s, %(app)s, %(now)s, %(lease_until)s)

-- device --
-- A device; zero rows: there is none
SELECT * FROM device WHERE device_id = %(device_id)s

-- devices --
-- Devices (or one), with how much of each people have to look at, and how much it made never came
SELECT d.*, coalesce(i.open_items, 0) AS open_items, greatest(d.made - coalesce(i.came, 0), 0) AS missing_items
FROM device d
LEFT JOIN (
    SELECT device_id, (count(*) FILTER (WHERE outcome <> 'taken' AND settled_at IS NULL))::integer AS open_items,
           count(DISTINCT counter)::integer AS came
    FROM device_item WHERE %(only)s::uuid IS NULL OR device_id = %(only)s GROUP BY 1
) AS i USING (device_id)
WHERE (%(past)s::boolean IS NULL OR %(past)s = {past}) AND (%(only)s::uuid IS NULL OR d.device_id = %(only)s)
ORDER BY (cut_off_at IS NOT NULL), coalesce(i.open_items, 0) = 0, lease_until, d.device_id
LIMIT %(most)s OFFSET %(skip)s

-- devices_at --
-- The devices of some places, but for those of the past: who has been silent for longest first; how much of each people have to look at, and how
-- much it made never came, as far as all came before
SELECT d.*, (SELECT count(*)::integer FROM device_item o WHERE o.device_id = d.device_id AND o.outcome <> 'taken' AND o.settled_at IS NULL) AS open_items,
       greatest(d.made - d.came_up_to - (SELECT count(DISTINCT i.counter)::integer FROM device_item i
                                         WHERE i.device_id = d.device_id AND i.counter > d.came_up_to), 0) AS missing_items
FROM device d WHERE d.place_kind = %(place_kind)s AND d.place_id = ANY(%(numbers)s::bigint[]) AND NOT {past}
ORDER BY d.place_id, d.lease_until, d.device_id

-- open_counts --
-- How much people of some places have to look at
SELECT d.place_id, count(*)::integer AS items FROM device d
JOIN device_item i ON i.device_id = d.device_id AND i.outcome <> 'taken' AND i.settled_at IS NULL
WHERE d.place_kind = %(place_kind)s AND d.place_id = ANY(%(numbers)s::bigint[]) GROUP BY 1

-- how_many --
-- As many as are listed
SELECT count(*)::integer AS devices FROM device d WHERE %(past)s::boolean IS NULL OR %(past)s = {past}

-- past --
-- Wiped, cut off with nothing left that it could use, or not heard of since its lease ended a month ago; and nobody has to look at what it sent
((wiped_at IS NOT NULL OR lease_until < now() - CASE WHEN cut_off_at IS NULL THEN interval '30 days' ELSE interval '0' END)
 AND NOT EXISTS (SELECT FROM device_item o WHERE o.device_id = d.device_id AND o.outcome <> 'taken' AND o.settled_at IS NULL))

-- open_count --
-- How much people of a place have to look at
SELECT count(*)::integer AS items FROM device d
JOIN device_item i ON i.device_id = d.device_id AND i.outcome <> 'taken' AND i.settled_at IS NULL
WHERE d.place_kind = %(place_kind)s AND d.place_id = %(place_id)s

-- remarked --
-- What was taken of the devices of a place, of which something is to be seen
SELECT i.device_id, i.item_id, i.kind, i.at, i.received_at, i.outcome, i.code, i.payload, d.name AS device_name, s.official_id
FROM device d
JOIN device_item i ON i.device_id = d.device_id AND i.outcome = 'taken' AND i.code <> '' AND i.at > %(since)s
LEFT JOIN device_shift s ON s.device_id = i.device_id AND s.shift_id = i.shift_id
WHERE d.place_kind = %(place_kind)s AND d.place_id = %(place_id)s
ORDER BY i.at DESC LIMIT %(most)s

-- end_shifts_of_device --
-- Somebody else works with it from now on
UPDATE device_shift SET until = least(until, %(now)s) WHERE device_id = %(device_id)s AND until > %(now)s

-- end_shifts_of_session --
-- Who was signed in there has signed out
UPDATE device_shift SET until = least(until, %(now)s) WHERE session = %(session)s AND until > %(now)s

-- cut_off --
-- Zero rows: it was cut off already
UPDATE device SET cut_off_at = now(), cut_off_by = %(by)s WHERE device_id = %(device_id)s AND cut_off_at IS NULL

-- heard --
-- A device's last word. What it has is what it says last; its counter never goes back, and who is cut off gets no longer lease
UPDATE device SET app = %(app)s, seen_at = %(now)s, made = greatest(made, %(made)s), waiting = %(waiting)s, oldest_at = %(oldest_at)s,
                  bundle_at = %(bundle_at)s, drift_ms = %(drift_ms)s,
                  lease_until = CASE WHEN cut_off_at IS NULL THEN %(lease_until)s ELSE lease_until END,
                  wiped_at = CASE WHEN %(is_wiped)s AND cut_off_at IS NOT NULL THEN coalesce(wiped_at, %(now)s) ELSE wiped_at END
WHERE device_id = %(device_id)s

-- answered --
-- How the device stands after so many of its items were answered for
UPDATE device SET waiting = greatest(waiting - %(settled)s, 0) WHERE device_id = %(device_id)s RETURNING *

-- shift_of --
-- The shift of this official, in this role and session, that is under way on the device, begun not too long ago
SELECT * FROM device_shift
WHERE device_id = %(device_id)s AND official_id = %(official_id)s AND grant_id = %(grant_id)s
  AND session = %(session)s AND began_at > %(since)s AND until > %(now)s
ORDER BY began_at DESC LIMIT 1

-- shift --
-- Who works with the device; zero rows: no such shift
SELECT * FROM device_shift WHERE device_id = %(device_id)s AND shift_id = %(shift_id)s

-- add_shift --
-- Somebody works with the device from now on
INSERT INTO device_shift (device_id, shift_id, official_id, grant_id, role, jurisdiction_kind, jurisdiction_id, purpose, session, began_at, until)
VALUES (%(device_id)s, %(shift_id)s, %(official_id)s, %(grant_id)s, %(role)s, %(jurisdiction_kind)s, %(jurisdiction_id)s, %(purpose)s,
        %(session)s, %(began_at)s, %(until)s)

-- one_at_a_time --
-- Of one device one thing is taken after the other, and nobody cuts it off meanwhile
SELECT * FROM device WHERE device_id = %(device_id)s FOR NO KEY UPDATE

-- item --
-- What came under this id; zero rows: nothing
SELECT device_id, item_id, kind, counter, at, received_at, digest, outcome, code FROM device_item
WHERE device_id = %(device_id)s AND item_id = %(item_id)s

-- has_counter --
-- Whether something came under this counter
SELECT true AS came FROM device_item WHERE device_id = %(device_id)s AND counter = %(counter)s LIMIT 1

-- add_item --
-- Something came
INSERT INTO device_item (device_id, item_id, kind, counter, shift_id, at, digest, outcome, code, payload)
VALUES (%(device_id)s, %(item_id)s, %(kind)s, %(counter)s, %(shift_id)s, %(at)s, %(digest)s, %(outcome)s, %(code)s, %(payload)s)

-- came_up_to --
-- Up to which counter all came, as far as what has come since reaches
UPDATE device d SET came_up_to = whole.last FROM (
    SELECT coalesce(max(counter), 0) AS last FROM (
        SELECT counter, counter - row_number() OVER (ORDER BY counter) AS before
        FROM (SELECT DISTINCT i.counter FROM device_item i, device of
              WHERE i.device_id = %(device_id)s AND of.device_id = %(device_id)s AND i.counter > of.came_up_to) AS after
    ) AS numbered, device of WHERE of.device_id = %(device_id)s AND before = of.came_up_to
) AS whole
WHERE d.device_id = %(device_id)s AND whole.last > d.came_up_to

-- gaps --
-- Counters that never came
WITH came AS (
    SELECT DISTINCT i.counter FROM device_item i, device d
    WHERE i.device_id = %(device_id)s AND d.device_id = %(device_id)s AND i.counter > d.came_up_to
), edges AS (
    SELECT came_up_to AS counter, made FROM device WHERE device_id = %(device_id)s
    UNION ALL SELECT came.counter, 0 FROM came
    UNION ALL SELECT made::bigint + 1, 0 FROM device WHERE device_id = %(device_id)s
)
SELECT counter + 1 AS first, next - 1 AS last
FROM (SELECT counter, lead(counter) OVER (ORDER BY counter) AS next FROM (SELECT DISTINCT counter FROM edges) AS each) AS pairs
WHERE next > counter + 1 ORDER BY counter LIMIT %(most)s

-- open_items --
-- What people have to decide about, of the devices of a place, the oldest first; of each device no more than so much, and those that were cut
-- off last
SELECT device_id, item_id, kind, at, received_at, outcome, code, payload, device_name, official_id FROM (
    SELECT i.device_id, i.item_id, i.kind, i.at, i.received_at, i.outcome, i.code, i.payload, d.name AS device_name, s.official_id,
           d.cut_off_at, row_number() OVER (PARTITION BY i.device_id ORDER BY i.at) AS nth
    FROM device d
    JOIN device_item i ON i.device_id = d.device_id AND i.outcome <> 'taken' AND i.settled_at IS NULL
    LEFT JOIN device_shift s ON s.device_id = i.device_id AND s.shift_id = i.shift_id
    WHERE d.place_kind = %(place_kind)s AND d.place_id = %(place_id)s AND i.kind <> ALL (%(hidden)s::text[])
) AS each WHERE nth <= %(of_each)s
ORDER BY (cut_off_at IS NOT NULL), at LIMIT %(most)s

-- settle --
-- Zero rows: settled already, or not of this place
UPDATE device_item i SET settled_at = now(), settled_by = %(by)s, settled_as = %(note)s
FROM device d
WHERE d.device_id = i.device_id AND i.device_id = %(device_id)s AND i.item_id = %(item_id)s AND i.outcome <> 'taken'
  AND i.settled_at IS NULL AND d.place_kind = %(place_kind)s AND d.place_id = %(place_id)s
