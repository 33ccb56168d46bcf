"""Whether a candidate fits a search: everything that was searched for is theirs, or nearly so."""

from dancu.matching.answers import ScoredCandidate
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


def fits(declared: ClaimedIdentity, weighed: ScoredCandidate, here: frozenset[int], or_before: bool) -> bool:
    """Whether everything that was searched for is this candidate's. `here`: the ids of the place searched, if
    any; `or_before`: the year before the one searched fits as well.
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


def holds(weighed: ScoredCandidate) -> bool:
    """Whether this candidate has the number or telephone that was searched for. One who has none in the
    register fits as well, but not as surely.
    """
    return any(weighed.score.levels[key] == "same" for key in _KEYS)


def has_name_and_year(declared: ClaimedIdentity, person: FoundPerson) -> bool:
    """Whether a person has the whole name that was searched for and was born in that year, perhaps on another
    day, which is easily given wrong. Where only the year was given, a year written nearly alike fits too.
    """
    name, asked = fold(declared.full_name), declared.birth
    if asked is None or " " not in name or name != fold(person.full_name):
        return False
    if asked.day:
        return asked.year == person.birth_date.year
    return not asked.month and name.count(" ") > 1 and person.birth_date.year in years_alike(asked.year)


def years_alike(year: int) -> set[int]:
    """The years that differ in one of the last two digits, or have them exchanged: 1996 for 1986, 1991 and
    1969.
    """
    tens, ones = divmod(year % 100, 10)
    slips = {(tens, other) for other in range(10)} | {(other, ones) for other in range(10)} | {(ones, tens)}
    return {year - year % 100 + ten * 10 + one for ten, one in slips}


def is_birth_near(birth: PartialDate | None, person: FoundPerson) -> bool:
    """Whether a person was born in this year or month or in one next to it. False where `birth` has a day."""
    if not birth or birth.day:
        return False
    recorded = PartialDate.of(person.birth_date, person.birth_precision)
    if not birth.month or not recorded.month:
        return abs(birth.year - recorded.year) <= 1
    return (birth.year - recorded.year) * 12 + birth.month - recorded.month in (-12, -1, 0, 1, 12)


def _born_then(birth: PartialDate | None, person: FoundPerson, or_before: bool) -> bool:
    """Whether the birth date fits, as far as both the search and the register know it."""
    if birth and or_before:
        return person.birth_date.year in (birth.year, birth.year - 1)
    known = PartialDate.of(person.birth_date, person.birth_precision)
    parts = ((birth.year, known.year), (birth.month, known.month), (birth.day, known.day)) if birth else ()
    return all(ours == theirs for ours, theirs in parts if ours and theirs)
