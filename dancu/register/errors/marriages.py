"""Who cannot marry, and whose marriage cannot stand so."""

from dancu.register.errors.base import RegisterError


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
