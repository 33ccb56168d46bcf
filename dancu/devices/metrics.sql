-- states --
-- How many devices are in each state, as the list of devices has it (lookups.DeviceStanding)
SELECT CASE WHEN wiped_at IS NOT NULL THEN 'wiped' WHEN cut_off_at IS NOT NULL THEN 'cut_off'
            WHEN lease_until < now() THEN 'silent' ELSE 'at_work' END AS state, count(*) AS devices
FROM device GROUP BY 1

-- open_items --
-- What devices sent and people have to look at, counted to %(most)s
SELECT count(*) AS items FROM (SELECT FROM device_item WHERE outcome <> 'taken' AND settled_at IS NULL LIMIT %(most)s) AS counted

-- carried --
-- What waits on devices that are not cut off, as they said last, and for how many seconds the oldest of it
SELECT coalesce(sum(waiting), 0) AS items,
       coalesce(extract(epoch FROM now() - min(oldest_at) FILTER (WHERE waiting > 0)), 0)::float8 AS seconds
FROM device WHERE cut_off_at IS NULL AND wiped_at IS NULL
