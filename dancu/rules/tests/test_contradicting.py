"""What speaks against itself is refused with the line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dancu.rules import contradicting
from dancu.rules.documents import read
from dancu.rules.errors import BadRule
from dancu.rules.tests.a_kind import Chance
from dancu.testing.rules import WORDS

pytestmark = pytest.mark.usefixtures("a_kind")
RED = {"===": [{"var": "level"}, "red"]}
MANY = {">": [{"var": "doses"}, 2]}
ILL = {"var": "ill"}


def rule(*clauses):
    document = Chance(0).rule() | {
        "clauses": [{"words": WORDS, "unknown": "next", **each} for each in clauses]
    }
    return read(document)


@pytest.mark.parametrize(
    ("clauses", "told"),
    [
        ([(RED, "red"), (RED, "green")], "it asks the same as line 1, and answers otherwise"),
        ([(RED, "red"), (ILL, "red"), (RED, "red")], "it is never reached: line 1"),
        ([(ILL, "red"), (RED, "red"), ({"and": [MANY, RED]}, "green")], "it is never reached: line 2"),
        ([({"and": [MANY, RED]}, "red"), ({"and": [RED, MANY]}, "amber")], "answers otherwise"),
    ],
)
def test_lines_that_contradict_one_another_are_refused(clauses, told):
    with pytest.raises(BadRule, match=told) as refused:
        contradicting.check(rule(*({"when": when, "then": then} for when, then in clauses)))
    assert refused.value.args[0] == f"clauses[{len(clauses) - 1}].when"


@pytest.mark.parametrize(
    "clauses",
    [
        [({"and": [RED, MANY]}, "red"), (RED, "green")],
        [(RED, "red"), (MANY, "green"), ({"!": [RED]}, "amber")],
    ],
)
def test_what_is_narrower_comes_first(clauses):
    contradicting.check(rule(*({"when": when, "then": then} for when, then in clauses)))


def test_a_line_that_says_what_is_answered_where_nobody_knows_is_reached():
    clauses = [{"when": ILL, "then": "red"}, {"when": ILL, "then": "red", "unknown": "amber"}]
    contradicting.check(rule(*clauses))
    assert rule(*clauses).decide({"ill": None}).answer == "amber"


@given(st.integers(0, 2**32))
def test_a_line_that_is_refused_never_decides_otherwise_than_is_told(seed):
    """Without it, every traveller is answered the same, but where it is another answer that is refused."""
    found = read(Chance(seed).rule())
    try:
        contradicting.check(found)
    except BadRule as refused:
        number = int(refused.args[0].removeprefix("clauses[").split("]")[0])
        if "never reached" not in refused.args[1]:
            return
        for each in range(50):
            clause = found.decide(Chance(seed + each).facts()).clause
            assert clause is not found.clauses[number]
