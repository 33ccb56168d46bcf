import datetime as dt
from dataclasses import replace

import pytest

from dancu.rules import lookups
from dancu.rules.documents import read
from dancu.rules.tests.test_reading import HOURS, LEVEL, asking, rule
from dancu.rules.wording import asked, decided_by

pytestmark = pytest.mark.usefixtures("a_kind")
RECENT = {"and": [{"===": [LEVEL, "amber"]}, {"<=": [HOURS, 72]}]}


def answer(document, **facts):
    return read(document).decide(facts).answer


def test_what_is_not_known_is_not_zero():
    late = asking({"<=": [HOURS, 72]}, unknown="amber")
    assert answer(late, **{"test.hours": 3}) == "red"
    assert answer(late, **{"test.hours": 73}) == "green"
    assert answer(late) == "amber"


def test_and_is_false_where_any_part_is_whatever_else_is_not_known():
    document = asking(RECENT, unknown="amber")
    assert answer(document, level="green") == "green"
    assert answer(document, level="amber") == "amber"
    assert answer(document, level="amber", **{"test.hours": 1}) == "red"


def test_what_is_the_same_either_way_is_known():
    document = asking(
        {"if": [{"var": "ill"}, {"===": [LEVEL, "red"]}, {"===": [LEVEL, "red"]}]}, unknown="amber"
    )
    assert answer(document, level="red") == "red"
    assert (
        answer(
            asking({"if": [{"var": "ill"}, {"===": [LEVEL, "red"]}, True]}, unknown="amber"), level="green"
        )
        == "amber"
    )


def test_the_first_clause_that_holds_answers_and_one_that_is_passed_over_does_not():
    first = {"when": {"var": "ill"}, "then": "red", "unknown": "next", "words": rule()["title"]}
    second = {"when": {"===": [LEVEL, "amber"]}, "then": "amber", "words": rule()["title"]}
    document = rule(clauses=[first, second])
    assert answer(document, ill=True, level="amber") == "red"
    assert answer(document, level="amber") == "amber"
    assert answer(document, level="green") == "green"


def test_a_decision_tells_the_facts_by_which_it_came_about():
    facts = {"level": "amber", "test.hours": 1, "doses": 2}
    decision = read(asking(RECENT, unknown="amber")).decide(facts)
    assert decided_by(decision, facts) == [("Level", "amber"), ("Age of the test", "1 hours")]
    doubt = read(asking(RECENT, unknown="amber")).decide({"level": "amber"})
    assert doubt.is_unknown
    assert decided_by(doubt, {"level": "amber"}) == [("Age of the test", "not known")]


def test_a_condition_is_read_as_a_sentence():
    assert (
        asked(read(asking(RECENT, unknown="next")).clauses[0].when)
        == "Level is “amber” and Age of the test is at most 72 hours"
    )
    there = {"!": [{"in": ["fever", {"var": "signs"}]}]}
    assert asked(read(asking(there, unknown="next")).clauses[0].when) == "not: Signs: “Fever” among them"


def test_of_a_rules_versions_the_one_that_began_last_counts():
    first = read(rule(version=1, valid_from="2026-01-01T00:00:00+07:00"))
    second = replace(
        read(rule(version=2, valid_from="2026-06-01T00:00:00+07:00")),
        valid_to=dt.datetime.fromisoformat("2026-07-01T00:00:00+07:00"),
    )
    third = read(rule(version=3, valid_from="2026-12-01T00:00:00+07:00"))
    sooner = read(rule(version=4, valid_from="2026-11-01T00:00:00+07:00"))
    edition = lookups.edition_of([first, second, third, sooner])
    days = ("2025-12-31", "2026-01-01", "2026-06-01", "2026-06-30", "2026-07-01", "2026-11-01", "2026-12-01")
    found = [edition.in_force("test", dt.datetime.fromisoformat(f"{day}T00:00:00+07:00")) for day in days]
    assert [each and each.version for each in found] == [None, 1, 2, 2, None, 4, 3]
    assert edition.in_force("test", dt.datetime(2026, 12, 1, tzinfo=dt.UTC), "79") is None
