"""What a record can say, field by field and by itself: every action that writes one goes by this, and the
table's own checks repeat what is cheap.

What may not stand beside other records (parents, events, a day) is looked at in events/checks.py and
events/lives.py.
"""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from dancu.areas import lookups as areas
from dancu.db.queries import Queries
from dancu.register import versions, words
from dancu.register.codes import BLOOD_GROUPS, DEAD, NATIONALITIES
from dancu.register.errors import (
    HomeOfTheDead,
    NoSuchHousehold,
    NoSuchPerson,
    NoSuchUnit,
    NotACommune,
    NotOneOf,
)
from dancu.values.emails import parse_email
from dancu.values.errors import BadCardNumber, BadNumber
from dancu.values.numbers import check_cmnd, check_pin

_sql = Queries(versions.__file__)

Row = Mapping[str, Any]

_PRECISIONS = {"D": _("day, month and year"), "M": _("month and year"), "Y": _("year")}

CODED: dict[str, tuple[str | Promise, Mapping[Any, Any]]] = {
    "sex": (_("Sex"), words.SEXES),
    "status": (_("Status"), words.STATUSES),
    "marital_status": (_("Marital status"), words.MARITAL_STATUSES),
    "relation": (_("Relationship to head of household"), words.RELATIONS),
    "birth_precision": (_("How much of the birth date is known"), _PRECISIONS),
    "ethnicity": (_("Ethnicity"), words.ETHNICITIES),
    "religion": (_("Religion"), words.RELIGIONS),
    "nationality": (_("Nationality"), NATIONALITIES),
    "blood_group": (_("Blood group"), dict.fromkeys(BLOOD_GROUPS, "")),
    "kind": (_("Kind of residence"), words.RESIDENCES),
}
"""Fields of codes: what each is called, and the codes that there are with their meaning."""
NEEDED = frozenset({"sex", "status", "birth_precision", "nationality", "kind"})
"""Those of them that no record is without."""
COMMUNES = ("home_area", "birth_area", "native_area")
_RELATIVES = ("father_id", "mother_id", "spouse_id")
_MOST_TOLD = 12


def refuse(record: Row, fields: Collection[str]) -> None:
    """Look at these fields of a record as it would be.

    Raises NotOneOf, NoSuchUnit, NotACommune, BadNumber, BadCardNumber, BadEmail, NoSuchHousehold,
    NoSuchPerson, HomeOfTheDead.
    """
    for field in fields:
        value = record.get(field)
        if field in CODED and (value is not None or field in NEEDED):
            one_of(field, value)
        elif field in COMMUNES and value is not None:
            is_commune(value)
        elif field in _RELATIVES and value is not None:
            _is_there(value)
        elif value:
            _LOOKS.get(field, lambda _value: None)(value)
    if record.get("status") == DEAD and record.get("home_since") and {"status", "home_since"} & set(fields):
        raise HomeOfTheDead(record["full_name"])


def one_of(field: str, value: Any) -> None:
    """A code of this field. Raises NotOneOf, which tells what there is."""
    name, codes = CODED[field]
    if value in codes:
        return
    told = [f"{code} ({words.meaning(codes, code)})" if codes[code] else str(code) for code in codes]
    if len(told) > _MOST_TOLD:
        more = len(told) - 3
        told = [*told[:3], ngettext("%(count)d more", "%(count)d more", more) % {"count": more}]
    raise NotOneOf(name, "" if value is None else value, ", ".join(told))


def is_commune(area_id: int) -> areas.Area:
    """The commune of this number, of whatever time. Raises NoSuchUnit, NotACommune."""
    area = areas.get_many([area_id]).get(area_id)
    if area is None:
        raise NoSuchUnit(area_id)
    if area.level != areas.COMMUNE:
        raise NotACommune(area.path)
    return area


def is_pin(pin: str) -> None:
    """Raises BadNumber."""
    for problem in check_pin(pin):
        if problem.kind == "error":
            raise BadNumber(pin, problem.message)


def _is_cmnd(number: str) -> None:
    for problem in check_cmnd(number):
        raise BadCardNumber(number, problem.message)


def _is_household(household_id: int) -> None:
    """Files of plain digits need no row: their number stands behind a 1."""
    if household_id < 0 and not _sql.one("household_there", household_id=household_id):
        raise NoSuchHousehold(household_id)
    if household_id > 0 and str(household_id)[0] != "1":
        raise NoSuchHousehold(household_id)


def _is_there(person_id: int) -> None:
    if not _sql.all("people", person_ids=[person_id]):
        raise NoSuchPerson(person_id)


_LOOKS = {"pin": is_pin, "cmnd": _is_cmnd, "email": parse_email, "household_id": _is_household}
