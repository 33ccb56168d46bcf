-- withdrawn_passes --
-- Passes that have time left and count no more, and why
SELECT p.pass_id, CASE WHEN bool_or(gone.why = 'revoked') THEN 'revoked' ELSE 'superseded' END AS why
FROM (SELECT person_id, pass_id, 'revoked' AS why FROM revocation WHERE revoked_at > now() - interval '31 days'
      UNION ALL
      SELECT person_id, pass_id, 'superseded' FROM supersession WHERE superseded_at > now() - interval '31 days') AS gone
JOIN pass p USING (person_id, pass_id)
WHERE p.expires_at > now()
GROUP BY p.pass_id
