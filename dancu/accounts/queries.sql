-- grants_in_force --
-- The roles an official may act in on this day
SELECT id AS grant_id, role, jurisdiction_kind, jurisdiction_id, purpose, valid_from, valid_to
FROM official_grant
WHERE official_id = %(official_id)s AND ended_at IS NULL
  AND valid_from <= %(on)s AND (valid_to IS NULL OR %(on)s < valid_to)
ORDER BY id

-- stood --
-- Zero rows: the role did not hold at that moment, or the account is locked now
SELECT g.id FROM official_grant g JOIN official o ON o.id = g.official_id
WHERE g.id = %(grant_id)s AND g.official_id = %(official_id)s AND o.is_active
  AND (g.ended_at IS NULL OR g.ended_at > %(at)s) AND g.valid_from <= %(on)s AND (g.valid_to IS NULL OR %(on)s < g.valid_to)

-- same_grant --
-- A grant of the same role in the same place that holds on one of these days too
SELECT id FROM official_grant
WHERE official_id = %(official_id)s AND role = %(role)s AND ended_at IS NULL
  AND jurisdiction_kind = %(jurisdiction_kind)s AND jurisdiction_id = %(jurisdiction_id)s
  AND daterange(valid_from, valid_to) && daterange(%(valid_from)s::date, %(valid_to)s::date)
LIMIT 1

-- administrators --
-- Those who can manage accounts on this day
SELECT g.id AS grant_id, g.official_id
FROM official_grant g JOIN official o ON o.id = g.official_id
WHERE g.role = 'administrator' AND g.ended_at IS NULL AND o.is_active
  AND g.valid_from <= %(on)s AND (g.valid_to IS NULL OR %(on)s < g.valid_to)
ORDER BY g.id

-- one_at_a_time --
-- Whatever takes a role or an account away, and whatever two agree on, comes one after the other until the transaction ends
SELECT pg_advisory_xact_lock(hashtextextended('dancu.accounts.administrators', 0))

-- give_role --
-- A role, from now on known to the database
INSERT INTO official_grant (official_id, role, jurisdiction_kind, jurisdiction_id, purpose, valid_from, valid_to, granted_by_id, proposal_id)
VALUES (%(official_id)s, %(role)s, %(jurisdiction_kind)s, %(jurisdiction_id)s, %(purpose)s, %(valid_from)s, %(valid_to)s, %(by)s, %(proposal_id)s)
RETURNING id AS grant_id

-- end_grant --
-- Null: it had ended already
SELECT end_role(%(grant_id)s, %(by)s) AS ended

-- end_sessions --
-- Every session holds the number it was begun with
UPDATE official SET session_number = session_number + 1 WHERE id = %(official_id)s

-- lock --
-- Zero rows: it was locked already
UPDATE official SET is_active = false, session_number = session_number + 1 WHERE id = %(official_id)s AND is_active

-- unlock --
-- Open again, and wrong tries forgotten
UPDATE official SET is_active = true, failed_count = 0, locked_until = NULL WHERE id = %(official_id)s

-- forgive --
-- Wrong tries forgotten
UPDATE official SET failed_count = 0, locked_until = NULL WHERE id = %(official_id)s

-- reset_password --
-- A one-time password: sessions end, wrong tries are forgotten
UPDATE official
SET password = %(password)s, must_change_password = true, session_number = session_number + 1,
    failed_count = 0, locked_until = NULL
WHERE id = %(official_id)s

-- record_failure --
-- One more wrong try; the last allowed one locks and starts the count anew. Zero rows: locked already.
-- Racing processes wait for the row and then count from what the other wrote
UPDATE official
SET failed_count = CASE WHEN failed_count + 1 >= %(wrong_tries)s THEN 0 ELSE failed_count + 1 END,
    locked_until = CASE WHEN failed_count + 1 >= %(wrong_tries)s
                        THEN clock_timestamp() + make_interval(mins => %(minutes)s) END
WHERE id = %(official_id)s AND (locked_until IS NULL OR locked_until <= clock_timestamp())
RETURNING failed_count

-- signed_in --
-- At work from now on; the wrong tries before a right one are forgotten
UPDATE official SET failed_count = 0, last_seen_at = clock_timestamp() WHERE id = %(official_id)s

-- record_seen --
-- At most one write a minute, however many sessions there are
UPDATE official SET last_seen_at = clock_timestamp()
WHERE id = %(official_id)s AND (last_seen_at IS NULL OR last_seen_at < clock_timestamp() - interval '1 minute')

-- officials --
-- A page of officials with the roles they may act in on this day
SELECT o.id AS official_id, o.username, o.full_name, o.is_active, o.locked_until, o.last_seen_at,
       coalesce(array_agg(DISTINCT g.role) FILTER (WHERE g.id IS NOT NULL), '{}') AS roles
FROM official o
LEFT JOIN official_grant g ON g.official_id = o.id AND g.ended_at IS NULL
     AND g.valid_from <= %(on)s AND (g.valid_to IS NULL OR %(on)s < g.valid_to)
WHERE o.username > %(after)s AND strpos(o.sought_by, %(text)s) > 0
GROUP BY o.id
HAVING %(role)s = '' OR %(role)s = ANY (array_agg(g.role))
ORDER BY o.username
LIMIT %(limit)s

-- grants_of_areas --
-- Roles that hold on this day in one of these areas, with whose they are
SELECT g.id AS grant_id, g.role, g.jurisdiction_id AS area_id, o.id AS official_id, o.username, o.full_name
FROM official_grant g JOIN official o ON o.id = g.official_id
WHERE g.jurisdiction_kind = 'area' AND g.jurisdiction_id = ANY (%(area_ids)s::bigint[]) AND g.ended_at IS NULL
  AND g.valid_from <= %(on)s AND (g.valid_to IS NULL OR %(on)s < g.valid_to) AND g.id > %(after)s
ORDER BY g.id
LIMIT %(limit)s

-- grants_ever --
-- Each role an official was ever given, and by whom
SELECT g.id AS grant_id, g.role, g.jurisdiction_kind, g.jurisdiction_id, g.purpose, g.valid_from, g.valid_to,
       coalesce(giver.username, '') AS granted_by, coalesce(second.username, '') AS confirmed_by, g.ended_at, coalesce(ender.username, '') AS ended_by,
       (g.ended_at IS NULL AND g.valid_from <= %(on)s AND (g.valid_to IS NULL OR %(on)s < g.valid_to)) AS in_force
FROM official_grant g
LEFT JOIN official giver ON giver.id = g.granted_by_id
LEFT JOIN account_proposal proposal USING (proposal_id)
LEFT JOIN official second ON second.id = proposal.decided_by_id
LEFT JOIN official ender ON ender.id = g.ended_by_id
WHERE g.official_id = %(official_id)s
ORDER BY in_force DESC, g.id DESC
