"""What cannot be written of a person: names, numbers, cards, days, units."""

from dancu.register.errors.base import RegisterError


class NumberTaken(RegisterError):
    """The number {0} belongs to another person."""


class NotToBeCorrected(RegisterError):
    """You cannot correct whether {0} is alive, dead or missing, or since when. Record the death, the declaration as missing or the return, or undo the event that was recorded wrongly."""


class NumberNotCorrected(RegisterError):
    """You cannot correct the personal number of {0}. Record that it was replaced, so that the old number still leads to this record."""


class UnknownField(RegisterError):
    """A person’s record has no field {0}."""


class NoName(RegisterError):
    """Enter the full name."""


class NameTooLong(RegisterError):
    """The name has {0} characters. A name has {1} characters or fewer."""


class NameLostLetters(RegisterError):
    """“{0}” has lost letters, shown as � or ?. Type the name again, as on the card."""


class NameGarbled(RegisterError):
    """“{0}” has the wrong character encoding. Type the name again, as on the card."""


class NameNotLatin(RegisterError):
    """“{0}” is not in the Latin alphabet. Enter the name as on the card or in the passport."""


class NameTyped(RegisterError):
    """“{0}” contains Telex or VNI keys instead of accents. Type the name again, as on the card."""


class NotAName(RegisterError):
    """“{0}” is not a name. A name has only letters, spaces, hyphens, apostrophes and full stops after initials."""


class NotAPerson(RegisterError):
    """“{0}” is a line from a list, such as a total, a heading, a hamlet or a signature, not a person. Enter the person’s own name."""


class NameOfSeveral(RegisterError):
    """“{0}” names more than one person. Enter each person separately."""


class NameWithRemark(RegisterError):
    """“{0}” has a remark beside the name. Enter only the name. Record a death, a move or a return as an event."""


class NameOfAnother(RegisterError):
    """“{0}” only says whose child or relative this is, or that there is no name yet. Enter the person’s own name."""


class InTheFuture(RegisterError):
    """{0:%d/%m/%Y} is in the future. Enter today or an earlier day."""


class BeforeBirth(RegisterError):
    """{0:%d/%m/%Y} is before the birth of {1}."""


class CannotBe(RegisterError):
    """The record would contain something impossible: {0}. Correct that first, or undo what was recorded since."""


class BornTooEarly(RegisterError):
    """Nobody in the register was born on {0:%d/%m/%Y}: the earliest year is {1}. Check the year."""


class NoSuchUnit(RegisterError):
    """There is no commune no. {0}."""


class NotACommune(NoSuchUnit):
    """{0} is a province or a district. Enter the commune, ward or special zone."""


class NotOneOf(RegisterError):
    """{0}: the register does not know “{1}”. Enter one of these: {2}."""


class UnitDidNotStand(RegisterError):
    """{0} did not exist on {1:%d/%m/%Y}. Enter the commune’s name on that day."""


class NoCard(RegisterError):
    """Scan the square code on the card, or paste its text."""


class NotACard(RegisterError):
    """This is not the code of an identity card. Scan the square code on the front of the card, or enter the number."""


class CardDamaged(RegisterError):
    """The code on the card could not be read in full. Scan it again, or enter the number."""


class CardGarbled(RegisterError):
    """The scanner uses the wrong character encoding, so letters on the card came out wrong. Set it to UTF-8 (Unicode) and scan again, or enter the number."""


class CardNumberWrong(RegisterError):
    """The number in this code is not a personal number. Scan an identity card, or enter the number."""
