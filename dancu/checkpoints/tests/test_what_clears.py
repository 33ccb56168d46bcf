"""Who was found ill is cleared by what tells of that illness, and by nothing else; what an officer keyed
in by mistake is nobody's.
"""

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from dancu.checkpoints import actions, lookups, passes
from dancu.checkpoints.errors import NotHeld, ReasonNeeded, UnknownReason
from dancu.checkpoints.reasons import REASONS, Reason, answers
from dancu.matching.lookups import PartialDate
from dancu.testing.at_the_station import FEVER, NAMELESS, NO_PERMIT, POSITIVE, arrival, cross, look, state_of
from dancu.testing.travellers import add_an, commune, declare

HAI_CHAU = "Phường Hải Châu, Đà Nẵng"


@pytest.mark.parametrize("by", ["well", "papers", "order", "emergency", "other_person", "code_old"])
def test_only_a_test_disproves_a_positive_test(an, acting, station, by):
    declared, other = declare(), declare(destination_area=commune(HAI_CHAU))
    cross(acting, station, declared, "back", POSITIVE)
    cross(acting, station, other, "through", Reason(by))
    assert look(acting, station, other).colour == "red"
    assert arrival(declared)["warnings"] == ["positive"]
    cross(acting, station, other, "through", Reason("negative"))
    assert look(acting, station, other).colour == "green"
    assert arrival(declared)["warnings"] == []


@pytest.mark.parametrize("by", ["well", "negative"])
def test_a_contact_counts_until_its_time_is_over(an, acting, station, by):
    declared = declare(acting, contact=True)
    cross(acting, station, declared, "through", Reason(by))
    with pytest.raises(ReasonNeeded):
        cross(acting, station, declare(destination_area=commune(HAI_CHAU)))


def test_another_persons_card_clears_nobody_of_an_illness(an, acting, station):
    declared = declare()
    cross(acting, station, declared, "secondary", FEVER)
    cross(acting, station, declared, "through", Reason("other_person"))
    assert [stop["reason_code"] for stop in look(acting, station, declare()).memory.stops] == ["fever"]
    assert arrival(declared)["warnings"] == ["symptoms"]


def test_whom_an_officer_told_apart_by_the_card_is_not_asked_again(an, acting, station):
    cross(acting, station, declare(**NAMELESS, phone="0977000000"), "back", NO_PERMIT)
    declare(**NAMELESS, phone="0977000001", test_result="positive")
    declared = declare()
    assert look(acting, station, declared).colour == "amber"
    cross(acting, station, declared, "through", Reason("other_person"))
    assert look(acting, station, declared).colour == "green"
    cross(
        acting, station, declare(**NAMELESS, phone="0977000002"), "back", NO_PERMIT
    )  # and what comes later counts
    assert look(acting, station, declared).colour == "amber"


def test_a_positive_test_of_one_who_is_held_stops_them_and_reaches_the_communes(an, acting, station):
    declared = declare()
    cross(acting, station, declared, "secondary", POSITIVE)
    assert look(acting, station, declared).colour == "red"
    assert (state_of(declared), arrival(declared)["warnings"]) == ("held", ["positive"])


def test_a_positive_test_found_while_they_waited_is_told_at_the_hand_over(an, acting, station):
    declared = declare()
    held = cross(acting, station, declared, "secondary", Reason("no_test"))
    actions.release(
        acting,
        pass_id=declared.pass_id,
        crossing_id=held,
        station_id=station,
        reason=Reason("found_positive"),
    )
    assert lookups.waiting_count(station) == 0
    assert (state_of(declared), arrival(declared)["warnings"]) == ("held", ["positive"])
    cross(acting, station, declared, "through", Reason("papers"))
    assert look(acting, station, declared).colour == "red"


@pytest.mark.parametrize("code", sorted(REASONS["override"]))
@pytest.mark.parametrize("stopped", ["fever", "positive"])
def test_a_written_word_beside_a_code_changes_nothing(stopped, code):
    stop = Reason(stopped).stopping("secondary")
    assert answers(stop, Reason(code, "khỏe"), "through") == answers(stop, Reason(code), "through")


def test_a_negative_test_of_one_who_gave_the_number_and_was_born_on_that_day_heals_nobody(
    an, acting, station
):
    cross(acting, station, declare(), "back", POSITIVE)
    false = declare(full_name="Lê Thanh Liên", sex=2, phone="0909000111")
    assert [stop["sure"] for stop in look(acting, station, false).memory.stops] == [False]
    cross(acting, station, false, "through", Reason("negative"))
    assert look(acting, station, declare()).colour == "red"


def test_two_who_know_no_more_than_one_year_are_not_one_by_a_number(an, acting, station):
    old = {
        "birth": PartialDate(1950, None, None),
        "number_kind": "passport",
        "number": "B1234567",
        "phone": "",
    }
    cross(acting, station, declare(full_name="Trần Văn Sáu", **old), "back", POSITIVE)
    assert look(acting, station, declare(full_name="Lê Thị Bảy", sex=2, **old)).colour == "amber"


def test_who_gives_anothers_number_is_remembered_by_name_birth_and_telephone(an, acting, station):
    add_an(full_name="Thạch Kim Trà", sex=2, pin="079300001235", cmnd=None)
    cross(acting, station, declare(), "back", POSITIVE)
    again = look(acting, station, declare(number="079300001235", destination_area=commune(HAI_CHAU)))
    assert [stop["sure"] for stop in again.memory.stops] == [True]
    other_phone = look(acting, station, declare(number="079300001235", phone="0977000000"))
    assert [stop["sure"] for stop in other_phone.memory.stops] == [False]


