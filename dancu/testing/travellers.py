"""An, his journey, and the stations on his way; for the tests of everything that happens at a checkpoint."""

import datetime as dt
from typing import Any

from django.db import connection
from django.utils import timezone
from uuid_utils.compat import uuid7

from dancu.accounts.lookups import Acting
from dancu.areas import lookups as areas
from dancu.checkpoints import actions
from dancu.checkpoints.actions import IssuedPass, Sender
from dancu.checkpoints.journeys import Journey
from dancu.checkpoints.superseding import NOBODY
from dancu.matching.lookups import PartialDate
from dancu.register import actions as register

AN = {
    "full_name": "Nguyễn Văn An",
    "birth_date": dt.date(2000, 2, 15),
    "sex": 1,
    "pin": "079200001234",
    "cmnd": "025123456",
}


def commune(text: str) -> int:
    """The commune of today that someone means by `text`."""
    return areas.find(text, level=areas.COMMUNE)[0].area_id


def add_an(**changes: Any) -> int:
    """An, as the register holds him: born on 15 February 2000, at home in Sài Gòn's Bến Thành."""
    person = AN | {"home_area": commune("Phường Bến Thành, Hồ Chí Minh"), "address": "12 Lê Lợi"} | changes
    return register.add_person(
        None, valid_from=person["birth_date"], basis="birth certificate 1/2000", **person
    )


def journey(**changes: Any) -> Journey:
    """An rides home-to-work: from Bến Thành to Ninh Kiều in Cần Thơ today, by motorbike, all of it
    declared as the register holds it.
    """
    today = timezone.localdate()
    home = commune("Phường Bến Thành, Hồ Chí Minh")
    declared = {
        "full_name": AN["full_name"],
        "birth": PartialDate.of(AN["birth_date"]),
        "number_kind": "pin",
        "number": AN["pin"],
        "sex": 1,
        "home_area": home,
        "origin_area": home,
        "destination_area": commune("Phường Ninh Kiều, Cần Thơ"),
        "departs_on": today,
        "arrives_on": today,
        "reason": "work",
        "vehicle": "motorbike",
        "plate": "59X1-12345",
        "phone": "0901234567",
    }
    return Journey(**(declared | changes))


def declare(acting: Acting | None = None, sender: Sender | None = None, **changes: Any) -> IssuedPass:
    """An's declaration, with these changes; `acting`: the officer who keyed it in; `sender`: who sends it,
    where that is not the session that sent all that citizens declared with the same number and telephone.
    """
    said = journey(**changes)
    return actions.declare(
        said, uuid7(), acting, NOBODY if acting else sender or session_with(said.number, said.phone)
    )


def session_with(number: str, phone: str) -> Sender:
    """The session that sent what citizens declared with this number and telephone."""
    with connection.cursor() as cursor:
        asked = (
            "SELECT declaration_id FROM declaration WHERE number = %s AND number <> '' AND phone = "
            "%s AND phone <> '' AND official_id IS NULL"
        )
        cursor.execute(asked, [number, phone])
        return Sender(sent=tuple(row[0] for row in cursor.fetchall()))


def my_thuan() -> int:
    """The station on the bridge of Mỹ Thuận, in Vĩnh Long's commune of Tân Ngãi."""
    return actions.open_station(
        "Cầu Mỹ Thuận", commune("Phường Tân Ngãi, Vĩnh Long"), 10.2697, 105.9069, "QL1"
    )


def hai_van() -> int:
    """A station 650 kilometres to the north."""
    return actions.open_station("Hầm Hải Vân", commune("Phường Hải Vân, Đà Nẵng"), 16.1950, 108.1330, "QL1")
