"""The area that a page of statistics is about, and the way up from it."""

from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.functional import Promise

from dancu.accounts.caller import OfficialRequest
from dancu.areas import lookups as areas
from dancu.web.shared.places import place

Words = str | Promise


def asked_area(request: HttpRequest) -> int | None:
    """The area of the address; one that no unit can have where it is no number."""
    asked = request.GET.get("area", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else -1 if asked else None


def name_of(area: areas.Area | None) -> Words:
    """With what it lies in; None: the whole country."""
    return area.path if area else place("nation", 0)


def above(
    request: OfficialRequest, area: areas.Area | None, here: str, **kept: str
) -> list[tuple[Words, str]]:
    """What this area lies in, as far as the official may look, the widest first: words and the address of
    the page `here`, with what else of its query is `kept`.
    """

    def address(unit: int | None) -> str:
        query = urlencode(({"area": unit} if unit else {}) | kept)
        return f"{here}?{query}" if query else here

    if area is None or area.area_id == request.acting.jurisdiction_id:
        return []
    if request.acting.jurisdiction_kind == "nation":
        trail: list[tuple[Words, str]] = [(place("nation", 0), address(None))]
        units = area.ancestors
    else:
        trail, own = [], request.acting.jurisdiction_id
        units = [unit for unit in area.ancestors if unit == own or own in areas.get(unit).ancestors]
    return trail + [
        (areas.get(unit).name, address(unit))
        for unit in sorted(units, key=lambda unit: areas.get(unit).level)
    ]
