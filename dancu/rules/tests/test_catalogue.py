"""What comes with the house is what its papers say, and a rule is read in words in both languages."""

import pytest
from django.utils import translation

from dancu.rules import catalogue, lookups
from dancu.rules.kinds import kinds
from dancu.rules.plain import NOTHING
from dancu.rules.wording import asked


def test_the_paper_is_up_to_date():
    assert catalogue.DOCUMENT.read_text("utf-8") == catalogue.document(), (
        "run python -m dancu.rules.catalogue"
    )


def test_every_kind_has_a_rule_that_came_with_the_house_and_is_in_force():
    assert {kind for kind in kinds() if lookups.in_force(kind) is None} == set()


def test_a_fact_is_nobodys_whole_and_part_and_has_what_the_database_needs():
    """`a` and `a.b` cannot both stand in one object; and nothing is called what stands for the unknown."""
    for kind in kinds().values():
        for name in kind.facts:
            assert not any(other.startswith(f"{name}.") for other in kind.facts)
        assert NOTHING not in kind.facts
        assert not kind.sql or kind.sql.keys() == kind.facts.keys()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_condition_is_a_sentence(language):
    with translation.override(language):
        said = [asked(clause.when) for rule in lookups.shipped() for clause in rule.clauses]
    assert all(said)
    assert not any("%(" in sentence for sentence in said)