def test_an_illness_is_not_washed_out_by_many_declarations_of_others(an, acting, station):
    mine = declare(test_result="positive", destination_area=commune(HAI_CHAU))
    for nth in range(45):
        declare(test_result="positive", phone=f"09770000{nth:02}")
    assert mine and look(acting, station, declare()).colour == "red"


def test_a_stop_is_not_washed_out_by_many_crossings(an, acting, station):
    declared = declare()
    held = cross(acting, station, declared, "secondary", FEVER)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO crossing (person_id, crossed_at, crossing_id, pass_id, declaration_id, "
            "official_id, station_id, origin_area, destination_area,"
            " direction, decision, reason_code, reason, vehicle, plate) SELECT person_id, crossed_at + n * "
            "interval '1 second', gen_random_uuid(), pass_id, declaration_id, official_id,"
            " station_id, origin_area, destination_area, direction, 'through', 'papers', '', vehicle, plate"
            " FROM crossing, generate_series(1, 450) AS n WHERE crossing_id = %s",
            [held],
        )
    assert [stop["crossing_id"] for stop in look(acting, station, declared).memory.stops] == [held]


def test_the_code_that_was_replaced_leads_to_the_newer_pass_after_its_own_end(an, acting, station):
    older = declare()
    with connection.cursor() as cursor:
        cursor.execute("SELECT qr_text FROM pass WHERE pass_id = %s", [older.pass_id])
        (text,) = cursor.fetchone()
    newer = declare(plate="51F-99999")
    later = passes.unseal(text, timezone.now()).expires_at + dt.timedelta(hours=1)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE pass SET expires_at = expires_at + interval '3 days' WHERE pass_id = %s", [newer.pass_id]
        )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.utils.timezone.now", lambda: later)
        again = lookups.examine(acting, station, text=text)
    assert (again.status, again.declaration["pass_id"]) == ("valid", newer.pass_id)


# Corrections


def test_a_mistaken_hold_is_corrected_without_a_word_that_heals(an, acting, station):
    declared, other = declare(), declare(destination_area=commune(HAI_CHAU), symptoms=("cough",))
    held = cross(acting, station, declared, "secondary", FEVER)
    with pytest.raises(UnknownReason):
        cross(acting, station, declared, "through", Reason("mistake"))
    assert actions.correct_crossing(acting, held, "through", Reason("mistake"))
    again = look(acting, station, declared)
    assert (again.memory.stops, [sign["symptoms"] for sign in again.memory.signs]) == ([], [["cough"]])
    assert state_of(other) == "declared"


def test_a_reason_corrected_after_the_hand_over_leaves_them_handed_over(an, acting, station):
    declared = declare()
    held = cross(acting, station, declared, "secondary", Reason("differs"))
    actions.release(
        acting, pass_id=declared.pass_id, crossing_id=held, station_id=station, reason=Reason("health_post")
    )
    assert actions.correct_crossing(acting, held, "secondary", FEVER)
    assert (lookups.waiting_count(station), arrival(declared)["ended_as"]) == (0, "health_post")
    _waiting, ended = lookups.waiting(acting, station)
    assert [row["full_name"] for row in ended] == ["Nguyễn Văn An"]


def test_nobody_is_released_through_a_namesake(an, acting, station):
    namesake = declare(**NAMELESS, phone="0977000000")
    held = cross(acting, station, namesake, "secondary", Reason("differs"))
    mine = declare()
    with pytest.raises(NotHeld):
        actions.release(
            acting, pass_id=mine.pass_id, crossing_id=held, station_id=station, reason=Reason("mistake")
        )


# A family


def test_a_child_declared_with_its_fathers_number_leaves_his_pass_alone(an, acting, station):
    from uuid_utils.compat import uuid7

    from dancu.checkpoints.actions import Sender
    from dancu.testing.travellers import journey

    first = uuid7()
    father = actions.declare(journey(), first, None)
    child = journey(full_name="Nguyễn Văn Bé", birth=PartialDate(2020, 5, 5), symptoms=("fever",))
    actions.declare(child, uuid7(), None, sender=Sender(sent=(first,)))
    again = look(acting, station, father)
    assert (again.status, again.declaration["full_name"]) == ("valid", "Nguyễn Văn An")
    assert again.colour == "amber"  # somebody of his number is ill
    assert actions.declare(journey(plate="51F-99999"), uuid7(), None, sender=Sender(sent=(first,))).pass_id


# Twins, and one who stands in the register twice


def test_a_twin_of_the_other_sex_is_somebody_else_at_the_station_and_on_the_list(an, acting, station):
    born = {"birth": PartialDate(2015, 3, 4), "phone": "0977000000"}
    add_an(full_name="Trần Minh An", sex=2, pin="079315001235", cmnd=None, birth_date=dt.date(2015, 3, 4))
    girl = declare(full_name="Trần Minh An", sex=2, number="079315001235", **born)
    boy = declare(**NAMELESS, full_name="Trần Minh Ân", sex=1, test_result="positive", **born)
    assert [sign["sure"] for sign in look(acting, station, girl).memory.signs] == [False]
    assert boy.person_id < 0
    assert arrival(girl)["warned_elsewhere"] == []


def test_who_stands_in_the_register_twice_is_asked(an, acting, station):
    add_an(pin=None, cmnd="025999999")
    cross(acting, station, declare(), "back", POSITIVE)
    other = declare(number_kind="cmnd", number="025999999", destination_area=commune(HAI_CHAU))
    assert other.person_id not in (an, 0)
    again = look(acting, station, other)
    assert (again.colour, [stop["sure"] for stop in again.memory.stops]) == ("amber", [False])
    with pytest.raises(ReasonNeeded):
        cross(acting, station, other)
    assert (
        look(acting, station, declare(number_kind="cmnd", number="025999999", phone="0977000000")).colour
        == "green"
    )
