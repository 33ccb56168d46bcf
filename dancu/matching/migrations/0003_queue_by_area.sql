-- depends: matching 0002_merged
-- Nearly every case's people live in one commune, so its first area finds it; comparing whole arrays with the 1,500 areas of a province took
-- half a minute for a million cases.
DROP INDEX review_case_areas;
CREATE INDEX review_case_area ON review_case ((area_ids[1])) WHERE status <> 'decided';
CREATE INDEX review_case_kind ON review_case (kind, (area_ids[1])) WHERE status <> 'decided';
