-- claim --
-- Whoever sends a key first does the work; whoever sends it meanwhile waits here until that is done or undone
INSERT INTO repeated_request (caller, key, fingerprint) VALUES (%(caller)s, %(key)s, %(fingerprint)s)
ON CONFLICT DO NOTHING

-- kept --
-- What was answered to this key; status is NULL only within the transaction that is answering
SELECT fingerprint, status, media, body FROM repeated_request WHERE caller = %(caller)s AND key = %(key)s

-- keep --
-- The answer, for whoever sends the same again
UPDATE repeated_request SET status = %(status)s, media = %(media)s, body = %(body)s
WHERE caller = %(caller)s AND key = %(key)s

-- give_up --
-- This answer is of the moment: the same request may be tried again with the same key
DELETE FROM repeated_request WHERE caller = %(caller)s AND key = %(key)s

-- forget --
-- What nobody will repeat any more
DELETE FROM repeated_request WHERE came_at < now() - %(kept)s::interval
