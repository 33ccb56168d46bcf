-- standing --
-- Of each area that a decision in force at a moment names, the level of the decision that began last; `areas`: of these alone, `without`: as if this decision did not count
SELECT DISTINCT ON (n.area_id) n.area_id, n.level, d.decision_id, d.citation, d.valid_from, s.signed_at
FROM risk_decision d JOIN risk_signature s USING (decision_id)
CROSS JOIN LATERAL unnest(d.areas, d.levels) AS n (area_id, level)
WHERE d.valid_from <= %(at)s AND d.decision_id IS DISTINCT FROM %(without)s::bigint
  AND (%(areas)s::integer[] IS NULL OR (d.areas && %(areas)s::integer[] AND n.area_id = ANY (%(areas)s::integer[])))
  AND NOT EXISTS (SELECT FROM risk_decision w JOIN risk_signature USING (decision_id)
                  WHERE w.withdraws = d.decision_id AND w.valid_from <= %(at)s)
ORDER BY n.area_id, d.valid_from DESC, s.signed_at DESC, d.decision_id DESC

-- begin_between --
-- The moments after `since` and until `until` at which a signed decision begins
SELECT DISTINCT d.valid_from FROM risk_decision d JOIN risk_signature USING (decision_id)
WHERE d.valid_from > %(since)s AND d.valid_from <= %(until)s ORDER BY d.valid_from

-- decisions --
-- Decisions (`decision_id`: this one) but for those thrown away, who signed each, and by which signed one it is withdrawn from when on; what begins last first
SELECT d.decision_id, d.citation, d.valid_from, d.areas, d.levels, d.withdraws, d.digest, d.drafted_by, d.drafted_at, s.signed_by, s.signed_at,
       w.decision_id AS withdrawn_by, w.valid_from AS withdrawn_from
FROM risk_decision d LEFT JOIN risk_signature s USING (decision_id)
LEFT JOIN LATERAL (
    SELECT w.decision_id, w.valid_from FROM risk_decision w JOIN risk_signature USING (decision_id)
    WHERE w.withdraws = d.decision_id ORDER BY w.valid_from LIMIT 1
) AS w ON true
WHERE (%(decision_id)s::bigint IS NULL OR d.decision_id = %(decision_id)s)
  AND NOT EXISTS (SELECT FROM risk_discard t WHERE t.decision_id = d.decision_id)
ORDER BY d.valid_from DESC, d.decision_id DESC

-- hold --
-- One at a time signs and throws away, until the end of the transaction
SELECT pg_advisory_xact_lock(hashtext('risk'))

-- draft --
-- A decision that nobody has signed yet, but for who drafted it
INSERT INTO risk_decision (citation, valid_from, areas, levels, withdraws, digest, drafted_by)
VALUES (%(citation)s, %(valid_from)s, %(areas)s::integer[], %(levels)s::smallint[], %(withdraws)s, %(digest)s, %(drafted_by)s)
RETURNING decision_id

-- sign --
-- The second signature
INSERT INTO risk_signature (decision_id, drafted_by, digest, signed_by)
VALUES (%(decision_id)s, %(drafted_by)s, %(digest)s, %(signed_by)s)

-- discard --
-- A draft is thrown away
INSERT INTO risk_discard (decision_id, discarded_by) VALUES (%(decision_id)s, %(discarded_by)s)
