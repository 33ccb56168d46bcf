"""Births: a new record with a new personal number, parents, and a home in a household."""

import datetime as dt
import secrets
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from dancu.accounts.lookups import Acting
from dancu.areas import lookups as areas
from dancu.areas.errors import UnknownArea
from dancu.db.queries import Queries
from dancu.db.transactions import whole
from dancu.register import facts, versions
from dancu.register.codes import ALIVE, CHILD, FEMALE, GRANDCHILD, HEAD, OTHER, SINGLE, SPOUSE
from dancu.register.errors import (
    NoHome,
    NoNumberLeft,
    NoSuchUnit,
    NumberTaken,
    OneSelf,
    Question,
    UnitDidNotStand,
)
from dancu.register.events import checks, kin
from dancu.register.events.numbering import is_number_taken, refuse_given_before
from dancu.register.events.places import same_place
from dancu.register.events.recording import count_new, recording
from dancu.register.likeness import birth_of, is_near, is_nearly_birth
from dancu.register.names import right_name
from dancu.register.rules import LEAST_DAYS_BETWEEN_BIRTHS
from dancu.text.folding import fold
from dancu.text.sounds import ends_key, given_key
from dancu.values.numbers import PROVINCES

_sql = Queries(__file__)
_register = Queries(versions.__file__)

Row = Mapping[str, Any]

_TRIES, _AT_ONCE = (
    20,
    64,
)  # of a cell with nine tenths of its numbers given, 64 drawn at random have a free one but once in 850 times
_CHILD_OF = {
    HEAD: CHILD,
    SPOUSE: CHILD,
    CHILD: GRANDCHILD,
    7: GRANDCHILD,
}  # by the parent's relation to the head


@whole
def record_birth(
    acting: Acting | None,
    parent_id: int,
    *,
    full_name: str,
    birth_date: dt.date,
    sex: int,
    basis: str,
    other_parent_id: int | None = None,
    other_parent_name: str = "",
    registered_in: int | None = None,
    ethnicity: str | None = None,
    confirmed: Collection[str] = (),
) -> int:
    """A child was born to this person; return the child's person_id. It lives with that parent and gets a
    personal number.

    `registered_in`: the commune of the birth certificate; else the home's. `ethnicity`: else the father's, or
    the mother's. Raises NoSuchPerson, OneSelf, InTheFuture, BornTooEarly, WrongParent, ParentBornLater,
    ParentTooYoung, ParentDead, NoHome, AskFirst (also of a child who may be the same), NoNumberLeft,
    NotOneOf, NoSuchUnit, NotACommune, UnitDidNotStand, NoBasis, and what right_name raises.
    """
    if parent_id == other_parent_id:
        raise OneSelf((kin.one(parent_id) or {"full_name": ""})["full_name"])
    checks.can_be_born(birth_date)
    name = right_name(full_name)
    other_parent_name = right_name(other_parent_name) if other_parent_name.strip() else ""
    child: dict[str, Any] = {
        "full_name": name,
        "birth_date": birth_date,
        "birth_precision": "D",
        "sex": sex,
        "ethnicity": ethnicity,
    }
    facts.refuse(child, ("sex", "ethnicity"))
    if registered_in is not None:
        _stood_since(registered_in, birth_date)
    with recording(acting, "birth", birth_date, basis) as event:
        held = event.hold(parent_id, other_parent_id)
        for each in held:
            event.calls(each, "child_birth", told=True)
        parent, other = held[parent_id], held.get(other_parent_id or 0)
        roles = {"mother" if parent["sex"] == FEMALE else "father": parent}
        if other:
            roles["father" if parent["sex"] == FEMALE else "mother"] = other
        questions = [question for role, row in roles.items() for question in checks.parent(child, row, role)]
        home = parent if parent["home_since"] else other if other and other["home_since"] else None
        if home is None:
            raise NoHome
        registered = registered_in or home["home_area"]
        questions += _registered_already(child, roles, same_place(home["home_area"]) | same_place(registered))
        checks.ask(questions, confirmed)
        child |= _family(roles, other_parent_name, parent["sex"]) | _home(home, birth_date)
        child |= {
            "birth_area": registered,
            "marital_status": SINGLE,
            "nationality": "VNM",
            "ethnicity": ethnicity or _ethnicity(roles),
        }
        child_id = _add(child, _place(registered))
        event.added(child_id)
    return child_id


