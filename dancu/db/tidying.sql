-- end_sessions --
-- Whatever was typed, or whoever was signed in, goes with them
DELETE FROM django_session WHERE expire_date < now()

-- end_messages --
-- Sent or given up long enough ago for every question about them
DELETE FROM outbox WHERE coalesce(sent_at, failed_at) < now() - %(kept)s::interval

-- end_codes --
-- No longer valid
DELETE FROM one_time_code WHERE expires_at < now()

-- end_counts --
-- Windows that are over
DELETE FROM throttle WHERE ends_at < now()
