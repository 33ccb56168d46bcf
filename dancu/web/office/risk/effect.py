"""What a draft comes to before it is signed: communes whose level changes, who lives there, which stations
stand there, how many journeys under way begin or end there.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dancu.accounts.caller import OfficialRequest
from dancu.areas import lookups as areas
from dancu.checkpoints import lookups as checkpoints
from dancu.checkpoints.lookups import JourneysUnderWay
from dancu.register import lookups as register
from dancu.risk import lookups
from dancu.risk.changes import LevelChange, changes
from dancu.risk.rows import DecisionRow
from dancu.web.kit.columns import ListColumn
from dancu.web.kit.lists import Listing, ShownList
from dancu.web.office.risk.showing import change_mark
from dancu.web.shared.amounts import NOT_TOLD, in_digits

SHOWN = 100  # communes that the page names

Step = tuple[int | None, int | None]  # a level and the one that it becomes


@dataclass(frozen=True)
class ChangeTotal:
    """All communes that change alike, and how many people live there (None: too few to be told)."""

    step: Step
    communes: int
    people: int | None


@dataclass(frozen=True)
class DraftEffect:
    """`totals`, `communes`, `stations`: lists of what changes how; `others`: how many communes are not
    named. `people`: all together.
    """

    changed: int
    people: str
    journeys: JourneysUnderWay
    station_count: int
    totals: ShownList
    communes: ShownList
    others: int
    stations: ShownList

    @property
    def figures(self) -> list[tuple[Any, str]]:
        """What, and how much."""
        return [
            (_("Communes whose level changes"), in_digits(self.changed)),
            (_("People who live there"), self.people),
            (_("Stations that stand there"), in_digits(self.station_count)),
            (_("Journeys under way that begin there"), in_digits(self.journeys.beginning)),
            (_("Journeys under way that end there"), in_digits(self.journeys.ending)),
            (_("Journeys under way that do either"), in_digits(self.journeys.all_together)),
        ]


def effect(request: OfficialRequest, row: DecisionRow) -> DraftEffect:
    """Of a draft that this official may see. On record as a reading of statistics."""
    changed = changes(lookups.as_decision(row))
    by_step: defaultdict[Step, list[int]] = defaultdict(list)
    for each in changed:
        by_step[each.before, each.after].append(each.area.area_id)
    people, of_step = register.living_in(request.acting, by_step, f"risk {row['decision_id']}")
    totals = [ChangeTotal(step, len(units), of_step[step]) for step, units in by_step.items()]
    totals.sort(key=lambda total: (-(total.step[1] or 0), -(total.step[0] or 0)))
    now = areas.communes_as_of(timezone.localdate())
    by_area = {each.area.area_id: each for each in changed}
    stations = [
        (station["name"], by_area[here])
        for station in checkpoints.all_stations()
        if (here := now.get(station["area_id"], 0)) in by_area
    ]
    return DraftEffect(
        len(changed),
        in_digits(people),
        checkpoints.journeys_under_way(by_area, row["valid_from"]),
        len(stations),
        _TOTALS.shown(request, totals),
        _COMMUNES.shown(request, changed[:SHOWN]),
        max(len(changed) - SHOWN, 0),
        _STATIONS.shown(request, stations),
    )


def _change(of: Callable[[Any], Step]) -> ListColumn[Any]:
    """From which level to which. `of`: the two, of a row."""
    return ListColumn("change", _("Change of level"), shown=lambda row: change_mark(*of(row)))


_TOTALS: Listing[ChangeTotal] = Listing(
    _("What changes"),
    (
        _change(lambda total: total.step),
        ListColumn("communes", _("Communes"), lambda total: total.communes, numeric=True),
        ListColumn(
            "people",
            _("People"),
            lambda total: NOT_TOLD if total.people is None else total.people,
            numeric=True,
        ),
    ),
)
_COMMUNES: Listing[LevelChange] = Listing(
    _("Communes whose level changes"),
    (
        ListColumn("name", _("Commune"), lambda change: change.area.path),
        _change(lambda change: (change.before, change.after)),
    ),
)
_STATIONS: Listing[tuple[str, LevelChange]] = Listing(
    _("Stations that stand there"),
    (
        ListColumn("name", _("Checkpoint"), lambda row: row[0]),
        ListColumn("commune", _("Commune"), lambda row: row[1].area.path),
        _change(lambda row: (row[1].before, row[1].after)),
    ),
)
