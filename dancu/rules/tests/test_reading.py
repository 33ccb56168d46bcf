"""What a document says wrongly is refused with its place, before anybody signs it."""

import json

import pytest

from dancu.rules.documents import digest, parse, read
from dancu.rules.errors import BadRule
from dancu.rules.tests.a_kind import Chance

pytestmark = pytest.mark.usefixtures("a_kind")
WORDS = {"vi": "Vì thế", "en": "So"}
LEVEL, HOURS = {"var": "level"}, {"var": "test.hours"}


def rule(**said):
    return {
        "id": "a-test",
        "version": 1,
        "kind": "test",
        "valid_from": "2026-12-01T00:00:00+07:00",
        "citation": "7/QĐ",
        "title": WORDS,
        "clauses": [],
        "otherwise": {"then": "green", "words": WORDS},
        **said,
    }


def asking(when, **said):
    return rule(clauses=[{"when": when, "then": "red", "words": WORDS, **said}])


@pytest.mark.parametrize(
    ("when", "place", "words"),
    [
        ({"===": [{"var": "levl"}, "red"]}, ".when.===[0]", "“levl”"),
        ({"===": [LEVEL, "purple"]}, ".when.===", "red, amber, green"),
        ({"===": ["purple", LEVEL]}, ".when.===", "red, amber, green"),
        ({"===": [LEVEL, 1]}, ".when.===", "never equal"),
        ({"===": ["a", "b"]}, ".when.===", "always the same"),
        ({"===": [LEVEL]}, ".when.===", "2 things, not of 1"),
        ({"===": [{"var": "signs"}, "fever"]}, ".when.===[0]", "“in”"),
        ({"<": [LEVEL, 3]}, ".when.<[0]", "whole numbers"),
        ({"<": [{"var": "doses"}, 1.5]}, ".when.<[1]", "one operation"),
        ({"<": [{"var": "doses"}, 1_000_000_001]}, ".when.<[1]", "1000000000"),
        ({"<": [1, {"var": "doses"}, 3, 4]}, ".when.<", "2–3 things, not of 4"),
        ({"in": [LEVEL, ["red", "purple"]]}, ".when.in[1][1]", "“purple”"),
        ({"in": [LEVEL, []]}, ".when.in[1]", "empty list"),
        ({"in": [LEVEL, "red"]}, ".when.in[1]", "a list"),
        ({"in": [LEVEL, ["red", None]]}, ".when.in[1]", "texts and whole numbers"),
        ({"in": ["itching", {"var": "signs"}]}, ".when.in[0]", "fever, cough, none"),
        ({"in": [HOURS, {"var": "signs"}]}, ".when.in[0]", "is a text"),
        ({"after": [{"var": "now"}, {"plusTime": [{"var": "now"}, 0, "day"]}]}, ".when.after[0]", "plusTime"),
        (
            {"after": [{"plusTime": [{"var": "now"}, 0, "day"]}, {"plusTime": ["2021-02-30", 0, "day"]}]},
            ".when.after[1].plusTime[0]",
            "2021-02-30",
        ),
        ({"plusTime": [{"var": "now"}, 0, "day"]}, ".when", "neither true nor false"),
        ({"after": [{"plusTime": [{"var": "now"}, 0, "week"]}] * 2}, ".when.after[0].plusTime[2]", "week"),
        ({"after": [{"plusTime": [{"var": "now"}, 1, "month"]}] * 2}, ".when", "days and hours"),
        ({"after": [{"plusTime": [{"var": "now"}, 1e9, "day"]}] * 2}, ".when.after[0].plusTime[1]", "10000"),
        ({"and": [{"var": "ill"}]}, ".when.and", "two conditions or more"),
        ({"!": [{"var": "ill"}, {"var": "ill"}]}, ".when.!", "one condition"),
        ({"if": [{"var": "ill"}, True]}, ".when.if", "three parts"),
        (
            {
                "if": [
                    {"var": "ill"},
                    True,
                    {
                        "if": [
                            {"var": "ill"},
                            True,
                            {
                                "if": [
                                    {"var": "ill"},
                                    True,
                                    {"if": [{"var": "ill"}, True, {"if": [{"var": "ill"}, True, False]}]},
                                ]
                            },
                        ]
                    },
                ]
            },
            ".when.if",
            "clauses",
        ),
        ({"after": [{"plusTime": ["0001-01-01", 0, "day"]}] * 2}, ".when.after[0].plusTime[0]", "0001-01-01"),
        ({"or": [LEVEL, LEVEL]}, ".when", "“or”"),
        ({"var": "ill", "!": []}, ".when", "one operation"),
        ({"!": {"var": "ill"}}, ".when", "stands in […]"),
        ({"+": [HOURS, "1"]}, ".when.+[1]", "adds whole numbers"),
        (True, ".when", "always the same"),
        ("red", ".when", "always the same"),
        (None, ".when", "one operation"),
        ([], ".when", "always the same"),
        ({"reduce": [{"var": "signs"}, 1, 0]}, ".when", "“reduce”"),
    ],
)
def test_a_condition_that_makes_no_sense_is_refused_with_its_place(when, place, words):
    with pytest.raises(BadRule) as refused:
        read(asking(when, unknown="amber"))
    assert refused.value.args[0] == f"clauses[0]{place}"
    assert words in str(refused.value)


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ({"id": "Quy tắc"}, "id"),
        ({"id": ["a"]}, "id"),
        ({"version": 0}, "version"),
        ({"version": True}, "version"),
        ({"version": "1"}, "version"),
        ({"kind": "passages"}, "kind"),
        ({"kind": []}, "kind"),
        ({"valid_from": "2026-12-01"}, "valid_from"),
        ({"valid_from": "2026-12-01T00:00:00"}, "valid_from"),
        ({"valid_from": None}, "valid_from"),
        ({"valid_from": 1}, "valid_from"),
        ({"valid_to": "2026-11-30T17:00:00+00:00"}, "valid_to"),
        ({"citation": " "}, "citation"),
        ({"citation": "x" * 501}, "citation"),
        ({"title": {"vi": "Một thứ tiếng"}}, "title"),
        ({"title": "Một thứ tiếng"}, "title"),
        ({"title": {**WORDS, "fr": "Ainsi"}}, "title"),
        ({"title": {"vi": "Vì thế", "en": "a\x00b"}}, "title.en"),
        ({"area": []}, "area"),
        ({"area": {}}, "area"),
        ({"clauses": {}}, "clauses"),
        ({"clauses": ["red"]}, "clauses[0]"),
        ({"clauses": [{"when": {"var": "ill"}, "words": WORDS}]}, "clauses[0]"),
        ({"otherwise": {"then": "blue", "words": WORDS}}, "otherwise.then"),
        ({"otherwise": {"then": 1, "words": WORDS}}, "otherwise.then"),
        ({"otherwise": "green"}, "otherwise"),
        ({"note": "…"}, "document"),
    ],
)
def test_a_document_that_makes_no_sense_is_refused_with_its_place(said, place):
    with pytest.raises(BadRule) as refused:
        read(rule(**said))
    assert refused.value.args[0] == place


