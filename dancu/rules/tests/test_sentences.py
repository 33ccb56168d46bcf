"""A condition as sentences of one fact each."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dancu.rules.evaluating import truth
from dancu.rules.reading import condition as read
from dancu.rules.sentences import (
    COMPARISONS,
    SEVERAL,
    WITHOUT_VALUE,
    Sentence,
    condition,
    sentence,
    sentences,
)
from dancu.rules.tests.a_kind import A_KIND, NUMBERS, Chance

FACTS = A_KIND.facts


def meaning(when, chance: Chance, rounds: int = 30) -> list[bool | None]:
    holds = truth(read(when, FACTS, "when"))
    return [holds(chance.facts()) for _ in range(rounds)]


@given(st.integers(0, 2**32))
def test_what_is_shown_as_sentences_means_the_same_when_it_is_written_down_again(seed):
    when = Chance(seed).condition(3)
    again = condition(sentences(when, FACTS), FACTS)
    assert meaning(again, Chance(seed + 1)) == meaning(when, Chance(seed + 1))


@st.composite
def a_sentence(draw) -> Sentence:
    """Any that a form may hold, half filled in too."""
    name = draw(st.sampled_from(["", *FACTS]))
    if not name:
        return Sentence("")
    fact = FACTS[name]
    comparison = draw(st.sampled_from(list(COMPARISONS[fact.type])))
    if comparison in WITHOUT_VALUE:
        return Sentence(name, comparison)
    typed = st.sampled_from(list(fact.values)) if fact.values else st.text(st.characters(categories=["L"]))
    typed = st.sampled_from([*map(str, NUMBERS), "", "x"]) if fact.type in ("number", "moment") else typed
    values = draw(st.lists(typed, min_size=0, max_size=3)) if comparison in SEVERAL else [draw(typed)]
    if fact.type != "moment":
        return Sentence(name, comparison, tuple(values))
    beside = draw(st.sampled_from(["now", "tested", "2021-08-30", ""]))
    return Sentence(name, comparison, tuple(values), draw(st.sampled_from(["day", "hour"])), beside)


@given(st.lists(a_sentence(), max_size=5))
def test_what_stands_in_a_form_is_read_again_as_it_was(parts):
    shown = sentences(condition(parts, FACTS), FACTS)
    assert shown == parts


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ({"===": ["red", {"var": "level"}]}, Sentence("level", "is", ("red",))),
        ({"<": [14, {"var": "doses"}]}, Sentence("doses", "more", ("14",))),
        ({"!": [{"<": [{"var": "doses"}, 2]}]}, Sentence("doses", "at_least", ("2",))),
        ({"===": [{"var": "ill"}, False]}, Sentence("ill", "no")),
        ({"var": "doses"}, Sentence("doses", "is_not", ("0",))),
        ({"!": [{"var": "signs"}]}, Sentence("signs", "none")),
        ({"in": ["fever", {"var": "signs"}]}, Sentence("signs", "has", ("fever",))),
        (
            {"after": [{"plusTime": [{"var": "tested"}, 0, "day"]}, {"plusTime": [{"var": "now"}, -3, "day"]}]},
            Sentence("tested", "after", ("-3",), "day", "now"),
        ),
    ],
)  # fmt: skip
def test_what_one_may_write_otherwise_is_one_sentence(when, said):
    assert sentence(when, FACTS) == said


@pytest.mark.parametrize(
    "when",
    [
        {"if": [{"var": "ill"}, True, {"var": "signs"}]},
        {"<": [0, {"var": "doses"}, 3]},
        {"!": [{"and": [{"var": "ill"}, {"var": "signs"}]}]},
        {"===": [{"var": "doses"}, {"var": "test.hours"}]},
        {"===": [{"var": "fever"}, "yes"]},
        {"in": [{"var": "level"}, {"var": "signs"}]},
        {"===": [{"var": "level"}, 5]},
        "no condition at all",
    ],
    ids=str,
)
def test_what_is_more_than_a_sentence_stays_as_it_is_written(when):
    assert sentences(when, FACTS) == [when]
    assert condition([when], FACTS) == when


def test_conditions_in_one_another_by_and_are_one_after_the_other():
    level = {"===": [{"var": "level"}, "red"]}
    when = {"and": [{"and": [{"var": "ill"}, level]}, {"if": [{"var": "ill"}, True, level]}]}
    shown = sentences(when, FACTS)
    assert shown[:2] == [Sentence("ill", "yes"), Sentence("level", "is", ("red",))]
    assert shown[2] == when["and"][1]
