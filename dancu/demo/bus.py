"""A bus comes to the station: its passengers have declared together, and one code puts them on the officer's
list.
"""

import datetime as dt
import re
from typing import TYPE_CHECKING

from django.utils import timezone
from uuid_utils.compat import uuid7

from dancu.areas import lookups as areas
from dancu.checkpoints import actions
from dancu.checkpoints.groups import seal_group
from dancu.checkpoints.journeys import Journey
from dancu.demo.browser import expect
from dancu.matching.lookups import PartialDate
from dancu.register import lookups as register

if TYPE_CHECKING:
    from dancu.demo.preparing import Cast
    from dancu.demo.story import Story

PASSENGERS = 8
_PLATE = "65B-01234"
_FORM = "form[data-vehicle]"


def pass_bus(story: "Story") -> str:
    """Bình scans the code of all, counts, and lets them through by one press."""
    binh = story.official("binh")
    (group,) = seal_group(_board(story.cast))
    binh.open("/checkpoint/vehicle/")
    binh.send(_FORM, {"text": group}, press={"data-vehicle-add": ""})
    seats = re.findall(r"\d\d/\d\d/\d{4}", binh.words(".dancu-seats"))
    expect(len(seats) == PASSENGERS, f"{len(seats)} of {PASSENGERS} are on the list: {binh.problem()}")
    binh.send(_FORM, {"aboard": str(PASSENGERS)}, press={"data-vehicle-decide": ""})
    recorded = binh.words("[data-recorded] .dancu-banner__words")
    expect(str(PASSENGERS) in recorded, f"the bus was not recorded: {binh.problem()}")
    return f"{PASSENGERS} people by one scan and one press: {recorded}"


def _board(cast: "Cast") -> list[str]:
    """The QR texts of the passengers' passes."""
    today, texts = timezone.localdate(), []
    everywhere = [area.area_id for area in areas.communes(today)]
    for nth in range(PASSENGERS):
        person = register.get(register.example_person(everywhere, nth=nth * 11 + 500))
        home = person["home_area"]
        assert person["pin"] and home  # as every example person
        journey = Journey(
            full_name=person["full_name"],
            birth=PartialDate.of(person["birth_date"]),
            number_kind="pin",
            number=person["pin"],
            sex=person["sex"],
            phone=person["phone"] or "",
            home_area=home,
            origin_area=home,
            destination_area=cast.destination_area,
            departs_on=today,
            arrives_on=today + dt.timedelta(days=1),
            reason="work",
            vehicle="bus",
            plate=_PLATE,
        )
        texts.append(actions.declare(journey, uuid7()).qr_text)
    return texts
