"""The verdict remembers: what was decided and declared of a person counts with any pass, at any station, until it is cleared."""

import datetime as dt
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.utils import timezone
from uuid_utils.compat import uuid7

from dancu.accounts.tests.factories import acting_as, make_official
from dancu.audit import lookups as audit
from dancu.checkpoints import actions, lookups
from dancu.checkpoints.errors import NotHeld, ReasonNeeded, TakenBack, TooLateToUndo, UnknownReason
from dancu.checkpoints.reasons import Reason
from dancu.checkpoints.tests.factories import AN, add_an, commune, declare, journey, my_thuan
from dancu.credentials import actions as credentials
from dancu.isolation.lookups import arrivals_of
from dancu.matching.lookups import Declared, DeclaredDate
from dancu.register import actions as register_actions
from dancu.register import lookups as register
from dancu.register.merging import actions as merging

FEVER, NO_PERMIT, POSITIVE = Reason("fever"), Reason("not_permitted"), Reason("positive")


def cross(acting, station, declared, decision="through", reason=Reason(), **more):  # noqa: B008
    crossing_id = more.pop("crossing_id", None) or uuid7()
    added = actions.record_crossing(
        acting, crossing_id=crossing_id, pass_id=declared.pass_id, station_id=station, direction="in", decision=decision, reason=reason, **more
    )  # fmt: skip
    return crossing_id if added else None


def look(acting, station, declared):
    return lookups.examine(acting, station, pass_id=declared.pass_id)


def an_hour_ago() -> UUID:
    """The id of a crossing that was pressed then."""
    return UUID(int=uuid7().int - (3_600_000 << 80))


def arrival(declared):
    return next(row for row in arrivals_of(declared.person_id) if row["declaration_id"] == declared.declaration_id)


def state_of(declared) -> str:
    return arrival(declared)["state"]


