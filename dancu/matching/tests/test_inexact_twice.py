"""Of the name and the birth date one at most is inexact, whatever is shared besides; and who is exact
goes before whoever shares more.
"""

import datetime as dt
from itertools import product

import polars as pl
import pytest

from dancu.matching.answers import Answer, AnswerKind, scorer, who_is
from dancu.matching.batch import cascade
from dancu.matching.batch.indexed_candidates import IndexedCandidates
from dancu.matching.batch.tests.country import declared_of
from dancu.matching.batch.tests.test_as_one import records_of
from dancu.matching.batch.weighing import PairScorer
from dancu.matching.lookups import PartialDate, declared_identity, identify
from dancu.matching.standing import MOST_BESIDE
from dancu.register import candidates
from dancu.testing.people import BEN_THANH, CAU_GIAY, YEN_HOA, area, someone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

PHONE, KHOAS = "0912600003", "001212800004"
COUNTRY = 98_700_000


@pytest.fixture(autouse=True, params=[30_000, COUNTRY])
def in_a_register_of(request, monkeypatch) -> int:
    """As few people as tests have make everybody found far likelier than in the country."""
    monkeypatch.setattr(candidates, "people_about", lambda: request.param)
    return request.param


def answered(
    name: str,
    birth: dt.date | PartialDate,
    sex: int = 0,
    number: str = "",
    phone: str = PHONE,
    home: str = CAU_GIAY,
) -> Answer:
    """What who_is says, once it is seen that an official is told of nobody whom it does not take for them."""
    born = PartialDate.of(birth) if isinstance(birth, dt.date) else birth
    declared = declared_identity(number, name, born, sex, area(home) if home else None, phone)
    answer, told = who_is(declared), identify(declared, by_official=True)
    assert answer.kind is AnswerKind.MATCH or not told.outcome.agrees
    return answer


def ids(answer: Answer) -> list[int]:
    return [one.person.person_id for one in answer.ranked]


NEIGHBOURS = [
    ("Lò Văn Hùng", "Lò Văn Hưng", 1),
    ("Lò Văn Dũng", "Lò Văn Hưng", 1),
    ("Quàng Thị Hương", "Quàng Thị Phương", 2),
    ("Mạc Thị Hoa", "Mạc Thị Hoan", 2),
    ("Lò Thị Hương", "Lò Thu Hương", 2),
    ("Lò Tấn Phát", "Lò Tân Phát", 1),
]


@pytest.mark.parametrize(("held", "said", "sex"), NEIGHBOURS)
@pytest.mark.parametrize("birth", [PartialDate(1985), dt.date(1985, 1, 1), PartialDate(1985, 11)])
@pytest.mark.parametrize("home", [CAU_GIAY, ""])
def test_a_villages_telephone_and_a_year_alone_are_not_a_neighbours_of_another_name(
    held, said, sex, birth, home
):
    for day in (dt.date(1985, 4, 9), dt.date(1985, 1, 1)):
        someone(full_name=held, birth_date=day, sex=sex, phone=PHONE)
    assert answered(said, birth, sex, home=home).kind is not AnswerKind.MATCH


def test_a_year_alone_beside_the_whole_name_and_the_telephone_is_theirs():
    hung = someone(full_name="Lò Văn Hùng", birth_date=dt.date(1985, 4, 9), sex=1, phone=PHONE)
    for name in ("Lò Văn Hùng", "LO VAN HUNG", "Lò Hùng"):
        assert answered(name, PartialDate(1985), 1).person_id == hung


