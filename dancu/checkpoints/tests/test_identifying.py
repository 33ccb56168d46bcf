"""Declarations that may mean somebody: asked of people afterwards, and followed when they have decided."""

import datetime as dt
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import sleep

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from uuid_utils.compat import uuid7

from dancu.audit import lookups as audit
from dancu.checkpoints import actions, lookups
from dancu.checkpoints.actions import ask_about_doubtful, follow
from dancu.credentials import actions as credentials
from dancu.credentials import keyring
from dancu.isolation.lookups import arrivals_of
from dancu.matching.lookups import Outcome
from dancu.review import actions as review
from dancu.review import lookups as reviewed
from dancu.testing.officials import acting_as, make_official
from dancu.testing.people import ha, someone
from dancu.testing.travellers import add_an, declare, journey, my_thuan

NOBODYS = "079200007777"


@pytest.fixture
def ans(an) -> tuple[int, int]:
    """An, and another of the same name, birth date and commune."""
    return an, add_an(pin="079200009999", cmnd="025999999")


@pytest.fixture
def hai(db):
    return acting_as(ha())


def doubtful(**changes):
    """An declares with a number that nobody holds: it may be either of the two."""
    return declare(number=NOBODYS, **changes)


def decide(acting, decision: str, person_id: int | None = None) -> int:
    case = reviewed.next_case(acting, "declaration")
    assert case
    review.decide(acting, case.case_id, decision, person_id)
    follow(acting, case.case_id)
    return case.case_id


def under(person_id: int) -> dict[str, int]:
    """How many rows of each table stand under a person."""
    counts = {}
    with connection.cursor() as cursor:
        for table in ("declaration", "pass", "revocation", "crossing", "arrival"):
            cursor.execute(f"SELECT count(*) FROM {table} WHERE person_id = %s", [person_id])
            counts[table] = cursor.fetchone()[0]
    return {table: count for table, count in counts.items() if count}


def test_a_declaration_that_may_mean_several_is_asked_about_once(ans, hai):
    declared = doubtful()
    assert (declared.outcome, declared.person_id < 0) == (Outcome.NOT_FOUND, True)
    assert reviewed.progress(hai).left == {}  # not while An waits
    assert ask_about_doubtful() == 1
    assert ask_about_doubtful() == 0
    case = reviewed.next_case(hai, "declaration")
    assert {one.person["person_id"] for one in case.candidates} == set(ans)
    assert (case.declared["full_name"], case.declared["birth"], case.declared["number"]) == (
        "Nguyễn Văn An",
        "15/02/2000",
        NOBODYS,
    )


def test_a_declaration_that_agrees_or_means_nobody_is_not_asked_about(ans):
    declare()
    declare(number=NOBODYS, full_name="Lê Thị Hoa", sex=2, phone="", home_area=None)
    assert ask_about_doubtful() == 0


@pytest.mark.parametrize(
    "said",
    [
        {"number": "", "number_kind": "none"},
        {"number": "", "number_kind": "none", "phone": ""},
        {"number": "C1234567", "number_kind": "passport", "nationality": "VNM"},
        {"number": "079200007777"},
        {"number": "079300001111"},
    ],
    ids=["no number", "neither number nor telephone", "a passport", "nobody's number", "the wife's number"],
)
def test_who_is_meant_for_certain_is_asked_about_though_the_number_did_not_lead_there(an, hai, said):
    someone(full_name="Trần Thị Bé", sex=2, birth_date=dt.date(1999, 1, 2), pin="079300001111")
    declared = declare(**said)
    assert (declared.outcome.agrees, declared.person_id < 0) == (False, True)  # the citizen is told nothing
    assert ask_about_doubtful() == 1
    case = reviewed.next_case(hai, "declaration")
    assert case.candidates[0].person["person_id"] == an
    decide(hai, "same", an)
    assert under(declared.person_id) == {}
    assert under(an) == {"declaration": 1, "pass": 1, "arrival": 1}
    assert lookups.pass_in_full(declared.pass_id)["told_outcome"] == declared.outcome


def test_a_child_without_a_number_who_travels_daily_is_asked_about_once(an, hai):
    for _ in range(3):
        declare(number="", number_kind="none")
        ask_about_doubtful()
    case = reviewed.next_case(hai, "declaration")
    assert (case.value, reviewed.progress(hai).left["declaration"]) == (3, 1)
    decide(hai, "same", an)
    later = declare(number="", number_kind="none")
    ask_about_doubtful()
    assert reviewed.next_case(hai, "declaration") is None
    assert under(later.person_id) == {}


def test_who_is_surer_waits_behind_those_of_whom_an_answer_teaches_more(an, hai):
    declare(number="", number_kind="none")
    declare(number="", number_kind="none", full_name="Nguyễn Văn Anh", phone="")
    ask_about_doubtful()
    asked = []
    while case := reviewed.next_case(hai, "declaration"):
        asked.append(case.declared["full_name"])
        decide(hai, "different")
    assert asked == ["Nguyễn Văn Anh", "Nguyễn Văn An"]


def test_declarations_that_say_the_same_are_one_question_and_one_answer(ans, hai):
    first, second = doubtful(), doubtful()
    ask_about_doubtful()
    assert reviewed.next_case(hai).value == 2
    decide(hai, "same", ans[1])
    assert under(first.person_id) == under(second.person_id) == {}
    assert under(ans[1]) == {"declaration": 2, "pass": 2, "arrival": 2}
    third = doubtful()  # the question is answered
    assert ask_about_doubtful() == 1
    assert under(third.person_id) == {}
    assert reviewed.next_case(hai) is None


