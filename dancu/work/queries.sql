-- know --
-- A kind that is new is due then
INSERT INTO job (kind, due_at) VALUES (%(kind)s, %(due_at)s) ON CONFLICT (kind) DO NOTHING

-- claim --
-- One of these kinds that is due; nobody else is given it before the lease is over. Counted before it is begun: what kills its worker waits
-- twice as long each time, four hours at most
UPDATE job SET due_at = clock_timestamp() + least(%(lease)s * power(2, least(attempts, 20)), greatest(interval '4 hours', %(lease)s)), worker = %(worker)s, claims = claims + 1, attempts = attempts + 1,
               started_at = clock_timestamp()
WHERE kind = (SELECT kind FROM job WHERE due_at <= clock_timestamp() AND kind = ANY(%(kinds)s::text[])
              ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING kind, claims, attempts

-- renew --
-- Its worker lives and goes on. No row: it was given to another
UPDATE job SET due_at = greatest(due_at, clock_timestamp() + %(lease)s) WHERE kind = %(kind)s AND claims = %(claims)s AND worker <> ''

-- done --
-- It went well. No row: as above
UPDATE job SET due_at = coalesce(%(due_at)s, clock_timestamp() + %(after)s), worker = '', attempts = 0, error = '',
               ended_at = clock_timestamp(), took = clock_timestamp() - started_at
WHERE kind = %(kind)s AND claims = %(claims)s AND worker <> ''

-- failed --
-- It went wrong, and is begun again later. No row: as above
UPDATE job SET due_at = clock_timestamp() + %(after)s, worker = '', error = %(error)s
WHERE kind = %(kind)s AND claims = %(claims)s AND worker <> ''

-- let_go --
-- Its worker ends before it was begun, or in the middle: another may begin it at once
UPDATE job SET due_at = clock_timestamp(), worker = '', attempts = greatest(attempts - 1, 0)
WHERE kind = %(kind)s AND claims = %(claims)s AND worker <> ''

-- due_now --
-- As soon as a worker looks. No row: somebody has it, or no worker has seen it yet
UPDATE job SET due_at = clock_timestamp(), worker = '' WHERE kind = %(kind)s AND (worker = '' OR due_at <= clock_timestamp())

-- jobs --
-- Every kind that a worker has seen. Whose claim is over has nobody any more
SELECT kind, due_at, CASE WHEN due_at > clock_timestamp() THEN worker ELSE '' END AS worker, attempts, started_at, ended_at, took, error
FROM job ORDER BY kind