@pytest.mark.parametrize("said_home", [BEN_THANH, YEN_HOA])
@pytest.mark.parametrize(
    ("near", "exact", "sex"),
    [
        ("Nguyễn Thị Hương", "Nguyễn Thị Phương", 2),
        ("Nguyễn Minh Dũng", "Nguyễn Minh Hùng", 1),
        ("Nguyễn Văn Hai", "Nguyễn Văn Hải", 1),
        ("Trần Ngọc Hoa", "Trần Ngọc Hà", 2),
        ("Trần Tấn Phát", "Trần Tân Phát", 1),
    ],
)
def test_who_is_exact_is_asked_about_though_registered_in_another_province(near, exact, sex, said_home):
    born = dt.date(1991, 7, 8)
    sister = someone(full_name=near, birth_date=born, sex=sex, phone=PHONE)
    herself = someone(area(said_home), full_name=exact, birth_date=born, sex=sex, pin=f"079{sex - 1}91009999")
    for phone in (PHONE, ""):
        answer = answered(exact, born, sex, phone=phone)
        assert answer.person_id in (None, herself)
        if answer.kind is AnswerKind.SEVERAL:
            assert set(ids(answer)) == {sister, herself}
    if said_home == BEN_THANH:
        assert answered(exact, born, sex).kind is AnswerKind.SEVERAL


def test_a_day_and_month_exchanged_beside_another_given_name_are_two_slips():
    someone(full_name="Nguyễn Minh Dũng", birth_date=dt.date(1972, 10, 11), sex=1, phone=PHONE)
    himself = someone(area(BEN_THANH), full_name="Nguyễn Minh Hùng", birth_date=dt.date(1972, 11, 10), sex=1)
    assert answered("Nguyễn Minh Hùng", dt.date(1972, 11, 10), 1).person_id in (None, himself)


@pytest.mark.parametrize("in_a_register_of", [COUNTRY], indirect=True)
def test_a_namesake_far_off_of_the_day_that_was_mistyped_keeps_nobody_from_being_found():
    """In the whole country there nearly always is one."""
    himself = someone(full_name="Nguyễn Minh Hùng", birth_date=dt.date(1972, 10, 11), sex=1, phone=PHONE)
    someone(area(BEN_THANH), full_name="Nguyễn Minh Hùng", birth_date=dt.date(1972, 11, 10), sex=1)
    someone(area(BEN_THANH), full_name="Nguyễn Hùng", birth_date=dt.date(1972, 10, 11), sex=1)
    assert answered("Nguyễn Minh Hùng", dt.date(1972, 11, 10), 1).person_id == himself
    assert answered("Nguyễn M. Hùng", dt.date(1972, 10, 11), 1).person_id == himself


@pytest.mark.parametrize(
    ("khoa", "khoi"), [("Phùng Minh Khoa", "Phùng Minh Khôi"), ("Phùng Tấn Phát", "Phùng Tân Phát")]
)
@pytest.mark.parametrize("home", [CAU_GIAY, ""])
def test_a_twins_number_and_a_year_alone_are_not_the_twin(khoa, khoi, home):
    born = dt.date(2012, 9, 5)
    theirs = someone(full_name=khoa, birth_date=born, sex=1, pin=KHOAS)
    someone(full_name=khoi, birth_date=born, sex=1, pin="001212800003")
    for birth in (PartialDate(2012), PartialDate(2012, 9), dt.date(2012, 1, 1), dt.date(2012, 5, 9), born):
        assert answered(khoi, birth, 1, KHOAS, "", home).kind is not AnswerKind.MATCH
    assert answered(khoa, PartialDate(2012), 1, KHOAS, "", home).person_id == theirs


BOYS = [
    ("Danh Vuông", "Danh Thị Vuông", 1, 2),
    ("Siu Klơng", "Siu Thị Klơng", 1, 2),
    ("Danh Thị Vuông", "Danh Vuông", 2, 1),
    ("Danh Vuông", "Danh Văn Vuông", 2, 1),
    ("Danh Vuông", "Danh Thị Vuông", 1, 0),
    ("Đỗ Thế Vinh", "Đỗ Thị Vinh", 1, 0),
    ("Đỗ Thế Vinh", "DO THI VINH", 1, 0),
    ("Nguyễn Lan Anh", "Nguyễn Văn Anh", 2, 0),
    ("Nguyễn Vân Anh", "Nguyễn Văn Anh", 2, 0),
    ("Nguyễn Anh", "Nguyễn Văn Anh", 2, 0),
]


