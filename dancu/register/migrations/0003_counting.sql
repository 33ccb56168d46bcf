-- depends: register 0002_merging
-- How many people there are, by where they are registered, year of birth, sex and status: kept in the transaction of every change to a
-- person, so that statistics read no person. docs/decisions/0009-counting-people.md
--
-- By year of birth, not by day: of some people only the year is known, and statistics by age reached in the year need no more.

-- Who came to a cell (+) and who left it (-), not yet added to the sums. Only ever appended to, so that no two officials wait for one
-- another; dancu.register.counting.fold gathers them.
CREATE TABLE population_change (
    home_area  integer  NOT NULL,                            -- 0: none
    birth_year smallint NOT NULL,
    sex        smallint NOT NULL,
    status     smallint NOT NULL,
    people     integer  NOT NULL
);

CREATE TABLE population_count (
    home_area  integer  NOT NULL,
    birth_year smallint NOT NULL,
    sex        smallint NOT NULL,
    status     smallint NOT NULL,
    people     integer  NOT NULL
);

-- The same for provinces of today and the whole country, which are too many cells to add up for a page.
CREATE TABLE population_sum (
    province_id integer  NOT NULL,                           -- 0: the country
    birth_year  smallint NOT NULL,
    sex         smallint NOT NULL,
    status      smallint NOT NULL,
    people      integer  NOT NULL
);

ALTER TABLE population_count ADD CONSTRAINT population_count_pkey PRIMARY KEY (home_area, birth_year, sex, status);
ALTER TABLE population_sum ADD CONSTRAINT population_sum_pkey PRIMARY KEY (province_id, birth_year, sex, status);

-- The people whom a register that is already in use holds.
INSERT INTO population_change
SELECT coalesce(home_area, 0), extract(year FROM birth_date), sex, status, count(*) FROM person GROUP BY 1, 2, 3, 4;
