import pytest
from django.utils import timezone
from uuid_utils.compat import uuid7

from dancu.audit import lookups as audit
from dancu.isolation.actions import note_standing
from dancu.isolation.lookups import arrivals_of
from dancu.testing.arrivals import cross, expect
from dancu.testing.pages import text
from dancu.testing.people import BEN_THANH, CAU_GIAY, area
from dancu.web.commune.tests.pages import as_htmx, people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]


def state(person_id: int = 1) -> str:
    return arrivals_of(person_id)[0]["state"]


def recorded(action: str) -> int:
    return [entry.action for entry in audit.of_person(1)].count(action)


def press(client, verb: str, declaration, note: str = ""):
    return client.post(
        f"/commune/arrivals/{declaration}/{verb}/", {"note": note}, **as_htmx(f"arrival-{declaration}")
    )


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
    assert "This has already been undone." in text(press(desk, "undo", declaration))
    assert recorded("arrival.met_undone") == 1


def test_without_the_script_a_press_leads_back_to_the_list_as_it_was_filtered(desk):
    declaration = expect()
    answer = desk.post(
        f"/commune/arrivals/{declaration}/met/",
        headers={"Referer": "http://testserver/commune/?state=declared"},
    )
    assert state() == "met"
    assert (answer.status_code, answer["Location"]) == (302, "/commune/?state=declared")


def test_nobody_is_led_to_another_site(desk):
    answer = desk.post(
        f"/commune/arrivals/{expect()}/met/", headers={"Referer": "http://elsewhere.example/commune/"}
    )
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
    declaration = expect(
        origin_area=area(CAU_GIAY), destination_area=area(BEN_THANH), full_name="Nguyễn Văn An"
    )
    page = desk.get("/commune/?list=left")
    assert people(page) == ["Nguyễn Văn An"]
    assert f"{declaration}/met/" not in page.content.decode()
    assert "data-bulk-send" not in page.content.decode()
    assert press(desk, "met", declaration).status_code == 404
    assert state() == "declared"


def test_reading_an_address_of_a_button_does_nothing(desk):
    declaration = expect()
    assert desk.get(f"/commune/arrivals/{declaration}/met/").status_code == 405
    assert state() == "declared"


def tick(client, declarations, verb: str = "met", back: str = "/commune/?state=declared"):
    values = {"declaration": [str(declaration) for declaration in declarations]}
    return client.post(f"/commune/arrivals/{verb}/", values, headers={"Referer": f"http://testserver{back}"})


def test_those_ticked_are_met_in_one_go_and_undone_in_one(desk):
    declarations = [expect(person_id=person) for person in range(1, 13)]
    answer = tick(desk, declarations)
    assert (answer.status_code, answer["Location"]) == (302, "/commune/?state=declared")
    assert {state(person) for person in range(1, 13)} == {"met"}
    page = desk.get(answer["Location"])
    assert "12 people are marked as met. Undo" in text(page)
    assert page.content.decode().count('type="hidden" name="declaration"') == 12
    assert "are marked as met" not in text(desk.get("/commune/"))  # said once
    back = tick(desk, declarations, "undo")
    assert "12 people are no longer marked as met." in text(desk.get(back["Location"]))
    assert {state(person) for person in range(1, 13)} == {"declared"}
    assert (recorded("arrival.met"), recorded("arrival.met_undone")) == (1, 1)
    assert "This has already been undone." in text(desk.get(tick(desk, declarations, "undo")["Location"]))


def test_of_those_ticked_only_ones_own_are_met_and_the_rest_is_told(desk, neighbours_desk):
    mine, off, met = expect(person_id=1), expect(person_id=2), expect(person_id=3)
    cross(off, person_id=2, state="turned_back")
    press(desk, "met", met)
    page = desk.get(tick(desk, [mine, off, met, uuid7(), "no id", mine])["Location"])
    assert "3 people could not be marked" in text(page)
    assert "1 person is marked as met." in text(page)
    assert (state(1), state(2), state(3)) == ("met", "turned_back", "met")
    other = expect(person_id=4)
    tick(neighbours_desk, [other])
    assert state(4) == "declared"
    assert "arrival.met" not in [entry.action for entry in audit.of_person(4)]


def test_the_button_pressed_with_nobody_ticked_says_what_to_do(desk):
    assert "Nobody was selected." in text(desk.get(tick(desk, [])["Location"]))


