-- Which stops a crossing released: asked when it is taken back.
CREATE INDEX release_by_crossing ON release (by_crossing) WHERE by_crossing IS NOT NULL;
