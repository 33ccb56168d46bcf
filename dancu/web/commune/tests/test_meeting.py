import pytest
from uuid_utils.compat import uuid7

from dancu.audit import lookups as audit
from dancu.isolation.lookups import arrivals_of
from dancu.isolation.tests.factories import BEN_THANH, CAU_GIAY, area, cross, expect
from dancu.web.commune.tests.pages import as_htmx, people, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]


def state(person_id: int = 1) -> str:
    return arrivals_of(person_id)[0]["state"]


def recorded(action: str) -> int:
    return [entry.action for entry in audit.of_person(1)].count(action)


def press(client, verb: str, declaration, note: str = ""):
    return client.post(f"/commune/arrivals/{declaration}/{verb}/", {"note": note}, **as_htmx(f"arrival-{declaration}"))


def test_a_press_marks_the_person_as_met_and_gives_back_the_row_the_counts_and_a_way_back(desk):
    declaration = expect(full_name="Nguyễn Văn An")
    answer = press(desk, "met", declaration)
    assert state() == "met"
    assert answer.content.decode().lstrip().startswith("<tr")
    assert "Nguyễn Văn An is marked as met. Undo" in text(answer)
    assert "1 met" in text(answer)
    assert f'formaction="/commune/arrivals/{declaration}/undo/"' in answer.content.decode()


def test_pressed_twice_the_person_is_met_once(desk):
    declaration = expect()
    press(desk, "met", declaration)
    second = press(desk, "met", declaration)
    assert second.status_code == 200
    assert "This person has already been met." in text(second)
    assert recorded("arrival.met") == 1


def test_a_meeting_is_undone_and_undoing_twice_says_so(desk):
    declaration = expect()
    cross(declaration, state="held")
    press(desk, "met", declaration)
    answer = press(desk, "undo", declaration)
    assert state() == "held"
    assert "is no longer marked as met." in text(answer)
    assert "This was undone already." in text(press(desk, "undo", declaration))
    assert recorded("arrival.met_undone") == 1


def test_without_the_script_a_press_leads_back_to_the_list_as_it_was_filtered(desk):
    declaration = expect()
    answer = desk.post(
        f"/commune/arrivals/{declaration}/met/", headers={"Referer": "http://testserver/commune/?state=declared"}
    )
    assert state() == "met"
    assert (answer.status_code, answer["Location"]) == (302, "/commune/?state=declared")


def test_nobody_is_led_to_another_site(desk):
    answer = desk.post(f"/commune/arrivals/{expect()}/met/", headers={"Referer": "http://elsewhere.example/commune/"})
    assert answer["Location"] == "/commune/"


def test_a_note_is_written_with_the_meeting_or_alone(desk):
    declaration = expect()
    press(desk, "note", declaration, "Đang chờ xe")
    press(desk, "met", declaration, "")
    assert arrivals_of(1)[0]["met_note"] == "Đang chờ xe"
    assert (recorded("arrival.noted"), recorded("arrival.met")) == (1, 1)
    assert "Đang chờ xe" in text(desk.get("/commune/"))


@pytest.mark.parametrize("verb", ["met", "undo", "note"])
def test_the_neighbour_cannot_act_by_guessing_the_address(neighbours_desk, verb):
    declaration = expect()
    assert press(neighbours_desk, verb, declaration, "x").status_code == 404
    assert press(neighbours_desk, verb, uuid7(), "x").status_code == 404
    assert (state(), arrivals_of(1)[0]["met_note"]) == ("declared", "")


def test_the_commune_they_left_sees_them_but_does_not_meet_them(desk):
    declaration = expect(origin_area=area(CAU_GIAY), destination_area=area(BEN_THANH), full_name="Nguyễn Văn An")
    page = desk.get("/commune/?list=left")
    assert people(page) == ["Nguyễn Văn An"]
    assert "/met/" not in page.content.decode()
    assert press(desk, "met", declaration).status_code == 404
    assert state() == "declared"


def test_reading_an_address_of_a_button_does_nothing(desk):
    declaration = expect()
    assert desk.get(f"/commune/arrivals/{declaration}/met/").status_code == 405
    assert state() == "declared"


def test_the_province_may_receive_for_a_commune(provinces_desk):
    declaration = expect()
    press(provinces_desk, "met", declaration)
    assert state() == "met"
