"""What can go wrong at a checkpoint. An exception's docstring is its message."""

from django.utils.translation import gettext as _


class CheckpointError(Exception):
    """The checkpoint could not do this."""

    def __str__(self) -> str:
        return _(self.__doc__ or "")


class BadHealthPolicy(CheckpointError):
    """The health policy cannot be read: {0}"""

    def __str__(self) -> str:
        return super().__str__().format(*self.args)


class NoSuchPass(CheckpointError):
    """There is no pass with this code."""


class BadPassCode(CheckpointError):
    """This is not a pass code: it has 12 letters and digits, such as 7K3M-9QX2-PF4Y. Check what you typed."""


class NoSuchStation(CheckpointError):
    """There is no such station in your jurisdiction."""


class AlreadyRevoked(CheckpointError):
    """This pass has already been revoked."""


class ReasonNeeded(CheckpointError):
    """Write why the person is held or turned back."""


class BadCrossingId(CheckpointError):
    """The crossing's id carries no time that makes sense. Scan again."""


class TooManyLookups(CheckpointError):
    """You have looked up too many numbers this hour. Wait a little; your superior can see the count."""