@pytest.mark.parametrize(("held", "said", "of_sex", "sex"), BOYS)
def test_a_middle_name_that_tells_the_sex_is_no_slip_against_it(held, said, of_sex, sex):
    born, pin = dt.date(2013, 7, 8), f"001{of_sex + 1}13002222"
    someone(full_name=held, birth_date=born, sex=of_sex, phone=PHONE, pin=pin)
    for number, phone in product(("", pin), (PHONE, "")):
        declared = declared_identity(number, said, PartialDate.of(born), sex, area(CAU_GIAY), phone)
        assert who_is(declared).kind is not AnswerKind.MATCH, (number, phone)


@pytest.mark.parametrize(
    ("held", "said", "of_sex", "sex"),
    [
        ("Danh Vuông", "Danh Vuông", 1, 2),  # the sex alone is wrong
        ("Nguyễn Thị Hoa", "Nguyễn Thị Hoa", 2, 1),
        ("Nguyễn Thị Hoa", "Nguyễn Hoa", 2, 0),
        ("Danh Vuông", "Danh Thị Vuông", 2, 0),
        ("Nguyễn Văn Anh", "Nguyễn Văn Anh", 2, 0),  # a woman's, as it stands
    ],
)
def test_a_slip_of_the_sex_or_of_the_middle_name_alone_is_forgiven(held, said, of_sex, sex):
    born = dt.date(2013, 7, 8)
    known = someone(full_name=held, birth_date=born, sex=of_sex, phone=PHONE)
    assert answered(said, born, sex).person_id == known


def test_a_file_says_of_all_these_what_each_is_told_alone():
    for nth, (held, _said, sex) in enumerate(NEIGHBOURS):
        someone(
            full_name=held,
            birth_date=dt.date(1985, 4, 9),
            sex=sex or 1,
            phone=PHONE,
            pin=f"0010850022{nth:02}",
        )
    for held, said, sex, _sex in BOYS:
        someone(full_name=held, birth_date=dt.date(2012, 9, 5), sex=sex, phone=PHONE)
        someone(area(BEN_THANH), full_name=said, birth_date=dt.date(2012, 9, 5), sex=3 - sex)
    for said, home in (("Lò Văn Hưng", BEN_THANH), ("Quàng Thị Phương", YEN_HOA), ("Lò Tân Phát", BEN_THANH)):
        someone(area(home), full_name=said, birth_date=dt.date(1985, 4, 9), sex=1 + ("Thị" in said))
    names = sorted(
        {name for both in (*NEIGHBOURS, *BOYS) for name in both[:2]} | {"Hưng Lò Văn", "Phương Quàng Thị"}
    )
    births = ["1985-04-09", "1985-09-04", "1985", "01/01/1985", "2012-09-05", "2012"]
    rows = product(names, births, ["", "1", "2"], ["", "001085002200", "001085002206"], ["", PHONE])
    frame = pl.DataFrame(list(rows), schema=["full_name", "birth", "sex", "number", "phone"], orient="row")
    weighing = PairScorer(scorer())
    records = records_of(frame.sample(150, seed=4).with_columns(commune_code=pl.lit(CAU_GIAY)), weighing)
    found = cascade.find(records, weighing, IndexedCandidates(weighing))
    answers, kinds = dict(found.answers.iter_rows()), set()
    for row in records.iter_rows(named=True):
        alone = who_is(declared_of(row))
        kinds.add(alone.kind)
        assert answers[row["n"]] == str(alone.kind), row
        if any(one.exact_afar for one in alone.ranked) and len(alone.ranked) <= MOST_BESIDE:
            assert set(found.ranked.filter(pl.col("n") == row["n"])["person_id"]) == set(ids(alone)), row
    assert kinds == set(AnswerKind)
