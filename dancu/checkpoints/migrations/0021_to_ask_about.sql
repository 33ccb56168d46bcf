-- depends: checkpoints 0020_ruled_by
-- Every minute devices are told of whom something is remembered: of many crossings and declarations these are few.
CREATE INDEX crossing_stopped ON crossing (person_id, declaration_id) WHERE decision <> 'through';
CREATE INDEX declaration_ill ON declaration (declared_at)
WHERE contact OR test_result = 'positive' OR cardinality(symptoms) > 0;
CREATE INDEX declaration_decided ON declaration (person_id) WHERE told IS NOT NULL;
CREATE INDEX pass_living ON pass (expires_at);
