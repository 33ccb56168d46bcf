"""What others may do with messages."""

from dancu.messaging.delivery import Delivery, deliver, deliver_some
from dancu.messaging.one_time_codes import check_code, check_long_code, send_code, send_long_code
from dancu.messaging.outbox import send_sms

__all__ = [
    "Delivery",
    "check_code",
    "check_long_code",
    "deliver",
    "deliver_some",
    "send_code",
    "send_long_code",
    "send_sms",
]
