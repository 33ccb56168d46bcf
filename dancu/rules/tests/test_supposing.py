"""What rules would have answered where not all facts are known any more."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dancu.rules.documents import read
from dancu.rules.past import Alike
from dancu.rules.supposing import suppose
from dancu.rules.tests.a_kind import A_KIND, MOMENTS, NUMBERS, SIGNS, Chance
from dancu.testing.rules import WORDS

pytestmark = pytest.mark.usefixtures("a_kind")
ALL = {
    "level": ["red", "amber", "green"],
    "person.name": ["", "Ánh", "O'Brien 100%"],
    "test.hours": list(NUMBERS),
    "doses": list(NUMBERS),
    "ill": [True, False],
    "signs": [[], *([each] for each in SIGNS)],
    "now": list(MOMENTS),
}


def rule(*clauses, otherwise="green", **said):
    return read(
        {
            "id": "a-test",
            "version": 1,
            "kind": "test",
            "valid_from": "2020-01-01T00:00:00+07:00",
            "citation": "7/QĐ",
            "title": WORDS,
            "clauses": [{"words": WORDS, **clause} for clause in clauses],
            "otherwise": {"then": otherwise, "words": WORDS},
            **said,
        }
    )


ILL = {"when": {"var": "ill"}, "then": "red", "unknown": "next"}
FAR = {"when": {"===": [{"var": "level"}, "red"]}, "then": "amber"}


@given(st.integers(0, 2**32))
def test_what_is_told_of_the_past_is_never_wrong(seed):
    """Whatever facts are lost or unsure: where an answer is told, it is that of the facts as they were."""
    chance, luck = Chance(seed), random.Random(seed)
    now, draft, then = (read(chance.rule() | {"version": version}) for version in (1, 2, 3))
    facts = chance.facts()
    hidden = {name for name in ALL if luck.random() < 0.4}
    unsure = {name: [*ALL[name], facts[name]] for name in hidden if luck.random() < 0.7}
    known = {name: value for name, value in facts.items() if name not in hidden}
    ruled_by = luck.choice([then, None])
    alike = Alike(known, unsure, then.decide(facts).brief if ruled_by else "")
    said = suppose(alike, now, draft, ruled_by)
    assert not said.is_unexplained
    if said.is_known:
        assert said.before == now.decide(facts).answer
        decision = draft.decide(facts)
        assert said.after == decision.answer
        assert said.line in (None, int(decision.brief.split()[2]))


def test_where_all_is_known_all_is_told():
    facts = Chance(1).facts() | {"ill": True}
    said = suppose(Alike(facts), rule(), rule(ILL), None)
    assert (said.before, said.after, said.line) == ("green", "red", 1)


def test_what_hangs_on_what_nobody_kept_is_not_known():
    facts = Chance(1).facts()
    facts.pop("ill")
    said = suppose(Alike(facts), rule(), rule(ILL), None)
    assert not said.is_known
    assert said.for_want_of == ("ill",)


def test_by_which_clause_it_was_decided_tells_what_was_not_kept():
    facts = Chance(1).facts()
    facts.pop("ill")
    for brief, after in (("a-test 1 1 red", "red"), ("a-test 1 0 green", None)):
        said = suppose(Alike(facts, ruled_by=brief), rule(ILL), rule(ILL), rule(ILL))
        assert said.after == after or not brief.endswith("red")
    well = {"when": {"!": [{"var": "ill"}]}, "then": "green", "unknown": "next"}
    told = suppose(
        Alike(facts, {"ill": [True, False]}, "a-test 1 1 red"),
        rule(ILL),
        rule(well, otherwise="amber"),
        rule(ILL),
    )
    assert (told.before, told.after) == ("red", "amber")


def test_what_no_facts_explain_is_said_to_be_unexplained():
    facts = Chance(1).facts() | {"ill": False}
    said = suppose(Alike(facts, ruled_by="a-test 1 1 red"), rule(ILL), rule(FAR), rule(ILL))
    assert said.is_unexplained


def test_a_fact_that_no_rule_reads_need_not_be_known():
    facts = Chance(1).facts() | {"level": "red"}
    for name in ("ill", "doses", "test.hours", "now"):
        facts.pop(name)
    said = suppose(Alike(facts), rule(), rule(FAR), None)
    assert (said.before, said.after) == ("green", "amber")


def test_where_there_was_no_rule_the_kind_says_what_is_answered():
    said = suppose(Alike(Chance(1).facts() | {"level": "red"}), None, rule(FAR), None)
    assert (said.before, said.after) == (A_KIND.without, "amber")
