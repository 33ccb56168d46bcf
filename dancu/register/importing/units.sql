-- make --
-- Which unit became which, at once or later, wholly or partly
CREATE TEMPORARY TABLE import_became (old integer, new integer) ON COMMIT DROP;
CREATE TEMPORARY TABLE import_reused (said integer, meant integer) ON COMMIT DROP

-- copy --
-- Likewise
COPY import_became FROM STDIN

-- copy_reused --
-- Likewise
COPY import_reused FROM STDIN

-- analyze --
-- So that they are looked up as a whole
ANALYZE import_became, import_reused

-- told --
-- Rows with such a code, where the address is the register's or none is said
SELECT f.file_no, f.row, r.home_area = r.old_area AS stays
FROM import_record r JOIN import_person i USING (person_id) JOIN import_row f ON f.ctid = i.place
WHERE f.home_area <> r.old_area AND (f.home_area, r.old_area) IN (SELECT said, meant FROM import_reused)
  AND coalesce(lower(f.permanent_address) = lower(r.old_address), true) AND coalesce(f.permanent_since <= r.old_since, true)
ORDER BY f.file_no, f.row
