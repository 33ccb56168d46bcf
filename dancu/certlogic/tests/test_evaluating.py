"""What each operation of CertLogic gives, and what it refuses, when."""

from typing import Any

import pytest

from dancu.certlogic.errors import CertLogicError
from dancu.certlogic.evaluating import DEEPEST, compiled, evaluate

INSTANT = {"plusTime": ["2021-06-01", 0, "day"]}
LATER = {"plusTime": ["2021-06-01", 1, "hour"]}
DATA = {
    "text": "a",
    "empty": "",
    "none": None,
    "one": 1,
    "half": 0.5,
    "yes": True,
    "list": [1, "a", None, [2, {"deep": "x"}]],
    "object": {"1": "key", "a b": 2},
    "nothing": {},
    "no items": [],
}


def var(path: str) -> dict[str, str]:
    return {"var": path}


def exactly(one: Any, other: Any) -> bool:
    return type(one) is type(other) and one == other


def refused(expression: Any, data: Any = None) -> str:
    with pytest.raises(CertLogicError) as refusal:
        evaluate(expression, data)
    return str(refusal.value)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("a", "a"),
        ("", ""),
        (7, 7),
        (1.0, 1),
        (True, True),
        ([], []),
        ([1, ["a", False], var("one")], [1, ["a", False], 1]),
        ({"if": [True, 1, 2]}, 1),
        ({"if": [var("none"), 1, 2]}, 2),
        ({"if": [var("half"), 1, 2]}, 1),
        ({"if": [[], 1, 2, "more is not read"]}, 2),
        ({"if": [True, 1, None]}, 1),
        ({"and": [True, "a"]}, "a"),
        ({"and": [1, "", None]}, ""),
        ({"and": [var("nothing"), {"or": []}]}, {}),
        ({"and": [1, 2, 3, 4]}, 4),
        ({"!": [0]}, True),
        ({"!": [var("no items")]}, True),
        ({"!": [var("half")]}, False),
        ({"!": [[0]]}, False),
        ({"===": ["a", var("text")]}, True),
        ({"===": [1, 1.0]}, True),
        ({"===": [1, True]}, False),
        ({"===": [0, False]}, False),
        ({"===": [1, "1"]}, False),
        ({"===": [var("none"), var("missing")]}, True),
        ({"===": [var("half"), var("half")]}, True),
        ({"===": [[], []]}, False),
        ({"===": [var("list"), var("list")]}, True),
        ({"===": [INSTANT, INSTANT]}, False),
        ({"===": [2**53, 2**53 + 1]}, True),
        ({"in": ["a", ["b", "a"]]}, True),
        ({"in": ["a", []]}, False),
        ({"in": [1, ["1", True]]}, False),
        ({"in": [True, [1, var("yes")]]}, True),
        ({"in": [var("none"), var("list")]}, True),
        ({"in": [[1], [[1]]]}, False),
        ({"+": [1, -3]}, -2),
        ({"+": [2**53, 1]}, 9007199254740992.0),
        ({"<": [1, 2]}, True),
        ({"<": [1, 2, 2]}, False),
        ({"<=": [1, 2, 2]}, True),
        ({">": [3, 2, 1]}, True),
        ({">=": [3, 3]}, True),
        ({"<": [2**53, 2**53 + 1]}, False),
        ({"before": [INSTANT, LATER]}, True),
        ({"after": [LATER, INSTANT]}, True),
        ({"after": [INSTANT, INSTANT]}, False),
        ({"not-after": [INSTANT, INSTANT, LATER]}, True),
        ({"not-before": [INSTANT, LATER]}, False),
        ({"reduce": [[1, 2, 3], {"+": [var("accumulator"), var("current")]}, 10]}, 16),
        ({"reduce": [var("none"), {"or": []}, "initial"]}, "initial"),
        ({"reduce": [[], None, 0]}, 0),
        ({"reduce": [[1], var("text"), 0]}, None),
        ({"extractFromUVCI": ["URN:UVCI:01:NL:187/37512422923", 3]}, "37512422923"),
        ({"extractFromUVCI": ["01:NL", 0]}, "01"),
        ({"extractFromUVCI": ["a::c/#/f", 4]}, ""),
        ({"extractFromUVCI": ["a::c/#/f", 6]}, None),
        ({"extractFromUVCI": ["a", -1]}, None),
        ({"extractFromUVCI": [var("none"), 0]}, None),
        ({"extractFromUVCI": ["urn:uvci:x", 0]}, "urn"),
    ],
)  # fmt: skip
def test_an_operation_gives(expression: Any, value: Any):
    assert exactly(evaluate(expression, DATA), value)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("one", 1),
        ("list.1", "a"),
        ("list.3.1.deep", "x"),
        ("list.9", None),
        ("list.-1", None),
        ("list.-0", 1),
        ("list.01", "a"),
        ("list. 1st", "a"),
        ("list.\u00a01", "a"),
        ("list.length", None),
        ("list.a", None),
        ("object.1", "key"),
        ("object.01", "key"),
        ("object.1x", "key"),
        ("object.a b", 2),
        ("object.constructor", None),
        ("object.2", None),
        ("text.0", None),
        ("text.length", None),
        ("one.x", None),
        ("none.x.y", None),
        ("missing.0.x", None),
        (".", None),
        ("list.99999999999999999999999", None),
    ],
)
def test_a_path_leads_to(path: str, value: Any):
    assert exactly(evaluate(var(path), DATA), value)


