"""Whether somebody found is who was asked for: all that was asked is theirs, or nearly so."""

from dancu.matching.answers import Weighed
from dancu.matching.compare import ClaimedIdentity
from dancu.matching.policy import agreeing
from dancu.register.lookups import FoundPerson, bears
from dancu.text.folding import fold
from dancu.values.birth_dates import PartialDate

_FITTING = agreeing("search")
_OTHERWISE = {
    "family_name",
    "middle_name",
    "given_name",
    "birth_date",
    "home",
}  # whether these fit is said below
_KEYS = ("number", "cmnd", "phone")


def fits(declared: ClaimedIdentity, weighed: Weighed, here: frozenset[int], or_before: bool) -> bool:
    """Whether all that was asked is theirs. `here`: the ids of the place that was asked, if one was;
    `or_before`: the year before the one that was asked will do, too.
    """
    lives_here = (
        not here or weighed.person.home_area in here or weighed.score.levels["home"] == "current_commune"
    )
    levels = weighed.score.levels.items()
    return (
        lives_here
        and bears(fold(declared.full_name), weighed.person.full_name)
        and _born_then(declared.birth, weighed.person, or_before)
        and all(level in _FITTING for field, level in levels if field not in _OTHERWISE)
    )


def holds(weighed: Weighed) -> bool:
    """Whether a number or a telephone that was asked is theirs: who has none in the register fits as
    well, but not as surely.
    """
    return any(weighed.score.levels[key] == "same" for key in _KEYS)


def is_named_so_of_that_year(declared: ClaimedIdentity, person: FoundPerson) -> bool:
    """Whether they bear the whole name that was asked and were born in that year, on another day: a day and a
    month are easily said wrong. Of a year alone also in one that is written nearly so.
    """
    name, asked = fold(declared.full_name), declared.birth
    if asked is None or " " not in name or name != fold(person.full_name):
        return False
    if asked.day:
        return asked.year == person.birth_date.year
    return not asked.month and name.count(" ") > 1 and person.birth_date.year in years_alike(asked.year)


def years_alike(year: int) -> set[int]:
    """The years of which one of the last two digits is another, or both are exchanged: 1996 for 1986,
    1991 and 1969.
    """
    tens, ones = divmod(year % 100, 10)
    slips = {(tens, other) for other in range(10)} | {(other, ones) for other in range(10)} | {(ones, tens)}
    return {year - year % 100 + ten * 10 + one for ten, one in slips}


def born_near(asked: PartialDate | None, person: FoundPerson) -> bool:
    """Whether they were born in that year or month, or in one next to it, where no day was asked."""
    if not asked or asked.day:
        return False
    known = PartialDate.of(person.birth_date, person.birth_precision)
    if not asked.month or not known.month:
        return abs(asked.year - known.year) <= 1
    return (asked.year - known.year) * 12 + asked.month - known.month in (-12, -1, 0, 1, 12)


def _born_then(asked: PartialDate | None, person: FoundPerson, or_before: bool) -> bool:
    """As far as both know it."""
    if asked and or_before:
        return person.birth_date.year in (asked.year, asked.year - 1)
    known = PartialDate.of(person.birth_date, person.birth_precision)
    parts = ((asked.year, known.year), (asked.month, known.month), (asked.day, known.day)) if asked else ()
    return all(ours == theirs for ours, theirs in parts if ours and theirs)
