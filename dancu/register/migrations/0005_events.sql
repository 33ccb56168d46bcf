-- depends: register 0004_copying
-- One event may be about several people, each with a row under the same event_id; what it changed of each is kept, so that
-- it can be undone whole. docs/decisions/0017-an-event-is-undone-whole.md
ALTER TABLE life_event ADD COLUMN before jsonb;              -- what of this person the event changed, as it was; null: not to be undone
ALTER TABLE life_event ADD COLUMN undone_by uuid;            -- the event that undid this one
CREATE INDEX life_event_id ON life_event (event_id);
