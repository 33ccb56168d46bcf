"""Where people live, whether a record names the unit of today or one of another time."""

from django.utils import timezone

from dancu.areas import lookups as areas


def that_stands(area_id: int) -> int:
    """The very unit; of one that is no more what most of it became. Never what it was made from: that
    would be a guess among several.
    """
    area, today = areas.get_many([area_id]).get(area_id), timezone.localdate()
    if area and area.valid_to and area.valid_to <= today:
        return areas.communes_as_of(today).get(area_id, area_id)
    return area_id


def same_place(area_id: int | None) -> set[int | None]:
    """The unit, the commune of today that it is, became or came from, and all that became or were made
    from those, wholly or partly.
    """
    known = areas.get_many([area_id] if area_id else [])
    today = areas.communes_as_of(timezone.localdate())
    units = {*known, *(today[each] for each in known if each in today)}
    return {area_id, *(below for unit in units for below in areas.ids_below(unit))}