def test_whose_it_is_takes_the_declaration_its_pass_and_its_crossings_along(ans, hai, station, acting):
    declared = doubtful()
    actions.record_crossing(
        acting,
        crossing_id=uuid7(),
        pass_id=declared.pass_id,
        station_id=station,
        direction="in",
        decision="through",
    )
    actions.revoke_pass(declared.pass_id, "mất", acting)
    before = under(declared.person_id)
    assert before == {"declaration": 1, "pass": 1, "revocation": 1, "crossing": 1, "arrival": 1}
    ask_about_doubtful()
    decide(hai, "same", ans[0])
    assert (under(declared.person_id), under(ans[0])) == ({}, before)
    assert [crossing["station_id"] for crossing in lookups.movements([ans[0]])] == [station]
    assert lookups.pass_in_full(declared.pass_id)["revoked_reason"] == "mất"
    assert audit.of_person(ans[0])[0].action == "declaration.identified"


def test_the_officer_and_the_commune_see_who_it_is_and_the_citizen_what_they_were_told(
    ans, hai, station, acting
):
    declared = doubtful()
    ask_about_doubtful()
    decide(hai, "same", ans[0])
    shown = lookups.examine(acting, station, pass_id=declared.pass_id)
    assert shown.person["person_id"] == ans[0]
    assert (shown.declaration["outcome"], shown.declaration["told_outcome"]) == ("differences", "not_found")
    assert shown.levels["number"] == "another"
    assert [(row["outcome"], row["differing"]) for row in arrivals_of(ans[0])] == [
        ("differences", ["another_number"])
    ]
    again = actions.declare(journey(number=NOBODYS), declared.declaration_id)
    assert (again.outcome, again.pass_id, again.qr_text) == (
        Outcome.NOT_FOUND,
        declared.pass_id,
        declared.qr_text,
    )


def test_different_people_leaves_the_declaration_where_it_is(ans, hai):
    declared = doubtful()
    ask_about_doubtful()
    decide(hai, "different")
    assert under(declared.person_id) == {"declaration": 1, "pass": 1, "arrival": 1}
    assert arrivals_of(declared.person_id)[0]["outcome"] == "not_found"


def test_an_answer_taken_back_takes_the_declaration_back(ans, hai):
    declared = doubtful()
    ask_about_doubtful()
    before = arrivals_of(declared.person_id), lookups.pass_in_full(declared.pass_id)
    case_id = decide(hai, "same", ans[0])
    assert review.undo(hai) == case_id
    assert follow(hai, case_id) == 1
    assert (arrivals_of(declared.person_id), lookups.pass_in_full(declared.pass_id)) == before
    decide(hai, "same", ans[1])
    assert under(ans[1]) == {"declaration": 1, "pass": 1, "arrival": 1}


def test_of_four_eyes_the_first_answer_moves_nothing(ans, hai, settings):
    settings.FOUR_EYES = {"declaration"}
    declared = doubtful()
    ask_about_doubtful()
    decide(hai, "same", ans[0])
    assert under(ans[0]) == {}
    decide(acting_as(ha(username="hoa")), "same", ans[0])
    assert under(declared.person_id) == {}


def test_what_the_register_recognised_stays_whatever_is_decided_of_a_case(an, hai):
    declared = declare()
    review.propose(
        [
            review.Case(
                "declaration",
                [review.CaseCandidate(add_an(pin="079200009999", cmnd=None), 3.0)],
                {"full_name": "An"},
                record_id=str(declared.declaration_id),
            )
        ]
    )
    case = reviewed.next_case(hai)
    decide(hai, "same", case.candidates[0].person["person_id"])
    assert under(an) == {"declaration": 1, "pass": 1, "arrival": 1}


def test_a_declaration_that_will_be_asked_about_takes_the_same_steps_as_one_that_means_nobody(ans):
    def written(**changes) -> list[str]:
        with CaptureQueriesContext(connection) as asked:
            declare(**changes)
        return [
            write[0]
            for one in asked
            if (write := re.search(r"^(INSERT INTO|UPDATE|DELETE FROM) \w+", one["sql"], re.MULTILINE))
        ]

    assert written(number=NOBODYS) == written(number=NOBODYS, full_name="Lê Thị Hoa", sex=2)
    assert [one.split()[-1] for one in dict.fromkeys(written(number=NOBODYS))] == [
        "declaration",
        "supersession",
        "pass",
        "arrival",
        "arrivals_change",
        "arrival",
    ]


@pytest.mark.django_db(transaction=True)
def test_a_crossing_recorded_while_its_declaration_moves_goes_along(published_areas):
    keyring.forget()
    credentials.create_key("pass")
    an, _other, station = add_an(), add_an(pin="079200009999", cmnd="025999999"), my_thuan()
    binh, steward = acting_as(make_official("binh", "checkpoint_officer")), acting_as(ha())
    declared = doubtful()
    ask_about_doubtful()
    case = reviewed.next_case(steward, "declaration")
    moved = Event()

    def decides() -> None:
        with transaction.atomic():
            review.decide(steward, case.case_id, "same", an)
            follow(steward, case.case_id)
            moved.set()
            sleep(0.5)  # not yet committed

    def lets_through() -> None:
        moved.wait(20)
        actions.record_crossing(
            binh,
            crossing_id=uuid7(),
            pass_id=declared.pass_id,
            station_id=station,
            direction="in",
            decision="through",
        )

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(closing, work) for work in (decides, lets_through)]:
            done.result()
    assert under(declared.person_id) == {}
    assert under(an) == {"declaration": 1, "pass": 1, "crossing": 1, "arrival": 1}
    assert arrivals_of(an)[0]["state"] == "on_the_way"


def closing(work: Callable[[], None]) -> None:
    try:
        work()
    finally:
        connection.close()
