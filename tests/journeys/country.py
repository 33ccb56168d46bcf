"""The small country of the stories: the communes of today, one station, An's household, and the officials
at work.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from dancu.accounts.models import Official
from dancu.areas import lookups as areas
from dancu.credentials import actions as credentials
from dancu.register import actions as register
from dancu.testing.officials import make_official
from dancu.testing.travellers import AN, add_an, commune, my_thuan

HOME = "Phường Bến Thành, Hồ Chí Minh"
DESTINATION = "Phường Ninh Kiều, Cần Thơ"
PHONE = "0912345678"
STATION = "Cầu Mỹ Thuận"
_HOUSEHOLD = 1_790_001  # file no. 790001


@dataclass(frozen=True)
class Country:
    """`an`: his person_id."""

    an: int
    station: int
    binh: Official
    chi: Official


def found() -> Country:
    """Found the country."""
    credentials.create_key("pass")
    station = my_thuan()
    return Country(
        an=_household(),
        station=station,
        binh=make_official("binh", "checkpoint_officer", "station", station),
        chi=make_official("chi", "commune_officer", "area", commune(DESTINATION)),
    )


def full_path(text: str) -> str:
    """A commune's name as the suggestions write it."""
    return areas.get(commune(text)).path


def card_of_an(**changes: str) -> str:
    """What the QR code on An's card says (2021: seven fields, unsigned)."""
    card = {
        "pin": AN["pin"],
        "cmnd": AN["cmnd"],
        "name": AN["full_name"],
        "born": f"{AN['birth_date']:%d%m%Y}",
        "sex": "Nam",
        "home": f"12 Lê Lợi, {HOME}",
        "issued": "25042021",
    }
    return "|".join((card | changes).values())


def _household() -> int:
    an = add_an(phone=PHONE, household_id=_HOUSEHOLD, relation=1, card_issued_on=dt.date(2021, 4, 25))
    wife: dict[str, Any] = {
        "full_name": "Lê Ngọc Lan",
        "birth_date": dt.date(2001, 6, 3),
        "sex": 2,
        "pin": "079301005678",
    }
    register.add_person(
        None,
        home_area=commune(HOME),
        address="12 Lê Lợi",
        valid_from=dt.date(2020, 1, 1),
        basis="family record book",
        household_id=_HOUSEHOLD,
        relation=2,
        **wife,
    )
    return an
