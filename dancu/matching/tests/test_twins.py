"""Twins are registered together: their numbers are neighbours, their day, sex, home and telephone are
one. A name tells them apart.
"""

import datetime as dt
import json
from itertools import product

import polars as pl
import pytest
from click.testing import CliRunner
from django.db import transaction
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from dancu.matching.answers import AnswerKind, scorer, who_is
from dancu.matching.batch import cascade
from dancu.matching.batch.indexed_candidates import IndexedCandidates
from dancu.matching.batch.tests.country import declared_of
from dancu.matching.batch.tests.test_as_one import records_of
from dancu.matching.batch.weighing import PairScorer
from dancu.matching.commands import match
from dancu.matching.lookups import ClaimedIdentity, Outcome, PartialDate, declared_identity, identify
from dancu.testing.people import BEN_THANH, CAU_GIAY, area, someone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

PHONE, BORN = "0912345678", dt.date(2013, 7, 8)
HERS = "001313005612"
NEAR_HERS = {
    "her own": HERS,
    "neighbours exchanged": "001313005621",
    "a digit off": "001313005613",
    "two digits different": "001313005634",
    "without its zeros": "1313005621",
    "letters for digits": "OO1313005621",
}
HAN = {"full_name": "Vũ Gia Hân", "birth_date": BORN, "sex": 2, "phone": PHONE, "pin": HERS}
OTHERS = ["Vũ Ngọc Hân", "VU NGOC HAN", "Trần Ngọc Hân", "Vũ Gia Huy", "Vũ Gia Linh", "Vũ Thảo My"]


def said(
    name: str, number: str, birth: dt.date = BORN, sex: int = 2, phone: str = PHONE, home: str = CAU_GIAY
) -> ClaimedIdentity:
    return declared_identity(number, name, PartialDate.of(birth), sex, area(home) if home else None, phone)


def is_found(declared: ClaimedIdentity) -> bool:
    told = [identify(declared, by_official=by_official).outcome.agrees for by_official in (False, True)]
    return who_is(declared).kind is AnswerKind.MATCH or any(told)


@pytest.mark.parametrize("name", OTHERS)
@pytest.mark.parametrize("number", NEAR_HERS.values(), ids=NEAR_HERS)
def test_a_twin_who_is_in_no_register_is_not_the_other_whichever_number_she_gives(name, number):
    someone(**HAN)
    days = [BORN, dt.date(2013, 8, 7), dt.date(2013, 7, 9), dt.date(2014, 7, 8)]
    for birth, sex, phone, home in product(days, (2, 0), (PHONE, ""), (CAU_GIAY, BEN_THANH, "")):
        assert not is_found(said(name, number, birth, sex, phone, home)), (birth, sex, phone, home)


@pytest.mark.parametrize("number", NEAR_HERS.values(), ids=NEAR_HERS)
def test_nobody_is_told_that_the_twins_words_in_another_order_are_hers(number):
    someone(**HAN)
    told = [identify(said("Vũ Hân Gia", number), by_official=official) for official in (False, True)]
    assert not any(comparison.outcome.agrees for comparison in told)


def test_the_twins_card_leads_nobody_to_the_other_and_people_are_asked():
    someone(**HAN)
    declared = said("Vũ Ngọc Hân", NEAR_HERS["neighbours exchanged"])
    assert who_is(declared).kind is AnswerKind.REVIEW
    comparison = identify(declared)
    assert (comparison.outcome, comparison.person, comparison.doubtful) == (Outcome.NOT_FOUND, None, True)


def test_a_file_says_of_twins_what_each_is_told_alone():
    someone(**HAN)
    someone(full_name="Nguyễn Đức Anh", birth_date=BORN, sex=1, phone=PHONE, pin="001213003456")
    someone(full_name="Nguyễn Tuấn Anh", birth_date=BORN, sex=1, phone=PHONE, pin="001213003457")
    numbers = [*NEAR_HERS.values(), "001213003456", "001213003465", "001213003457", ""]
    names = [*OTHERS, "Vũ Gia Hân", "Nguyễn Đức Anh", "Nguyễn Tuấn Anh", "Nguyễn T. Anh", "Nguyễn Hoàng Anh"]
    rows = list(product(names, [str(BORN), "2013-08-07"], ["1", "2"], numbers, [PHONE, ""]))
    columns = ["full_name", "birth", "sex", "number", "phone"]
    frame = pl.DataFrame(rows, schema=columns, orient="row").sample(400, seed=3)
    weighing = PairScorer(scorer())
    records = records_of(frame.with_columns(commune_code=pl.lit(CAU_GIAY)), weighing)
    answers = dict(cascade.find(records, weighing, IndexedCandidates(weighing)).answers.iter_rows())
    for row in records.iter_rows(named=True):
        assert answers[row["n"]] == str(who_is(declared_of(row)).kind), row


