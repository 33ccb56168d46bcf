"""A declared identity is compared with a record of the register, field by field, and the outcome follows."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from dancu.linkage.model.scoring import Evidence
from dancu.matching.dates import compare_birth
from dancu.matching.names import compare_names
from dancu.matching.policy import agreeing
from dancu.matching.vietnamese_kinds import name_tells_sex
from dancu.register.lookups import ALIVE, DEAD, FoundPerson
from dancu.values.birth_dates import PartialDate


class Outcome(StrEnum):
    """The outcome of comparing a declaration with the register."""

    CONFIRMED = "confirmed"
    DIFFERENCES = "differences"  # confirmed, but some details differ
    DISAGREES = "disagrees"
    NOT_FOUND = "not_found"
    UNREADABLE = "unreadable"

    @property
    def agrees(self) -> bool:
        """Whether the person is recognised, which is all that a citizen learns."""
        return self in (Outcome.CONFIRMED, Outcome.DIFFERENCES)


@dataclass(frozen=True)
class ClaimedIdentity:
    """An identity as somebody declared it. `sex`: 1 male, 2 female, 0 not declared. `home_area`: the declared
    commune; `home_areas`: the same in the units of every era.
    """

    number: str
    full_name: str
    birth: PartialDate | None
    sex: int = 0
    home_areas: frozenset[int] = frozenset()
    home_province: frozenset[int] = frozenset()
    home_area: int | None = None
    phone: str = ""


@dataclass(frozen=True)
class IdentityComparison:
    """The outcome; the `person` who holds the number or was matched; and the level of agreement per field
    (`levels["name"] == "marks"`). `reasons`: where the number did not lead to the person, the evidence that
    did, field by field in bits. `doubtful`: nobody was recognised, but people may be able to tell: there is a
    match whom the number did not lead to, or several candidates, or one with too many differences.
    """

    outcome: Outcome
    person: FoundPerson | None = None
    levels: dict[str, str] = field(default_factory=dict)
    reasons: Sequence[Evidence] = ()
    doubtful: bool = False

    @property
    def is_exact(self) -> bool:
        """Whether name, birth date and sex agree exactly, so that nobody else can fit better."""
        return all(self.levels[name] in _AGREES for name in ("name", "birth_date", "sex"))

    @property
    def differing(self) -> dict[str, str]:
        """The fields that do not agree, with how."""
        return {name: level for name, level in self.levels.items() if level not in _AGREES}


_AGREES = agreeing("desk")
_CLOSE = agreeing("desk", "close")


NEEDED = frozenset({"name", "birth_date"})
"""The fields that a declaration must have for anybody to agree."""


def compare(
    declared: ClaimedIdentity, person: FoundPerson, homes: Collection[int], needed: Collection[str] = NEEDED
) -> IdentityComparison:
    """Compare an identity with the person who holds its number. `homes`: the communes where the register says
    they live now; `needed`: the fields without which nobody agrees.

    *confirmed*: everything declared agrees. *differences*: name and birth date agree, at most one of them
    inexactly (neither where the sex differs, since twins have much in common), or a detail differs.
    *disagrees*: anything else, or the holder is dead or missing.
    """
    levels = {
        "name": _compare_name(declared, person),
        "birth_date": compare_birth(declared.birth, person.birth_date, person.birth_precision),
        "sex": "missing" if not declared.sex else "same" if declared.sex == person.sex else "different",
        "residence": _compare_homes(declared, homes),
    }
    if person.status != ALIVE:
        levels["status"] = "dead" if person.status == DEAD else "missing_person"
    return IdentityComparison(_outcome(levels, needed), person, levels)


def _outcome(levels: dict[str, str], needed: Collection[str]) -> Outcome:
    name, birth = levels["name"], levels["birth_date"]
    if "status" in levels or any(levels[field] == "missing" for field in needed):
        return Outcome.DISAGREES
    if all(level in _AGREES for level in levels.values()):
        return Outcome.CONFIRMED
    inexact = (name not in _AGREES) + (birth not in _AGREES) + (levels["sex"] == "different")
    if inexact <= 1 and name in _AGREES | _CLOSE and birth in _AGREES | _CLOSE:
        return Outcome.DIFFERENCES
    return Outcome.DISAGREES


def _compare_name(declared: ClaimedIdentity, person: FoundPerson) -> str:
    """As compare_names; but no near name where no sex was declared and the middle name tells the other one:
    Đỗ Thị Vinh is a sister of Đỗ Thế Vinh.
    """
    level = compare_names(declared.full_name, person.full_name)
    told = name_tells_sex(declared.full_name) if level in _CLOSE and not declared.sex else 0
    return "different" if told and told != person.sex else level


def _compare_homes(declared: ClaimedIdentity, homes: Collection[int]) -> str:
    if not declared.home_areas:
        return "missing"
    if not declared.home_areas.isdisjoint(homes):
        return "same"
    return "same_province" if not declared.home_province.isdisjoint(homes) else "different"
