import datetime as dt

import pytest
from django.db import connection

from dancu.audit import lookups as audit
from dancu.register import actions as register
from dancu.review import actions, errors, lookups
from dancu.review.actions import Case, CaseCandidate, decide, propose, undo
from dancu.testing.cases import WATERFALL, a_case, cases
from dancu.testing.officials import acting_as
from dancu.testing.people import BEN_THANH, CAU_GIAY, HA_NOI, YEN_HOA, area, ha, someone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]


@pytest.fixture
def hai(db):
    """Hà, the nation's steward, at work."""
    return acting_as(ha())


def other(username: str, code: str = ""):
    return acting_as(ha(code, username))


def answer(acting, decision: str = "same"):
    """The next case, answered with the first person."""
    case = lookups.next_case(acting)
    assert case
    return case, decide(acting, case.case_id, decision, case.candidates[0].person["person_id"])


def test_the_case_on_which_most_records_hang_comes_first_then_the_one_nearest_to_the_threshold(hai):
    many, far, near = someone(), someone(), someone()
    propose([a_case(far, record_id="1", declared={"full_name": "Far"})])
    propose(
        [
            Case(
                "record",
                [CaseCandidate(near, 5.9, WATERFALL)],
                {"full_name": "Near"},
                record_id="2",
                threshold=6.0,
            )
        ]
    )
    propose([a_case(many, record_id=f"m{nth}", declared={"full_name": "Many"}) for nth in range(3)])
    order = [answer(hai)[0] for _case in range(3)]
    assert [case.candidates[0].person["person_id"] for case in order] == [many, near, far]
    assert [case.value for case in order] == [3, 1, 1]


def test_a_senders_records_that_ask_the_same_are_one_case_however_often_they_are_sent(hai):
    an = someone()
    assert (
        propose(
            [a_case(an, record_id="1"), a_case(an, record_id="2", declared={"full_name": " nguyen  VAN an"})]
        )
        == 1
    )
    assert propose([a_case(an, record_id="2")]) == 0
    assert propose([a_case(an, record_id="1", sender="another station")]) == 1
    assert lookups.next_case(hai).value == 2


def test_two_persons_are_one_question_from_either_side(hai):
    an, bo = someone(), someone()
    pair = [Case("duplicate", [CaseCandidate(b, 3.0)], left_person=a) for a, b in ((an, bo), (bo, an))]
    assert propose(pair) == 1
    case = lookups.next_case(hai)
    assert {case.left["person_id"], case.candidates[0].person["person_id"]} == {an, bo}


def test_thousands_are_proposed_in_a_few_statements(hai, django_assert_max_num_queries):
    an = someone()
    asked = [a_case(an, record_id=str(nth), declared={"phone": str(nth)}) for nth in range(3_000)]
    with django_assert_max_num_queries(16):
        assert propose(asked) == 3_000


def test_candidates_are_renewed_until_somebody_looks(hai):
    an, bo = someone(), someone()
    propose([a_case(an)])
    propose([a_case(bo)])
    case = lookups.next_case(hai)
    assert [one.person["person_id"] for one in case.candidates] == [bo]
    propose([a_case(an)])
    assert lookups.next_case(hai).candidates[0].person["person_id"] == bo


def test_a_case_stays_before_its_official_and_nobody_else_is_given_it(hai):
    cases([someone(), someone()])
    first = lookups.next_case(hai)
    assert lookups.next_case(hai).case_id == first.case_id
    assert lookups.next_case(other("hoa")).case_id != first.case_id
    assert lookups.next_case(other("hien")) is None


def test_a_case_left_lying_goes_to_another_and_the_late_answer_is_told_so(hai):
    cases([someone()])
    case = lookups.next_case(hai)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE review_case SET claimed_until = now() - interval '1 second'")
    late = other("hoa")
    assert lookups.next_case(late).case_id == case.case_id
    with pytest.raises(errors.HeldByAnother):
        decide(hai, case.case_id, "different")
    assert answer(late)[1].status == "decided"
    with pytest.raises(errors.AlreadyDecided):
        decide(hai, case.case_id, "different")


