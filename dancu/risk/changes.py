"""What a draft changes: which commune has another level from its beginning on, as the decisions stand that
are signed today.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from dancu.areas import lookups as areas
from dancu.risk import lookups
from dancu.risk.decision import RiskDecision


@dataclass(frozen=True)
class LevelChange:
    """A commune whose level becomes another one; None: no level."""

    area: areas.Area
    before: int | None
    after: int | None


def changes(draft: RiskDecision) -> list[LevelChange]:
    """The communes whose level the draft changes at the moment at which it begins, by code."""
    before = lookups.levels_at(draft.valid_from)
    rest = {
        area_id: found.level
        for area_id, found in lookups.standing_at(draft.valid_from, without=draft.withdraws).items()
    }
    changed = []
    for area in areas.communes(timezone.localdate(draft.valid_from)):
        after = _named(draft.levels, area) or rest.get(area.area_id)
        if after != (was := before.get(area.area_id)):
            changed.append(LevelChange(area, was, after))
    return changed


def _named(levels: Mapping[int, int], area: areas.Area) -> int | None:
    return levels.get(area.area_id) or levels.get(area.province_id)
