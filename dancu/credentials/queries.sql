-- add --
-- A new key; none where the usage has one without a successor, be it another process's of this moment
INSERT INTO signing_key (kid, usage, public_jwk, private_pem, not_before)
VALUES (%(kid)s, %(usage)s, %(public_jwk)s, %(private_pem)s, clock_timestamp() + %(ahead)s)
ON CONFLICT (usage) WHERE retired_at IS NULL DO NOTHING

-- newest --
-- The key without a successor
SELECT kid FROM signing_key WHERE usage = %(usage)s AND retired_at IS NULL

-- retire_newest --
-- Let the key without a successor end later; of two rotations at once the second touches no row
UPDATE signing_key SET retired_at = clock_timestamp() + %(after)s WHERE usage = %(usage)s AND retired_at IS NULL

-- retire_now --
-- End one key at this moment
UPDATE signing_key SET retired_at = clock_timestamp()
WHERE kid = %(kid)s AND (retired_at IS NULL OR retired_at > clock_timestamp())
RETURNING usage

-- begin_now --
-- A successor that was to sign later signs from this moment
UPDATE signing_key SET not_before = clock_timestamp()
WHERE usage = %(usage)s AND retired_at IS NULL AND not_before > clock_timestamp()

-- ring --
-- All keys, the one that signs first in each usage
SELECT kid, usage, public_jwk, private_pem, retired_at,
       not_before <= clock_timestamp() AND (retired_at IS NULL OR retired_at > clock_timestamp()) AS may_sign
FROM signing_key
ORDER BY usage, not_before DESC, created_at DESC

-- published --
-- The public halves that still count, for whoever verifies
SELECT kid, usage, public_jwk, not_before, retired_at
FROM signing_key
WHERE retired_at IS NULL OR retired_at > clock_timestamp()
ORDER BY usage, not_before DESC, created_at DESC

-- history --
-- Every key there ever was, newest first
SELECT kid, usage, algorithm, created_at, not_before, retired_at
FROM signing_key
ORDER BY usage, not_before DESC, created_at DESC

-- private_keys --
-- All keys with their private halves, held until they are encrypted anew
SELECT kid, private_pem FROM signing_key ORDER BY kid FOR UPDATE

-- encrypt_anew --
-- The same key under another passphrase
UPDATE signing_key SET private_pem = %(private_pem)s WHERE kid = %(kid)s
