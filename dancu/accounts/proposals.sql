-- propose --
-- No row: the same is proposed already and waits
INSERT INTO account_proposal (official_id, kind, role, jurisdiction_kind, jurisdiction_id, purpose, valid_from, valid_to,
                              why, proposed_by_id, expires_at, instead_of_id)
VALUES (%(official_id)s, %(kind)s, %(role)s, %(jurisdiction_kind)s, %(jurisdiction_id)s, %(purpose)s, %(valid_from)s,
        %(valid_to)s, %(why)s, %(by)s, clock_timestamp() + %(stands)s::interval, %(instead_of)s)
ON CONFLICT (official_id, kind, role, jurisdiction_kind, jurisdiction_id) WHERE state = 'open' DO NOTHING
RETURNING proposal_id

-- owns_the_tables --
-- No row: who is connected serves, and is not the owner
SELECT 1 AS owner FROM pg_class WHERE oid = 'account_proposal'::regclass AND pg_has_role(session_user, relowner, 'MEMBER')

-- done_at_the_server --
-- What the command line of the machine does is proposed by nobody and done at once. Who was never at work has nothing to be told
INSERT INTO account_proposal (official_id, kind, role, jurisdiction_kind, jurisdiction_id, purpose, valid_from, valid_to,
                              why, expires_at, state, decided_at, gave_password, known_at)
SELECT %(official_id)s, %(kind)s, %(role)s, %(jurisdiction_kind)s, %(jurisdiction_id)s, %(purpose)s, %(valid_from)s::date,
       %(valid_to)s::date, %(why)s, clock_timestamp(), 'confirmed', statement_timestamp(), %(kind)s = 'password',
       CASE WHEN last_seen_at IS NULL THEN statement_timestamp() END
FROM official WHERE id = %(official_id)s
RETURNING proposal_id

-- locked --
-- The proposal, which nobody else decides meanwhile
SELECT * FROM account_proposal WHERE proposal_id = %(proposal_id)s FOR UPDATE

-- decide --
-- Null: it does not wait any more, or its time is over
SELECT decide_proposal(%(proposal_id)s, %(state)s, %(by)s, %(answer)s) AS decided

-- agreed --
-- Whether these two agreed on this for this official
SELECT 1 AS agreed FROM account_proposal
WHERE proposal_id = %(proposal_id)s AND official_id = %(official_id)s AND kind = ANY (%(kinds)s) AND state = 'confirmed'
  AND proposed_by_id = %(proposed_by)s AND decided_by_id = %(confirmed_by)s

-- replaced --
-- The role in whose place two agreed on this one; `is_only`: nothing else was agreed on, or waits, to take its place
SELECT old.id AS grant_id, old.official_id,
       NOT EXISTS (SELECT FROM account_proposal other
                   WHERE other.instead_of_id = old.id AND other.proposal_id <> p.proposal_id AND other.state IN ('open', 'confirmed')) AS is_only
FROM account_proposal p
JOIN official_grant new ON new.proposal_id = p.proposal_id AND new.id = %(grant_id)s
JOIN official_grant old ON old.id = p.instead_of_id
WHERE p.proposal_id = %(proposal_id)s AND p.state = 'confirmed'

-- gave_password --
-- One-time, in two halves
UPDATE account_proposal SET gave_password = true WHERE proposal_id = %(proposal_id)s

-- known --
-- The official concerned has read of all that was proposed and done so far
UPDATE account_proposal SET known_at = statement_timestamp()
WHERE official_id = %(official_id)s AND coalesce(known_at, '-infinity') < coalesce(decided_at, proposed_at)

-- expire --
-- Those whose time is over
SELECT proposal_id, official_id FROM end_late_proposals()

-- behind --
-- For each of these officials: themselves, who made their account, who proposed its keys within the time, and so on for each of those
WITH RECURSIVE behind (official_id, hand) AS (
    SELECT id, id FROM official WHERE id = ANY (%(official_ids)s::bigint[])
    UNION
    SELECT behind.official_id, more.hand
    FROM behind CROSS JOIN LATERAL (
        SELECT made_by_id AS hand FROM official WHERE id = behind.hand AND made_by_id IS NOT NULL
        UNION ALL
        SELECT proposed_by_id FROM account_proposal
        WHERE official_id = behind.hand AND state = 'confirmed' AND proposed_by_id IS NOT NULL
          AND (kind IN ('password', 'authenticator') OR gave_password) AND decided_at > clock_timestamp() - %(lately)s::interval
    ) AS more
)
SELECT official_id, array_agg(hand) AS hands FROM behind GROUP BY official_id

-- roles_ever --
-- Every role that the official was ever given
SELECT DISTINCT role FROM official_grant WHERE official_id = %(official_id)s

-- proposals --
-- What was proposed, with names; a condition that is null is not asked. What waits first, the longest first, then what was decided last
SELECT p.*, concerned.username, concerned.full_name, coalesce(proposer.full_name, '') AS proposed_by,
       coalesce(proposer.username, '') AS proposed_by_username, coalesce(decider.full_name, '') AS decided_by,
       coalesce(decider.username, '') AS decided_by_username,
       p.state = 'open' AND p.expires_at <= clock_timestamp() AS is_over,
       coalesce(p.known_at, '-infinity') < coalesce(p.decided_at, p.proposed_at) AS is_news
FROM account_proposal p
JOIN official concerned ON concerned.id = p.official_id
LEFT JOIN official proposer ON proposer.id = p.proposed_by_id
LEFT JOIN official decider ON decider.id = p.decided_by_id
WHERE (%(proposal_id)s::bigint IS NULL OR p.proposal_id = %(proposal_id)s)
  AND (%(official_id)s::bigint IS NULL OR p.official_id = %(official_id)s)
  AND (%(waiting)s::boolean IS NULL OR %(waiting)s = (p.state = 'open'))
  AND (%(since)s::timestamptz IS NULL OR coalesce(p.decided_at, p.proposed_at) >= %(since)s)
ORDER BY p.state <> 'open', CASE WHEN p.state = 'open' THEN p.proposed_at END, p.decided_at DESC, p.proposal_id DESC
LIMIT %(limit)s

-- how_many_wait --
-- For a second administrator
SELECT count(*) AS waiting FROM account_proposal WHERE state = 'open' AND expires_at > clock_timestamp()

-- has_news --
-- Whether the official has something to read of their account
SELECT EXISTS (
    SELECT FROM account_proposal
    WHERE official_id = %(official_id)s AND coalesce(known_at, '-infinity') < coalesce(decided_at, proposed_at)
) AS has_news
