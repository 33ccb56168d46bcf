-- add --
-- A new token
INSERT INTO api_token (token_hash, official_id, grant_id, name)
VALUES (%(token_hash)s, %(official_id)s, %(grant_id)s, %(name)s)

-- holder --
-- Whose token this is, while it stands and the account is open
SELECT t.official_id, t.grant_id FROM api_token t JOIN official o ON o.id = t.official_id
WHERE token_hash = %(token_hash)s AND t.revoked_at IS NULL AND o.is_active

-- revoke --
-- The token no longer counts
UPDATE api_token SET revoked_at = now() WHERE official_id = %(official_id)s AND name = %(name)s AND revoked_at IS NULL

-- hand_over --
-- The tokens under a role that another one takes the place of
UPDATE api_token SET grant_id = %(new_id)s WHERE grant_id = %(grant_id)s AND revoked_at IS NULL

-- list --
-- The tokens that stand
SELECT t.name, o.username, t.created_at FROM api_token t JOIN official o ON o.id = t.official_id
WHERE t.revoked_at IS NULL ORDER BY t.created_at
