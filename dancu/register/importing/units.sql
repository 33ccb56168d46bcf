-- make --
-- Which unit became which, at once or later, wholly or partly
CREATE TEMPORARY TABLE import_became (old integer, new integer) ON COMMIT DROP

-- copy --
-- Likewise
COPY import_became FROM STDIN

-- analyze --
-- So that it is looked up as a whole
ANALYZE import_became
