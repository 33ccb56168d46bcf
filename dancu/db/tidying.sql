-- end_sessions --
-- Whatever was typed, or whoever was signed in, goes with them
DELETE FROM django_session WHERE expire_date < now()

-- end_typing --
-- What was typed and counts no more, in sessions that last
UPDATE django_session SET typed = '', typed_until = NULL WHERE typed <> '' AND typed_until < now()

-- end_messages --
-- Sent or given up long enough ago for every question about them
DELETE FROM outbox WHERE coalesce(sent_at, failed_at) < now() - %(kept)s::interval

-- end_texts --
-- What messages said that were sent or given up, or that nobody needs any more
UPDATE outbox SET text = '', due_at = NULL, failed_at = CASE WHEN due_at IS NULL THEN failed_at ELSE now() END,
                  error = CASE WHEN due_at IS NULL THEN error ELSE 'expired' END
WHERE text <> '' AND (due_at IS NULL OR expires_at <= now())

-- end_codes --
-- No longer valid
DELETE FROM one_time_code WHERE expires_at < now()

-- end_counts --
-- Windows that are over
DELETE FROM throttle WHERE ends_at < now()