def _registered_already(child: Row, roles: Mapping[str, Row], places: set[int | None]) -> list[Question]:
    """Children of the same parents born at about that time or called so, and whoever bears the name and
    was born there that day.
    """
    found: dict[int, Row] = {}
    for role, parent in roles.items():
        for each in kin.children(parent):
            apart = abs((each["birth_date"] - child["birth_date"]).days)
            if apart < (LEAST_DAYS_BETWEEN_BIRTHS if role == "mother" else 2) or _may_be_one(each, child):
                found[each["person_id"]] = each
    for each in _sql.all(
        "named_alike",
        given_key=given_key(child["full_name"]),
        birth_date=child["birth_date"],
        places=list(places),
    ):
        if fold(each["full_name"]) == fold(child["full_name"]):
            found[each["person_id"]] = each
    if not found:
        return []
    words = _("A child like this one is already registered. Is this another child, such as a twin?")
    return [Question("registered_already", words, tuple(sorted(found)))]


def _may_be_one(one: Row, other: Row) -> bool:
    """Of the same parent: nobody gives two children one name, whatever lies between them; a letter off,
    if their births are nearly one, too.
    """
    names = one["full_name"], other["full_name"]
    if sorted(fold(names[0]).split()) == sorted(fold(names[1]).split()):
        return True
    return is_near(*names) and is_nearly_birth(birth_of(one), birth_of(other))


def _family(roles: Mapping[str, Row], other_name: str, sex: int) -> dict[str, Any]:
    mother, father = roles.get("mother"), roles.get("father")
    named = other_name or None
    return {
        "mother_id": mother and mother["person_id"],
        "father_id": father and father["person_id"],
        "mother_name": None if mother or sex == FEMALE else named,
        "father_name": None if father or sex != FEMALE else named,
        "native_area": (father or mother or {}).get("native_area"),
    }


def _home(home: Row, birth_date: dt.date) -> dict[str, Any]:
    """With the parent, since the birth or since the parent lives there; whose household it is too."""
    relation = _CHILD_OF.get(home["relation"], OTHER) if home["household_id"] else None
    return {
        "home_area": home["home_area"],
        "home_since": max(birth_date, home["home_since"]),
        "home_address": home["home_address"],
        "household_id": home["household_id"],
        "relation": relation,
    }


def _ethnicity(roles: Mapping[str, Row]) -> str | None:
    return next(
        (row["ethnicity"] for role in ("father", "mother") if (row := roles.get(role)) and row["ethnicity"]),
        None,
    )


def _stood_since(area_id: int, birth_date: dt.date) -> None:
    """Births are registered on the day or later. Raises NoSuchUnit, NotACommune, UnitDidNotStand."""
    area = facts.is_commune(area_id)
    if area.valid_to and area.valid_to <= birth_date:
        raise UnitDidNotStand(area.path, birth_date)


def _place(area_id: int) -> str:
    """The province's code, with which the number begins; the merger of 2025 kept one of the old codes for
    each.
    """
    try:
        code = "0" + areas.get(areas.get(area_id).province_id).code
    except UnknownArea as unknown:
        raise NoSuchUnit(area_id) from unknown
    if code not in PROVINCES:
        raise NoSuchUnit(area_id)
    return code


def _add(child: Row, province: str) -> int:
    """Written with a number of which the index says that nobody else took it, drawn anew until one is
    free.
    """
    keys = {"given_key": given_key(child["full_name"]), "ends_key": ends_key(child["full_name"])}
    for pin in free_numbers(province, child["sex"], child["birth_date"].year):
        try:
            with transaction.atomic():
                row = _sql.one("add_child", **child, **keys, pin=pin, valid_from=child["birth_date"])
                refuse_given_before(pin, (row or {})["person_id"])
        except NumberTaken:
            continue
        except IntegrityError as clash:
            if not is_number_taken(clash):
                raise
            continue
        count_new({**child, "status": ALIVE})
        return (row or {})["person_id"]
    raise NoNumberLeft


def free_numbers(province: str, sex: int, birth_year: int) -> Iterator[str]:
    """Personal numbers of one province, sex and birth year that nobody holds or held, drawn at random so
    that none tells who came before.
    """
    begins = f"{province}{(birth_year // 100 - 19) * 2 + sex - 1}{birth_year % 100:02}"
    for _nth in range(_TRIES):
        drawn = [f"{begins}{secrets.randbelow(1_000_000):06}" for _one in range(_AT_ONCE)]
        taken = {row["number"] for row in _sql.all("taken_numbers", numbers=drawn)}
        yield from [number for number in drawn if number not in taken][:1]
