"""How many people live in communes taken together, such as those that a decision is about."""

from collections.abc import Collection, Mapping
from typing import TypeVar

import numpy as np
from django.utils import timezone

from dancu.accounts.lookups import Acting
from dancu.areas import lookups as areas
from dancu.audit import actions as audit
from dancu.register.codes import ALIVE
from dancu.register.counting.cells import POPULATION
from dancu.rollups import lookups as rollups
from dancu.rollups.small_numbers import guarded, is_small

Group = TypeVar("Group")


def living_in(
    acting: Acting, groups: Mapping[Group, Collection[int]], detail: str = ""
) -> tuple[int | None, dict[Group, int | None]]:
    """How many of the living are registered in communes of today: of all groups of them together, and of
    each; None: too few to be told, or next to such. The caller has made sure that they may be told of these.
    Written to the audit with `detail`.
    """
    names = list(groups)
    group_of = {area_id: nth for nth, name in enumerate(names) for area_id in groups[name]}
    now = areas.communes_as_of(timezone.localdate())
    homes = {home: group_of[unit] for home, unit in now.items() if unit in group_of}
    cells = rollups.cells(POPULATION, list(homes), {"status": (ALIVE, ALIVE)})
    known, nth = np.unique(cells["home_area"], return_inverse=True)
    in_group = np.array([homes[home] for home in known.tolist()], int)[nth]
    people = np.bincount(in_group, cells["people"], len(names)).astype(int).tolist()
    audit.record(acting, "register.statistics", detail=detail)
    return None if is_small(sum(people)) else sum(people), dict(zip(names, guarded(people), strict=True))
