-- sparing --
-- For statements that may read the whole register once: room for what is sought, a page read at random dearer than one in order, as
-- it is where a country does not fit in memory, and more processes than processors, since most of them wait for the disk (measured:
-- 13,000 pages a second by one, 47,000 by eight, 130,000 in order)
SELECT set_config('work_mem', '256MB', true), set_config('random_page_cost', '4', true), set_config('jit', 'off', true),
       set_config('max_parallel_workers_per_gather', '6', true)
