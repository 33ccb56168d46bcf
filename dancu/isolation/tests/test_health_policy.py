import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from dancu.checkpoints.journeys import Journey
from dancu.isolation import health_policy
from dancu.isolation.rule_kinds import MARK, ORDINARY, WITHHOLD
from dancu.isolation.signs import SYMPTOMS
from dancu.matching.lookups import PartialDate
from dancu.testing.rules import document, in_force

TODAY = dt.date(2026, 11, 29)
NOON = dt.time(12)


def noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, NOON, timezone.get_current_timezone())


def journey(**said) -> Journey:
    return Journey(
        "Nguyễn Văn An", PartialDate(2000, 2, 15), "none", "", 1, 2, TODAY, TODAY, "work", "car", **said
    )


def until(sign: str, at: dt.datetime, tested_on: dt.date | None) -> dt.datetime:
    return health_policy.counts_until([sign], at, tested_on)[sign]


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ({}, ORDINARY),
        ({"test_result": "negative"}, ORDINARY),
        ({"test_result": "waiting"}, ORDINARY),
        ({"test_result": "positive"}, WITHHOLD),
        ({"contact": True}, WITHHOLD),
        ({"symptoms": ("fever",)}, WITHHOLD),
        ({"symptoms": ("cough", "breath")}, WITHHOLD),
        ({"symptoms": ("cough",)}, MARK),
        ({"symptoms": ("throat", "taste", "tired")}, MARK),
    ],
)
def test_the_policy_of_today(said, answer):
    assert health_policy.answer(journey(**said), noon(TODAY)) == answer


@pytest.mark.parametrize(
    ("days_ago", "answer"), [(0, WITHHOLD), (14, WITHHOLD), (15, ORDINARY), (28, ORDINARY), (None, WITHHOLD)]
)
def test_a_positive_test_counts_from_its_day_and_no_longer(days_ago, answer):
    tested_on = None if days_ago is None else TODAY - dt.timedelta(days=days_ago)
    at = noon(TODAY)
    positive = {"test_result": "positive", "tested_on": tested_on}
    assert health_policy.answer(journey(**positive), at) == answer
    assert health_policy.answer(journey(**positive, symptoms=("cough",)), at) in (answer, MARK)
    row = {
        "test_result": "positive",
        "tested_on": tested_on,
        "symptoms": [],
        "contact": True,
        "declared_at": at,
    }
    assert (until("positive", at, tested_on) > at) == (answer == WITHHOLD)
    assert health_policy.as_declared(row)["test_result"] == ("positive" if answer == WITHHOLD else "")
    assert health_policy.as_declared(row)["contact"]
    assert health_policy.refuses(row | {"contact": False}) == (answer == WITHHOLD)


@given(st.integers(0, 60), st.integers(0, 23))
def test_what_is_answered_when_it_is_declared_and_how_long_it_counts_agree(days_ago, hour):
    at = dt.datetime.combine(TODAY, dt.time(hour, 59), timezone.get_current_timezone())
    tested_on = TODAY - dt.timedelta(days=days_ago)
    is_answered = health_policy.answer(journey(test_result="positive", tested_on=tested_on), at) != ORDINARY
    assert is_answered == (until("positive", at, tested_on) > at)


def test_before_any_law_nothing_is_withheld():
    at = noon(dt.date(2001, 1, 1))
    assert health_policy.answer(journey(test_result="positive", contact=True), at) == MARK
    assert health_policy.answer(journey(), at) == ORDINARY


def test_a_rule_counts_from_its_first_moment_until_the_next_one_does():
    positive = journey(test_result="positive")
    withheld = {"when": {"var": "positive"}, "then": WITHHOLD}
    first = document("illness", withheld, otherwise=ORDINARY, valid_from="2026-01-01T00:00:00+07:00")
    second = document("illness", otherwise=ORDINARY, version=2, valid_from="2026-07-01T00:00:00+07:00")
    with in_force(first, second):
        days = ((2025, 12, 31), (2026, 1, 1), (2026, 6, 30), (2026, 7, 1))
        answers = [health_policy.answer(positive, noon(dt.date(*day))) for day in days]
    assert answers == [MARK, WITHHOLD, WITHHOLD, ORDINARY]


def test_an_illness_is_remembered_as_long_as_the_rule_of_its_day_says():
    longer = {"when": {"===": [{"var": "sign"}, "positive"]}, "then": 21}
    with in_force(document("illness-days", longer, otherwise=7)):
        assert [health_policy.longest(sign).days for sign in ("positive", "contact", "symptoms")] == [
            21,
            7,
            7,
        ]
        assert health_policy.longest().days == 21
        assert until("contact", noon(TODAY), None) == noon(TODAY) + dt.timedelta(days=7)
    assert health_policy.longest("symptoms").days == 3


@given(
    st.sets(st.sampled_from(sorted(SYMPTOMS))),
    st.booleans(),
    st.sampled_from(["", "negative", "positive", "waiting"]),
)
def test_one_sign_more_never_makes_the_answer_milder(symptoms, contact, result):
    order = [ORDINARY, MARK, WITHHOLD]
    said = journey(symptoms=tuple(symptoms), contact=contact, test_result=result)
    more = journey(symptoms=(*symptoms, "fever"), contact=contact, test_result=result)
    answered = health_policy.answer(said)
    assert order.index(answered) <= order.index(health_policy.answer(more))
    assert (answered == ORDINARY) == (not said.warnings)
