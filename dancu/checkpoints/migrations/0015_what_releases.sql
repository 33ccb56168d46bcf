-- depends: checkpoints 0014_kept
-- A stop that ended by a decision on the pass of one who is not, as stewards found since, whoever was stopped: that release counts no more, as
-- long as they are two. It names crossings alone, so that it holds whoever those stand under.
CREATE TABLE stray_release (
    crossing_id uuid NOT NULL,   -- the stop
    by_crossing uuid NOT NULL,   -- the decision that released it
    PRIMARY KEY (crossing_id, by_crossing)
);

-- Of before: of two whom the register knows as two.
INSERT INTO stray_release
SELECT DISTINCT r.crossing_id, r.by_crossing FROM release r JOIN crossing b ON b.crossing_id = r.by_crossing
WHERE r.person_id > 0 AND b.person_id > 0 AND b.person_id <> r.person_id;

-- Whether what an officer wrote in words of their own is of an illness, as they said: 'positive', 'contact', 'symptoms', 'none'; '' where they
-- were not asked, and where there are no words.
ALTER TABLE crossing ADD COLUMN about text NOT NULL DEFAULT '';
ALTER TABLE release  ADD COLUMN about text NOT NULL DEFAULT '';
