"""What can go wrong in the register. An exception's docstring is its message."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _


class RegisterError(Exception):
    """The register refused."""

    def __str__(self) -> str:
        return _(self.__doc__ or "").format(*self.args)


class NoSuchPerson(RegisterError):
    """There is no person {0} in the register."""


class NumberTaken(RegisterError):
    """The number {0} belongs to another person."""


class NotToBeCorrected(RegisterError):
    """Whether {0} lives, died or is missing, and since when, is not corrected. Record the death, the missing or the return, or undo what was recorded wrongly."""


class NumberNotCorrected(RegisterError):
    """The personal number of {0} is not corrected. Record that it was replaced: the old one keeps leading here."""


class UnknownField(RegisterError):
    """A person's record has no field {0}."""


class NothingChanged(RegisterError):
    """The record says so already."""


class NoName(RegisterError):
    """Enter the full name."""


class NameTooLong(RegisterError):
    """The name has {0} characters; a name has at most {1}."""


class NameLostLetters(RegisterError):
    """Letters of the name “{0}” were lost and are shown as � or ?. Type it again, as on the card."""


class NameGarbled(RegisterError):
    """The letters of the name “{0}” came in another alphabet (code page). Type it again, as on the card."""


class NameNotLatin(RegisterError):
    """The name “{0}” is not in Latin letters. Write it as on the card or in the passport."""


class NameTyped(RegisterError):
    """“{0}” has keys of Telex or VNI in it instead of marks. Type it again, as on the card."""


class NotAName(RegisterError):
    """“{0}” is not a name: a name has letters, spaces, hyphens, apostrophes and the full stops of initials only."""


class NotAPerson(RegisterError):
    """“{0}” is a line of a list, such as a total, a heading, a hamlet or who signs, and no person. Enter the person's own name."""


class NameOfSeveral(RegisterError):
    """“{0}” names more than one person. Enter each person's name alone."""


class NameWithRemark(RegisterError):
    """“{0}” has a remark beside the name. Enter the name alone; a death, a move or a return is recorded as such."""


class NameOfAnother(RegisterError):
    """“{0}” says whose child or relative this is, or that there is no name yet. Enter the person's own name."""


class BadNumber(RegisterError):
    """{0} is not a personal number: {1}"""


class BadCardNumber(RegisterError):
    """{0} is not the number of an old identity card: {1}"""


class BadEmail(RegisterError):
    """“{0}” is no e-mail address. Enter one such as ten@example.vn, or leave it empty."""


class BadPhone(RegisterError):
    """“{0}” is no telephone number: it has 10 digits and begins with 0, such as 0912 345 678; a foreign one begins with +."""


class NoRoomForCopy(RegisterError):
    """A copy of the register takes {1} MB in {0}, where {2} MB are free."""


class LaterResidence(RegisterError):
    """Another residence of this kind began or ended on {0:%d/%m/%Y}. A move cannot be recorded before that day."""


class LivesThere(RegisterError):
    """{0} lives at this very address already, since {1:%d/%m/%Y}. Enter another home; if only that day is wrong, undo the move and record it anew."""


class EndsBeforeBeginning(RegisterError):
    """The residence would end on {0:%d/%m/%Y}, but it begins on {1:%d/%m/%Y}. Enter a later day for the end, or none."""


@dataclass(frozen=True)
class Question:
    """Something unlikely, though possible, about what is to be recorded. `people`: the records that it is about, to be shown."""

    code: str
    words: str | Promise
    people: tuple[int, ...] = ()

    @property
    def key(self) -> str:
        """What one who has looked at it hands back in `confirmed`; about other people it is another question."""
        return ":".join([self.code, *(str(person_id) for person_id in sorted(self.people))])


class AskFirst(RegisterError):
    """This has to be confirmed first: {0}"""

    def __init__(self, questions: Sequence[Question]) -> None:
        super().__init__(" ".join(str(question.words) for question in questions))
        self.questions = list(questions)


class InTheFuture(RegisterError):
    """{0:%d/%m/%Y} has not come yet. Enter a day up to today."""


class BeforeBirth(RegisterError):
    """{0:%d/%m/%Y} is before {1} was born."""


class CannotBe(RegisterError):
    """The record would hold what cannot be: {0}. Correct that first, or undo what was recorded since."""


class BornTooEarly(RegisterError):
    """Nobody of whom the register tells was born on {0:%d/%m/%Y}: the earliest year is {1}. Check the year."""


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


class ChangedMeanwhile(RegisterError):
    """Someone else changed one of these records at this moment. Look at it again."""


class NoSuchUnit(RegisterError):
    """There is no commune no. {0}."""


class NotACommune(NoSuchUnit):
    """{0} is no commune but a province or a district. Enter the commune, ward or special zone."""


class NotOneOf(RegisterError):
    """{0}: “{1}” is not known to the register. Enter one of these: {2}."""


class UnitDidNotStand(RegisterError):
    """{0} did not exist on {1:%d/%m/%Y}. Enter the commune as it was called on that day."""


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


class TooYoungToMarry(RegisterError):
    """{0} was {1} years old on {2:%d/%m/%Y}. A woman marries from 18, a man from 20 years (Law on Marriage and Family 2014, art. 8)."""


class SameSex(RegisterError):
    """{0} and {1} are of the same sex by the register. The State does not recognise such a marriage (Law on Marriage and Family 2014, art. 8)."""


