"""What can go wrong at a checkpoint. An exception's docstring is its message."""

from uuid import UUID

from dancu.errors import TranslatedError


class CheckpointError(TranslatedError):
    """The checkpoint could not do this."""


class NoSuchPass(CheckpointError):
    """There is no pass with this code."""


class BadPassCode(CheckpointError):
    """This is not a pass code: it has 12 letters and digits, such as 7K3M-9QX2-PF4Y. Check what you typed."""


class MistypedPassCode(BadPassCode):
    """One letter or digit of this pass code is wrong, or two were swapped. Compare it with the pass and type it again."""


class NoSuchStation(CheckpointError):
    """There is no such station in your jurisdiction."""


class AlreadyRevoked(CheckpointError):
    """This pass has already been revoked."""


class ReasonNeeded(CheckpointError):
    """Choose or write the reason for this decision."""


class AboutNeeded(CheckpointError):
    """Say whether what you wrote is about an illness: that decides what clears it later."""


class BadCrossingId(CheckpointError):
    """The crossing's id carries no time that makes sense. Scan again."""


class TooManyLookups(CheckpointError):
    """You have looked up too many numbers this hour. Wait a little; your superior can see the count."""


class UnknownReason(CheckpointError):
    """This reason is not one of those for this decision. Choose one of the list, or write your own."""


class TooLateToUndo(CheckpointError):
    """This can no longer be taken back here: it is older than two minutes, was taken back already, or is not yours. Correct it from "My last crossings"."""


class TooLateToCorrect(TooLateToUndo):
    """This can no longer be corrected here: it is older than the shift, was taken back already, or is not yours."""


class HandedOver(TooLateToUndo):
    """This traveller was held, and how the waiting ended stands: they were handed over, or found ill. Scan again and decide on what is known now."""


class TakenBack(CheckpointError):
    """This decision was taken back, so pressing it again records nothing. Scan the traveller again and decide."""


class DeclaredOtherwise(CheckpointError):
    """These details had arrived before, otherwise than now; what arrived first stands."""

    def __init__(self, declaration_id: UUID) -> None:
        super().__init__(declaration_id)
        self.declaration_id = declaration_id


class NotHeld(CheckpointError):
    """This person is not being held any more: somebody has released them already."""


class BadPicture(CheckpointError):
    """This is not a picture that can be read, or it is too large. The report can be sent without one."""


class NoSuchIncident(CheckpointError):
    """There is no picture of such an incident at your station."""
