-- depends: isolation 0006_warned_elsewhere
-- How somebody's waiting at a checkpoint ended without a crossing: they were handed over or left (a code of checkpoints.reasons, or "other").
-- '': they are still waiting, or were never held.
ALTER TABLE arrival ADD COLUMN ended_as text NOT NULL DEFAULT '';
