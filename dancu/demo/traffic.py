"""Some people on the road, so that the demo's lists are not empty: declared and scanned by the very
actions the pages call.
"""

import datetime as dt
import random
import unicodedata
from typing import TYPE_CHECKING

from django.utils import timezone
from uuid_utils.compat import uuid7

from dancu.accounts import lookups as accounts
from dancu.accounts.models import Official
from dancu.areas import lookups as areas
from dancu.checkpoints import actions
from dancu.checkpoints.journeys import REASONS, Journey
from dancu.checkpoints.reasons import Reason
from dancu.matching.lookups import PartialDate
from dancu.register import lookups as register
from dancu.text.folding import fold

if TYPE_CHECKING:
    from dancu.demo.preparing import Cast

TRAVELLERS = 60
_REASONS = {  # asked for wherever somebody is stopped, or let through against a red verdict
    "through": Reason("papers"),
    "secondary": Reason("no_test"),
    "back": Reason("not_permitted"),
}


def drive(cast: "Cast", dice: random.Random) -> None:
    """Let sixty people declare a journey to the cast's commune, some of them wrongly, and half of them
    pass the station.
    """
    official = Official.objects.get(username="binh")
    acting = accounts.acting(official, accounts.grants(official.pk)[0].grant_id, "127.0.0.1")
    everywhere = [area.area_id for area in areas.communes(timezone.localdate())]
    for nth in range(TRAVELLERS):
        person = register.get(register.example_person(everywhere, nth=nth * 7 + 1))
        declared = actions.declare(_journey(person, cast, dice), uuid7())
        if nth % 2 and declared.pass_id:  # who is ill was given none
            decision = dice.choices(("through", "secondary", "back"), (18, 2, 1))[0]
            actions.record_crossing(
                acting,
                crossing_id=uuid7(),
                pass_id=declared.pass_id,
                station_id=cast.station_id,
                direction="in",
                decision=decision,
                reason=_REASONS[decision],
            )


def _journey(person: register.RegisteredPerson, cast: "Cast", dice: random.Random) -> Journey:
    name, born, number = person["full_name"], person["birth_date"], person["pin"]
    phone, home = person["phone"], person["home_area"]
    assert number and phone and home  # as every example person
    birth = PartialDate.of(born)
    match dice.randrange(12):
        case 0:
            name = fold(name).title()
        case 1:
            name = unicodedata.normalize("NFD", name)
        case 2 if born.day <= 12:
            birth = PartialDate(born.year, born.day, born.month)
        case 3:
            birth = PartialDate(born.year)
        case 4:
            number = number[:-1] + str((int(number[-1]) + 1) % 10)
        case 5:
            name = "Trần Thị Kim Oanh"
    today = timezone.localdate()
    return Journey(
        full_name=name,
        birth=birth,
        number_kind="pin",
        number=number,
        sex=person["sex"],
        phone=phone,
        home_area=home,
        origin_area=home,
        destination_area=cast.destination_area,
        destination_detail=f"{dice.randrange(1, 200)} Trần Hưng Đạo",
        departs_on=today,
        arrives_on=today + dt.timedelta(days=dice.choice((-1, 0, 0, 1))),
        reason=dice.choice(list(REASONS)),
        vehicle="motorbike" if dice.random() < 0.7 else "car",
        plate=f"{dice.randrange(50, 69)}{dice.choice('ABCDFH')}-{dice.randrange(10000, 99999)}",
        symptoms=("fever", "cough") if dice.random() < 0.05 else (),
        contact=dice.random() < 0.03,
    )
