"""What rows of units, and of what became what, hold: of lists of them, and of the table."""

from datetime import date
from typing import TypedDict


class UnitColumns(TypedDict):
    """A unit as a list says it: the columns of `published.UNITS`."""

    code: str  # the statistics office's; a later unit may bear it again
    valid_from: date
    valid_to: date | None  # the first day it is no more
    level: int  # 1 province, 2 district, 3 commune
    kind: str
    name: str  # begins with the kind
    short_name: str | None  # None: the name without the kind
    parent_code: str | None
    latitude: float | None
    longitude: float | None
    aliases: list[str]


class GivenUnit(UnitColumns):
    """And the line it came from."""

    line: int


class GivenLink(TypedDict):
    """What became what as a list says it: the columns of `published.LINKS`, and the line."""

    old_code: str
    old_valid_from: date
    new_code: str
    new_valid_from: date
    main: bool  # of a divided unit: the one that took most of it
    line: int


class AreaRow(TypedDict):
    """A row of `area`."""

    area_id: int
    code: str
    valid_from: date
    valid_to: date | None
    level: int
    kind: str
    name: str
    short_name: str
    aliases: list[str]
    path: str
    search_key: str  # name, short name and aliases as searches compare them, between |
    latitude: float | None
    longitude: float | None
    parent_id: int | None
    province_id: int  # itself, of a province
    district_id: int | None  # itself, of a district; None where there is no such level
    ancestors: list[int]  # province first; without itself
