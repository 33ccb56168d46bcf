"""The page of devices: which there are, in which files, what one is called, and cutting one off."""

import pytest

from dancu.testing.database import rows
from dancu.testing.devices import enrolled
from dancu.testing.officials import acting_as, make_official, signed_in
from dancu.testing.pages import links, text
from dancu.testing.travellers import my_thuan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

PAGE = "/office/devices/"


@pytest.fixture
def station():
    return my_thuan()


@pytest.fixture
def giang():
    return make_official("giang", "administrator")


@pytest.fixture
def desk(client, giang, station):
    return signed_in(client, giang)


def shown(desk, address: str = PAGE) -> str:
    return text(desk.get(address, headers={"Accept-Language": "en"}))


def test_a_name_that_a_device_of_the_place_has_is_refused_at_the_field(desk, giang, station):
    enrolled(acting_as(giang), station, "Telephone 1")
    given = {"place": f"station {station}", "name": "telephone 1", "send": "1"}
    for language, said in (("en", "has a device called “telephone 1” already"), ("vi", "đã có thiết bị tên")):
        answer = desk.post(PAGE, given, headers={"Accept-Language": language})
        assert answer.status_code == 422
        assert said in text(answer)
    assert "Code for Telephone 2" in text(
        desk.post(PAGE, given | {"name": "Telephone 2"}, headers={"Accept-Language": "en"})
    )


def test_what_is_wiped_is_listed_where_it_is_asked_for_and_files_follow(desk, giang, station):
    for name in ("Telephone 1", "Telephone 2"):
        enrolled(acting_as(giang), station, name)
    rows("UPDATE device SET cut_off_at = now(), wiped_at = now() WHERE name = 'Telephone 2'")
    assert ("Telephone 1" in shown(desk), "Telephone 2" in shown(desk)) == (True, False)
    past = desk.post(PAGE, {"which": "past"})["Location"]
    assert ("Telephone 1" in shown(desk, past), "Telephone 2" in shown(desk, past)) == (False, True)
    (csv,) = links(desk.get(past), "CSV")
    file = b"".join(desk.get(csv)).decode()
    assert ("Telephone 1" in file, "Telephone 2" in file) == (False, True)


def test_a_device_is_cut_off_after_a_question(desk, giang, station):
    enrolled(acting_as(giang), station, "Telephone 1")
    (cut,) = links(desk.get(PAGE, headers={"Accept-Language": "en"}), "Cut off")
    asked = shown(desk, cut)
    assert "Cut off this device?" in asked
    assert "Device Telephone 1" in asked
    assert rows("SELECT 1 FROM device WHERE cut_off_at IS NOT NULL") == []
    done = desk.post(cut, follow=True, headers={"Accept-Language": "en"})
    assert "Telephone 1 is cut off." in text(done)
    assert links(done, "Cut off") == []
