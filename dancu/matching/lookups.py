"""Who is this? A declared identity, identified and compared with the register."""

import datetime as dt

from dancu.areas import lookups as areas
from dancu.matching.compare import Comparison, Declared, Outcome, compare
from dancu.matching.dates import DeclaredDate
from dancu.register import lookups as register
from dancu.register.numbers import clean_number

__all__ = ["Comparison", "Declared", "DeclaredDate", "Outcome", "compare", "declared_identity", "identify"]

# Compared with when a number leads nowhere, so that a wrong number takes as long to refuse as a wrong name.
_NOBODY = register.Found(0, None, "Nguyễn Văn Không", dt.date(1900, 1, 2), "D", 1, register.ALIVE, None)


def declared_identity(
    number: str, full_name: str, birth: DeclaredDate | None, sex: int = 0, home_area: int | None = None
) -> Declared:
    """An identity to compare; the commune is widened to what it was called in other eras."""
    here = areas.ids_below(home_area) if home_area else []
    province = areas.get(home_area).province_id if home_area else None
    return Declared(
        clean_number(number),
        full_name,
        birth,
        sex,
        frozenset(here),
        frozenset(areas.ids_below(province) if province else []),
    )


def identify(declared: Declared) -> Comparison:
    """Find the person by number (a PIN, a cancelled PIN or a nine-digit CMND) and compare field by field.

    Of several who hold one CMND the best match counts. The answer to a number that leads nowhere takes the same steps.
    """
    if not (declared.number.isascii() and declared.number.isdigit() and len(declared.number) in (9, 12)):
        return Comparison(Outcome.UNREADABLE)
    found = register.by_number(declared.number)
    homes = register.homes([person.person_id for person in found or [_NOBODY]])
    compared = [
        compare(declared, person, [home["area_id"] for home in homes.get(person.person_id, [])])
        for person in found or [_NOBODY]
    ]
    if not found:
        return Comparison(Outcome.NOT_FOUND)
    return min(compared, key=lambda comparison: list(Outcome).index(comparison.outcome))
