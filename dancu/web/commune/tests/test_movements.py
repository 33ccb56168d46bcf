import datetime as dt

import pytest
from django.utils import timezone
from uuid_utils.compat import uuid7

from dancu.audit import lookups as audit
from dancu.testing.arrivals import expect
from dancu.testing.officials import make_official
from dancu.testing.pages import links, text
from dancu.testing.people import BEN_THANH, YEN_HOA, area, someone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]


def recorded(person_id: int, action: str) -> int:
    return [entry.action for entry in audit.of_person(person_id)].count(action)


def drive(
    person_id: int, declaration, station: int, minutes_ago: float, decision: str = "through", reason: str = ""
):
    """A crossing as the checkpoint's action stores it."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO crossing (person_id, crossed_at, crossing_id, pass_id, declaration_id, "
            "official_id, station_id,"
            " origin_area, destination_area, direction, decision, reason, vehicle, plate)"
            " VALUES (%s, %s, %s, 1, %s, 1, %s, 1, 2, 'in', %s, %s, 'car', '30A-12345')",
            [
                person_id,
                timezone.now() - dt.timedelta(minutes=minutes_ago),
                uuid7(),
                declaration,
                station,
                decision,
                reason,
            ],
        )


@pytest.fixture
def station() -> int:
    from dancu.checkpoints.actions import open_station

    return open_station("Chốt Pháp Vân", area(YEN_HOA), 20.97, 105.85)


def test_the_movements_tell_in_one_line_of_time_what_was_declared_and_where_they_were_seen(desk, station):
    declaration = expect(minutes_ago=90, warnings=["symptoms"])
    drive(1, declaration, station, 60, "secondary", "Giấy xét nghiệm quá hạn")
    drive(1, declaration, station, 30)
    desk.post(f"/commune/arrivals/{declaration}/met/", {"note": "Cách ly tại nhà"})
    said = text(desk.get(f"/commune/journeys/{declaration}/"))
    told = [
        "Met in Phường Cầu Giấy", "by chi · Cách ly tại nhà",
        "Passed Chốt Pháp Vân", "inbound",
        "Held for a second check at Chốt Pháp Vân", "Giấy xét nghiệm quá hạn",
        "Declared a journey from Phường Bến Thành, Hồ Chí Minh to Phường Cầu Giấy", "Symptoms",
    ]  # fmt: skip
    places = [said.index(words, said.index("Movements")) for words in told]
    assert places == sorted(places)


def test_one_whom_the_register_does_not_know_has_movements_too(desk):
    declaration = expect(person_id=-7)
    said = text(desk.get(f"/commune/journeys/{declaration}/"))
    assert "was not recognised in the register" in said
    assert "Declared a journey" in said


def test_the_record_is_linked_where_the_person_lives_here(desk):
    here, elsewhere = someone(), someone(area(BEN_THANH))
    for person_id, linked in ((here, True), (elsewhere, False)):
        page = desk.get(f"/commune/journeys/{expect(person_id=person_id)}/")
        assert (links(page, "Open the register record") == [f"/office/person/{person_id}/"]) == linked


def test_a_residents_movements_are_seen_wherever_they_went(desk):
    an = someone()
    expect(person_id=an, origin_area=area(BEN_THANH), destination_area=area(YEN_HOA))
    assert "Declared a journey" in text(desk.get(f"/commune/people/{an}/"))


def test_a_resident_who_went_nowhere_has_an_empty_line(desk):
    assert "No declared journeys" in text(desk.get(f"/commune/people/{someone()}/"))


def test_a_stranger_and_nobody_look_alike(desk):
    stranger = someone(area(BEN_THANH))
    declaration = expect(person_id=stranger, destination_area=area(YEN_HOA))
    answers = [
        desk.get(address)
        for address in (
            f"/commune/people/{stranger}/",
            "/commune/people/999999999/",
            f"/commune/journeys/{declaration}/",
            f"/commune/journeys/{uuid7()}/",
        )
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({text(answer) for answer in answers}) == 1
    assert recorded(stranger, "movements.view") == 0


def test_looking_at_movements_is_on_the_record(desk):
    declaration = expect()
    desk.get(f"/commune/journeys/{declaration}/")
    assert recorded(1, "movements.view") == 1


def test_the_page_of_an_arrival_takes_a_note_and_marks_as_met_without_a_script(desk):
    declaration = expect()
    page = f"http://testserver/commune/journeys/{declaration}/"
    desk.post(f"/commune/arrivals/{declaration}/met/", {"note": "Đã đến"}, headers={"Referer": page})
    said = desk.get(f"/commune/journeys/{declaration}/")
    assert "Saved." in text(said)
    assert ">Đã đến</textarea>" in said.content.decode()


def test_an_officer_of_a_whole_nation_meets_anyone(client):
    from dancu.testing.officials import signed_in

    desk = signed_in(client, make_official("quoc", "commune_officer", "nation"))
    assert "Mark as met" in text(desk.get(f"/commune/journeys/{expect()}/"))


def test_a_declaration_in_somebodys_name_opens_none_of_their_other_journeys(desk, station):
    """Anybody may declare for anybody; the commune it names learns of that journey, and of no other."""
    elsewhere = someone(area(BEN_THANH))
    other = expect(
        person_id=elsewhere, origin_area=area(BEN_THANH), destination_area=area(YEN_HOA), minutes_ago=300
    )
    drive(elsewhere, other, station, 200, reason="xe nhà")
    bait = expect(person_id=elsewhere, minutes_ago=10)
    for page in (desk.get(f"/commune/people/{elsewhere}/"), desk.get(f"/commune/journeys/{bait}/")):
        said = text(page)
        assert "to Phường Cầu Giấy" in said
        assert "Yên Hòa" not in said
        assert "Chốt Pháp Vân" not in said


def test_whom_the_commune_has_met_it_follows(desk, station):
    elsewhere = someone(area(BEN_THANH))
    other = expect(
        person_id=elsewhere, origin_area=area(BEN_THANH), destination_area=area(YEN_HOA), minutes_ago=300
    )
    drive(elsewhere, other, station, 200)
    here = expect(person_id=elsewhere, minutes_ago=10, vouched_by=0)
    page = f"/commune/people/{elsewhere}/"
    assert "choose a reason" not in text(desk.get(page)), "they have not come"
    desk.post(f"/commune/arrivals/{here}/met/")
    assert "choose a reason, which the person can read" in text(desk.get(page))
    assert "Chốt Pháp Vân" not in text(desk.get(page))
    shown = text(desk.post(f"/commune/journeys/{here}/all/", {"reason": "contacts"}, follow=True))
    assert "Chốt Pháp Vân" in shown
    assert "choose a reason" not in shown
    assert "Chốt Pháp Vân" in text(desk.get(page)), "for the next hour"
    (told,) = [look for look in audit.looks_at(elsewhere) if look.action == "movements.all"]
    assert told.reason == "contacts"


def test_met_in_a_chair_opens_nothing_of_one_in_whose_name_anybody_declared(desk, station):
    elsewhere = someone(area(BEN_THANH))
    other = expect(
        person_id=elsewhere, origin_area=area(BEN_THANH), destination_area=area(YEN_HOA), minutes_ago=300
    )
    drive(elsewhere, other, station, 200)
    bait = expect(person_id=elsewhere, minutes_ago=10)
    desk.post(f"/commune/arrivals/{bait}/met/")
    said = text(desk.post(f"/commune/journeys/{bait}/all/", {"reason": "contacts"}, follow=True))
    assert "declared that journey while signed in or with an officer" in said
    for page in (said, text(desk.get(f"/commune/people/{elsewhere}/"))):
        assert "choose a reason" not in page
        assert "Yên Hòa" not in page
        assert "Chốt Pháp Vân" not in page
    assert [look for look in audit.looks_at(elsewhere) if look.action == "movements.all"] == []


def test_a_reason_of_ones_own_has_words_and_of_a_mere_declaration_none_helps(desk):
    here = expect(vouched_by=0)
    every = f"/commune/journeys/{here}/all/"
    assert "You can only see all journeys" in text(desk.post(every, {"reason": "contacts"}, follow=True))
    desk.post(f"/commune/arrivals/{here}/met/")
    assert "Choose a reason or write one." in text(desk.post(every, {"reason": " "}, follow=True))
    desk.post(every, {"reason": "Trạm y tế\0 phường hỏi " + "x" * 500})
    (told,) = [look for look in audit.looks_at(1) if look.action == "movements.all"]
    assert told.reason.startswith("Trạm y tế phường hỏi x")
    assert len(told.reason) == 120
    assert desk.post(f"/commune/journeys/{uuid7()}/all/", {"reason": "contacts"}).status_code == 404
