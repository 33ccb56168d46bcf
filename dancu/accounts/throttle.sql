-- count --
-- One more try, or so many: a new window where the last is over. The row's lock makes racing processes count one after the other. Counts outlive a
-- crash but for its last half second: alone, a try does not wait for the disk; within a larger change that one's commit is left as it is
INSERT INTO throttle AS t (key, tries, ends_at)
SELECT %(key)s, %(tries)s, clock_timestamp() + make_interval(secs => %(seconds)s)
FROM set_config('synchronous_commit', CASE WHEN %(alone)s THEN 'off' ELSE current_setting('synchronous_commit') END, true)
ON CONFLICT (key) DO UPDATE SET
    tries = CASE WHEN t.ends_at <= clock_timestamp() THEN excluded.tries ELSE t.tries + excluded.tries END,
    ends_at = CASE WHEN t.ends_at <= clock_timestamp() THEN excluded.ends_at ELSE t.ends_at END
RETURNING tries

-- count_each --
-- So many more tries of each, in one statement and always in the same order; none more reads the count as it is, after whoever counts at the moment
INSERT INTO throttle AS t (key, tries, ends_at)
SELECT each.key, each.tries, clock_timestamp() + make_interval(secs => each.seconds)
FROM set_config('synchronous_commit', CASE WHEN %(alone)s THEN 'off' ELSE current_setting('synchronous_commit') END, true),
     unnest(%(keys)s::bytea[], %(tries)s::integer[], %(seconds)s::integer[]) AS each (key, tries, seconds)
ORDER BY each.key
ON CONFLICT (key) DO UPDATE SET
    tries = CASE WHEN t.ends_at <= clock_timestamp() THEN excluded.tries ELSE t.tries + excluded.tries END,
    ends_at = CASE WHEN t.ends_at <= clock_timestamp() THEN excluded.ends_at ELSE t.ends_at END
RETURNING key, tries

-- sweep --
-- Windows that are over, but not those another process is counting in
DELETE FROM throttle WHERE key IN (
    SELECT key FROM throttle WHERE ends_at < clock_timestamp() LIMIT 1000 FOR UPDATE SKIP LOCKED
)
