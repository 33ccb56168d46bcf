"""Who was stopped here an hour ago comes to the desk without a code and gives the name that people call
them by.
"""

import pytest

from dancu.checkpoints.reasons import Reason
from dancu.matching.lookups import PartialDate
from dancu.testing.at_the_station import cross
from dancu.testing.travellers import declare
from dancu.web.checkpoint.tests.pages import decide, field, words
from dancu.web.checkpoint.tests.test_deciding import crossings
from dancu.web.checkpoint.tests.test_declaring import HAI_CHAU

BICH = {
    "full_name": "Nguyễn Thị Bích",
    "sex": 2,
    "birth": PartialDate(1990, 11, 23),
    "number": "",
    "number_kind": "none",
    "phone": "",
    "home_area": None,
}
SAID = {
    "number_kind": "none",
    "sex": "2",
    "birth_0": "23",
    "birth_1": "11",
    "birth_2": "1990",
    "nationality": "VNM",
}


@pytest.fixture
def stopped(country, acting, station) -> None:
    cross(acting, station, declare(**BICH), "secondary", Reason("positive"))


def press_through(desk, page, said):
    ids = {name: field(page, name) for name in ("declaration_id", "crossing_id")}
    sent = (
        said
        | ids
        | {"number": "", "to": "", "destination": HAI_CHAU, "vehicle": "foot", "decision": "through"}
    )
    return desk.post("/checkpoint/declare/", sent, follow=True)


@pytest.mark.parametrize("name", ["Bích", "Chị Bích", "Nguyễn T. Bích", "Nguyễn Thị Bíc"])
def test_the_page_asks_and_the_press_asks_for_the_reason(stopped, desk, name):
    said = SAID | {"full_name": name}
    page = desk.post("/checkpoint/who/", said)
    assert "Possibly the same person: Held at Cầu Mỹ Thuận" in words(page)
    asked = press_through(desk, page, said)
    assert "Let through: what is the reason?" in words(asked)
    assert len(crossings()) == 1
    decide(desk, asked, "override", reason="other_person", asked="1")
    assert [row["decision"] for row in crossings()] == ["secondary", "through"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Lan", {}),
        ("Bích", {"birth_0": "24"}),
        ("Bích", {"birth_0": "", "birth_1": ""}),
        ("Bích", {"birth_2": "2015"}),
    ],
    ids=str,
)
def test_of_somebody_else_nothing_is_asked(stopped, desk, name, said):
    said = SAID | {"full_name": name} | said
    page = desk.post("/checkpoint/who/", said)
    assert "Possibly the same person" not in words(page)
    press_through(desk, page, said)
    assert [row["decision"] for row in crossings()] == ["secondary", "through"]
