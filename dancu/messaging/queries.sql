-- add --
-- One more message, due at once
INSERT INTO outbox (message_id, expires_at, person_id, secret, channel, recipient, language, text, reason)
VALUES (%(message_id)s, clock_timestamp() + %(useful_for)s::interval, %(person_id)s, %(secret)s, %(channel)s, %(recipient)s,
        %(language)s, %(text)s, %(reason)s)

-- claim --
-- SMS that are due, secrets first; nobody else is given them before `lease` is over
UPDATE outbox SET due_at = clock_timestamp() + %(lease)s
WHERE message_id = ANY (ARRAY(
    SELECT message_id FROM outbox
    WHERE due_at <= clock_timestamp() AND (expires_at IS NULL OR expires_at > clock_timestamp()) AND channel = 'sms'
    ORDER BY secret DESC, due_at
    LIMIT %(limit)s
    FOR UPDATE SKIP LOCKED
))
RETURNING message_id, channel, recipient, language, text, reason, attempts, secret

-- sent --
-- The carrier took it. No row: its claim was over, and another process has finished with it
UPDATE outbox SET sent_at = clock_timestamp(), due_at = NULL, attempts = attempts + 1, error = '',
                  text = CASE WHEN secret THEN '' ELSE text END
WHERE message_id = %(message_id)s AND due_at IS NOT NULL

-- try_again --
-- The carrier did not take it this time. No row: as above
UPDATE outbox SET due_at = clock_timestamp() + %(after)s, attempts = attempts + 1, error = %(error)s
WHERE message_id = %(message_id)s AND due_at IS NOT NULL

-- put_back --
-- The carrier is not well; this message was not tried
UPDATE outbox SET due_at = clock_timestamp() + %(after)s WHERE message_id = %(message_id)s AND due_at IS NOT NULL

-- give_up --
-- The carrier will never take it
UPDATE outbox SET failed_at = clock_timestamp(), due_at = NULL, attempts = attempts + 1, error = %(error)s,
                  text = CASE WHEN secret THEN '' ELSE text END
WHERE message_id = %(message_id)s AND due_at IS NOT NULL

-- give_up_expired --
-- Nobody needs them any more
UPDATE outbox SET failed_at = clock_timestamp(), due_at = NULL, error = 'expired',
                  text = CASE WHEN secret THEN '' ELSE text END
WHERE message_id = ANY (ARRAY(
    SELECT message_id FROM outbox WHERE due_at IS NOT NULL AND expires_at <= clock_timestamp()
    LIMIT 1000 FOR UPDATE SKIP LOCKED
))

-- recent --
-- The newest messages, whatever became of them
SELECT message_id, created_at, channel, recipient, language, text, reason, person_id, due_at, sent_at, failed_at, attempts, error
FROM outbox
ORDER BY message_id DESC
LIMIT %(limit)s

-- waiting --
-- How many are still to be sent
SELECT count(*) AS messages FROM outbox WHERE due_at IS NOT NULL

-- put_code --
-- A new code takes the place of the last one
INSERT INTO one_time_code (subject, code_hash, expires_at, attempts_left)
VALUES (%(subject)s, %(code_hash)s, clock_timestamp() + %(valid_for)s, %(attempts)s)
ON CONFLICT (subject) DO UPDATE SET
    code_hash = excluded.code_hash, expires_at = excluded.expires_at, attempts_left = excluded.attempts_left

-- try_code --
-- One try less. No row: there is no code, or it is over, or it was tried too often
UPDATE one_time_code SET attempts_left = attempts_left - 1
WHERE subject = %(subject)s AND expires_at > clock_timestamp() AND attempts_left > 0
RETURNING code_hash

-- use_code --
-- The right code was given. No row: it is over, or another process has used it, or a newer one took its place, a moment ago
DELETE FROM one_time_code WHERE subject = %(subject)s AND code_hash = %(code_hash)s AND expires_at > clock_timestamp()

-- put_long_code --
-- A new code beside those of earlier windows. No row: this window has one, and of processes that ask at once the later ones see the first one's
INSERT INTO one_time_code (subject, code_hash, expires_at, attempts_left)
VALUES (%(subject)s, %(code_hash)s, clock_timestamp() + %(valid_for)s, 0)
ON CONFLICT (subject) DO NOTHING

-- use_long_code --
-- One of the windows' codes was given. No row: none of them is this one, or it is over, or another process has used it
DELETE FROM one_time_code WHERE subject = ANY(%(subjects)s) AND code_hash = %(code_hash)s AND expires_at > clock_timestamp()

-- forget_codes --
-- Codes that are over
DELETE FROM one_time_code WHERE subject = ANY (ARRAY(
    SELECT subject FROM one_time_code WHERE expires_at <= clock_timestamp() LIMIT 1000 FOR UPDATE SKIP LOCKED
))
