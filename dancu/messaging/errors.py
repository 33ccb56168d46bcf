"""What can go wrong with messages. An exception's docstring is its message."""

from dancu.errors import TranslatedError


class MessagingError(TranslatedError):
    """Something is wrong with the message."""


class NotAPhoneNumber(MessagingError):
    """This is not a phone number. A phone number has 8 to 15 digits, and may start with +."""


class NothingToSay(MessagingError):
    """The message has no text."""


class TooManyCodes(MessagingError):
    """{0} codes have already been sent. Wait {1} minutes and ask for another."""


class UnknownCarrier(MessagingError):
    """DANCU_SMS_CARRIER is “{0}”. It must be one of: {1}."""


class CarrierNotSetUp(MessagingError):
    """The carrier “http” needs DANCU_SMS_URL, an address starting with https:// (or http://), and DANCU_SMS_TOKEN."""