def test_a_case_that_was_not_given_to_the_official_takes_no_answer(hai):
    cases([someone()])
    case = lookups.next_case(hai)
    with pytest.raises(errors.HeldByAnother):
        decide(other("hoa"), case.case_id, "different")
    with pytest.raises(errors.NoSuchCase):
        decide(hai, case.case_id + 1, "different")


def test_an_answer_has_to_be_one_of_three_and_same_has_to_name_one_of_the_persons(hai):
    cases([someone()])
    case = lookups.next_case(hai)
    with pytest.raises(errors.UnknownDecision):
        decide(hai, case.case_id, "perhaps")
    with pytest.raises(errors.WhichPerson):
        decide(hai, case.case_id, "same", someone())


def test_a_steward_of_an_area_is_given_only_cases_all_of_whose_people_live_there(hai):
    here, there, nowhere = someone(), someone(area(BEN_THANH)), someone()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE person SET home_area = NULL WHERE person_id = %s", [nowhere])
        cursor.execute("DELETE FROM residence WHERE person_id = %s", [nowhere])
    steward, provinces = other("hoa", CAU_GIAY), other("hien", HA_NOI)
    propose(
        [
            a_case(here, there, record_id="1", declared={"phone": "1"}),
            a_case(here, nowhere, record_id="2", declared={"phone": "2"}),
            a_case(someone(area(YEN_HOA)), record_id="3", declared={"phone": "3"}),
        ]
    )
    assert lookups.next_case(steward) is None
    assert lookups.next_case(provinces).declared["phone"] == "3"
    with pytest.raises(errors.NoSuchCase):
        decide(steward, lookups.next_case(hai).case_id, "different")


def test_a_case_without_anybody_goes_to_the_commune_that_was_declared():
    propose([a_case()])
    assert lookups.next_case(other("hoa", YEN_HOA)) is None
    assert lookups.next_case(other("hien", CAU_GIAY)).candidates == []


def test_who_moves_away_takes_the_case_along(hai):
    an = someone()
    cases([an])
    register.record_move(
        hai, an, area_id=area(YEN_HOA), address="", moved_on=dt.date(2025, 8, 1), basis="CT07"
    )
    assert lookups.next_case(other("hoa", CAU_GIAY)) is None
    assert lookups.next_case(other("hien", YEN_HOA)).candidates[0].person["person_id"] == an


def test_whoever_was_merged_into_another_is_asked_about_as_that_other(hai):
    kept, other = someone(pin="001085001234"), someone()
    propose([a_case(other, record_id="1", declared={"phone": "1"})])
    propose([Case("duplicate", [CaseCandidate(other, 3.0)], left_person=kept)])
    register.merge_people(hai, kept, other, basis="Biên bản 1/2022")
    assert [one.person["person_id"] for one in lookups.next_case(hai).candidates] == [kept]
    assert lookups.next_case(hai, "duplicate") is None  # the two are one by now: nothing to ask
    assert lookups.progress(hai).left == {"record": 1}


def test_a_label_stays_the_same_person_after_the_two_records_became_one(hai):
    kept, other = someone(pin="001085001234"), someone()
    propose([Case("duplicate", [CaseCandidate(other, 3.0)], left_person=kept)])
    answer(hai)
    register.merge_people(hai, kept, other, basis="Biên bản 1/2022")
    assert lookups.labels().select("left_person_id", "person_id", "decision").rows() == [
        (kept, other, "same")
    ]


def test_everyone_on_a_case_that_is_shown_and_decided_is_on_the_record(hai):
    an, bo = someone(), someone()
    propose([a_case(an, bo)])
    answer(hai)
    for person_id in (an, bo):
        assert [entry.action for entry in audit.of_person(person_id)][:2] == ["review.decided", "review.case"]


def test_what_is_held_of_a_kind_is_not_shown_where_another_kind_is_asked_for(hai):
    an, bo = someone(), someone()
    propose([a_case(an), Case("duplicate", [CaseCandidate(bo, 3.0)], left_person=an)])
    assert lookups.next_case(hai, "duplicate").kind == "duplicate"
    assert lookups.next_case(hai, "record").kind == "record"
    assert lookups.next_case(hai, "declaration") is None


