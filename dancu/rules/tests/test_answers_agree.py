"""Of thousands of rules and facts by chance one answer comes from the conditions as they are read, from the rule
as plain CertLogic, here and by the reference implementation that telephones run, and from the database.
"""

import json
import subprocess
from pathlib import Path

import pytest
from django.db import connection

from dancu.certlogic.evaluating import evaluate
from dancu.rules import plain, statements
from dancu.rules.documents import read
from dancu.rules.tests.a_kind import COLUMNS, Chance
from dancu.web.node import environment, node

ROOT = Path(__file__).parents[3]
RULES, TRAVELLERS = 600, 12
_ON_A_TELEPHONE = """
const { evaluate } = require("certlogic-js")
process.stdout.write(require("fs").readFileSync(0, "utf8").split("\\n").map(line => {
  const { rule, data } = JSON.parse(line)
  return JSON.stringify(data.map(each => evaluate(rule, each)))
}).join("\\n"))
"""


@pytest.fixture
def cases(a_kind):
    chance = Chance(2021)
    return [(read(chance.rule()), [chance.facts() for _ in range(TRAVELLERS)]) for _ in range(RULES)]


def answered(cases):
    return [[rule.decide(facts).answer for facts in travellers] for rule, travellers in cases]


def test_as_plain_certlogic(cases):
    plainly = [
        [evaluate(plain.expression(rule), plain.data(facts)) for facts in travellers]
        for rule, travellers in cases
    ]
    assert plainly == answered(cases)


def test_on_a_telephone(cases):
    lines = [
        json.dumps({"rule": plain.expression(rule), "data": [plain.data(facts) for facts in travellers]})
        for rule, travellers in cases
    ]
    done = subprocess.run(
        [node(), "-e", _ON_A_TELEPHONE],
        cwd=ROOT,
        env=environment(),
        input="\n".join(lines),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert [json.loads(line) for line in done.stdout.split("\n")] == answered(cases)


@pytest.mark.django_db
def test_in_the_database(cases):
    found = []
    row = ", ".join(f"%s::{kind}" for kind in COLUMNS.values())
    for rule, travellers in cases:
        rows = ", ".join(f"({nth}, {row})" for nth in range(len(travellers)))
        statement = f"SELECT {statements.expression(rule)} FROM (VALUES {rows}) AS a (nth, {', '.join(COLUMNS)}) ORDER BY nth"
        values = [
            f"{value}Z" if len(str(value)) == 19 and name in ("now", "tested") else value
            for facts in travellers
            for name, value in facts.items()
        ]
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL TIME ZONE 'UTC'")
            cursor.execute(statement, values)
            found.append([answer for (answer,) in cursor.fetchall()])
    assert found == answered(cases)


def test_every_answer_and_every_doubt_occurs(cases):
    """The cases above say something: each colour is answered, also for want of knowing."""
    decisions = [rule.decide(facts) for rule, travellers in cases for facts in travellers]
    assert {(one.answer, one.is_unknown) for one in decisions} == {
        (colour, is_unknown) for colour in ("red", "amber", "green") for is_unknown in (True, False)
    }
