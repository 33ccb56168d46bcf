"""Who is this? A declared identity, identified and compared with the register."""

import datetime as dt
from dataclasses import replace

from dancu.areas import lookups as areas
from dancu.matching.compare import Comparison, Declared, Outcome, compare
from dancu.matching.dates import DeclaredDate
from dancu.matching.errors import NumberRounded
from dancu.matching.normalising.addresses import normalise_address
from dancu.matching.normalising.dates import normalise_birth
from dancu.matching.normalising.names import normalise_name
from dancu.matching.normalising.numbers import Candidate, repairs
from dancu.matching.normalising.phones import normalise_phone
from dancu.register import lookups as register
from dancu.register.lookups import Found

__all__ = [
    "Comparison",
    "Declared",
    "DeclaredDate",
    "Outcome",
    "compare",
    "declared_identity",
    "identify",
    "normalise_address",
    "normalise_birth",
    "normalise_name",
    "normalise_phone",
    "repairs",
]

# Compared with when a number leads nowhere, so that a wrong number takes as long to refuse as a wrong name.
_NOBODY = register.Found(0, None, "Nguyễn Văn Không", dt.date(1900, 1, 2), "D", 1, register.ALIVE, None)


def declared_identity(
    number: str, full_name: str, birth: DeclaredDate | None, sex: int = 0, home_area: int | None = None, phone: str = ""
) -> Declared:
    """An identity to compare; the commune is widened to what it was called in other eras."""
    here = areas.ids_below(home_area) if home_area else []
    province = areas.get(home_area).province_id if home_area else None
    return Declared(
        number.strip(),
        full_name,
        birth,
        sex,
        frozenset(here),
        frozenset(areas.ids_below(province) if province else []),
        home_area,
        phone,
    )


def identify(declared: Declared) -> Comparison:
    """Find the person by number (a PIN, a cancelled PIN or a nine-digit CMND) and compare field by field.

    Of several who hold one CMND the best match counts. Where the number as given leads nowhere or to somebody else, what it may
    have been (`numbers.repairs`) counts if it leads to one person of that very name and birth date: a difference, whose
    `levels["number"]` says what was wrong. All are looked up in any case, so that every answer takes the same steps.
    """
    candidates = _candidates(declared)
    if not candidates:
        return Comparison(Outcome.UNREADABLE)
    found = register.by_numbers([candidate.number for candidate in candidates])
    people = {person.person_id: person for holders in found.values() for person in holders}
    homes = register.homes(people or [_NOBODY.person_id])
    compared = {
        person.person_id: compare(declared, person, [home["area_id"] for home in homes.get(person.person_id, [])])
        for person in people.values() or [_NOBODY]
    }
    given, *others = candidates if candidates[0].repair == "as_given" else (None, *candidates)
    holders = [compared[person.person_id] for person in found.get(given.number, [])] if given else []
    best = min(holders, key=lambda comparison: list(Outcome).index(comparison.outcome), default=None)
    if best and best.outcome.agrees:
        return best
    return _repaired(others, found, compared) or best or Comparison(Outcome.NOT_FOUND if given else Outcome.UNREADABLE)


def _candidates(declared: Declared) -> list[Candidate]:
    try:
        return repairs(declared.number, declared.sex, declared.birth.year if declared.birth else None)
    except NumberRounded:
        return []


def _repaired(
    candidates: list[Candidate], found: dict[str, list[Found]], compared: dict[int, Comparison]
) -> Comparison | None:
    """The comparison with the one person whom a repaired number leads to and whose name and birth date were declared."""
    meant = {
        person.person_id: candidate.repair
        for candidate in reversed(candidates)
        for person in found.get(candidate.number, [])
        if _is_surely(compared[person.person_id])
    }
    if len(meant) != 1:
        return None
    ((person_id, repair),) = meant.items()
    comparison = compared[person_id]
    outcome = (
        Outcome.DIFFERENCES if comparison.outcome.agrees else Outcome.DISAGREES
    )  # the dead are found, and do not travel
    return replace(comparison, outcome=outcome, levels={"number": repair, **comparison.levels})


def _is_surely(comparison: Comparison) -> bool:
    levels = comparison.levels
    return levels["name"] in ("same", "spelling", "unmarked") and levels["birth_date"] in (
        "same",
        "swapped",
        "year_only",
    )
