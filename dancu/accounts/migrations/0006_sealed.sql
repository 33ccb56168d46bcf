-- No second factor lies here in the clear: 20 bytes and a seal of 16 (dancu.accounts.models.Authenticator).
ALTER TABLE otp_totp_totpdevice ADD CONSTRAINT otp_totp_totpdevice_sealed CHECK (key ~ '^[0-9a-f]{72}$');

-- Sessions are sealed (dancu.accounts.sessions); those of before lay open, with what was typed in them. Whoever was signed in signs in once more.
DELETE FROM django_session;
ALTER TABLE django_session ADD COLUMN typed text NOT NULL DEFAULT '', ADD COLUMN typed_until timestamptz;
CREATE INDEX django_session_typed_until ON django_session (typed_until) WHERE typed <> '';

-- How often something was tried outlives a crash of the database (throttle.sql).
ALTER TABLE throttle SET LOGGED;
