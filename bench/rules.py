"""Rules as documents, beside the same decisions written as code and as SQL by hand, the work of one
`dancu rules evaluate` line, and a draft tried on a million crossings.
"""

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection
from django.utils import timezone

from bench import replaying
from bench.figures import Figure
from dancu.certlogic.evaluating import compiled
from dancu.isolation.asking import graded
from dancu.rules import lookups, plain
from dancu.rules.commands import _answer as answer_line
from dancu.rules.rule import Rule

_TRAVELLER = {
    "code": "valid",
    "identity": "confirmed",
    "person": "alive",
    "declared.symptoms": False,
    "declared.contact": False,
    "declared.positive": False,
    "remembered": "green",
    "replaced": False,
}
_ROWS = 300_000
_ARRIVALS = """
CREATE TEMPORARY TABLE a AS
SELECT (ARRAY['declared', 'met', 'withdrawn', 'turned_back', 'held', 'on_the_way'])[n %% 6 + 1] AS state,
       (ARRAY['confirmed', 'differences', 'disagrees', 'not_found', 'passport'])[n %% 5 + 1] AS outcome,
       CASE WHEN n %% 7 = 0 THEN ARRAY['contact'] ELSE ARRAY[]::text[] END AS warnings,
       CASE WHEN n %% 11 = 0 THEN now() END AS found_at,
       CASE WHEN n %% 13 = 0 THEN now() END AS found_elsewhere_at,
       CASE WHEN n %% 3 = 0 THEN now() - interval '1 day' END AS met_at,
       CASE WHEN n %% 17 = 0 THEN now() END AS warned_at,
       CASE WHEN n %% 17 = 0 THEN now() + interval '1 day' END AS warned_until,
       CASE WHEN n %% 7 = 0 THEN now() + interval '1 day' END AS ill_until,
       current_date + n %% 9 - 4 AS arrives_on
FROM generate_series(1, %(rows)s) AS n
"""
_BY_HAND = """
CASE WHEN a.state = 'met' THEN CASE WHEN greatest(a.found_at, a.found_elsewhere_at) > a.met_at THEN 4
                                    WHEN a.warned_at > a.met_at AND a.warned_until > %(now)s THEN 4 ELSE 0 END
     WHEN a.found_elsewhere_at IS NOT NULL OR a.warned_until > %(now)s THEN 4
     WHEN cardinality(a.warnings) > 0
          AND (a.state <> 'withdrawn' OR a.found_at IS NOT NULL OR a.ill_until > %(now)s) THEN 4
     WHEN a.state = 'withdrawn' THEN 0
     WHEN a.state = 'turned_back' THEN 2
     WHEN a.outcome IN ('disagrees', 'not_found', 'unreadable') OR a.state = 'held' THEN 3
     WHEN a.outcome IN ('differences', 'passport') OR a.arrives_on < %(today)s THEN 2
     ELSE 1 END
"""


def measure(seconds: int) -> Iterator[Figure]:
    by_hand = _per_second(lambda: _colour_by_hand(_TRAVELLER), seconds)
    by_rule = _per_second(lambda: lookups.answer("passage", _TRAVELLER), seconds)
    yield Figure("rules.passage", by_rule, "a second", by_hand, int(by_rule * seconds / 4))
    rule = lookups.in_force("passage")
    assert rule
    expression, data = _certlogic(rule), plain.data(_TRAVELLER)
    plainly = compiled(expression)
    assert plainly(data) == "green"
    yield Figure("rules.passage_plain", _per_second(lambda: plainly(data), seconds), "a second", by_hand, 1)
    line = json.dumps({"rule": expression, "data": data}).encode()
    parse = _per_second(lambda: json.loads(line), seconds)
    yield Figure("rules.evaluate_line", _per_second(lambda: answer_line(line), seconds), "a second", parse, 1)
    yield from _in_the_database()
    yield from replaying.measure()


def _certlogic(rule: Rule) -> Any:
    """The rule as one expression, for one of whom all is known."""
    answer: Any = rule.otherwise
    for clause in reversed(rule.clauses):
        answer = {"if": [plain.holds(clause.when), clause.then, answer]}
    return answer


def _in_the_database() -> Iterator[Figure]:
    values = {"now": timezone.now(), "today": timezone.localdate()}
    with connection.cursor() as cursor:
        cursor.execute(_ARRIVALS, {"rows": _ROWS})
        cursor.execute("ANALYZE a")
        took: dict[str, list[float]] = {}
        sums: dict[str, object] = {}
        for _round in range(5):
            for name, grade in (("hand", _BY_HAND), ("rule", graded()["attention"])):
                began = time.perf_counter()
                cursor.execute(f"SELECT sum({grade}), count(*) FILTER (WHERE {grade} = 4) FROM a", values)
                sums[name] = cursor.fetchone()
                took.setdefault(name, []).append(time.perf_counter() - began)
        assert sums["hand"] == sums["rule"], "the rule grades otherwise than by hand"
        cursor.execute("DROP TABLE a")
    yield Figure("rules.attention_in_sql", min(took["rule"]) * 1e3, "ms", min(took["hand"]) * 1e3, 5)


def _colour_by_hand(facts: dict[str, object]) -> str:
    if facts["code"] != "valid" or facts["identity"] == "disagrees" or facts["remembered"] == "red":
        return "red"
    if facts["declared.positive"] or facts["person"] in ("dead", "missing"):
        return "red"
    if facts["identity"] != "confirmed" or facts["declared.contact"] or facts["declared.symptoms"]:
        return "amber"
    if facts["remembered"] == "amber" or facts["replaced"]:
        return "amber"
    return "green"


def _per_second(function: Callable[[], object], seconds: int) -> float:
    until, done = time.perf_counter() + seconds / 4, 0
    while time.perf_counter() < until:
        for _ in range(1000):
            function()
        done += 1000
    return done / (seconds / 4)
