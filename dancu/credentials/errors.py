"""What can go wrong with credentials. An exception's docstring is its message."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime

from dancu.errors import TranslatedError


class CredentialError(TranslatedError):
    """Something is wrong with the credential."""

    def __str__(self) -> str:
        return self.message().format(*map(_in_words, self.args))


class NotAccepted(CredentialError):
    """This credential is not accepted."""


class NotACredential(NotAccepted):
    """This is not one of our credentials, or it cannot be read."""


class UnknownKey(NotAccepted):
    """This credential is signed with an unknown key."""


class Altered(NotAccepted):
    """This credential has been altered: its signature does not match."""


class Expired(NotAccepted):
    """This credential expired on {0}"""


class NotYetValid(NotAccepted):
    """This credential is not valid before {0}"""


class RetiredKey(NotAccepted):
    """The key of this credential was withdrawn ({0}). A new credential is needed."""


class UnknownUsage(CredentialError):
    """There are no keys for “{0}”. There are keys for: {1}."""


class NoKey(CredentialError):
    """There is no key to sign with for “{0}”. Make one: dancu keys create"""


class NoSuchKey(CredentialError):
    """There is no such key, or it has already been withdrawn: {0}"""


class RotatedMeanwhile(CredentialError):
    """Another process rotated this key at the same moment. Nothing else was changed."""


class NoPassphrase(CredentialError):
    """DANCU_KEY_PASSPHRASE is not set, so signing keys can be neither stored nor used."""


class WrongPassphrase(CredentialError):
    """DANCU_KEY_PASSPHRASE is not the passphrase this signing key was stored with: {0}"""


class BadClaims(CredentialError):
    """A credential must say when it was issued (6) and when it expires (4), which is not before that, in seconds since 1970."""


class LivesTooLong(CredentialError):
    """A credential for “{0}” can be valid for {1} days at most."""


class CannotBeWritten(CredentialError):
    """This payload cannot be written as CBOR: {0}"""


class TooLong(CredentialError):
    """This credential has {0} bytes. One QR code can hold {1}."""


class NoQrCode(CredentialError):
    """This text cannot be drawn as a QR code: {0}"""


class PictureTooLarge(CredentialError):
    """The photo is too large. It can have {0} megabytes and {1} megapixels at most."""


class NotAPicture(CredentialError):
    """This photo cannot be read. Send a PNG, JPEG or WebP file."""


class TooHardToRead(CredentialError):
    """It took too long to find a code in this photo. Take another, closer, with only the code in it."""


def _in_words(value: object) -> object:
    return date_format(localtime(value), "DATETIME_FORMAT") if isinstance(value, datetime) else value
