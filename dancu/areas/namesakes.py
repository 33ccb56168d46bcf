"""Telling apart the units of one name in a list that says what became what.

Lists of the reform of 2025 were made from the texts of decisions, which name communes without their
districts. Where two provinces merged, "Phường 4" became that of Mỹ Tho as well as that of Cao Lãnh. The other
units that a new one was made of tell which is meant: those of a merger lie beside each other, in one district
or at least in one province.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from typing import NamedTuple, TypeVar

from .folding import with_marks

Unit = TypeVar("Unit", bound=Hashable)


class Lies(NamedTuple):
    """What an old unit is called, and the district and the province in which it lay."""

    name: str
    district: Hashable
    province: Hashable


def taken_for_each_other(
    links: Iterable[tuple[Unit, Unit]], lies: Mapping[Unit, Lies]
) -> set[tuple[Unit, Unit]]:
    """The links (old, new) of an old unit that only bears the name of one the new unit was made of.

    Such is a link where another old unit of the same name went there too, and more of what else went there
    lay in that one's district (or, where that tells nothing, its province), and where the old unit has
    another successor.
    """
    came, became = defaultdict[Unit, list[Unit]](list), defaultdict[Unit, set[Unit]](set)
    for old, new in links:
        came[new].append(old)
        became[old].add(new)
    mistaken = set[tuple[Unit, Unit]]()
    for new, olds in came.items():
        called = defaultdict[str, list[Unit]](list)
        for old in olds:
            called[with_marks(lies[old].name)].append(old)
        others = [old for same in called.values() if len(same) == 1 for old in same]
        for same in called.values():
            beside = {old: _beside(lies[old], [lies[other] for other in others]) for old in same}
            nearest = max(beside.values())
            mistaken |= {(old, new) for old in same if beside[old] < nearest and len(became[old]) > 1}
    return mistaken


def _beside(one: Lies, others: list[Lies]) -> tuple[int, int]:
    """How many others lie in its district, and in its province."""
    return sum(one.district == other.district for other in others), sum(
        one.province == other.province for other in others
    )
