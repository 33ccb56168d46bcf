"""What cannot happen to a person, or not be undone."""

from dancu.register.errors.base import OutsideJurisdiction, RegisterError


class LaterResidence(RegisterError):
    """Another residence of this kind began or ended on {0:%d/%m/%Y}. You cannot record a move before that day."""


class LivesThere(RegisterError):
    """{0} has already lived at this address since {1:%d/%m/%Y}. Enter another address. If only the day is wrong, undo that move and record it again."""


class EndsBeforeBeginning(RegisterError):
    """The residence would end on {0:%d/%m/%Y}, but it begins on {1:%d/%m/%Y}. Enter a later end, or leave it empty."""


class BornAfterEvent(RegisterError):
    """“{0}” of {1:%d/%m/%Y} is recorded for {2}, who would not yet have been born. Check the birth date, or undo that event first."""


class AlreadyDead(RegisterError):
    """{0} died on {1}. You cannot record anything after that. If the death is a mistake, undo it or record the return."""


class AlreadyMissing(RegisterError):
    """{0} has already been declared missing since {1}."""


class IsMissing(RegisterError):
    """{0} has been declared missing since {1}. Record the return first."""


class NotGone(RegisterError):
    """{0} is not recorded as dead or missing, so a return cannot be recorded."""


class BeforeGoing(RegisterError):
    """{0:%d/%m/%Y} is before {1:%d/%m/%Y}, the recorded day of death or of going missing. Enter a later day."""


class DeathBeforeChild(RegisterError):
    """{0} would have died on {1:%d/%m/%Y}, before the birth of a child, {2} ({3}). Check the day, or correct the child’s parents first."""


class LaterEvent(RegisterError):
    """“{0}” of {1} was recorded later and depends on this event. Undo it first."""


class DeathBeforeEvent(RegisterError):
    """“{0}” of {1:%d/%m/%Y} is recorded for {2}, who would have died earlier, on {3:%d/%m/%Y}. Check the date of death, or undo that event first."""


class ChangedSince(RegisterError):
    """What this event changed in the record of {0} has since been changed again, so it cannot be undone. Correct the record instead."""


class ParentTooYoung(RegisterError):
    """{0} would have been {1} years old at the birth of {2}. A parent must be at least {3}. Check the parents and the birth dates."""


class ParentBornLater(RegisterError):
    """{0} was born after {1}, so cannot be a parent. Check the parents and the birth dates."""


class ParentDead(RegisterError):
    """{0} died on {1:%d/%m/%Y}, too long before the birth of {2} to be a parent."""


class WrongParent(RegisterError):
    """{0} cannot be recorded as the {1}, because the record has the other sex. Check the number, or correct the sex first."""


class NoHome(RegisterError):
    """Neither parent has a current permanent residence, so it is not known where the child lives. Record a move for one of the parents first."""


class NoNumberLeft(RegisterError):
    """No personal numbers are left for births registered in this province in that year."""


class OneSelf(RegisterError):
    """Enter another person. This number also belongs to {0}."""


class NoSuchHousehold(RegisterError):
    """There is no household file no. {0}."""


class HomeOfTheDead(RegisterError):
    """{0} has died, so has no current permanent residence. If the death is a mistake, record the return first."""


class NoHousehold(RegisterError):
    """No household is recorded for {0}."""


class NotOfHousehold(RegisterError):
    """{0} does not belong to this household."""


class NobodyStays(RegisterError):
    """Nobody would be left in the household. Record a move of the whole household instead."""


class HeadNotThere(RegisterError):
    """The head must be someone who belongs to that household from then on."""


class NoSuchEvent(RegisterError):
    """There is no such event on this record."""


class NotToBeUndone(RegisterError):
    """This event cannot be undone, because the earlier values are not known. Correct the record instead."""


class UndoneAlready(RegisterError):
    """This event has already been undone."""


class HangsOnRecord(RegisterError):
    """Other data now depends on the record of {0} ({1}), so it cannot be removed. If the person has two records, merge them."""


class EventReachesOutside(OutsideJurisdiction):
    """This event also concerns the record of someone outside your area. A national data steward, or one for an area in which all of them live, can undo it."""
