-- lock_current --
-- The row as it stands, held until the change is written
SELECT valid_from, recorded_at, to_jsonb(person) AS record FROM person WHERE person_id = %(person_id)s FOR NO KEY UPDATE

-- standing_versions --
-- What the register says today of earlier times
SELECT version_id, valid_from, valid_to, record FROM person_history
WHERE person_id = %(person_id)s AND superseded_at IS NULL AND (valid_to IS NULL OR valid_to > %(valid_from)s)
ORDER BY valid_from FOR UPDATE

-- supersede --
-- A version that is no longer what the register says
UPDATE person_history SET superseded_at = %(at)s WHERE person_id = %(person_id)s AND version_id = %(version_id)s

-- add_version --
-- A version of a past period (superseded_at null), or one that was believed until now
INSERT INTO person_history (person_id, version_id, valid_from, valid_to, recorded_at, superseded_at, record)
VALUES (%(person_id)s, %(version_id)s, %(valid_from)s, %(valid_to)s, %(recorded_at)s, %(superseded_at)s, %(record)s)

-- change_current --
-- The fields named in `changes`; all others keep their value
UPDATE person SET (household_id, father_id, mother_id, spouse_id, birth_date, status_on, card_issued_on, birth_area, native_area,
                   home_area, home_since, given_key, ends_key, sex, status, marital_status, relation, birth_precision, pin, cmnd,
                   phone, full_name, home_address, ethnicity, religion, nationality, blood_group, father_name, mother_name, email,
                   valid_from, recorded_at)
    = (SELECT household_id, father_id, mother_id, spouse_id, birth_date, status_on, card_issued_on, birth_area, native_area,
              home_area, home_since, given_key, ends_key, sex, status, marital_status, relation, birth_precision, pin, cmnd,
              phone, full_name, home_address, ethnicity, religion, nationality, blood_group, father_name, mother_name, email,
              %(valid_from)s, %(at)s
       FROM jsonb_populate_record(person, %(changes)s))
WHERE person_id = %(person_id)s

-- as_of --
-- What the register said at `recorded_at` about `valid_on`: the current row or one of its versions
SELECT found.* FROM (
    SELECT to_jsonb(p) AS record, valid_from, NULL::date AS valid_to, recorded_at, NULL::timestamptz AS superseded_at
    FROM person p WHERE person_id = %(person_id)s
    UNION ALL
    SELECT record, valid_from, valid_to, recorded_at, superseded_at FROM person_history WHERE person_id = %(person_id)s
) AS found
WHERE valid_from <= %(valid_on)s AND (valid_to IS NULL OR valid_to > %(valid_on)s)
  AND recorded_at <= %(recorded_at)s AND (superseded_at IS NULL OR superseded_at > %(recorded_at)s)

-- first_version --
-- The first day of which the register said something, as it stood at a time
SELECT min(valid_from) AS valid_from FROM (
    SELECT valid_from, recorded_at, NULL::timestamptz AS superseded_at FROM person WHERE person_id = %(person_id)s
    UNION ALL
    SELECT valid_from, recorded_at, superseded_at FROM person_history WHERE person_id = %(person_id)s
) AS said
WHERE recorded_at <= %(at)s AND (superseded_at IS NULL OR superseded_at > %(at)s)
HAVING min(valid_from) IS NOT NULL
