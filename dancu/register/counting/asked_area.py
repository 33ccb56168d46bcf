"""Which area an official asks the statistics of, and where people are registered who count for it."""

from django.utils import timezone

from dancu.accounts.lookups import Acting
from dancu.areas import lookups as areas
from dancu.register.errors import NotYourArea


def asked_area(acting: Acting, area_id: int | None) -> areas.Area | None:
    """The area meant, within the official's jurisdiction; without one the whole of it, None for the country.

    Raises NotYourArea (also of an area that there is not).
    """
    if acting.jurisdiction_kind == "nation":
        if area_id is None:
            return None
        within = None
    elif acting.jurisdiction_kind == "area":
        within = {acting.jurisdiction_id, *filter(stands, areas.jurisdiction(acting.jurisdiction_id))}
        area_id = acting.jurisdiction_id if area_id is None else area_id
    else:
        raise NotYourArea
    area = areas.get_many([area_id]).get(area_id)
    if area is None or (within is not None and area_id not in within):
        raise NotYourArea
    return area


def stands(area_id: int) -> bool:
    """Whether it is a unit of today."""
    return areas.get(area_id).stood(timezone.localdate())


def homes_of(area: areas.Area, communes: dict[int, int]) -> list[int]:
    """The communes of any time that count for this area; `communes`: areas.communes_as_of today. Of a unit
    that has ended: itself, what it was, and what lies wholly within it.
    """
    below = areas.jurisdiction(area.area_id)
    if not stands(area.area_id):
        return below
    found = areas.get_many({communes[home] for home in below if home in communes})
    mine = {now for now, unit in found.items() if area.area_id in (now, *unit.ancestors)}
    return [area.area_id, *(home for home in below if communes.get(home) in mine and home != area.area_id)]
