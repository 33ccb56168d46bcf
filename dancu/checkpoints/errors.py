"""What can go wrong at a checkpoint. An exception's docstring is its message."""

from uuid import UUID

from dancu.errors import TranslatedError


class CheckpointError(TranslatedError):
    """The checkpoint could not do this."""


class NoSuchPass(CheckpointError):
    """There is no pass with this code."""


class BadPassCode(CheckpointError):
    """This is not a pass code. A pass code has 12 letters and digits, such as 7K3M-9QX2-PF4Y. Check what you typed."""


class MistypedPassCode(BadPassCode):
    """One letter or digit of this pass code is wrong, or two are swapped. Compare it with the pass and type it again."""


class NoSuchStation(CheckpointError):
    """There is no such station in your jurisdiction."""


class AlreadyRevoked(CheckpointError):
    """This pass has already been revoked."""


class ReasonNeeded(CheckpointError):
    """Choose or write the reason for this decision."""


class AboutNeeded(CheckpointError):
    """Say whether what you wrote is about an illness. This decides what clears it later."""


class FindingNeeded(AboutNeeded):
    """Say whether you found them well. Only that clears an illness."""


class NegativeTestNeeded(FindingNeeded):
    """Say whether they tested negative. Only a negative test clears what is, or may be, a positive test."""


class BadCrossingId(CheckpointError):
    """The crossing does not have a valid time. Scan again."""


class TooManyLookups(CheckpointError):
    """You have looked up too many numbers this hour. Wait a while. Your manager can see the count."""


class UnknownReason(CheckpointError):
    """You cannot use this reason for this decision. Choose one from the list, or write your own."""


class TooLateToUndoCrossing(CheckpointError):
    """You can no longer undo this here: it is more than 2 minutes old, has already been undone, or is not yours. Correct it in “My last crossings”."""


class TooLateToCorrect(TooLateToUndoCrossing):
    """You can no longer correct this here: it is from before this shift, has already been undone, or is not yours."""


class HandedOver(TooLateToUndoCrossing):
    """You cannot undo this: the traveller was held, then handed over or found to be ill. Scan again and decide on what is known now."""


class TakenBack(CheckpointError):
    """This decision was undone, so pressing it again records nothing. Scan the traveller again and decide."""


class DecidedOtherwise(CheckpointError):
    """Another decision was recorded for this. What was recorded first stands."""


class NotProved(CheckpointError):
    """Without the network nobody knew whether this code was forged, and it is not ours, or not of this pass."""


class ElsewhereThanDevice(CheckpointError):
    """The officer worked at another checkpoint than the one this device belongs to."""


class DeclaredOtherwise(CheckpointError):
    """Different details were already received for this. What was received first has been kept."""

    def __init__(self, declaration_id: UUID) -> None:
        super().__init__(declaration_id)
        self.declaration_id = declaration_id


class NotHeld(CheckpointError):
    """This person is no longer being held: someone has already released them."""


class BadPicture(CheckpointError):
    """This photo cannot be read, or it is too large. You can send the report without one."""


class NobodyAboard(CheckpointError):
    """Enter how many people are in the vehicle, the driver too: a number from 1 to 99."""


class NoSuchIncident(CheckpointError):
    """There is no photo of this incident at your station."""


class NoSuchStep(CheckpointError):
    """This is no length of a queue. Choose one of the five."""


class NoSuchOverride(CheckpointError):
    """There is no such decision against the verdict in your jurisdiction."""


class OwnDecision(CheckpointError):
    """This is your own decision. Somebody else has to look at it."""


class ReviewedBefore(CheckpointError):
    """Somebody else has looked at this decision already."""


class NoSuchHandOver(CheckpointError):
    """There is no such hand-over at your station."""


class HandedOverOtherwise(CheckpointError):
    """This hand-over has already been written, with other words. What was written first stands."""
