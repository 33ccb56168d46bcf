"""What cannot be written of a person: names, numbers, cards, days, units."""

from dancu.register.errors.base import RegisterError


class NumberTaken(RegisterError):
    """The number {0} belongs to another person."""


class NotToBeCorrected(RegisterError):
    """Whether {0} lives, died or is missing, and since when, is not corrected. Record the death, the missing or the return, or undo what was recorded wrongly."""


class NumberNotCorrected(RegisterError):
    """The personal number of {0} is not corrected. Record that it was replaced: the old one keeps leading here."""


class UnknownField(RegisterError):
    """A person's record has no field {0}."""


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


class InTheFuture(RegisterError):
    """{0:%d/%m/%Y} has not come yet. Enter a day up to today."""


class BeforeBirth(RegisterError):
    """{0:%d/%m/%Y} is before {1} was born."""


class CannotBe(RegisterError):
    """The record would hold what cannot be: {0}. Correct that first, or undo what was recorded since."""


class BornTooEarly(RegisterError):
    """Nobody of whom the register tells was born on {0:%d/%m/%Y}: the earliest year is {1}. Check the year."""


class NoSuchUnit(RegisterError):
    """There is no commune no. {0}."""


class NotACommune(NoSuchUnit):
    """{0} is no commune but a province or a district. Enter the commune, ward or special zone."""


class NotOneOf(RegisterError):
    """{0}: “{1}” is not known to the register. Enter one of these: {2}."""


class UnitDidNotStand(RegisterError):
    """{0} did not exist on {1:%d/%m/%Y}. Enter the commune as it was called on that day."""


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
