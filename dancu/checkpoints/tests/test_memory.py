"""The verdict remembers: what was decided of a person counts with any pass, at any station, until it is
cleared.
"""

import datetime as dt
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from django.db import connection, transaction
from django.utils import timezone

from dancu.audit import lookups as audit
from dancu.checkpoints import actions, lookups
from dancu.checkpoints.errors import NotHeld, ReasonNeeded, TakenBack, TooLateToUndoCrossing, UnknownReason
from dancu.checkpoints.reasons import Reason
from dancu.credentials import actions as credentials
from dancu.isolation.lookups import arrivals_of
from dancu.register import actions as register_actions
from dancu.register import lookups as register
from dancu.register.merging import actions as merging
from dancu.testing.at_the_station import (
    FEVER,
    NAMELESS,
    NO_PERMIT,
    POSITIVE,
    cross,
    look,
    pass_time,
    state_of,
)
from dancu.testing.officials import acting_as, make_official
from dancu.testing.travellers import add_an, commune, declare, my_thuan


@pytest.mark.parametrize("hours", [0.2, 20, 24 * 20])
@pytest.mark.parametrize(
    ("decision", "reason", "colour"), [("secondary", FEVER, "amber"), ("back", NO_PERMIT, "red")]
)
def test_who_was_stopped_is_not_green_later_anywhere(
    an, acting, station, far_station, decision, reason, colour, hours
):
    declared = declare()
    cross(acting, station, declared, decision, reason)
    pass_time(hours)
    for where in (station, far_station):
        again = look(acting, where, declared)
        assert again.colour in (colour, "red") if where != station else again.colour == colour
        assert [(stop["decision"], stop["station"]) for stop in again.memory.stops] == [
            (decision, "Cầu Mỹ Thuận")
        ]


def test_another_pass_of_the_same_person_remembers_too(an, acting, station):
    cross(acting, station, declare(), "secondary", FEVER)
    other = declare(destination_area=commune("Phường Hải Châu, Đà Nẵng"))
    assert look(acting, station, other).colour == "amber"


def test_a_merge_keeps_what_is_remembered(an, acting, station):
    other = add_an(pin=None, cmnd="024999999")
    held = declare(number="024999999", number_kind="cmnd")
    assert held.person_id == other
    cross(acting, station, held, "secondary", FEVER)
    steward = acting_as(make_official("ha", "data_steward"))
    merging.merge_people(steward, an, other, basis="two records of one man")
    assert look(acting, station, declare()).memory.stops


def test_a_scan_survives_a_pass_that_stands_under_a_record_merged_away(an, acting, station):
    other = add_an(pin=None, cmnd="024999999")
    late = declare(number="024999999", number_kind="cmnd")
    merging.merge_people(
        acting_as(make_official("ha", "data_steward")), an, other, basis="two records of one man"
    )
    with connection.cursor() as cursor:
        for table in ("declaration", "pass"):
            cursor.execute(f"UPDATE {table} SET person_id = %s WHERE person_id = %s", [other, an])
    seen = look(acting, station, late)
    assert (seen.status, seen.colour, seen.person["person_id"]) == ("valid", "green", an)


def test_letting_through_takes_a_reason_and_clears(an, acting, station):
    declared = declare()
    cross(acting, station, declared, "secondary", FEVER)
    with pytest.raises(ReasonNeeded):
        cross(acting, station, declared)
    cross(acting, station, declared, "through", Reason("well"))
    again = look(acting, station, declared)
    assert (again.colour, again.memory.stops) == ("green", [])
    told = [(row["decision"], row["reason_code"]) for row in again.memory.crossings]
    assert told == [("through", "well"), ("secondary", "fever")]


def test_who_is_stopped_again_is_stopped_once(an, acting, station):
    declared = declare()
    cross(acting, station, declared, "secondary", FEVER)
    cross(acting, station, declared, "back", Reason("positive"))
    assert [stop["decision"] for stop in look(acting, station, declared).memory.stops] == ["back"]


def test_a_reason_is_one_of_those_for_the_decision(an, acting, station):
    with pytest.raises(UnknownReason):
        cross(acting, station, declare(), "back", FEVER)


