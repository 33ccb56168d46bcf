"""What a decision says, before it is kept: which law, from when, and which area has which level."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils import timezone

from dancu.areas import lookups as areas
from dancu.risk import errors
from dancu.risk.levels import HIGHEST, LOWEST

LONGEST_CITATION = 200  # letters


@dataclass(frozen=True)
class RiskDecision:
    """`citation`: its number and date; `levels`: by area, a commune or a province (all communes of it that it
    does not name itself); `withdraws`: the number of a decision that counts no more from then on.
    """

    citation: str
    valid_from: dt.datetime
    levels: Mapping[int, int] = field(default_factory=dict)
    withdraws: int | None = None

    @property
    def digest(self) -> str:
        """SHA-256 in hex over all that it says: what is signed."""
        said = [
            self.citation,
            self.valid_from.astimezone(dt.UTC).isoformat(),
            sorted(self.levels.items()),
            self.withdraws,
        ]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()

    def check(self) -> None:
        """Raises NoCitation, EmptyDecision, NoLevel, NoUnitOfLevels, AreaEnded."""
        if not self.citation.strip() or len(self.citation) > LONGEST_CITATION:
            raise errors.NoCitation(LONGEST_CITATION)
        if not self.levels and self.withdraws is None:
            raise errors.EmptyDecision
        if any(type(level) is not int or not LOWEST <= level <= HIGHEST for level in self.levels.values()):
            raise errors.NoLevel
        for area_id in self.levels:
            check_unit(areas.get(area_id), timezone.localdate(self.valid_from))


def check_unit(area: areas.Area, on: dt.date) -> None:
    """Whether levels can be set for it from that day on. Raises NoUnitOfLevels, AreaEnded."""
    if not area.stood(on):
        raise errors.AreaEnded(area.path, "; ".join(each.path for each in areas.became(area.area_id, on)))
    if area.level not in (areas.COMMUNE, areas.PROVINCE):
        raise errors.NoUnitOfLevels(area.path)