def test_a_clause_that_reads_what_may_be_missing_says_what_is_answered_then():
    with pytest.raises(BadRule, match=r"test\.hours"):
        read(asking({"<=": [HOURS, 72]}))
    assert read(asking({"<=": [HOURS, 72]}, unknown="next"))
    assert read(asking({"===": [LEVEL, "red"]}))


def test_conditions_do_not_stand_in_one_another_without_end():
    deep = {"var": "ill"}
    for _ in range(31):
        deep = {"!": [deep]}
    with pytest.raises(BadRule, match="30 deep"):
        read(asking(deep, unknown="next"))
    with pytest.raises(BadRule):
        parse('{"clauses": ' + "[" * 100_000)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        '{"id": "a", "id": "b"}',
        '{"version": NaN}',
        "{'id': 1}",
        '{"a": ' + " " * 200_001 + "1}",
    ],
)
def test_what_is_no_json_object_is_refused(text):
    with pytest.raises(BadRule):
        parse(text)


def test_what_is_signed_is_the_document_however_it_was_written():
    document = Chance(1).rule()
    backwards = json.loads(json.dumps(document), object_pairs_hook=lambda pairs: dict(reversed(pairs)))
    assert digest(backwards) == digest(document)
    assert digest({**document, "version": 2}) != digest(document)
