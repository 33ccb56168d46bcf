"""A telephone that more people share than are read leads to nobody for certain, and the answer says that
it was cut.
"""

import polars as pl
import pytest

from dancu.matching.answers import AnswerKind, people_model, scorer
from dancu.matching.batch.tests.country import declarations, declared_of, people
from dancu.matching.batch.tests.test_as_one import records_of
from dancu.matching.batch.weighing import PairScorer
from dancu.matching.query import query_for
from dancu.matching.tests.test_answers import PHONE, PIN, asked
from dancu.testing.people import YEN_HOA, area, someone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]


@pytest.fixture
def an(monkeypatch) -> int:
    """Nguyễn Văn An, with whom twelve others of a dormitory share a telephone; ten are read."""
    monkeypatch.setattr("dancu.register.candidates.MOST", 10)
    for nth in range(12):
        someone(area(YEN_HOA), full_name=f"Trần Văn {'ABCDEGHIKLMN'[nth]}inh", phone=PHONE)
    return someone(pin=PIN, phone=PHONE)


def test_who_was_found_otherwise_may_not_be_the_only_one_meant(an):
    answer = asked(phone=PHONE)
    assert answer.best and answer.best.person.person_id == an
    assert (answer.kind, answer.capped) == (AnswerKind.REVIEW, ("phone",))


def test_who_holds_the_number_and_agrees_in_all_is_certain_all_the_same(an):
    answer = asked(number=PIN, phone=PHONE)
    assert (answer.kind, answer.person_id, answer.capped) == (AnswerKind.MATCH, an, ())


def test_who_holds_the_number_and_differs_may_be_another_of_that_telephone(an):
    assert asked(name="Trần Văn Sinh", number=PIN, phone=PHONE).kind != AnswerKind.MATCH
    answer = asked(number=PIN[:-1] + "8", phone=PHONE)
    assert (answer.kind, answer.capped) == (AnswerKind.REVIEW, ("phone",))


def test_a_telephone_of_as_many_as_are_read_hinders_nobody(monkeypatch):
    monkeypatch.setattr("dancu.register.candidates.MOST", 2)
    an = someone(pin=PIN, phone=PHONE)
    someone(area(YEN_HOA), full_name="Trần Văn Minh", phone=PHONE)
    answer = asked(phone=PHONE)
    assert (answer.kind, answer.person_id, answer.capped) == (AnswerKind.MATCH, an, ())


def test_the_most_that_a_record_can_weigh_is_the_same_alone_and_in_a_file(tmp_path):
    weighing = PairScorer(scorer())
    records = records_of(pl.read_parquet(declarations(people(tmp_path), 200, "declaration")), weighing)
    weighing = PairScorer(scorer())
    weighing.remember(records)
    prepared, model, alone = weighing.prepared_records(records), people_model(), weighing.scorer
    for but in ((), ("number", "cmnd")):
        together = weighing.bound(prepared, model.comparisons, but=but) + alone.prior
        for row, most in zip(records.iter_rows(named=True), together, strict=True):
            seeking = query_for(declared_of(row), dict(model.fields))
            assert alone.most(seeking.record, but) == pytest.approx(most, abs=1e-6), row
