-- record --
-- One entry for each person, in one statement
INSERT INTO audit_entry (person_id, entry_id, actor_kind, actor_id, actor_role, jurisdiction_kind, jurisdiction_id,
                         purpose, action, detail, address, request_id)
SELECT person_id, entry_id, %(actor_kind)s, %(actor_id)s, %(actor_role)s, %(jurisdiction_kind)s, %(jurisdiction_id)s,
       %(purpose)s, %(action)s, %(detail)s, %(address)s::inet, %(request_id)s
FROM unnest(%(person_ids)s::bigint[], %(entry_ids)s::uuid[]) AS entry (person_id, entry_id)

-- known_since --
-- Of which of these people there is such an entry already
SELECT DISTINCT person_id FROM audit_entry
WHERE person_id = ANY(%(person_ids)s::bigint[]) AND at > %(since)s AND actor_kind = 'official' AND actor_id = %(actor_id)s
  AND actor_role = %(actor_role)s AND purpose = %(purpose)s AND action = %(action)s
  AND (%(detail)s::text IS NULL OR detail = %(detail)s)

-- of_person --
-- Who acted on this person's data, newest first, without naming anyone
SELECT at, actor_kind, actor_role, jurisdiction_kind, jurisdiction_id, purpose, action
FROM audit_entry
WHERE person_id = ANY (%(person_ids)s::bigint[])
ORDER BY at DESC, entry_id DESC
LIMIT %(limit)s

-- looks_at --
-- The same by day, role, office, purpose and action, with the reason of what is done for one
SELECT (at AT TIME ZONE %(zone)s)::date AS day, actor_kind, actor_role, jurisdiction_kind, jurisdiction_id, purpose, action,
       CASE WHEN action = ANY(%(for_a_reason)s::text[]) THEN detail ELSE '' END AS reason, count(*) AS times, min(at) AS first, max(at) AS last
FROM audit_entry WHERE person_id = ANY (%(person_ids)s::bigint[])
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 ORDER BY day DESC, last DESC

-- search --
-- A page of the audit, newest first; a condition that is NULL is not asked
SELECT person_id, at, entry_id, actor_kind, actor_id, actor_role, jurisdiction_kind, jurisdiction_id, purpose, action,
       detail, host(address) AS address, request_id
FROM audit_entry
WHERE at >= %(since)s AND at < %(until)s
  AND (%(person_ids)s::bigint[] IS NULL OR person_id = ANY (%(person_ids)s::bigint[]))
  AND (%(official_id)s::bigint IS NULL OR (actor_kind = 'official' AND actor_id = %(official_id)s))
  AND (%(action)s::text IS NULL OR action = %(action)s)
  AND (%(before_at)s::timestamptz IS NULL OR (at, entry_id) < (%(before_at)s, %(before_entry)s::uuid))
ORDER BY at DESC, entry_id DESC
LIMIT %(limit)s
