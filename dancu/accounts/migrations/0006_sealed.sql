-- No second factor lies here in the clear: 20 bytes and a seal of 16 (dancu.accounts.models.Authenticator).
ALTER TABLE otp_totp_totpdevice ADD CONSTRAINT otp_totp_totpdevice_sealed CHECK (key ~ '^[0-9a-f]{72}$');
