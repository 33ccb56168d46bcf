"""One condition, run in Python and in SQL, says the same of every pair; so does the score that is made of
them.
"""

import math
from collections.abc import Mapping
from typing import Any

import duckdb
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dancu.linkage.model.conditions import WORDS, BadCondition, condition
from dancu.linkage.model.model import BadModel, Model, model_of
from dancu.linkage.model.scoring import Scorer
from dancu.linkage.model.ways import any_holds, any_sql, read_ways
from dancu.linkage.model.weights import Weights

WORDINGS = [
    "missing(t)",
    "same(t)",
    "same(t, u)",
    "distance(t, 1)",
    "distance(t, 2)",
    "similar(t, 0.9)",
    "within(n, 2)",
    "apart(n, 2)",
    "initial(t)",
    "part(t)",
    "abbreviates(t)",
    "begins(t, 1)",
    "begins(t, 3)",
    "shares(t, 0.5)",
    "shares(t, 0.3)",
    "either(f)",
    "neither(f)",
    "crossed(t, u)",
    "same(t) and within(n, 1)",
    "distance(t, 1) or part(u)",
    "missing(t, u) or either(f)",
]
TYPES = {"t": pl.String, "u": pl.String, "n": pl.Int32, "f": pl.Boolean}

words = st.none() | st.sampled_from(
    [
        "an",
        "ánh",
        "a",
        "anh",
        "an binh",
        "binh an",
        "nguyen",
        "nguyne",
        "ng",
        "đ",
        "t. ngoc",
        "t ngoc",
        "thi ngoc",
    ]
)
records = st.fixed_dictionaries(
    {"t": words, "u": words, "n": st.none() | st.integers(0, 5), "f": st.none() | st.booleans()}
)


def in_sql(expression: str, left: Mapping[str, Any], right: Mapping[str, Any]) -> Any:
    both = {f"{name}_l": value for name, value in left.items()} | {
        f"{name}_r": value for name, value in right.items()
    }
    pair = pl.DataFrame([both], schema={name: TYPES.get(name[:-2], pl.Float64) for name in both})
    with duckdb.connect() as database:
        database.register("pair", pair.to_arrow())
        return database.execute(f"SELECT {expression} FROM pair").fetchall()[0][0]


@pytest.mark.parametrize("wording", WORDINGS)
@given(left=records, right=records)
def test_a_condition_says_the_same_in_python_and_in_sql(wording, left, right):
    parsed = condition(wording)
    assert parsed.holds(left, right) == bool(in_sql(parsed.sql(), left, right))


def test_every_word_is_tried():
    assert {word for word in [*WORDS, "crossed"] if not any(word in wording for wording in WORDINGS)} == set()


@pytest.mark.parametrize(
    "wording", ["same()", "same(t", "like(t)", "distance(t)", "same(t, 1)", "not same(t)", "__import__('os')"]
)
def test_what_is_no_condition_is_refused(wording):
    with pytest.raises(BadCondition):
        condition(wording)


LEVELS = {"one": ["same", "close", "missing"], "other": ["same", "missing"]}
_ways = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            **{field: st.lists(st.sampled_from(levels), min_size=1) for field, levels in LEVELS.items()},
            "when": st.sampled_from(WORDINGS),
        },
    ),
    max_size=3,
)


@given(
    ways=_ways,
    levels=st.fixed_dictionaries({field: st.sampled_from(levels) for field, levels in LEVELS.items()}),
    left=records,
    right=records,
)
def test_what_decides_says_the_same_in_python_and_in_sql(ways, levels, left, right):
    read = read_ways(ways)
    in_python = any_holds(read, levels, left, right)
    assert in_python == in_sql(
        any_sql(read, {field: f"'{level}'" for field, level in levels.items()}), left, right
    )


def test_what_decides_may_change_without_new_weights_and_names_only_what_there_is():
    source = {
        "fields": {"t": "code"},
        "comparison": [{"field": "f", "missing": "missing(t)", "levels": {"same": "same(t)"}}],
    }
    model, stricter = (
        model_of("a", source),
        model_of("a", source | {"automatic": [{"f": ["same"], "when": "same(t)"}], "identity": ["f"]}),
    )
    assert (model.digest == stricter.digest, model.digest_of_levels == stricter.digest_of_levels) == (
        False,
        True,
    )
    for wrong in (
        {"rival": [{"f": ["near"]}]},
        {"possible": [{"g": ["same"]}]},
        {"settled": [{"when": "same(u)"}]},
        {"identity": ["g"]},
    ):
        with pytest.raises(BadModel):
            model_of("a", source | wrong)


def toy() -> tuple[Model, Weights]:
    model = model_of(
        "toy",
        {
            "fields": {"t": "code", "u": "code"},
            "comparison": [
                {
                    "field": "t",
                    "missing": "missing(t)",
                    "levels": {"same": {"when": "same(t)", "frequency": "t"}, "close": "distance(t, 1)"},
                },
                {"field": "u", "missing": "missing(u)", "levels": {"same": "same(u)"}},
            ],
        },
    )
    levels = {
        "t": {"same": (0.9, 0.01), "close": (0.08, 0.02), "different": (0.02, 0.97)},
        "u": {"same": (0.7, 0.1), "different": (0.3, 0.9)},
    }
    return model, Weights("toy", model.digest_of_levels, levels, {"t": {"an": 0.2, "anh": 0.05}}, 0.001)


@given(left=records, right=records)
def test_a_pair_scores_the_same_in_python_and_in_sql(left, right):
    model, weights = toy()
    scorer = Scorer(model, weights)
    score = scorer.score(left, right)
    often = weights.frequencies["t"]
    left_, right_ = (
        {name: side[name] for name in "tu"} | {"tf_t": often.get(side["t"])} for side in (left, right)
    )
    for comparison, evidence in zip(model.comparisons, score.waterfall[1:], strict=True):
        assert in_sql(scorer.sql(comparison), left_, right_) == pytest.approx(evidence.weight)
        assert in_sql(scorer.level_sql(comparison), left_, right_) == evidence.level
    assert score.weight == pytest.approx(sum(evidence.weight for evidence in score.waterfall))


def test_a_rare_value_weighs_more_than_a_frequent_one():
    scorer = Scorer(*toy())

    def weight(value: str) -> float:
        return scorer.score({"t": value, "u": None}, {"t": value, "u": None}).waterfall[1].weight

    assert weight("quách") > weight("anh") > weight("an") == pytest.approx(math.log2(0.9 / 0.2))


def test_a_model_that_names_what_is_not_there_is_refused():
    with pytest.raises(BadModel, match="no kind is called so"):
        model_of("wrong", {"fields": {"name": "latin_name"}})
    with pytest.raises(BadModel, match="no field has the columns"):
        model_of(
            "wrong",
            {
                "fields": {"t": "code"},
                "comparison": [{"field": "t", "missing": "missing(x)", "levels": {"same": "same(x)"}}],
            },
        )
    with pytest.raises(BadModel, match="compares nothing"):
        model_of("wrong", {"fields": {"t": "code"}})


@given(left=records, right=records)
def test_the_most_that_a_pair_may_score_is_no_less_than_what_it_scores(left, right):
    scorer = Scorer(*toy())
    sides = [
        {name: side[name] for name in "tu"} | {"tf_t": scorer.weights.frequencies["t"].get(side["t"])}
        for side in (left, right)
    ]
    for comparison in scorer.model.comparisons:
        assert in_sql(scorer.most_sql(comparison), *sides) >= in_sql(scorer.sql(comparison), *sides) - 1e-9