def pass_time(hours: float) -> None:
    """Everything at the stations happened so much earlier."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE crossing SET crossed_at = crossed_at - make_interval(secs => %(s)s), received_at = received_at - make_interval(secs => %(s)s)",
            {"s": hours * 3600},
        )


@pytest.mark.parametrize("hours", [0.2, 20, 24 * 20])
@pytest.mark.parametrize(("decision", "reason", "colour"), [("secondary", FEVER, "amber"), ("back", NO_PERMIT, "red")])
def test_who_was_stopped_is_not_green_later_anywhere(an, acting, station, far_station, decision, reason, colour, hours):
    declared = declare()
    cross(acting, station, declared, decision, reason)
    pass_time(hours)
    for where in (station, far_station):
        again = look(acting, where, declared)
        assert again.colour in (colour, "red") if where != station else again.colour == colour
        assert [(stop["decision"], stop["station"]) for stop in again.memory.stops] == [(decision, "Cầu Mỹ Thuận")]


def test_another_pass_of_the_same_person_remembers_too(an, acting, station):
    cross(acting, station, declare(), "secondary", FEVER)
    other = declare(destination_area=commune("Phường Hải Châu, Đà Nẵng"))
    assert look(acting, station, other).colour == "amber"


def test_a_pass_that_the_register_did_not_recognise_remembers_by_its_number(an, acting, station):
    cross(acting, station, declare(), "secondary", FEVER)
    unrecognised = declare(full_name="Lê Thị Hoa", sex=2)
    assert look(acting, station, unrecognised).memory.stops
    cross(acting, station, unrecognised, "back", Reason("false"))
    stops = look(acting, station, declare()).memory.stops
    assert [(stop["decision"], stop["reason_code"]) for stop in stops] == [("back", "false"), ("secondary", "fever")]


def test_without_a_number_name_and_birth_date_remember(country, acting, station):
    nameless = {"number_kind": "none", "number": "", "full_name": "Lò Văn Pá"}
    cross(acting, station, declare(**nameless), "secondary", FEVER)
    assert look(acting, station, declare(**nameless | {"full_name": "LO VAN PA"})).memory.stops
    brother = nameless | {"full_name": "Lò Văn Páo"}
    assert [stop["sure"] for stop in look(acting, station, declare(**brother)).memory.stops] == [False]
    assert not look(acting, station, declare(**brother | {"phone": "0909000111"})).memory.stops


def test_somebody_else_is_not_held_for_it(an, acting, station):
    cross(acting, station, declare(), "secondary", FEVER)
    add_an(full_name="Lê Thị Hoa", sex=2, pin="079300001235", cmnd=None)
    hoa = declare(full_name="Lê Thị Hoa", sex=2, number="079300001235")
    assert (look(acting, station, hoa).colour, look(acting, station, hoa).memory.stops) == ("green", [])


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
    merging.merge_people(acting_as(make_official("ha", "data_steward")), an, other, basis="two records of one man")
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


@pytest.mark.parametrize(("code", "colour"), [("health_post", "amber"), ("left", "amber"), ("mistake", "green")])
def test_waiting_ends_without_a_crossing_but_only_a_mistake_clears(an, acting, station, code, colour):
    declared = declare()
    held = cross(acting, station, declared, "secondary", FEVER)
    assert [row["full_name"] for row in lookups.waiting(acting, station)[0]] == ["Nguyễn Văn An"]
    actions.release(
        acting, pass_id=declared.pass_id, crossing_id=held, station_id=station, reason=Reason(code, "38,5 độ")
    )
    waiting, ended = lookups.waiting(acting, station)
    assert waiting == []
    assert [(row["full_name"], row["result"].endswith(": 38,5 độ")) for row in ended] == [("Nguyễn Văn An", True)]
    assert look(acting, station, declared).colour == colour
    assert "crossing.released" in [entry.action for entry in audit.of_person(an)]
    with pytest.raises(NotHeld):
        actions.release(acting, pass_id=declared.pass_id, crossing_id=held, station_id=station, reason=Reason(code))


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
                acting, pass_id=declared.pass_id, crossing_id=held, station_id=station, reason=Reason("health_post")
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


def test_what_was_declared_of_an_illness_colours_every_pass(an, acting, station):
    clean = declare()
    declare(test_kind="pcr", test_result="positive", destination_area=commune("Phường Hải Châu, Đà Nẵng"))
    assert look(acting, station, clean).colour == "red"
    assert [sign["sure"] for sign in look(acting, station, clean).memory.signs] == [True]


@pytest.mark.parametrize("sign", [{"symptoms": ("fever",)}, {"contact": True}])
def test_symptoms_and_contacts_declared_with_another_pass_are_to_be_checked(an, acting, station, sign):
    clean = declare()
    declare(**sign, destination_area=commune("Phường Hải Châu, Đà Nẵng"))
    assert look(acting, station, clean).colour == "amber"


def test_an_illness_declared_by_another_name_with_the_number_is_not_surely_theirs(an, acting, station):
    clean = declare()
    declare(full_name="Lê Thị Hoa", sex=2, phone="0977000000", test_kind="pcr", test_result="positive")
    again = look(acting, station, clean)
    assert (again.colour, [sign["sure"] for sign in again.memory.signs]) == ("amber", [False])


def test_what_was_declared_of_an_illness_is_over_when_its_pass_is(an, acting, station):
    declare(symptoms=("fever",), destination_area=commune("Phường Hải Châu, Đà Nẵng"))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE declaration SET declared_at = declared_at - interval '73 hours'")
    assert look(acting, station, declare()).colour == "green"


def test_a_withdrawn_journey_heals_nobody(an, acting, station):
    sick = declare(symptoms=("cough",), destination_area=commune("Phường Hải Châu, Đà Nẵng"))
    actions.revoke_pass(sick.pass_id, "")
    assert look(acting, station, declare()).colour == "amber"


def test_a_mistap_is_taken_back_as_if_it_had_not_been(an, acting, station):
    declared = declare()
    pressed = cross(acting, station, declared, "back", NO_PERMIT)
    assert actions.undo_crossing(acting, pressed)["full_name"] == "Nguyễn Văn An"
    again = look(acting, station, declared)
    assert (again.colour, again.memory.crossings, again.last_here) == ("green", [], None)
    assert lookups.station_counts(station) == {"through": 0, "secondary": 0, "back": 0}
    assert (arrivals_of(an)[0]["state"], arrivals_of(an)[0]["crossed_at"]) == ("declared", None)
    assert lookups.movements([an]) == []
    with pytest.raises(TooLateToUndo):
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
    with pytest.raises(TooLateToUndo):
        actions.undo_crossing(acting_as(make_official("bao", "checkpoint_officer")), pressed)
    pass_time(0.05)
    with pytest.raises(TooLateToUndo):
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
    from dancu.checkpoints.identifying import _follow_one

    unrecognised = declare(number_kind="none", number="", full_name="Nguyễn Văn Ann")
    cross(acting, station, unrecognised, "secondary", FEVER)
    held = cross(acting, station, unrecognised, "secondary", Reason("no_test"))
    actions.undo_crossing(acting, held)
    assert _follow_one(unrecognised.declaration_id, an, None)
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


NAMELESS = {"number_kind": "none", "number": ""}


@pytest.mark.parametrize(
    ("first", "then"),
    [(NAMELESS, {}), ({}, NAMELESS), ({}, {"number": "079200009999"}), (NAMELESS, {"number": "079200009999"})],
)
def test_a_number_given_one_time_and_not_the_other_forgets_nothing(an, acting, station, first, then):
    cross(acting, station, declare(**first), "back", NO_PERMIT)
    again = look(acting, station, declare(**then, destination_area=commune("Phường Hải Châu, Đà Nẵng")))
    assert (again.colour, [stop["sure"] for stop in again.memory.stops]) == ("red", [True])


@pytest.mark.parametrize(("first", "then"), [(NAMELESS, {}), ({}, NAMELESS)])
def test_nor_does_an_illness_that_was_declared(an, acting, station, first, then):
    actions.declare(journey(**first, test_kind="pcr", test_result="positive"), uuid7(), acting)
    assert look(acting, station, declare(**then, destination_area=commune("Phường Hải Châu, Đà Nẵng"))).colour == "red"


def test_with_another_telephone_it_may_be_somebody_else_who_is_asked_and_not_cleared(an, acting, station):
    cross(acting, station, declare(**NAMELESS, phone="0977000000"), "back", NO_PERMIT)
    declared = declare()
    again = look(acting, station, declared)
    assert (again.colour, [stop["sure"] for stop in again.memory.stops]) == ("amber", [False])
    with pytest.raises(ReasonNeeded):
        cross(acting, station, declared)
    cross(acting, station, declared, "through", Reason("other_person"))
    assert look(acting, station, declare(**NAMELESS, phone="0977000000")).memory.stops


def test_whom_the_register_knows_as_somebody_else_is_somebody_else(an, acting, station):
    add_an(pin="079200005678", cmnd=None)  # born on the same day, of the same name
    cross(acting, station, declare(), "back", NO_PERMIT)
    assert look(acting, station, declare(number="079200005678")).colour == "green"


def test_the_desk_remembers_by_name_too_when_a_number_is_looked_up(an, acting, station):
    cross(acting, station, declare(**NAMELESS, phone=""), "secondary", FEVER)
    (traveller,) = lookups.identify(acting, "079200001234")
    assert [stop["decision"] for stop in traveller.memory.stops] == ["secondary"]


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
        acting, pass_id=declared.pass_id, crossing_id=held, station_id=station, reason=Reason("health_post", "38,6")
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
    cross(acting_as(make_official("bao", "checkpoint_officer")), station, declared, "through", Reason("papers"))
    assert actions.correct_crossing(acting, back, "secondary", Reason("no_paper"))
    assert look(acting, station, declared).memory.stops == []


def test_a_correction_to_a_graver_stop_is_not_cleared_by_who_knew_only_the_milder_one(an, acting, station):
    declared = declare()
    held = cross(acting, station, declared, "secondary", Reason("no_paper"))
    bao = acting_as(make_official("bao", "checkpoint_officer"))
    actions.release(bao, pass_id=declared.pass_id, crossing_id=held, station_id=station, reason=Reason("mistake"))
    assert actions.correct_crossing(acting, held, "back", POSITIVE)
    assert (look(acting, station, declared).colour, state_of(declared)) == ("red", "turned_back")


@pytest.mark.parametrize(("found", "by"), [(FEVER, "papers"), (POSITIVE, "papers"), (POSITIVE, "order")])
def test_who_was_found_ill_is_not_cleared_by_a_paper_nor_by_another_stop(an, acting, station, found, by):
    declared = declare()
    cross(acting, station, declared, "back" if found is POSITIVE else "secondary", found)
    cross(acting, station, declared, "secondary", Reason("no_paper"))
    cross(acting, station, declared, "through", Reason(by))
    again = look(acting, station, declared)
    assert [stop["reason_code"] for stop in again.memory.stops] == [found.code]
    assert again.colour == ("red" if found is POSITIVE else "amber")
    assert lookups.waiting_count(station) == 0  # and nobody waits for it
    cross(acting, station, declared, "through", Reason("negative"))
    assert look(acting, station, declared).memory.stops == []


def test_letting_through_takes_no_reason_for_stopping(an, acting, station):
    declared = declare()
    cross(acting, station, declared, "secondary", FEVER)
    with pytest.raises(UnknownReason):
        cross(acting, station, declared, "through", FEVER)


def test_two_who_hold_one_old_number_are_two(an, acting, station):
    other = (
        register.by_number(AN["pin"])[0].person_id,
        add_an(full_name="Lê Thị Hoa", sex=2, pin="079300005678", birth_date=dt.date(1975, 8, 22)),
    )
    hers = declare(
        full_name="Lê Thị Hoa", sex=2, number="079300005678", birth=DeclaredDate(1975, 8, 22), phone="0909000111"
    )
    his = declare(number_kind="cmnd", number=AN["cmnd"])
    cross(acting, station, his, "back", POSITIVE)
    assert (look(acting, station, hers).colour, look(acting, station, hers).memory.stops) == ("green", [])
    cross(acting, station, hers)
    assert look(acting, station, his).colour == "red"
    for traveller in lookups.identify(acting, AN["cmnd"]):
        assert bool(traveller.memory.stops) == (traveller.person.person_id == other[0])


def test_whoever_disagrees_is_shown_beside_the_holder_whom_they_fit_best(an, acting, station):
    hoa = add_an(full_name="Lê Thị Hoa", sex=2, pin="079300005678", birth_date=dt.date(1975, 8, 22))
    declared = declare(
        full_name="Lê Thị Hòa", sex=2, number_kind="cmnd", number=AN["cmnd"], birth=DeclaredDate(1975, 8, 23), phone=""
    )
    shown = look(acting, station, declared)
    assert shown.person is None or shown.person["person_id"] == hoa


def test_who_gave_a_number_and_another_name_makes_its_holder_look_again_not_stop(an, acting, station):
    false = declare(full_name="Đặng Văn Gian", birth=DeclaredDate(1991, 3, 4), phone="0909000111")
    assert look(acting, station, false).colour == "red"  # the number is another's
    cross(acting, station, false, "back", Reason("false"))
    mine = declare()
    shown = look(acting, station, mine)
    assert (shown.colour, [(stop["sure"], stop["of"]) for stop in shown.memory.stops]) == ("amber", [(False, "number")])
    cross(acting, station, mine, "through", Reason("papers"))
    assert [stop["sure"] for stop in look(acting, station, false).memory.stops] == [True]


def test_a_number_that_nobody_issued_holds_no_two_people_together(acting, station):
    hans = declare(
        full_name="Hans Müller", birth=DeclaredDate(1970, 1, 2), number_kind="passport", number="00000", phone=""
    )
    cross(acting, station, hans, "back", POSITIVE)
    yuki = declare(
        full_name="Yuki Tanaka", birth=DeclaredDate(1999, 5, 6), number_kind="passport", number="00000", phone=""
    )
    assert look(acting, station, yuki).colour == "amber"


def test_an_illness_is_healed_by_nobody_who_only_gave_the_number(an, acting, station):
    mine = declare(acting, test_result="positive")
    other = declare(acting, full_name="Đặng Văn Gian", birth=DeclaredDate(1991, 3, 4), phone="0909000111")
    cross(acting, station, other, "through", Reason("negative"))
    assert look(acting, station, mine).colour == "red"
    older = declare(destination_area=commune("Phường Hải Châu, Đà Nẵng"))
    assert look(acting, station, older).colour == "red"


@pytest.mark.parametrize(
    "anew",
    [
        {"birth": DeclaredDate(1990)},
        {"birth": DeclaredDate(1990, 11, 2)},
        {"full_name": "Smith John Michael"},
        {"full_name": "Smith John"},
    ],
)
def test_a_hold_is_not_lost_by_writing_the_same_otherwise(acting, station, anew):
    who = {
        "full_name": "John Michael Smith",
        "birth": DeclaredDate(1990, 2, 11),
        "number_kind": "none",
        "number": "",
        "nationality": "GBR",
    }
    cross(acting, station, declare(**who), "back", POSITIVE)
    for first, then in ((who, who | anew), (who | anew, who)):
        assert look(acting, station, declare(**then)).colour == "red", first
    assert look(acting, station, declare(**who | anew | {"phone": ""})).colour == "amber"


def test_what_took_the_place_of_a_stopped_declaration_is_stopped(acting, station):
    who = {"number_kind": "none", "number": "", "birth": DeclaredDate(1990, 2, 11), "full_name": "Hồ Văn Lạ"}
    first = declare(**who)
    cross(acting, station, first, "back", POSITIVE)
    sender = actions.Sender(sent=(first.declaration_id,))
    newer = actions.declare(journey(**who | {"phone": "0909000111"}), uuid7(), sender=sender)
    assert [look(acting, station, one).colour for one in (first, newer)] == ["red", "red"]
    cross(acting, station, newer, "through", Reason("negative"))
    assert look(acting, station, newer).memory.stops == []


def test_a_stranger_who_knows_number_name_and_year_makes_nobody_red(an, acting, station):
    mine = declare()
    declare(birth=DeclaredDate(2000), phone="", test_result="positive")
    shown = look(acting, station, mine)
    assert (shown.colour, [sign["sure"] for sign in shown.memory.signs]) == ("amber", [False])


def test_what_was_declared_under_a_number_of_before_is_remembered(an, acting, station):
    strange = {"full_name": "Nguyễn Văn Anh", "birth": DeclaredDate(2000, 2, 15), "phone": ""}
    false = declare(**strange, sex=2)
    cross(acting, station, false, "back", Reason("false"))
    steward = acting_as(make_official("ha", "data_steward"))
    register_actions.replace_pin(steward, an, "079200009999", dt.date.today(), "decision 1")
    assert look(acting, station, declare(number="079200009999")).memory.stops


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
    assert len(audit.search(timezone.now() - dt.timedelta(1), timezone.now(), person_id=an, limit=100)) == before + 1


def test_an_earlier_crossing_that_reaches_us_late_does_not_undo_the_later_one(an, acting, station, far_station):
    declared = declare()
    cross(acting, far_station, declared, "back", NO_PERMIT)
    cross(
        acting,
        station,
        declared,
        crossing_id=an_hour_ago(),
        reason=Reason("papers"),
    )
    assert arrival(declared)["station_id"] == far_station
    assert state_of(declared) == "turned_back"


@pytest.mark.parametrize(
    ("how", "state"),
    [("mistake", "declared"), ("health_post", "held"), ("police", "held"), ("left", "held")],
)
def test_the_communes_know_how_a_waiting_ended(an, acting, station, how, state):
    declared = declare()
    held = cross(acting, station, declared, "secondary", FEVER)
    actions.release(acting, pass_id=declared.pass_id, crossing_id=held, station_id=station, reason=Reason(how))
    assert (state_of(declared), arrival(declared)["ended_as"]) == (state, how if state == "held" else "")


def test_who_was_held_with_one_pass_and_let_through_with_another_is_held_nowhere(an, acting, station):
    one, other = declare(), declare(destination_area=commune("Phường Hải Châu, Đà Nẵng"))
    cross(acting, station, one, "secondary", Reason("no_paper"))
    through = cross(acting, station, other, "through", Reason("papers"))
    assert (state_of(one), state_of(other)) == ("declared", "on_the_way")
    actions.undo_crossing(acting, through)
    assert (state_of(one), state_of(other)) == ("held", "declared")


@pytest.mark.parametrize(
    ("decision", "reason", "state"), [("secondary", FEVER, "held"), ("back", NO_PERMIT, "turned_back")]
)
def test_who_cancels_a_journey_after_a_stop_is_stopped_all_the_same(an, acting, station, decision, reason, state):
    declared = declare()
    pressed = cross(acting, station, declared, decision, reason)
    actions.revoke_pass(declared.pass_id, "given up")
    assert state_of(declared) == state
    actions.undo_crossing(acting, pressed)
    assert state_of(declared) == "withdrawn"


def test_undoing_a_stop_after_a_cancelled_journey_leaves_it_cancelled(an, acting, station):
    declared = declare()
    actions.revoke_pass(declared.pass_id, "given up")
    actions.undo_crossing(acting, cross(acting, station, declared, "secondary", FEVER))
    assert state_of(declared) == "withdrawn"


def test_a_decision_that_was_taken_back_is_not_recorded_by_pressing_it_again(an, acting, station):
    declared = declare()
    pressed = cross(acting, station, declared, "back", NO_PERMIT)
    actions.undo_crossing(acting, pressed)
    with pytest.raises(TakenBack):
        cross(acting, station, declared, "back", NO_PERMIT, crossing_id=pressed)


def test_a_stranger_who_knows_number_and_name_makes_nobody_red(an, acting, station):
    clean = declare()
    declare(birth=DeclaredDate(1961), sex=2, phone="0977000000", test_kind="pcr", test_result="positive")
    again = look(acting, station, clean)
    assert (again.colour, [sign["sure"] for sign in again.memory.signs]) == ("amber", [False])


def test_what_an_officer_found_weighs_more_than_what_was_declared_before(an, acting, station):
    sick = actions.declare(journey(test_kind="pcr", test_result="positive"), uuid7(), acting)
    cross(acting, station, sick, "through", Reason("negative"))
    assert look(acting, station, declare(destination_area=commune("Phường Hải Châu, Đà Nẵng"))).colour == "green"


def test_a_passport_written_otherwise_is_the_same_passport(country, acting, station):
    held = declare(number_kind="passport", number="C1234567", full_name="John Smith")
    cross(acting, station, held, "back", NO_PERMIT)
    again = declare(number_kind="passport", number="c1234567", full_name="John Smith", phone="0977000000")
    assert look(acting, station, again).colour == "red"


def test_one_whom_the_register_does_not_know_counts_once_in_the_figures(country, acting, station):
    nameless = NAMELESS | {"full_name": "Lò Văn Pá"}
    cross(acting, station, declare(**nameless), "secondary", FEVER)
    other = declare(**nameless, destination_area=commune("Phường Hải Châu, Đà Nẵng"))
    cross(acting, station, other, "secondary", FEVER)
    assert lookups.station_counts(station) == {"through": 0, "secondary": 1, "back": 0}


def test_what_a_station_finds_the_communes_see_on_every_journey(an, acting, station):
    first = declare()
    back = cross(acting, station, first, "back", POSITIVE)
    other = declare(destination_area=commune("Phường Hải Châu, Đà Nẵng"))
    assert (arrival(first)["warnings"], arrival(other)["warned_elsewhere"]) == (["positive"], ["positive"])
    actions.undo_crossing(acting, back)
    assert (arrival(first)["warnings"], arrival(other)["warned_elsewhere"]) == ([], [])


def test_what_was_declared_stays_beside_what_a_station_found(an, acting, station):
    declared = declare(acting, contact=True)
    cross(acting, station, declared, "secondary", FEVER)
    assert arrival(declared)["warnings"] == ["contact", "symptoms"]
    cross(acting, station, declared, "through", Reason("well"))
    assert arrival(declared)["warnings"] == ["contact"]


@pytest.mark.parametrize(
    ("sign", "days", "colour"),
    [
        ({"test_result": "positive"}, 5, "red"),
        ({"test_result": "positive"}, 15, "green"),
        ({"test_result": "positive", "tested_on": dt.date.today() - dt.timedelta(12)}, 1, "red"),
        ({"test_result": "positive", "tested_on": dt.date.today() - dt.timedelta(12)}, 4, "green"),
        ({"contact": True}, 5, "amber"),
        ({"symptoms": ("cough",)}, 2, "amber"),
        ({"symptoms": ("cough",)}, 4, "green"),
    ],
)
def test_an_illness_is_remembered_as_long_as_the_policy_says(an, acting, station, sign, days, colour):
    declare(**sign)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE declaration SET declared_at = declared_at - make_interval(days => %s), tested_on = tested_on - %s::integer",
            [days, days],
        )
    assert look(acting, station, declare()).colour == colour


@pytest.mark.parametrize("sign", [{"symptoms": ("fever",)}, {"contact": True}])
def test_what_a_citizen_is_refused_for_takes_an_officer_a_reason(an, acting, station, sign):
    refused = declare(acting, **sign)
    later = declare(destination_area=commune("Phường Hải Châu, Đà Nẵng"))
    for one in (refused, later):
        with pytest.raises(ReasonNeeded):
            cross(acting, station, one)
    cross(acting, station, refused, "through", Reason("well"))
    assert cross(acting, station, refused)
    assert cross(acting, station, later)


def test_a_slight_symptom_takes_no_reason(an, acting, station):
    assert cross(acting, station, declare(acting, symptoms=("cough",)))


@pytest.mark.parametrize(
    "anew",
    [
        {"birth": DeclaredDate(1990, 2, 12)},
        {"birth": DeclaredDate(1991, 2, 11)},
        {"full_name": "Hồ Văn Lã", "birth": DeclaredDate(1990, 2, 12)},
    ],
)
def test_the_same_telephone_leads_to_who_was_held_a_letter_or_a_digit_apart(acting, station, anew):
    who = {"full_name": "Hồ Văn Lạ", "birth": DeclaredDate(1990, 2, 11), "number_kind": "none", "number": ""}
    cross(acting, station, declare(**who), "back", POSITIVE)
    shown = look(acting, station, declare(**who | anew))
    assert (shown.colour, [stop["of"] for stop in shown.memory.stops]) == ("amber", ["name"])
    assert look(acting, station, declare(**who | anew | {"phone": "0909000111"})).memory.stops == []


def test_children_of_one_telephone_are_not_each_other(acting, station):
    who = {"full_name": "Hồ Gia Hân", "birth": DeclaredDate(2015, 2, 11), "number_kind": "none", "number": ""}
    cross(acting, station, declare(**who), "secondary", FEVER)
    twin = declare(**who | {"full_name": "Hồ Ngọc Diệp"})
    older = declare(**who | {"full_name": "Hồ Gia Bảo", "birth": DeclaredDate(2012, 7, 30)})
    assert [look(acting, station, one).memory.stops for one in (twin, older)] == [[], []]


@pytest.mark.parametrize(
    ("name", "birth"),
    [("Huỳnh Thị Tuyế", (1975, 10, 27)), ("Huynh Thi Tuyet", (1975, None, None)), ("Huỳnh Thị Tuyết", (1975, 10, 28))],
)
def test_who_is_being_held_here_is_remembered_of_one_who_says_so_in_other_letters(
    acting, station, far_station, name, birth
):
    tuyet = {
        "full_name": "Huỳnh Thị Tuyết",
        "birth": DeclaredDate(1975, 10, 27),
        "number_kind": "none",
        "number": "",
        "phone": "",
    }
    cross(acting, station, declare(**tuyet), "secondary", FEVER)
    claimed = Declared("", name, DeclaredDate(*birth))
    assert lookups.remembered_of(acting, claimed, station).stops
    assert lookups.remembered_of(acting, Declared("", "Lê Văn Tám", DeclaredDate(*birth)), station).stops == []


def test_a_foreigner_who_was_stopped_is_remembered_by_the_passport(acting, station):
    hans = declare(
        full_name="Hans Müller", birth=DeclaredDate(1970, 1, 2), number_kind="passport", number="C01X00T47", phone=""
    )
    cross(acting, station, hans, "back", POSITIVE)
    known = lookups.remembered_of(acting, Declared("C01X00T47", "Hans Muller", DeclaredDate(1970, 1, 2)), station)
    assert [stop["sure"] for stop in known.stops] == [True]
