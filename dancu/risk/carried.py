"""What devices carry of levels (docs/devices.md): of now, and what begins within the next days."""

from django.utils import timezone

from dancu.areas import lookups as areas
from dancu.risk import lookups
from dancu.rules.abroad import AHEAD, milliseconds

Steps = list[tuple[int, int | None]]


def levels(_kind: str, _number: int) -> dict[str, Steps]:
    """By a commune's code its levels, each from when on in milliseconds since 1970, the first to begin first;
    None: from then on none is known. What is not there has none for as long as devices carry it.
    """
    now = timezone.now()
    steps: dict[int, Steps] = {}
    for at in [now, *lookups.begin_between(now, now + AHEAD)]:
        standing = lookups.standing_at(at)
        for area_id in {*standing, *steps}:
            found = standing.get(area_id)
            level, before = found.level if found else None, steps.setdefault(area_id, [])
            if (before[-1][1] if before else None) != level:
                since = found.since if found and at == now else at
                before.append((milliseconds(since), level))
    communes = areas.get_many(steps)
    return {communes[area_id].code: several for area_id, several in steps.items() if several}
