"""An address to its commune, under the ids it has had in every era."""

import datetime as dt
from dataclasses import dataclass

from dancu.areas import lookups as areas
from dancu.areas.lookups import Area
from dancu.text.fonts import legible


@dataclass(frozen=True)
class NormalisedAddress:
    """`detail`: what stands before the commune; `commune`: the one named, None where it cannot be told for
    sure.

    `area_ids`: the communes of every era under which someone may be registered who lives there;
    `province_ids`: all units of its province, likewise.
    """

    detail: str
    commune: Area | None = None
    area_ids: frozenset[int] = frozenset()
    province_ids: frozenset[int] = frozenset()


def normalise_address(text: str, on: dt.date) -> NormalisedAddress:
    """The commune that an address names, in old units or new, abbreviated or not, typed in an old font or
    not; see areas.parse_address.

    `on`: the day it was declared, which decides where its words fit two eras.
    """
    parsed = areas.parse_address(legible(text)[0], on)
    if parsed.area is None or parsed.alone:  # "Ấp Tân Hòa" names a hamlet, not one of the communes called so
        return NormalisedAddress(text.strip() if parsed.area else parsed.detail)
    return NormalisedAddress(
        parsed.detail,
        parsed.area,
        _communes(parsed.area.area_id),
        frozenset(areas.ids_below(parsed.area.province_id)),
    )


def _communes(area_id: int) -> frozenset[int]:
    found = areas.get_many(areas.ids_below(area_id))
    return frozenset(found_id for found_id, area in found.items() if area.level == areas.COMMUNE)
