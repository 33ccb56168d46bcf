-- depends: checkpoints 0008_released_by
-- What goes with a declaration, from one person to another, whenever it was written (register/merging/catalogue.py).
COMMENT ON COLUMN pass.declaration_id     IS 'goes with declaration';
COMMENT ON COLUMN crossing.declaration_id IS 'goes with declaration';
COMMENT ON COLUMN retraction.crossing_id  IS 'goes with crossing';
COMMENT ON COLUMN release.crossing_id     IS 'goes with crossing';
COMMENT ON COLUMN revocation.pass_id      IS 'goes with pass';
COMMENT ON COLUMN supersession.pass_id    IS 'goes with pass';