@pytest.mark.parametrize(
    ("name", "number", "birth"),
    [
        ("Vũ Gia Hâm", "a digit off", BORN),
        ("Vũ Gia Hấn", "neighbours exchanged", BORN),
        ("Vũ Ga Hân", "a digit off", BORN),
        ("Vũ Hân", "neighbours exchanged", BORN),
        ("Hân Vũ Gia", "a digit off", BORN),
        ("Vũ G. Hân", "a digit off", BORN),
        ("Vũ Gia Hân", "a digit off", dt.date(2013, 8, 7)),
        ("Vũ Gia Hân", "neighbours exchanged", dt.date(2013, 7, 9)),
    ],
)
def test_a_slip_beside_a_slip_of_the_number_is_still_hers(name, number, birth):
    han = someone(**HAN)
    declared = said(name, NEAR_HERS[number], birth, phone="")
    assert who_is(declared).person_id == han


@pytest.mark.parametrize("name", ["Vũ T. Gia Hân", "Vũ T Gia Hân", "Ng. T. Gia Hân"])
def test_middle_words_are_abbreviated_by_the_holder_of_the_number(name):
    family = "Nguyễn" if name.startswith("Ng") else "Vũ"
    han = someone(**(HAN | {"full_name": f"{family} Thị Gia Hân"}))
    assert who_is(said(name, HERS, phone="", home="")).person_id == han
    assert who_is(said(name.replace("T", "Thuý"), HERS, phone="", home="")).kind is not AnswerKind.MATCH


_words = st.sampled_from(
    "Bảo Châu Đức Gia Hà Khánh Linh Minh Ngọc Phương Quỳnh Thảo Tuấn Uyên Việt Xuân Yến".split()
)
_digits = st.integers(0, 999_999).map(lambda number: f"001313{number:06}")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    names=st.lists(st.tuples(_words, _words), min_size=2, max_size=2),
    number=_digits,
    place=st.integers(6, 11),
    digit=st.sampled_from("0123456789"),
    phone=st.booleans(),
    home=st.booleans(),
)
def test_no_twin_of_other_names_is_the_registered_one(names, number, place, digit, phone, home):
    (middle, given_name), (others_middle, others_given) = names
    assume(middle != others_middle and given_name != others_middle and middle != others_given)
    others = number[:place] + digit + number[place + 1 :]
    with transaction.atomic():
        someone(**(HAN | {"full_name": f"Vũ {middle} {given_name}", "pin": number}))
        declared = said(
            f"Vũ {others_middle} {others_given}",
            others,
            phone=PHONE if phone else "",
            home=CAU_GIAY if home else "",
        )
        assert not is_found(declared)
        transaction.set_rollback(True)


def clusters(tmp_path) -> list[set[int]]:
    run = CliRunner().invoke(match, ["dedupe", "--register", "--out", str(tmp_path / "out.csv"), "--json"])
    assert run.exit_code == 0, run.output
    json.loads(run.stdout)
    found = pl.read_csv(tmp_path / "out.csv")
    return [set(group["id"]) for _cluster, group in found.group_by("cluster")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nguyễn Đức Anh", "Nguyễn Tuấn Anh"),
        ("Phạm Minh Châu", "Phạm Bảo Châu"),
        ("Lê Minh Quân", "Lê Minh Quang"),
        ("Trần Tấn Phát", "Trần Tân Phát"),
        ("Đỗ Minh Anh", "Đỗ Linh Anh"),
    ],
)
@pytest.mark.parametrize("numbers", [("001213003456", "001213003457"), ("001213003456", "001213003465")])
def test_twins_of_the_register_are_not_joined_as_one(tmp_path, one, other, numbers):
    for name, number in zip((one, other), numbers, strict=True):
        someone(full_name=name, birth_date=BORN, sex=1, phone=PHONE, pin=number)
    assert clusters(tmp_path) == []


def test_one_who_stands_twice_in_the_register_is_joined_with_a_number_a_digit_off_or_with_none(tmp_path):
    of_han = {someone(**HAN), someone(**(HAN | {"pin": NEAR_HERS["a digit off"]}))}
    born = {"birth_date": dt.date(1990, 2, 3), "sex": 1, "phone": "0987654321"}
    of_an = {
        someone(full_name="Lê Văn An", pin="001090001234", **born),
        someone(full_name="Lê Văn Ân", **born),
    }
    assert sorted(clusters(tmp_path), key=min) == sorted([of_han, of_an], key=min)
