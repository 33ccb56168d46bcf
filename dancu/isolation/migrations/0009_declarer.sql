-- depends: isolation 0008_belongings, checkpoints 0003_doubtful
-- A child, or somebody whom a relative declared for, is called on the telephone of whoever declared.
ALTER TABLE arrival
    ADD COLUMN declarer_name  text NOT NULL DEFAULT '',
    ADD COLUMN declarer_phone text NOT NULL DEFAULT '';

UPDATE arrival a SET declarer_name = d.declarer_name, declarer_phone = d.declarer_phone
FROM declaration d WHERE d.person_id = a.person_id AND d.declaration_id = a.declaration_id AND d.declarer_phone <> '';
