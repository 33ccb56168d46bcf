-- depends: checkpoints 0007_remembered
-- Which stops a crossing released: asked when it is taken back.
CREATE INDEX release_by_crossing ON release (by_crossing) WHERE by_crossing IS NOT NULL;

-- Who declares again with the same telephone is found also where a letter or a digit is another.
CREATE INDEX declaration_phone ON declaration (phone, declared_at) WHERE phone <> '';
