-- depends: isolation 0015_arrivals_by_day
-- Whose journey has ended shows a pass that counts no more: devices are told every minute.
CREATE INDEX arrival_met ON arrival (moved_at) WHERE state = 'met';
