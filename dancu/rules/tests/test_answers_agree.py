"""Of thousands of rules and facts by chance one answer comes from the conditions as they are read, from plain
CertLogic, and from the database; and from telephones (test_on_a_device.py).
"""

import pytest
from django.db import connection

from dancu.certlogic.evaluating import evaluate
from dancu.rules import plain, statements
from dancu.rules.documents import read
from dancu.rules.tests.a_kind import COLUMNS, Chance

RULES, TRAVELLERS = 600, 12


@pytest.fixture
def cases(a_kind):
    chance = Chance(2021)
    return [(read(chance.rule()), [chance.facts() for _ in range(TRAVELLERS)]) for _ in range(RULES)]


def answered(cases):
    return [[rule.decide(facts).answer for facts in travellers] for rule, travellers in cases]


def test_as_plain_certlogic_a_condition_holds_fails_or_is_not_known(cases):
    for rule, travellers in cases:
        for clause in rule.clauses:
            said, denied = plain.holds(clause.when), plain.fails(clause.when)
            for facts in travellers:
                known = plain.data(facts)
                holds = clause.holds(facts)
                assert bool(evaluate(said, known)) == (holds is True)
                assert bool(evaluate(denied, known)) == (holds is False)


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
