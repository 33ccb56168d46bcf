-- depends: nothing
-- How sums stand that modules keep (modules.Rollup), one row each. Small: in a distributed database it stays on the coordinator.
CREATE TABLE rollup (
    code         text        PRIMARY KEY,
    folded_at    timestamptz,                     -- when changes were last added up
    folded       integer     NOT NULL DEFAULT 0,  -- and how many
    recounted_at timestamptz,                     -- when everything was last counted anew
    differed     integer     NOT NULL DEFAULT 0   -- and in how many cells the sums differed
);
