"""A file is compared as each of its records would be: the same answer, person and score."""

import datetime as dt

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dancu.matching.answers import AnswerKind, kind_of, people_model, scorer, who_is
from dancu.matching.batch import cascade
from dancu.matching.batch.indexed_candidates import IndexedCandidates
from dancu.matching.batch.mapping import WHOLE
from dancu.matching.batch.records import _birth, _plain_birth, read_records
from dancu.matching.batch.tests.country import ON, declarations, declared_of, people
from dancu.matching.batch.weighing import PairScorer
from dancu.matching.query import query_for, register_record
from dancu.register.candidates import Candidate

pytestmark = [pytest.mark.usefixtures("published_areas"), pytest.mark.django_db]
WORDS = [
    "Nguyễn",
    "NGUYEN",
    "Hoà",
    "hòa",
    "Thị",
    "Văn",
    "Y",
    "Niê",
    "H'Hen",
    "T.",
    "Ng.",
    "Nguyeenx",
    "Huỳnh",
    "Lý",
    "Lí",
    "Ð\u1ee9c",
    "x",
]


def records_of(raw: pl.DataFrame, weighing: PairScorer) -> pl.DataFrame:
    missing = [pl.lit("").alias(name) for name in (*WHOLE, "reason") if name not in raw.columns]
    rows = raw.with_columns(missing).select(*WHOLE, "reason").with_row_index("row", offset=1)
    return read_records(rows, weighing.names, ON).with_row_index("n")


@pytest.mark.parametrize("profile", ["paper", "declaration", "no_number"])
def test_a_file_gives_the_answers_persons_and_scores_that_each_record_alone_gets(tmp_path, profile):
    weighing = PairScorer(scorer())
    file = people(tmp_path)
    weighing = PairScorer(scorer())
    records = records_of(pl.read_parquet(declarations(file, 500, profile)), weighing)
    found = cascade.find(records, weighing, IndexedCandidates(weighing))
    best = {
        row["n"]: row
        for row in found.ranked.unique("n", keep="first", maintain_order=True).iter_rows(named=True)
    }
    answers = dict(found.answers.iter_rows())
    kinds = set()
    for row in records.iter_rows(named=True):
        alone, together = who_is(declared_of(row)), best.get(row["n"])
        assert answers[row["n"]] == str(alone.kind), row
        kinds.add(alone.kind)
        if alone.best and alone.kind != AnswerKind.NONE and not alone.capped:
            assert together is not None
            assert together["score"] == pytest.approx(alone.best.score.weight, abs=1e-6), row
            if alone.kind != AnswerKind.SEVERAL:
                assert together["person_id"] == alone.best.person.person_id
    assert {AnswerKind.MATCH, AnswerKind.NONE} <= kinds


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    number=st.sampled_from(
        [
            "079204001234",
            " 079 204 001 234",
            "79204001234",
            "O79204001234",
            "025123456",
            "7.92E+10",
            "x",
            "",
            "999204001234",
            "٠٧٩٢٠٤٠٠١٢٣٤",
        ]
    )
    | st.text("0123456789", min_size=7, max_size=13),
    name=st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join) | st.text(max_size=12),
    birth=st.sampled_from(
        [
            "12/03/1985",
            "1985",
            "00/00/1985",
            "31/02/1985",
            "03/1985",
            "01/01/1985",
            "",
            "?",
            "12031985",
            "31118",
        ]
    ),
    sex=st.sampled_from(["Nam", "nữ", "1", "2", "", "x"]),
    phone=st.sampled_from(["0912345678", "+84912345678", "01681234567", "912345678", "", "12", "0369500842"]),
    code=st.sampled_from(["00166", "166", "26743", "", "99999", "79"]),
    address=st.sampled_from(
        ["", "12 Lê Lợi, Phường Bến Nghé, Quận 1, TP. Hồ Chí Minh", "Tổ 5, P. Yên Hòa, Hà Nội", "đâu đó"]
    ),
)
def test_a_record_is_read_as_who_is_reads_it(number, name, birth, sex, phone, code, address):
    weighing = PairScorer(scorer())
    raw = pl.DataFrame(
        {
            "number": [number],
            "full_name": [name],
            "birth": [birth],
            "sex": [sex],
            "phone": [phone],
            "commune_code": [code],
            "address": [address],
        }
    )
    records = records_of(raw, weighing)
    prepared = weighing.prepared_records(records)
    fields = dict(people_model().fields)
    alone = query_for(declared_of(records.row(0, named=True)), fields).record
    assert {name: prepared[name][0] for name in alone} == alone


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(
    name=st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join),
    day=st.dates(dt.date(1900, 1, 1), dt.date(2026, 1, 1)),
    precision=st.sampled_from("DMY"),
    pin=st.sampled_from([None, "079204001234"]),
    cmnd=st.sampled_from([None, "025123456"]),
    phone=st.sampled_from([None, "0912345678", "12", "02438251234"]),
    led=st.sampled_from([None, "079204001234", "025123457", "079204001235"]),
)
def test_a_person_is_prepared_as_who_is_prepares_them(name, day, precision, pin, cmnd, phone, led):
    from dancu.testing.people import CAU_GIAY, area

    weighing, home = PairScorer(scorer()), area(CAU_GIAY)
    person = Candidate(1, pin, name, day, precision, 1, 1, home, cmnd, phone, led)
    from dancu.register.many_candidates import PEOPLE

    row = {column: [getattr(person, column)] for column in PEOPLE}
    together = weighing.prepared_people(
        pl.DataFrame(row, schema=PEOPLE).with_columns(lives_in=pl.lit(home, pl.Int32))
    )
    alone = register_record(person, dict(people_model().fields), home)
    assert {column: together[column][0] for column in alone} == alone


