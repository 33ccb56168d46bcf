"""What can go wrong with a device. An exception's docstring is its message."""

from dancu.errors import DancuError, TranslatedError


class DeviceError(TranslatedError):
    """The device could not do this."""


class NoSuchPlace(DeviceError):
    """There is no such place for devices."""


class NoName(DeviceError):
    """Give the device a name of at most 60 letters, such as “Telephone 3”."""


class NameTaken(DeviceError):
    """This place has a device called “{0}” already. Give this one another name, such as the next number, or cut off the other first."""


class NoSuchCode(DeviceError):
    """This code is wrong, has been used or is too old. Ask for a new one."""


class TooManyTries(DeviceError):
    """Too many codes were tried from here. Wait a quarter of an hour."""


class BadKey(DeviceError):
    """This is not a public key on P-256."""


class NotThisDevice(DeviceError):
    """This device is not known here, or did not sign this request. Enrol it again."""


class WrongClock(DeviceError):
    """The clock of this device is wrong. It is corrected by itself; send again."""


class CutOff(DeviceError):
    """This device has been cut off. It forgets what it carries."""


class NoSuchDevice(DeviceError):
    """There is no such device."""


class AlreadyCutOff(DeviceError):
    """This device has already been cut off."""


class NotOpen(DeviceError):
    """Somebody has already settled this."""


class ShiftElsewhere(DeviceError):
    """This device belongs to another place than the one you work at."""


class WrongHash(DeviceError):
    """The picture is not the one it is said to be. Send it again from the beginning."""


class TooLargePicture(DeviceError):
    """A picture may have 8 MB, and a piece of it 256 kB."""


class TooManyItems(DeviceError):
    """Send at most 200 things at once, none of more than 64 kB."""


class Unsendable(DeviceError):
    """Not what this device may send."""


class UnreadableItem(Unsendable):
    """This cannot be read."""


class UnknownItemKind(Unsendable):
    """Nothing of this kind is taken from devices."""


class WrongItemId(Unsendable):
    """The id is no UUIDv7, or its time is not when it was made."""


class OtherContent(Unsendable):
    """Something else was sent under this id. What came first stands."""


class WrongPlace(Unsendable):
    """Nothing of this kind is taken from devices of this place."""


class NotDecided(DeviceError):
    """This was sent, and people have to look at it."""


class SentByCutOff(NotDecided):
    """The device had been cut off."""


class NobodysShift(NotDecided):
    """Nobody was signed in on the device when this was made."""


class RoleHadEnded(NotDecided):
    """The role of whoever did this had ended, or does not allow it."""


class FromTheFuture(NotDecided):
    """The device’s clock was ahead when this was made."""


class CounterUsed(NotDecided):
    """Another thing that this device sent bears the same number: it may have been copied."""


class FailedHere(NotDecided):
    """We could not record this. Whoever runs this system was told."""


class NotHereYet(DancuError):
    """What this needs has not come yet: it is to be sent again."""