class TooCloseToMarry(RegisterError):
    """{0} and {1} are related within three generations (Law on Marriage and Family 2014, art. 5), so they cannot marry."""


class RelatedByMarriage(RegisterError):
    """One of {0} and {1} is or was married to a parent or a child of the other (Law on Marriage and Family 2014, art. 5), so they cannot marry."""


class TooYoungToBeMarried(RegisterError):
    """{0} was {1} years old on {2:%d/%m/%Y}, too young to be married until then. Check the day and the birth date, or correct the marriage first."""


class AlreadyMarried(RegisterError):
    """{0} is married already{1}. Record the divorce, or the death of the spouse, first."""


class MarriedByTheOther(AlreadyMarried):
    """The record of {1} says that {1} is married to {0}, and the record of {0} does not. If they never married, correct the marital status of {1} first; if they did, record the divorce, or the death, on the record of {1}."""


class MarriageContradicts(RegisterError):
    """{0} would be recorded as married to {1}, or widowed, and the record of {1} would say otherwise, since something else was recorded of them after this. Undo that first, or correct the marital status of the one whose record is wrong."""


class StaysMarried(RegisterError):
    """{0} would stay married to one who died. Record the death on both records before the merge, so that {0} is widowed."""


class StaysWidowed(RegisterError):
    """{0} would stay widowed of one who lives. Before the merge record that {1} returned, or undo that death."""


class MarriedThen(RegisterError):
    """{0} was married to {1} until {1} died on {2:%d/%m/%Y}. Enter a day from then on, or correct that marriage first."""


class NotMarried(RegisterError):
    """{0} is not recorded as married."""


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


class NoBasis(RegisterError):
    """Enter the basis: the paper, its number and date, or how it was established."""


class SamePerson(RegisterError):
    """Record no. {0} cannot be merged with itself."""


class AlreadyMerged(RegisterError):
    """Record no. {0} is merged already: it is record no. {1} now."""


class CloseRelatives(RegisterError):
    """Record no. {1} is recorded as a parent or the spouse of record no. {0}, so they are two people. If that is the mistake, correct it first."""


class ForebearOf(RegisterError):
    """Record no. {1} is recorded as a grandparent or an earlier forebear of record no. {0}, so they are two people. If that is the mistake, correct it first."""


class NoSuchMerge(RegisterError):
    """There is no such merge."""


class AlreadyUndone(RegisterError):
    """This merge was undone already, at {0:%H:%M %d/%m/%Y}."""


class LaterMerge(RegisterError):
    """Record no. {0} was merged into record no. {1} since. Undo that merge first."""


class EventSinceMerge(RegisterError):
    """“{0}” of {1} was recorded of {2} after the merge, and concerns a marriage that goes back to the other record. Undo it first, then the merge, and record it again of the one whom it concerns."""


class MovedRowGone(RegisterError):
    """Not all that was moved is still there ({0}), so the two records cannot be parted as they were."""


class OutsideJurisdiction(RegisterError):
    """The record that would come back belongs to an area outside your work. A data steward of that area can undo the merge."""


class EventReachesOutside(OutsideJurisdiction):
    """This event also concerns the record of somebody outside your area of work. A data steward of the nation, or of an area in which all of them live, can undo it."""


class NotYourArea(RegisterError):
    """This area lies outside your work. Choose one within it."""


class NotAPopulationFile(RegisterError):
    """{0} is neither a CSV file in UTF-8 nor a Parquet file, or it is damaged. Save it as "CSV UTF-8" and try again."""


class NoPopulationFiles(RegisterError):
    """There is no .parquet or .csv file in {0}."""


class MissingColumns(RegisterError):
    """{0} lacks these columns: {1}. docs/population-file.md lists them all."""


class DoubledColumns(RegisterError):
    """{0} has more than one column of a name: {1}. Leave the right one, or give the others names of their own."""


class ImportRunning(RegisterError):
    """Another import is loading people at this moment. Wait until it is done."""


class NoDayOfFiles(RegisterError):
    """The register holds people, and nothing says of which day these files tell. Give that day with --on (2026-11-30): what the register has from later stays then. Without it an old list would undo whatever was recorded since."""


class LoadUnfinished(RegisterError):
    """A load of {0} that began at {1:%H:%M %d/%m/%Y} broke off with {2} of its {3} parts in. To go on with it, import the same files as then with --on {4}. To give it up and load these files instead, add --begin-anew."""


class PeopleMeanwhile(RegisterError):
    """Somebody was added to the register while the files were loaded beside it. Import them again: they are compared row by row then."""


class NoAreas(RegisterError):
    """There are no administrative units yet, so no code can be checked. Run `dancu areas import` first."""


class NoCard(RegisterError):
    """Scan the square code on the card, or paste its text."""


class NotACard(RegisterError):
    """This is not an identity card's code. Scan the square code on the front of the card, or type the number."""


class CardDamaged(RegisterError):
    """The card's code could not be read in full. Scan it again, or type the number instead."""


class CardGarbled(RegisterError):
    """The scanner is set to another alphabet (code page), so letters on the card came out wrong. Set it to UTF-8 (Unicode) and scan again, or type the number instead."""


class CardNumberWrong(RegisterError):
    """The number in this code is not a personal number. Scan an identity card, or type the number instead."""