@given(
    st.lists(
        st.builds(
            lambda day, month, year, form: form.format(d=day, m=month, y=year),
            st.integers(0, 32),
            st.integers(0, 13),
            st.integers(1885, 2030) | st.integers(0, 99),
            st.sampled_from(
                [
                    "{d}/{m}/{y}",
                    "{d:02}.{m:02}.{y}",
                    "{d}-{m}/{y:04}",
                    "{y}-{m:02}-{d:02}",
                    "{y}-{m}-{d}",
                    "+{y}-{m}-{d}",
                    "{y}-{m}-{d} ",
                    "{d}/{m}",
                ]
            ),
        )
        | st.text("0123456789/-. +", max_size=10),
        max_size=20,
    )
)
def test_days_that_are_read_a_column_at_once_are_those_that_each_alone_is(texts):
    plain = _plain_birth(pl.Series("birth", list(dict.fromkeys(texts)), dtype=pl.String))
    assert {text: tuple(read) for text, *read in plain.iter_rows()} == {
        text: _birth(text) for text in plain["birth"]
    }


def test_days_of_the_calendar_are_read_a_column_at_once():
    days = ["12/03/1985", "4-3-1998", "29.02.2000", "1998-03-04", "01/01/1950"]
    assert (
        _plain_birth(pl.Series("birth", [*days, "29/02/1999", "12/25/1985", "1985", "01/01/1850"]))[
            "birth"
        ].to_list()
        == days
    )


_scores = st.none() | st.floats(-40, 40) | st.sampled_from([0.0, 4.5, 9.5, 14.5])


@given(best=_scores, second=_scores, may_be=st.booleans())
def test_the_answer_of_two_scores_is_that_of_one_record(best, second, may_be):
    limits = {"match": 4.5, "review": 0.0, "ahead": 5.0}
    frame = pl.DataFrame(
        {"best": [best], "second": [second], "may_be": [may_be]},
        schema={"best": pl.Float64, "second": pl.Float64, "may_be": pl.Boolean},
    )
    answer = frame.select(
        answer=cascade.answer_of(pl.col("best"), pl.col("second"), pl.col("may_be"), limits)
    )["answer"][0]
    assert answer == str(kind_of(best, second, may_be, limits))