def test_the_empty_path_is_all_data_and_a_number_is_the_key_that_javascript_writes():
    assert evaluate(var(""), DATA) is DATA
    assert evaluate(var("100000000000000000000000"), {"1e+23": "found"}) == "found"
    assert evaluate(var("9007199254740993"), {"9007199254740992": "found"}) == "found"
    assert evaluate(var("9" * 400), {"Infinity": "found"}) == "found"


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        (None, "null"),
        (1.5, "integer"),
        (float("inf"), "integer"),
        ({}, "0 keys"),
        ({"+": [1, 2], "<": [1, 2]}, "2 keys"),
        ({"or": [True, False]}, "“or”"),
        ({"+": 1}, "“+”"),
        ({"+": []}, "“+”"),
        ({"var": 0}, "var"),
        ({"var": ["a"]}, "var"),
        ({"if": [True, 1]}, "if"),
        ({"if": [True, None, 2]}, "null"),
        ({"if": [INSTANT, 1, 2]}, "condition of if"),
        ({"and": [True]}, "and takes"),
        ({"and": [True, INSTANT]}, "operand of and"),
        ({"!": [INSTANT]}, "operand of !"),
        ({"===": [1]}, "==="),
        ({"===": [1, 1, 1]}, "==="),
        ({"in": ["a", "abc"]}, "right side of in"),
        ({"in": ["a", var("missing")]}, "right side of in"),
        ({"in": [1, ["a"], 2]}, "in takes"),
        ({"+": [1, var("half")]}, "operand of +"),
        ({"+": [1, True]}, "operand of +"),
        ({"+": [1, 2, 3]}, "+ takes"),
        ({"<": [1]}, "< takes"),
        ({">=": [1, 2, 3, 4]}, ">= takes"),
        ({"<": [1, "2"]}, "operand of <"),
        ({"<": [2, 1, "3"]}, "operand of <"),
        ({"<": [True, 2]}, "operand of <"),
        ({"before": ["2021-01-01", INSTANT]}, "operand of before"),
        ({"after": [1, 2]}, "operand of after"),
        ({"plusTime": ["2021-01-01"]}, "amount of plusTime"),
        ({"plusTime": ["2021-01-01", var("one"), "day"]}, "amount of plusTime"),
        ({"plusTime": ["2021-01-01", 1]}, "unit of plusTime"),
        ({"plusTime": ["2021-01-01", 1, "days"]}, "unit of plusTime"),
        ({"plusTime": ["2021-01-01", True, "day"]}, "amount of plusTime"),
        ({"plusTime": [INSTANT, 1, "day"]}, "date of plusTime"),
        ({"plusTime": [{"or": []}, 0.5, "day"]}, "amount of plusTime"),
        ({"dccDateOfBirth": [var("none")]}, "operand of dccDateOfBirth"),
        ({"reduce": ["abc", 1, 0]}, "operand of reduce"),
        ({"reduce": [[1], 1]}, "initial"),
        ({"reduce": [[1], None, 0]}, "null"),
        ({"extractFromUVCI": [1, 0]}, "operand of extractFromUVCI"),
        ({"extractFromUVCI": ["a", "0"]}, "index of extractFromUVCI"),
        ({"extractFromUVCI": ["a"]}, "index of extractFromUVCI"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_by_name(expression: Any, said: str):
    assert said in refused(expression, DATA)


def test_what_is_not_reached_is_not_refused():
    assert evaluate({"if": [False, {"or": []}, {"and": [0, None]}]}, None) == 0


def test_an_expression_is_made_once_and_asked_often():
    rule = compiled({"reduce": [var(""), [var("accumulator")], []]})
    assert [rule([1]), rule(None), rule([1, 2])] == [[[]], [], [[[]]]]


def test_a_reduce_sees_its_item_and_what_came_before_alone():
    lambda_ = [var("accumulator"), var("current"), var("data"), var("x")]
    assert evaluate({"reduce": [["a"], lambda_, var("x")]}, {"x": 1}) == [1, "a", None, None]


@pytest.mark.parametrize("name", ["!", "and", "if", "reduce", "[]"])
def test_expressions_may_be_nested_but_not_without_end(name: str):
    def nested(depth: int) -> Any:
        around = {"!": lambda it: {"!": [it]}, "and": lambda it: {"and": [1, it]}, "[]": lambda it: [it],
                  "if": lambda it: {"if": [1, it, 2]}, "reduce": lambda it: {"reduce": [[1], it, 0]}}  # fmt: skip
        expression: Any = 1
        for _ in range(depth):
            expression = around[name](expression)
        return expression

    evaluate(nested(DEEPEST - 1), None)
    assert "nested" in refused(nested(DEEPEST + 1))
    assert "nested" in refused(nested(5000))
    assert evaluate({"if": [1, 2, nested(5000)]}, None) == 2


def test_a_rule_of_many_items_ends_and_one_of_too_many_is_refused():
    adding = {"reduce": [var(""), {"+": [var("accumulator"), var("current")]}, 0]}
    assert evaluate(adding, [1] * 300_000) == 300_000
    of_all = {"reduce": [var(""), {"reduce": [var("current"), {"+": [1, 1]}, 0]}, 0]}
    assert "steps" in refused(of_all, [[0] * 2000] * 2000)
    looking = {"reduce": [var("0"), {"in": ["a", var("current")]}, 0]}
    assert "steps" in refused(looking, [[[0] * 4000] * 4000])


def test_long_texts_that_are_to_be_dates_take_their_steps():
    fold = {"reduce": [{"var": "items"}, {"plusTime": [{"var": "current"}, 0, "day"]}, 0]}
    with pytest.raises(CertLogicError, match="steps"):
        evaluate(fold, {"items": ["2021-01-01T00:00:00." + "0" * 100_000] * 2_000})