@pytest.mark.parametrize(
    ("code", "colour"), [("health_post", "amber"), ("left", "amber"), ("mistake", "green")]
)
def test_waiting_ends_without_a_crossing_but_only_a_mistake_clears(an, acting, station, code, colour):
    declared = declare()
    held = cross(acting, station, declared, "secondary", FEVER)
    assert [row["full_name"] for row in lookups.waiting(acting, station)[0]] == ["Nguyễn Văn An"]
    actions.release(
        acting, pass_id=declared.pass_id, crossing_id=held, station_id=station, reason=Reason(code, "38,5 độ")
    )
    waiting, ended = lookups.waiting(acting, station)
    assert waiting == []
    assert [(row["full_name"], row["result"].endswith(": 38,5 độ")) for row in ended] == [
        ("Nguyễn Văn An", True)
    ]
    assert look(acting, station, declared).colour == colour
    assert "crossing.released" in [entry.action for entry in audit.of_person(an)]
    with pytest.raises(NotHeld):
        actions.release(
            acting, pass_id=declared.pass_id, crossing_id=held, station_id=station, reason=Reason(code)
        )


@pytest.mark.django_db(transaction=True)
def test_two_officers_release_one_who_waits_once(published_areas):
    credentials.create_key("pass")
    add_an()
    station, declared = my_thuan(), declare()
    acting = acting_as(make_official("binh", "checkpoint_officer"))
    held, ready = cross(acting, station, declared, "secondary", FEVER), Barrier(4)

    def release() -> str:
        try:
            ready.wait(20)
            actions.release(
                acting,
                pass_id=declared.pass_id,
                crossing_id=held,
                station_id=station,
                reason=Reason("health_post"),
            )
            return "released"
        except NotHeld:
            return "too late"
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(lambda _: release(), range(4)))
    assert answers == ["released", "too late", "too late", "too late"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("first", ["declaration", "merge"])
def test_a_declaration_and_a_merge_at_once_leave_nothing_under_the_removed_record(published_areas, first):
    credentials.create_key("pass")
    an, other, begun = add_an(), add_an(pin=None, cmnd="024999999"), Event()
    steward = acting_as(make_official("ha", "data_steward"))
    steps = {
        "declaration": lambda: declare(number="024999999", number_kind="cmnd"),
        "merge": lambda: merging.merge_people(steward, an, other, basis="two records of one man"),
    }

    def run(step: str) -> object:
        try:
            if step != first:
                begun.wait(20)
                return steps[step]()
            with transaction.atomic():
                done = steps[step]()
                begun.set()
                time.sleep(1)  # the other step is under way
            return done
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        declared, _merge = pool.map(run, steps)
    shown = lookups.pass_in_full(declared.pass_id)
    assert (shown["person_id"], arrivals_of(an)[0]["declaration_id"]) == (an, declared.declaration_id)


def test_a_mistap_is_taken_back_as_if_it_had_not_been(an, acting, station):
    declared = declare()
    pressed = cross(acting, station, declared, "back", NO_PERMIT)
    assert actions.undo_crossing(acting, pressed)["full_name"] == "Nguyễn Văn An"
    again = look(acting, station, declared)
    assert (again.colour, again.memory.crossings, again.last_here) == ("green", [], None)
    assert lookups.station_counts(station) == {"through": 0, "secondary": 0, "back": 0}
    assert (arrivals_of(an)[0]["state"], arrivals_of(an)[0]["crossed_at"]) == ("declared", None)
    assert lookups.movements([an]) == []
    with pytest.raises(TooLateToUndoCrossing):
        actions.undo_crossing(acting, pressed)


def test_taking_back_a_letting_through_holds_again(an, acting, station):
    declared = declare()
    cross(acting, station, declared, "secondary", FEVER)
    through = cross(acting, station, declared, "through", Reason("well"))
    actions.undo_crossing(acting, through)
    assert [stop["decision"] for stop in look(acting, station, declared).memory.stops] == ["secondary"]
    assert [row["full_name"] for row in lookups.waiting(acting, station)[0]] == ["Nguyễn Văn An"]
    assert arrivals_of(an)[0]["state"] == "held"


def test_only_the_officer_who_pressed_takes_it_back_and_only_within_two_minutes(an, acting, station):
    declared = declare()
    pressed = cross(acting, station, declared)
    with pytest.raises(TooLateToUndoCrossing):
        actions.undo_crossing(acting_as(make_official("bao", "checkpoint_officer")), pressed)
    pass_time(0.05)
    with pytest.raises(TooLateToUndoCrossing):
        actions.undo_crossing(acting, pressed)


def test_a_decision_is_corrected_at_its_own_time_and_counts_once(an, acting, station):
    declared = declare()
    wrong = cross(acting, station, declared)
    at = look(acting, station, declared).memory.crossings[0]["crossed_at"]
    assert actions.correct_crossing(acting, wrong, "secondary", FEVER)
    (right,) = look(acting, station, declared).memory.crossings
    assert (right["decision"], right["crossed_at"]) == ("secondary", at)
    assert lookups.station_counts(station) == {"through": 0, "secondary": 1, "back": 0}
    assert arrivals_of(an)[0]["state"] == "held"
    assert actions.correct_crossing(acting, right["crossing_id"], "through", Reason("papers"))
    assert [row["decision"] for row in look(acting, station, declared).memory.crossings] == ["through"]
    assert lookups.station_counts(station) == {"through": 1, "secondary": 0, "back": 0}


def test_a_wrong_reason_is_corrected_and_no_illness_stays_that_nobody_found(an, acting, station):
    declared = declare()
    wrong = cross(acting, station, declared, "secondary", FEVER)
    assert actions.correct_crossing(acting, wrong, "secondary", Reason("no_paper"))
    (stop,) = look(acting, station, declared).memory.stops
    assert (stop["decision"], stop["reason_code"]) == ("secondary", "no_paper")
    assert not actions.correct_crossing(acting, stop["crossing_id"], "secondary", Reason("no_paper"))
    assert lookups.station_counts(station) == {"through": 0, "secondary": 1, "back": 0}
    cross(acting, station, declared, "through", Reason("papers"))
    assert look(acting, station, declared).memory.stops == []


def test_a_reason_corrected_to_an_illness_is_not_cleared_by_who_saw_papers(an, acting, station):
    declared = declare()
    wrong = cross(acting, station, declared, "secondary", Reason("no_paper"))
    cross(acting, station, declared, "through", Reason("papers"))
    assert actions.correct_crossing(acting, wrong, "secondary", FEVER)
    assert [stop["reason_code"] for stop in look(acting, station, declared).memory.stops] == ["fever"]


def test_figures_count_people(an, acting, station):
    declared = declare()
    cross(acting, station, declared, "secondary", FEVER)
    for _ in range(3):
        cross(acting, station, declared, "through", Reason("well"))
    assert lookups.station_counts(station) == {"through": 1, "secondary": 0, "back": 0}


def test_a_declaration_that_moves_to_the_one_decided_on_takes_its_stops_along(an, acting, station):
    from dancu.checkpoints.identifying import _follow

    unrecognised = declare(number_kind="none", number="", full_name="Nguyễn Văn Ann")
    cross(acting, station, unrecognised, "secondary", FEVER)
    held = cross(acting, station, unrecognised, "secondary", Reason("no_test"))
    actions.undo_crossing(acting, held)
    assert _follow({unrecognised.declaration_id: an}, None)
    assert [stop["person_id"] for stop in look(acting, station, declare()).memory.stops] == [an]
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT person_id FROM retraction UNION SELECT person_id FROM release")
        assert cursor.fetchall() == [(an,)]


def test_who_was_seen_without_a_pass_is_remembered_when_the_number_is_looked_up(an, acting, station):
    cross(acting, station, declare(), "secondary", FEVER)
    (traveller,) = lookups.identify(acting, "079200001234")
    assert [stop["decision"] for stop in traveller.memory.stops] == ["secondary"]
    assert register.get(an)["person_id"] == an
    assert traveller.memory.stops[0]["crossed_at"] > dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


def test_the_code_of_a_replaced_declaration_leads_to_the_newer_one(an, acting, station):
    older, newer = declare(), declare(plate="51F-99999")
    again = look(acting, station, older)
    assert (again.status, again.colour, again.declaration["pass_id"]) == ("valid", "amber", newer.pass_id)
    assert "replaced" in again.checks
    assert look(acting, station, newer).colour == "green"


def test_a_pass_replaced_by_a_declaration_that_got_none_stops(an, acting, station):
    older = declare()
    assert declare(test_kind="pcr", test_result="positive").pass_id == 0
    assert (look(acting, station, older).status, look(acting, station, older).colour) == ("superseded", "red")
    with pytest.raises(ReasonNeeded):
        cross(acting, station, older)


def test_correcting_an_older_decision_leaves_a_newer_stop(an, acting, station):
    declared = declare()
    first = cross(acting, station, declared, "secondary", FEVER)
    cross(acting, station, declared, "back", Reason("positive"))
    assert actions.correct_crossing(acting, first, "through", Reason("papers"))
    again = look(acting, station, declared)
    assert (again.colour, [stop["decision"] for stop in again.memory.stops]) == ("red", ["back"])


def test_what_was_found_at_the_hand_over_is_told_at_the_next_scan(an, acting, station):
    declared = declare()
    held = cross(acting, station, declared, "secondary", FEVER)
    actions.release(
        acting,
        pass_id=declared.pass_id,
        crossing_id=held,
        station_id=station,
        reason=Reason("health_post", "38,6"),
    )
    (stop,) = look(acting, station, declared).memory.stops
    assert (stop["handed_to"], stop["handed_note"]) == ("health_post", "38,6")


def test_a_stop_of_long_ago_is_still_a_stop(an, acting, station):
    declared = declare()
    cross(acting, station, declared, "back", NO_PERMIT)
    pass_time(24 * 200)
    assert look(acting, station, declare(destination_area=commune("Phường Hải Châu, Đà Nẵng"))).memory.stops


def test_a_correction_to_a_milder_stop_is_cleared_by_who_cleared_the_wrong_one(an, acting, station):
    declared = declare()
    back = cross(acting, station, declared, "back", NO_PERMIT)
    cross(
        acting_as(make_official("bao", "checkpoint_officer")), station, declared, "through", Reason("papers")
    )
    assert actions.correct_crossing(acting, back, "secondary", Reason("no_paper"))
    assert look(acting, station, declared).memory.stops == []


def test_a_correction_to_a_graver_stop_is_not_cleared_by_who_knew_only_the_milder_one(an, acting, station):
    declared = declare()
    held = cross(acting, station, declared, "secondary", Reason("no_paper"))
    bao = acting_as(make_official("bao", "checkpoint_officer"))
    actions.release(
        bao, pass_id=declared.pass_id, crossing_id=held, station_id=station, reason=Reason("mistake")
    )
    assert actions.correct_crossing(acting, held, "back", POSITIVE)
    assert (look(acting, station, declared).colour, state_of(declared)) == ("red", "turned_back")


def test_letting_through_takes_no_reason_for_stopping(an, acting, station):
    declared = declare()
    cross(acting, station, declared, "secondary", FEVER)
    with pytest.raises(UnknownReason):
        cross(acting, station, declared, "through", FEVER)


def test_who_died_since_the_pass_was_issued_is_not_let_through(an, acting, station):
    declared = declare()
    register_actions.record_death(
        acting_as(make_official("ha", "data_steward")), an, dt.date.today(), "death certificate 1"
    )
    shown = look(acting, station, declared)
    assert (shown.colour, "dead" in shown.checks) == ("red", True)
    with pytest.raises(ReasonNeeded):
        cross(acting, station, declared)


def test_whoever_is_read_of_is_on_the_record(an, acting, station):
    declared = declare(test_result="positive", acting=acting)
    cross(acting, station, declared, "back", POSITIVE)
    before = len(audit.search(timezone.now() - dt.timedelta(1), timezone.now(), person_id=an, limit=100))
    alike = declare(number_kind="none", number="", phone="")
    assert look(acting, station, alike).memory.stops
    assert (
        len(audit.search(timezone.now() - dt.timedelta(1), timezone.now(), person_id=an, limit=100))
        == before + 1
    )


def test_a_decision_that_was_taken_back_is_not_recorded_by_pressing_it_again(an, acting, station):
    declared = declare()
    pressed = cross(acting, station, declared, "back", NO_PERMIT)
    actions.undo_crossing(acting, pressed)
    with pytest.raises(TakenBack):
        cross(acting, station, declared, "back", NO_PERMIT, crossing_id=pressed)


def test_one_whom_the_register_does_not_know_counts_once_in_the_figures(country, acting, station):
    nameless = NAMELESS | {"full_name": "Lò Văn Pá"}
    cross(acting, station, declare(**nameless), "secondary", FEVER)
    other = declare(**nameless, destination_area=commune("Phường Hải Châu, Đà Nẵng"))
    cross(acting, station, other, "secondary", FEVER)
    assert lookups.station_counts(station) == {"through": 0, "secondary": 1, "back": 0}
