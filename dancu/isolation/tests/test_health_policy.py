import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from dancu.checkpoints.journeys import Journey
from dancu.isolation import health_policy
from dancu.isolation.errors import BadHealthPolicy
from dancu.isolation.health_policy import MARK, ORDINARY, WITHHOLD
from dancu.isolation.signs import SYMPTOMS
from dancu.matching.lookups import PartialDate

TODAY = dt.date(2026, 11, 29)
ENTRY = """
[[policy]]
valid_from = 2026-01-01
valid_to = 2026-06-30
citation = "Quyết định 1"
positive = "withhold"
contact = "mark"
symptoms = "mark"
"""


def journey(**said) -> Journey:
    return Journey(
        "Nguyễn Văn An", PartialDate(2000, 2, 15), "none", "", 1, 2, TODAY, TODAY, "work", "car", **said
    )


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
    assert health_policy.on(TODAY).answer(journey(**said)) == answer


@pytest.mark.parametrize(
    ("days_ago", "answer"), [(0, WITHHOLD), (14, WITHHOLD), (15, ORDINARY), (28, ORDINARY), (None, WITHHOLD)]
)
def test_a_positive_test_counts_from_its_day_and_no_longer(days_ago, answer):
    tested_on = None if days_ago is None else TODAY - dt.timedelta(days=days_ago)
    policy = health_policy.on(TODAY)
    assert policy.answer(journey(test_result="positive", tested_on=tested_on), TODAY) == answer
    assert policy.answer(
        journey(test_result="positive", tested_on=tested_on, symptoms=("cough",)), TODAY
    ) in (
        answer,
        MARK,
    )
    at = dt.datetime.combine(TODAY, dt.time(10), timezone.get_current_timezone())
    row = {
        "test_result": "positive",
        "tested_on": tested_on,
        "symptoms": [],
        "contact": True,
        "declared_at": at,
    }
    assert (policy.counts_until("positive", at, tested_on) > at) == (answer == WITHHOLD)
    assert health_policy.as_declared(row)["test_result"] == ("positive" if answer == WITHHOLD else "")
    assert health_policy.as_declared(row)["contact"]
    assert policy.refuses(row | {"contact": False}) == (answer == WITHHOLD)


@given(st.integers(0, 60), st.integers(0, 23))
def test_what_is_answered_when_it_is_declared_and_how_long_it_counts_agree(days_ago, hour):
    at = dt.datetime.combine(TODAY, dt.time(hour, 59), timezone.get_current_timezone())
    tested_on = TODAY - dt.timedelta(days=days_ago)
    policy = health_policy.on(TODAY)
    is_answered = policy.answer(journey(test_result="positive", tested_on=tested_on), TODAY) != ORDINARY
    assert is_answered == (policy.counts_until("positive", at, tested_on) > at)


def test_every_entry_says_on_what_law_it_rests():
    for day in (dt.date(2021, 8, 1), dt.date(2026, 6, 30), dt.date(2026, 7, 1), TODAY):
        assert health_policy.on(day).citation


def test_before_any_policy_nothing_is_withheld():
    policy = health_policy.on(dt.date(2001, 1, 1))
    assert policy.answer(journey(test_result="positive", contact=True)) == MARK
    assert policy.answer(journey()) == ORDINARY


def test_an_entry_counts_from_its_first_day_to_its_last(monkeypatch):
    monkeypatch.setattr(health_policy, "_policies", lambda: health_policy.read(ENTRY))
    positive = journey(test_result="positive")
    answers = [
        health_policy.on(dt.date(*day)).answer(positive)
        for day in ((2025, 12, 31), (2026, 1, 1), (2026, 6, 30), (2026, 7, 1))
    ]
    assert answers == [MARK, WITHHOLD, WITHHOLD, MARK]


@given(
    st.sets(st.sampled_from(sorted(SYMPTOMS))),
    st.booleans(),
    st.sampled_from(["", "negative", "positive", "waiting"]),
)
def test_one_sign_more_never_makes_the_answer_milder(symptoms, contact, result):
    order = [ORDINARY, MARK, WITHHOLD]
    said = journey(symptoms=tuple(symptoms), contact=contact, test_result=result)
    more = journey(symptoms=(*symptoms, "fever"), contact=contact, test_result=result)
    policy = health_policy.on(TODAY)
    assert order.index(policy.answer(said)) <= order.index(policy.answer(more))
    assert (policy.answer(said) == ORDINARY) == (not said.warnings)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ('positive = "withhold"', 'positive = "refuse"'),
        ('positive = "withhold"', ""),
        ('positive = "withhold"', 'positiv = "withhold"'),
        ("valid_from = 2026-01-01", 'valid_from = "2026-01-01"'),
        ("valid_from = 2026-01-01", "valid_from = 2026-01-01T00:00:00"),
        ("valid_from = 2026-01-01", ""),
        ("valid_to = 2026-06-30", "valid_to = 2025-06-30"),
        ('citation = "Quyết định 1"', 'citation = " "'),
        ('symptoms = "mark"', 'symptoms = "mark"\n[policy.symptom]\nheadache = "mark"'),
        ('symptoms = "mark"', 'symptoms = "mark"\n[policy.symptom]\nfever = ""'),
        ("valid_to = 2026-06-30", "valid_to = "),
    ],
)
def test_a_file_that_makes_no_sense_is_refused(wrong, right):
    with pytest.raises(BadHealthPolicy):
        health_policy.read(ENTRY.replace(wrong, right))


def test_two_entries_cannot_both_count_on_one_day():
    after = ENTRY.replace("2026-01-01", "2026-06-30").replace("valid_to = 2026-06-30", "")
    with pytest.raises(BadHealthPolicy, match="2026-01-01"):
        health_policy.read(ENTRY + after)
    assert len(health_policy.read(ENTRY + after.replace("2026-06-30", "2026-07-01"))) == 2
