"""What cannot happen to a person, or not be undone."""

from dancu.register.errors.base import OutsideJurisdiction, RegisterError


class LaterResidence(RegisterError):
    """Another residence of this kind began or ended on {0:%d/%m/%Y}. A move cannot be recorded before that day."""


class LivesThere(RegisterError):
    """{0} lives at this very address already, since {1:%d/%m/%Y}. Enter another home; if only that day is wrong, undo the move and record it anew."""


class EndsBeforeBeginning(RegisterError):
    """The residence would end on {0:%d/%m/%Y}, but it begins on {1:%d/%m/%Y}. Enter a later day for the end, or none."""


class BornAfterEvent(RegisterError):
    """“{0}” of {1:%d/%m/%Y} is recorded of {2}, who would not have been born. Check the birth date, or undo that first."""


class AlreadyDead(RegisterError):
    """{0} died on {1}. Nothing can be recorded of what came later; if that death is a mistake, undo it or record the return."""


class AlreadyMissing(RegisterError):
    """{0} is declared missing already, since {1}."""


class IsMissing(RegisterError):
    """{0} is declared missing since {1}. Record the return first."""


class NotGone(RegisterError):
    """{0} is recorded neither as dead nor as missing, so there is no return."""


class BeforeGoing(RegisterError):
    """{0:%d/%m/%Y} is before {1:%d/%m/%Y}, the recorded day of the death or of going missing. Enter a later day."""


class DeathBeforeChild(RegisterError):
    """{0} would have died on {1:%d/%m/%Y}, before the birth of a child, {2} ({3}). Check the day, or correct the child's parents first."""


class LaterEvent(RegisterError):
    """“{0}” of {1} is recorded since and rests on this. Undo that first."""


class DeathBeforeEvent(RegisterError):
    """“{0}” of {1:%d/%m/%Y} is recorded of {2}, who would have died before, on {3:%d/%m/%Y}. Check the day of the death, or undo that first."""


class ChangedSince(RegisterError):
    """The record of {0} was changed since in what this event had changed, so it cannot be undone. Correct the record instead."""


class ParentTooYoung(RegisterError):
    """{0} would have been {1} years old at the birth of {2}: a parent is at least {3}. Check who the parents are, and the birth dates."""


class ParentBornLater(RegisterError):
    """{0} was born after {1}, so cannot be a parent. Check who the parents are, and the birth dates."""


class ParentDead(RegisterError):
    """{0} died on {1:%d/%m/%Y}, too long before the birth of {2} to be a parent."""


class WrongParent(RegisterError):
    """{0} cannot be recorded as the {1}: the record's sex is another. Check the number, or correct the sex first."""


class NoHome(RegisterError):
    """Neither parent has a permanent residence that lasts, so it is not known where the child lives. Record a move of a parent first."""


class NoNumberLeft(RegisterError):
    """No personal number is free for births registered in this province in that year."""


class OneSelf(RegisterError):
    """Enter another person: this number is of {0} too."""


class NoSuchHousehold(RegisterError):
    """There is no household file no. {0}."""


class HomeOfTheDead(RegisterError):
    """{0} died, so no permanent residence lasts. Record the return first, if the death is a mistake."""


class NoHousehold(RegisterError):
    """No household is recorded for {0}."""


class NotOfHousehold(RegisterError):
    """{0} does not belong to this household."""


class NobodyStays(RegisterError):
    """Everybody would leave the household. Record a move of the whole household instead."""


class HeadNotThere(RegisterError):
    """Choose as head somebody who belongs to that household from then on."""


class NoSuchEvent(RegisterError):
    """There is no such event on this record."""


class NotToBeUndone(RegisterError):
    """This event cannot be undone: what was so before it is not known. Correct the record instead."""


class UndoneAlready(RegisterError):
    """This event was undone already."""


class HangsOnRecord(RegisterError):
    """Other things hang on the record of {0} by now ({1}), so it cannot be taken back. If the person stands in the register twice, merge the two records."""


class EventReachesOutside(OutsideJurisdiction):
    """This event also concerns the record of somebody outside your area of work. A data steward of the nation, or of an area in which all of them live, can undo it."""