def test_no_more_than_a_page_is_met_in_one_go(desk):
    declarations = [expect(person_id=person) for person in range(1, 53)]
    tick(desk, declarations)
    assert sum(state(person) == "met" for person in range(1, 53)) == 50


def test_meeting_a_person_in_the_list_settles_all_their_journeys_that_were_due(desk):
    older, newest = expect(full_name="Nguyễn Văn An", minutes_ago=60), expect(full_name="Nguyễn Văn An")
    answer = press(desk, "met", newest)
    assert {row["state"] for row in arrivals_of(1)} == {"met"}
    assert "1 met 1 in total" in text(answer)
    assert "Met at" in text(answer)
    press(desk, "undo", newest)
    assert {row["declaration_id"]: row["state"] for row in arrivals_of(1)} == {
        older: "declared",
        newest: "declared",
    }


def test_whoever_is_not_expected_any_more_is_not_met_and_it_is_said_why(desk):
    declaration = expect()
    cross(declaration, state="turned_back")
    assert "This person is no longer expected" in text(press(desk, "met", declaration))
    assert state() == "turned_back"


STILL_HELD = "Nguyễn Văn An is still listed as held at checkpoint no. 7 since"


@pytest.mark.parametrize("with_this_journey", [True, False])
def test_who_is_met_while_a_checkpoint_holds_them_is_met_and_it_is_said(desk, with_this_journey):
    coming = expect()
    held = (
        coming if with_this_journey else expect(destination_area=area(BEN_THANH), origin_area=area(CAU_GIAY))
    )
    cross(held, state="held")
    answer = press(desk, "met", coming)
    assert (STILL_HELD in text(answer), "is marked as met. Undo" in text(answer)) == (True, True)
    assert {row["state"] for row in arrivals_of(1) if row["declaration_id"] == coming} == {"met"}
    assert STILL_HELD not in text(press(desk, "undo", coming))


@pytest.mark.parametrize("state", ["on_the_way", "declared", "turned_back"])
def test_of_one_whom_no_checkpoint_holds_nothing_is_said(desk, state):
    coming, other = expect(), expect(destination_area=area(BEN_THANH), origin_area=area(CAU_GIAY))
    cross(other, state="held")
    cross(other, state=state)
    assert "still listed" not in text(press(desk, "met", coming))


def test_nor_of_one_whom_the_checkpoint_does_not_list_any_more(desk):
    coming = expect()
    cross(coming, state="held", minutes_ago=49 * 60)
    assert "still listed" not in text(press(desk, "met", coming))


def test_nor_of_one_who_left_the_checkpoint_without_a_crossing(desk):
    coming = expect()
    note_standing(1, coming, state="held", crossed_at=timezone.now(), station_id=7, ended_as="left")
    assert "still listed" not in text(press(desk, "met", coming))


def test_without_the_script_and_of_many_it_is_said_too(desk):
    one, two = expect(), expect(person_id=2, full_name="Lê Thị Hoa", phone="0977000000")
    cross(one, state="held")
    tick(desk, [one, two])
    page = text(desk.get("/commune/"))
    assert (STILL_HELD in page, "Hoa is still listed" in page) == (True, False)
    desk.post(f"/commune/arrivals/{one}/undo/")
    desk.get("/commune/")
    desk.post(f"/commune/arrivals/{one}/met/")
    assert STILL_HELD in text(desk.get("/commune/"))


def test_a_note_too_long_is_given_back_whole_with_what_to_do(desk):
    declaration = expect()
    for verb in ("note", "met"):
        answer = desk.post(f"/commune/arrivals/{declaration}/{verb}/", {"note": "đ" * 501})
        assert answer.status_code == 422
        assert "The note has 501 characters. It must be 500 or fewer." in text(answer)
        assert "đ" * 501 in answer.content.decode()
    assert (state(), arrivals_of(1)[0]["met_note"]) == ("declared", "")
    press(
        desk, "note", declaration, "một\r\n" * 125
    )  # 500 letters as a browser counts them, 625 as it sends them
    assert arrivals_of(1)[0]["met_note"] == ("một\n" * 125).strip()


def test_the_province_may_receive_for_a_commune(provinces_desk):
    declaration = expect()
    press(provinces_desk, "met", declaration)
    assert state() == "met"
