-- depends: checkpoints 0010_crossing_by_id
-- A child is found again by the telephone of whoever declares for it.
CREATE INDEX declaration_declarer_phone ON declaration (declarer_phone, declared_at) WHERE declarer_phone <> '';
