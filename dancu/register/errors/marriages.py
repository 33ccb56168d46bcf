"""Who cannot marry, and whose marriage cannot stand so."""

from dancu.register.errors.base import RegisterError


class TooYoungToMarry(RegisterError):
    """{0} was {1} years old on {2:%d/%m/%Y}. A woman must be 18 to marry, and a man 20 (Law on Marriage and Family 2014, art. 8)."""


class SameSex(RegisterError):
    """According to the register, {0} and {1} are of the same sex. The State does not recognise such a marriage (Law on Marriage and Family 2014, art. 8)."""


class TooCloseToMarry(RegisterError):
    """{0} and {1} are related within three generations, so they cannot marry (Law on Marriage and Family 2014, art. 5)."""


class RelatedByMarriage(RegisterError):
    """{0} or {1} is or was married to a parent or a child of the other, so they cannot marry (Law on Marriage and Family 2014, art. 5)."""


class TooYoungToBeMarried(RegisterError):
    """{0} was {1} years old on {2:%d/%m/%Y}, too young to have been married until then. Check the day and the birth date, or correct the marriage first."""


class AlreadyMarried(RegisterError):
    """{0} is already married{1}. Record the divorce, or the death of the husband or wife, first."""


class MarriedByTheOther(AlreadyMarried):
    """The record of {1} shows a marriage to {0}, but the record of {0} does not. If they never married, correct the marital status of {1} first. If they did, record the divorce, or the death, on the record of {1}."""


class MarriageContradicts(RegisterError):
    """{0} would be recorded as married to {1}, or as widowed, but the record of {1} would not agree, because something else was recorded about them later. Undo that first, or correct the marital status of the person whose record is wrong."""


class StaysMarried(RegisterError):
    """{0} would stay married to someone who has died. Record the death on both records before the merge, so that {0} is widowed."""


class StaysWidowed(RegisterError):
    """{0} would stay widowed although the husband or wife is alive. Before the merge, record that {1} returned, or undo that death."""


class MarriedThen(RegisterError):
    """{0} was married to {1} until {1} died on {2:%d/%m/%Y}. Enter that day or a later one, or correct that marriage first."""


class NotMarried(RegisterError):
    """{0} is not recorded as married."""
