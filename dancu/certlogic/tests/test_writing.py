"""What an evaluation gave is written as JavaScript writes it, and is never longer than can be read."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dancu.certlogic.errors import CertLogicError
from dancu.certlogic.evaluating import evaluate
from dancu.certlogic.instants import Instant
from dancu.certlogic.values import double, in_digits, integer, same
from dancu.certlogic.writing import DEEPEST, as_json

NUMBERS = st.integers(-(2**70), 2**70) | st.floats(allow_nan=False)
SCALARS = (
    st.none() | st.booleans() | st.text() | st.integers(-(2**53), 2**53) | st.floats(-(2.0**53), 2.0**53)
)
JSON = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Instant(0), '"1970-01-01T00:00:00.000Z"'),
        ([Instant(-1), {"a": Instant(1)}], '["1969-12-31T23:59:59.999Z", {"a": "1970-01-01T00:00:00.001Z"}]'),
        (1.0, "1"),
        (-0.0, "0"),
        (True, "true"),
        (0.5, "0.5"),
        (2.0**64, "18446744073709552000"),
        (2**64, "18446744073709552000"),
        (-(2**53) - 2, "-9007199254740994"),
        (1e21, "1e+21"),
        (10**400, "null"),
        (float("-inf"), "null"),
    ],
)
def test_a_value_is_written(value: Any, written: str):
    assert json.dumps(as_json(value)) == written


@settings(max_examples=40)
@given(JSON)
def test_data_is_written_as_it_came(value: Any):
    assert as_json(value) == value


@given(NUMBERS)
def test_digits_are_those_of_the_double(number: float):
    if (whole := integer(number)) is not None:
        assert float(in_digits(whole)) == (double(number) if isinstance(number, int) else number)


@given(NUMBERS, NUMBERS)
def test_integers_are_added_and_compared_as_doubles(one: float, other: float):
    if integer(one) is None or integer(other) is None:
        return
    data = [one, other]
    first, second = (double(each) if isinstance(each, int) else each for each in data)
    assert evaluate({"+": [{"var": "0"}, {"var": "1"}]}, data) == first + second
    assert evaluate({"<": [{"var": "0"}, {"var": "1"}]}, data) is (first < second)
    assert same(one, other) is (first == second)


def test_an_accumulator_that_doubles_is_refused_when_it_is_written():
    doubling = {"reduce": [{"var": ""}, [{"var": "accumulator"}, {"var": "accumulator"}], "a"]}
    assert as_json(evaluate(doubling, [0] * 3)) == [[["a", "a"], ["a", "a"]], [["a", "a"], ["a", "a"]]]
    with pytest.raises(CertLogicError, match="longer than"):
        as_json(evaluate(doubling, [0] * 60))


def test_an_accumulator_that_nests_is_refused_when_it_is_written():
    nesting = {"reduce": [{"var": ""}, [{"var": "accumulator"}], 0]}
    json.dumps(as_json(evaluate(nesting, [0] * (DEEPEST - 1))))
    with pytest.raises(CertLogicError, match="nested"):
        as_json(evaluate(nesting, [0] * 100_000))
