-- edition --
-- What changes with every signature
SELECT count(*) AS signatures FROM rule_signature

-- signed --
-- Every version that two have signed, each rule's oldest first
SELECT v.rule_id, v.version, v.document::text AS document, v.digest, v.drafted_by, v.drafted_at, s.signed_by, s.signed_at
FROM rule_version v JOIN rule_signature s USING (rule_id, version) ORDER BY v.rule_id, v.version

-- versions --
-- Every version that was drafted, and who signed it, or refused or withdrew it
SELECT v.rule_id, v.version, v.document::text AS document, v.digest, v.drafted_by, v.drafted_at, s.signed_by, s.signed_at,
       e.ended_by, e.ended_at, e.words AS ended_words
FROM rule_version v LEFT JOIN rule_signature s USING (rule_id, version) LEFT JOIN rule_draft_end e USING (rule_id, version)
WHERE %(rule_id)s::text IS NULL OR v.rule_id = %(rule_id)s ORDER BY v.drafted_at DESC

-- hold --
-- One at a time drafts and signs, until the end of the transaction
SELECT pg_advisory_xact_lock(hashtext('rules'))

-- draft --
-- A version that nobody has signed yet, but for who drafted it
INSERT INTO rule_version (rule_id, version, document, digest, drafted_by)
VALUES (%(rule_id)s, %(version)s, %(document)s::jsonb, %(digest)s, %(drafted_by)s)

-- sign --
-- The second signature
INSERT INTO rule_signature (rule_id, version, drafted_by, digest, signed_by)
VALUES (%(rule_id)s, %(version)s, %(drafted_by)s, %(digest)s, %(signed_by)s)

-- end_draft --
-- A draft that nobody will sign
INSERT INTO rule_draft_end (rule_id, version, ended_by, words) VALUES (%(rule_id)s, %(version)s, %(ended_by)s, %(words)s)
