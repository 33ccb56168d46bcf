"""Whom an official may see: those who live in the area of their work, permanently or for now."""

from collections.abc import Iterable
from typing import Any, TypedDict

from dancu.accounts.lookups import Acting
from dancu.areas import lookups as areas
from dancu.db.queries import Queries
from dancu.register.lasting import LASTS

_sql = Queries(__file__)
VISIBLE = _sql.part("visible").replace("{lasts}", LASTS)


class _Visible(TypedDict):
    person_id: int


def visible_areas(acting: Acting) -> list[int] | None:
    """The areas whose residents this official may see: None for the whole nation, [] for one whose
    jurisdiction is no area.

    Of a unit that has ended not what it became: see areas.lookups.jurisdiction.
    """
    if acting.jurisdiction_kind == "nation":
        return None
    return areas.jurisdiction(acting.jurisdiction_id) if acting.jurisdiction_kind == "area" else []


def may_see(acting: Acting, person_id: int) -> bool:
    """Whether this person lives in the official's jurisdiction."""
    return bool(_visible(acting, "visible_person", person_id=person_id))


def may_see_of(acting: Acting, person_ids: Iterable[int]) -> set[int]:
    """Those of these people who live in the official's jurisdiction."""
    return {row["person_id"] for row in _visible(acting, "visible_people", person_ids=list(person_ids))}


def _visible(acting: Acting, name: str, **values: Any) -> list[_Visible]:
    """Whom a statement of queries.sql with the part {visible} finds within the official's jurisdiction."""
    return _sql.of(_Visible).all(name, {"visible": VISIBLE}, areas=visible_areas(acting), **values)
