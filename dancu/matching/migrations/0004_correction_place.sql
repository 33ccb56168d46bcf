-- depends: matching 0003_queue_by_area
-- A record is its site's, and a site is its place and its name: two health stations of one name, in two communes or as two facilities of one,
-- each have a record "1". No facility is equal to no facility.
ALTER TABLE correction DROP CONSTRAINT correction_site_record_id_key;
ALTER TABLE correction ADD UNIQUE NULLS NOT DISTINCT (site, area_id, facility_id, record_id);