def test_of_four_eyes_the_second_pair_is_another_officials_and_does_not_see_the_first_answer(hai, settings):
    settings.FOUR_EYES = {"record"}
    cases([someone()])
    case, now = answer(hai)
    assert now.status == "waiting"
    assert lookups.next_case(hai) is None
    second = other("hoa")
    assert lookups.next_case(second).earlier == []
    with pytest.raises(errors.HeldByAnother):
        decide(other("hien"), case.case_id, "different")
    assert answer(second)[1] == ("decided", ("same", case.candidates[0].person["person_id"]))


def test_of_four_eyes_that_disagree_a_third_sees_both_answers_and_decides(hai, settings):
    settings.FOUR_EYES = {"all"}
    an = someone()
    cases([an])
    answer(hai)
    second, third = other("hoa"), other("hien")
    assert answer(second, "different")[1].status == "disputed"
    assert lookups.next_case(hai) is lookups.next_case(second) is None
    assert lookups.next_case(third).earlier == [("same", an), ("different", None)]
    assert answer(third)[1] == ("decided", ("same", an))


def test_the_last_answer_is_taken_back_and_the_case_is_there_again(hai):
    cases([someone(), someone()])
    case = answer(hai)[0]
    lookups.next_case(hai)
    assert undo(hai) == case.case_id
    assert lookups.next_case(hai).case_id == case.case_id
    assert lookups.labels().is_empty()
    assert answer(hai, "different")[1].status == "decided"
    undo(hai)
    with pytest.raises(errors.NothingToUndo):
        undo(hai)


def test_nothing_is_taken_back_once_somebody_else_has_the_case(hai, settings):
    settings.FOUR_EYES = {"record"}
    cases([someone()])
    answer(hai)
    second = other("hoa")
    lookups.next_case(second)
    with pytest.raises(errors.TooLateToUndo):
        undo(hai)
    answer(second)
    with pytest.raises(errors.TooLateToUndo):
        undo(hai)


def test_decisions_become_labels_for_the_next_training(hai):
    an, bo, cu = someone(), someone(), someone()
    propose([a_case(an, bo, record_id="1", declared={"phone": "1"})])
    propose([a_case(cu, record_id="2", declared={"phone": "2"})])
    propose([a_case(cu, record_id="3", declared={"phone": "3"})])
    answer(hai)
    answer(hai, "different")
    answer(hai, "not_sure")
    labels = lookups.labels()
    assert labels.select("person_id", "decision", "phone").rows() == [
        (an, "same", "1"),
        (bo, "different", "1"),
        (cu, "different", "2"),
    ]
    assert set(labels["decided_by"]) == {hai.official_id}
    assert labels.columns[:6] == ["case_id", "kind", "source", "sender", "left_person_id", "number"]
    assert lookups.labels(since=dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)).is_empty()
    assert lookups.labels().columns == labels.columns


def test_the_sender_learns_what_was_decided_of_its_records(hai):
    an = someone()
    propose([a_case(an, record_id="1"), a_case(an, record_id="2")])
    answer(hai)
    assert lookups.decisions("01234", ["1", "2", "3"]) == {"1": ("same", an), "2": ("same", an)}


def test_progress_counts_what_is_left_and_what_was_done_today(hai):
    cases([someone(), someone(), someone()])
    answer(hai)
    told = lookups.progress(hai)
    assert (told.left, told.today) == ({"record": 2}, 1)
    assert told.per_minute > 0
    assert lookups.throughput(dt.datetime(2020, 1, 1, tzinfo=dt.UTC)).select(
        "official_id", "answers", "same"
    ).rows() == [(hai.official_id, 1, 1)]


def test_what_postgres_cannot_hold_is_left_out_of_what_was_declared(hai):
    propose([a_case(someone(), declared={"full_name": "An\0", "born": dt.date(1985, 3, 12), "note": None})])
    declared = lookups.next_case(hai).declared
    assert (declared["full_name"], declared["born"]) == ("An", "1985-03-12")
    assert "note" not in declared
    assert actions.eyes("record") == 1
