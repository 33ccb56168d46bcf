"""A telephone, a home or a number that is a relative's settles nothing against a name, a birth date or a
sex that speaks against it.
"""

import datetime as dt
from itertools import product

import polars as pl
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dancu.linkage.finding import LinkOptions, working_database
from dancu.matching.answers import Answer, AnswerKind, scorer, who_is
from dancu.matching.batch import cascade
from dancu.matching.batch.indexed_candidates import IndexedCandidates
from dancu.matching.batch.tests.country import declared_of
from dancu.matching.batch.tests.test_as_one import records_of
from dancu.matching.batch.weighing import PairScorer
from dancu.matching.duplicates.in_register import find_in_register
from dancu.matching.lookups import Outcome, PartialDate, declared_identity, identify
from dancu.testing.people import BEN_THANH, CAU_GIAY, YEN_HOA, area, someone
from dancu.text.folding import fold

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

PHONE, OTHER_PHONE = "0912345678", "0987654321"
FATHERS, MOTHERS, SONS, TWINS = "001080001234", "001183005678", "001212003456", "001212003465"
HUNG = {
    "full_name": "Trần Văn Hùng",
    "birth_date": dt.date(1980, 3, 12),
    "sex": 1,
    "phone": PHONE,
    "pin": FATHERS,
}
HOA = {
    "full_name": "Nguyễn Thị Hoa",
    "birth_date": dt.date(1983, 5, 20),
    "sex": 2,
    "phone": PHONE,
    "pin": MOTHERS,
}
SON = {"full_name": "Trần Văn Hưng", "birth_date": dt.date(2012, 9, 5), "sex": 1}
NEWBORN = dt.date(2026, 10, 2)


def answered(
    name: str,
    birth: dt.date | PartialDate | None,
    sex: int = 0,
    number: str = "",
    phone: str = PHONE,
    home: str = CAU_GIAY,
) -> Answer:
    born = PartialDate.of(birth) if isinstance(birth, dt.date) else birth
    return who_is(declared_identity(number, name, born, sex, area(home), phone))


def told(
    name: str, birth: dt.date, sex: int = 0, number: str = "", phone: str = PHONE, by_official: bool = True
):
    return identify(
        declared_identity(number, name, PartialDate.of(birth), sex, area(CAU_GIAY), phone),
        by_official=by_official,
    )


def ids(answer: Answer) -> list[int]:
    return [one.person.person_id for one in answer.ranked]


@pytest.mark.parametrize("name", ["Trần Văn Hưng", "TRAN VAN HUNG", "Trần Văn Hùng", "Trần Văn H.", "Hùng"])
@pytest.mark.parametrize("sex", [0, 1])
def test_a_child_with_the_fathers_telephone_is_not_the_father(name, sex):
    """Whatever the child is called: near enough, or the very same."""
    someone(**HUNG)
    assert answered(name, SON["birth_date"], sex).kind is not AnswerKind.MATCH
    assert not told(name, SON["birth_date"], sex).outcome.agrees


@pytest.mark.parametrize("name", ["Trần Văn Hưng", "Trần Văn Hùng"])
@pytest.mark.parametrize("sons_phone", [None, OTHER_PHONE, PHONE])
def test_a_child_of_the_register_is_found_though_the_telephone_is_the_fathers(name, sons_phone):
    someone(**HUNG)
    someone(**HOA)
    son = someone(**(SON | {"full_name": name, "phone": sons_phone, "pin": SONS}))
    assert answered(name, SON["birth_date"], 1).person_id == son
    comparison = told(name, SON["birth_date"], 1)
    assert comparison.person and (comparison.person.person_id, comparison.outcome) == (
        son,
        Outcome.DIFFERENCES,
    )


@pytest.mark.parametrize("name", ["Trần Văn Hưng", "Trần Văn Hùng"])
def test_a_father_with_the_childs_telephone_is_not_the_child(name):
    father = HUNG | {"phone": None}
    someone(**(SON | {"full_name": name, "phone": PHONE, "pin": SONS}))
    assert answered(father["full_name"], father["birth_date"], 1).kind is not AnswerKind.MATCH
    known = someone(**father)
    assert answered(father["full_name"], father["birth_date"], 1).person_id == known


def test_a_father_and_a_son_of_one_name_whose_years_are_a_digit_apart_are_two():
    someone(**(HUNG | {"birth_date": dt.date(1952, 1, 1)}))
    son = HUNG | {"birth_date": dt.date(1982, 1, 1), "phone": None, "pin": SONS}
    assert answered(son["full_name"], son["birth_date"], 1).kind is not AnswerKind.MATCH
    assert answered(son["full_name"], son["birth_date"], 1, FATHERS).kind is not AnswerKind.MATCH
    assert not told(son["full_name"], son["birth_date"], 1, FATHERS).outcome.agrees
    known = someone(**son)
    assert answered(son["full_name"], son["birth_date"], 1).person_id == known


def in_a_household() -> pl.DataFrame:
    """A file of what people of such a household may declare, right and wrong."""
    names = [
        "Trần Văn Hùng",
        "Trần Văn Hưng",
        "TRAN VAN HUNG",
        "Nguyễn Thị Hoa",
        "Trần Đức Anh",
        "Trần Tuấn Anh",
        "Trần Gia Bảo",
        *UNNAMED[:4],
    ]
    births = [HUNG["birth_date"], HOA["birth_date"], SON["birth_date"], NEWBORN]
    every = product(names, [*map(str, births), "1980", ""], ["", "1", "2"], ["", FATHERS, SONS], ["", PHONE])
    columns = ["full_name", "birth", "sex", "number", "phone"]
    return (
        pl.DataFrame(list(every), schema=columns, orient="row")
        .sample(500, seed=8)
        .with_columns(commune_code=pl.lit(CAU_GIAY))
    )


UNNAMED = [
    "Con bà Nguyễn Thị Hoa",
    "Con của Nguyễn Thị Hoa",
    "Bé gái con chị Nguyễn Thị Hoa",
    "CB Nguyễn Thị Hoa",
    "CON BÀ HOA",
    "con ba nguyen thi hoa",
    "Con Nguyễn Thị Hoa",
    "Nguyễn Thị Hoa (con)",
    "Con bà Nguyeenx Thij Hoa",
    "Con bà",
    "Sơ sinh",
]


@pytest.mark.parametrize("name", UNNAMED)
def test_a_newborn_without_a_name_is_never_the_mother(name):
    mother = someone(**HOA)
    for said in ({}, {"sex": 2}, {"number": MOTHERS}, {"sex": 2, "number": MOTHERS}, {"phone": ""}):
        answer = answered(name, NEWBORN, **said)
        assert answer.kind is not AnswerKind.MATCH
        assert (
            answered(name, HOA["birth_date"], **said).kind is not AnswerKind.MATCH
        )  # the mother's own date on the list
        if not said.get("number"):
            assert mother not in ids(answer)
    assert not told(name, NEWBORN, 2, MOTHERS).outcome.agrees
    assert not told(name, HOA["birth_date"], 2, MOTHERS).outcome.agrees


def test_a_newborn_without_a_name_is_looked_for_among_those_born_then_and_there():
    someone(**HOA)
    child = someone(full_name="Trần Gia Bảo", birth_date=NEWBORN, sex=1, phone=PHONE, valid_from=NEWBORN)
    answer = answered("Con bà Nguyễn Thị Hoa", NEWBORN, 1)
    assert (answer.kind, ids(answer)) == (AnswerKind.REVIEW, [child])


def test_a_child_whose_mother_is_named_beside_it_is_found():
    someone(**HOA)
    child = someone(full_name="Trần Gia Bảo", birth_date=NEWBORN, sex=1, valid_from=NEWBORN)
    assert answered("Trần Gia Bảo (con bà Nguyễn Thị Hoa)", NEWBORN, 1).person_id == child


@pytest.mark.parametrize("number", [FATHERS, MOTHERS])
def test_a_parents_number_with_the_childs_name_is_the_childs_or_nobodys(number):
    someone(**HUNG)
    someone(**HOA)
    assert answered(SON["full_name"], SON["birth_date"], 1, number).kind is not AnswerKind.MATCH
    assert not told(SON["full_name"], SON["birth_date"], 1, number).outcome.agrees
    son = someone(**(SON | {"pin": SONS}))
    assert answered(SON["full_name"], SON["birth_date"], 1, number).person_id == son
    comparison = told(SON["full_name"], SON["birth_date"], 1, number)
    assert comparison.person and comparison.person.person_id == son
    assert (comparison.outcome, comparison.levels["number"]) == (Outcome.DISAGREES, "another")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Trần Đức Anh", "Trần Tuấn Anh"),
        ("Trần Minh Hùng", "Trần Minh Hưng"),
        ("Trần Ngọc Hân", "Trần Ngọc Vy"),
    ],
)
def test_a_twin_is_found_whosever_the_telephone_or_the_number_is(one, other):
    born = {"birth_date": SON["birth_date"], "sex": 1}
    first = someone(full_name=one, phone=PHONE, pin=SONS, **born)
    second = someone(full_name=other, pin="001212009821", **born)
    assert answered(other, SON["birth_date"], 1).person_id == second
    assert answered(one, SON["birth_date"], 1).person_id == first
    answer = answered(other, SON["birth_date"], 1, SONS)
    assert answer.kind is not AnswerKind.MATCH
    assert set(ids(answer)) == {first, second}
    assert not told(other, SON["birth_date"], 1, SONS).outcome.agrees


@pytest.mark.parametrize("year", [1975, 1984, 1986, 1995])
@pytest.mark.parametrize("phone", ["", PHONE])
def test_who_is_born_on_1_january_is_not_a_namesake_of_another_year(year, phone):
    someone(full_name="Giàng A Páo", birth_date=dt.date(1985, 1, 1), sex=1, phone=PHONE)
    for sex in (0, 1):
        assert answered("Giàng A Páo", dt.date(year, 1, 1), sex, phone=phone).kind is not AnswerKind.MATCH


@pytest.mark.parametrize(
    ("held", "said"),
    [(dt.date(1985, 1, 1), dt.date(1985, 6, 17)), (dt.date(1985, 6, 17), dt.date(1985, 1, 1))],
)
def test_a_year_alone_needs_an_exact_name_or_more_than_a_home(held, said):
    known = someone(full_name="Giàng A Páo", birth_date=held, sex=1, phone=PHONE, pin="001085001234")
    assert answered("Giàng A Pảo", said, 1, phone="").kind is not AnswerKind.MATCH
    assert answered("Giàng A Páo", said, 1).person_id == known
    assert answered("Giàng A Páo", said, 1, "001085001234", phone="").person_id == known


def test_1_january_as_it_stands_in_the_register_leads_to_its_own():
    known = someone(full_name="Giàng A Páo", birth_date=dt.date(1985, 1, 1), sex=1)
    assert answered("Giàng A Páo", dt.date(1985, 1, 1), 1, phone="").person_id == known


SOUND_ALIKE = [
    ("Phạm Minh Quân", "Phạm Minh Quang"),
    ("Trần Ngọc Hân", "Trần Ngọc Hằng"),
    ("Lê Hồng Phát", "Lê Hồng Phác"),
    ("Nguyễn Văn Hoàng", "Nguyễn Văn Hoàn"),
    ("Nguyễn Quốc Việt", "Nguyễn Quốc Việc"),
    ("Trần Tấn Phát", "Trần Tân Phát"),
    ("Lê Quân Anh", "Lê Quang Anh"),
    ("Trần Ngọc Minh Anh", "Trần Ngọc Anh"),
    ("Trần Thị Ngọc Lan", "Trần Thị Ngọc Lam"),
]


def twins() -> list[dict[str, object]]:
    """Pairs of twins whose names sound alike, each pair of its own day."""
    return [
        {
            "full_name": name,
            "birth_date": dt.date(2010 + nth, 9, 5),
            "sex": 1 + ("Thị" in name),
            "phone": f"09123456{nth:02}",
            "pin": f"0012{10 + nth}00{nth}{('345', '982')[at]}",
        }
        for nth, pair in enumerate(SOUND_ALIKE)
        for at, name in enumerate(pair)
    ]


def by_twins() -> pl.DataFrame:
    """A file of each twin's own name with each number of theirs, whole, a digit wrong or none, and with
    or without the telephone.
    """
    columns, every = ["full_name", "birth", "sex", "number", "phone"], twins()
    rows = []
    for nth, one in enumerate(every):
        pins = [str(of["pin"]) for of in every[nth // 2 * 2 : nth // 2 * 2 + 2]]
        numbers = [*pins, *(f"{pin[:-2]}{(int(pin[-2]) + 1) % 10}{pin[-1]}" for pin in pins), ""]
        said = product(
            [one["full_name"]], [str(one["birth_date"])], [str(one["sex"]), ""], numbers, [one["phone"], ""]
        )
        rows += list(said)
    return pl.DataFrame(rows, schema=columns, orient="row").with_columns(commune_code=pl.lit(CAU_GIAY))


@pytest.mark.parametrize(("one", "other"), SOUND_ALIKE)
@pytest.mark.parametrize("number", [SONS, "001212003466"])
@pytest.mark.parametrize("is_written", [str, lambda name: fold(name).upper()])
def test_a_twin_who_is_exact_is_not_the_one_whose_name_sounds_alike(one, other, number, is_written):
    of_sex = 1 + ("Thị" in one)
    born = {"birth_date": SON["birth_date"], "sex": of_sex, "phone": PHONE}
    first, second = (
        someone(full_name=one, pin="001212009821", **born),
        someone(full_name=other, pin=SONS, **born),
    )
    if fold(one) == fold(other) and is_written is not str:
        return  # nothing but the number tells which
    for sex, phone, home in product((0, of_sex), ("", PHONE), (CAU_GIAY, "")):
        said = declared_identity(
            number,
            is_written(one),
            PartialDate.of(SON["birth_date"]),
            sex,
            area(home) if home else None,
            phone,
        )
        answer = who_is(said)
        assert answer.person_id in (None, first), (sex, phone, home)
        comparison = identify(said, by_official=True)
        assert not (comparison.outcome.agrees and comparison.person and comparison.person.person_id == second)
        if number == SONS:
            assert answer.kind is not AnswerKind.MATCH
            assert comparison.outcome is Outcome.DISAGREES
    own = declared_identity(
        SONS, is_written(other), PartialDate.of(SON["birth_date"]), of_sex, area(CAU_GIAY), PHONE
    )
    assert who_is(own).person_id == second


def test_a_file_of_twins_gives_each_what_they_get_alone():
    for twin in twins():
        someone(**twin)
    weighing = PairScorer(scorer())
    records = records_of(by_twins(), weighing)
    answers = dict(cascade.find(records, weighing, IndexedCandidates(weighing)).answers.iter_rows())
    for row in records.iter_rows(named=True):
        assert answers[row["n"]] == str(who_is(declared_of(row)).kind), row


@pytest.mark.parametrize("name", ["Trần Tuấn Anh", "Trần Đức Minh", "Lê Hoàng Phúc"])
def test_a_twin_who_is_in_no_register_is_not_the_other(name):
    someone(full_name="Trần Đức Anh", phone=PHONE, pin=SONS, birth_date=SON["birth_date"], sex=1)
    assert answered(name, SON["birth_date"], 1).kind is not AnswerKind.MATCH
    if name != "Trần Tuấn Anh":  # a middle word wrong may be the holder's own slip
        assert answered(name, SON["birth_date"], 1, SONS).kind is not AnswerKind.MATCH
    if name == "Lê Hoàng Phúc":
        assert not told(name, SON["birth_date"], 1, SONS).outcome.agrees


def test_a_sister_of_the_same_day_is_not_her_brother():
    someone(full_name="Trần Minh Ân", phone=PHONE, pin=SONS, birth_date=SON["birth_date"], sex=1)
    for number in ("", SONS):
        assert answered("Trần Minh An", SON["birth_date"], 2, number).kind is not AnswerKind.MATCH
    assert not told("Trần Minh An", SON["birth_date"], 2, SONS).outcome.agrees


@pytest.mark.parametrize("number", ["", "001080001234"])
def test_husband_and_wife_of_one_given_name_one_year_and_one_telephone_are_two(number):
    husband = HUNG | {"full_name": "Trần Văn Thanh", "birth_date": dt.date(1980, 1, 1)}
    wife = {"full_name": "Lê Thị Thanh", "birth_date": dt.date(1980, 6, 7), "sex": 2}
    someone(**husband)
    for birth in (wife["birth_date"], PartialDate(1980), dt.date(1980, 1, 1)):
        for sex in (0, 2):
            assert answered(wife["full_name"], birth, sex, number).kind is not AnswerKind.MATCH
    known = someone(**wife)
    assert answered(wife["full_name"], wife["birth_date"], 2).person_id == known


def test_brothers_whose_names_and_years_are_near_are_two():
    someone(**(HUNG | {"birth_date": dt.date(1960, 1, 1)}))
    for number in ("", FATHERS):
        assert answered("Trần Văn Hưng", dt.date(1961, 1, 1), 1, number).kind is not AnswerKind.MATCH
    assert not told("Trần Văn Hưng", dt.date(1961, 1, 1), 1, FATHERS).outcome.agrees


def test_of_those_who_share_an_employers_telephone_who_is_named_is_found_and_nobody_else():
    for nth in range(30):
        someone(
            area(YEN_HOA),
            full_name=f"Lê Văn {'Hùng' if nth % 2 else 'Tuấn'}",
            birth_date=dt.date(1985, 1, 1 + nth),
            sex=1,
            phone=PHONE,
        )
    assert answered("Lê Văn Hưng", dt.date(1999, 4, 3), 1).kind is not AnswerKind.MATCH
    assert answered("Phạm Quốc Khánh", dt.date(1999, 4, 3), 1).kind is AnswerKind.NONE
    known = someone(full_name="Lê Văn Hưng", birth_date=dt.date(1999, 4, 3), sex=1)
    assert answered("Lê Văn Hưng", dt.date(1999, 4, 3), 1).person_id == known


def test_a_grandmothers_telephone_leads_to_nobody_but_her():
    grandmother = someone(full_name="Nguyễn Thị Hòa", birth_date=dt.date(1950, 1, 1), sex=2, phone=PHONE)
    assert answered("Nguyễn Thị Hoa", dt.date(2010, 1, 1), 2).kind is not AnswerKind.MATCH
    assert answered("Nguyễn Thị Hòa", dt.date(2010, 1, 1), 2).kind is not AnswerKind.MATCH
    assert answered("Nguyễn Thị Hòa", PartialDate(1950), 2).person_id == grandmother


def test_who_lives_elsewhere_and_fits_in_all_is_not_kept_from_view_by_a_neighbour_of_a_near_name():
    someone(full_name="Trần Văn Hưng", birth_date=dt.date(1980, 3, 12), sex=1)
    known = someone(area(BEN_THANH), **(HUNG | {"phone": PHONE}))
    answer = answered("Trần Văn Hùng", HUNG["birth_date"], 1)
    assert known in ids(answer)
    assert answer.person_id in (None, known)


def test_a_date_that_is_missing_is_not_replaced_by_a_telephone():
    someone(**HUNG)
    assert answered("Trần Văn Hùng", None, 1).kind is AnswerKind.REVIEW


def test_a_file_of_all_these_gives_each_what_it_gets_alone():
    for member in (HUNG, HOA, SON | {"pin": SONS}, SON | {"full_name": "Trần Đức Anh", "phone": OTHER_PHONE}):
        someone(**member)
    someone(full_name="Trần Gia Bảo", birth_date=NEWBORN, sex=1, valid_from=NEWBORN)
    weighing = PairScorer(scorer())
    records = records_of(in_a_household(), weighing)
    found = cascade.find(records, weighing, IndexedCandidates(weighing))
    answers = dict(found.answers.iter_rows())
    above = found.ranked.filter(pl.col("score") >= weighing.review)
    kinds = set()
    for row in records.iter_rows(named=True):
        alone = who_is(declared_of(row))
        kinds.add(alone.kind)
        assert answers[row["n"]] == str(alone.kind), row
        ranked = above.filter(pl.col("n") == row["n"])
        assert ranked["person_id"].to_list()[:1] == ids(alone)[:1] or alone.kind is AnswerKind.SEVERAL, row
        assert set(ranked["person_id"]) == set(ids(alone)), row
    assert kinds >= {AnswerKind.MATCH, AnswerKind.SEVERAL, AnswerKind.REVIEW, AnswerKind.NONE}


def test_the_register_says_nothing_of_a_parent_that_it_would_say_of_a_duplicate():
    """Near names, one telephone and one home are no duplicate; the same with the same birth date is."""
    people = [
        someone(**HUNG),
        someone(**SON, phone=PHONE),
        someone(full_name="Trần Minh Khôi", birth_date=SON["birth_date"], sex=1, phone=PHONE),
    ]
    again = someone(**(HUNG | {"pin": None, "full_name": "Trần Văn Hừng"}))
    with working_database("1GB") as database:
        found = find_in_register(database, LinkOptions(), lambda line: None)
        person = {
            rid: int(person_id) for rid, person_id in database.execute("SELECT rid, _id FROM ids").fetchall()
        }
        together = {
            frozenset(person[rid] for rid, of in found.cluster_of.items() if of == cluster)
            for cluster in set(found.cluster_of.values())
        }
    assert together == {frozenset((people[0], again))}


_given = st.sampled_from(
    ["Hùng", "Hưng", "Hừng", "Hoa", "Hòa", "Hóa", "Anh", "Ánh", "Minh", "Mình", "Thanh", "Thành"]
)
_middle = st.sampled_from(["Văn ", "Thị ", "Đức ", ""])
_family = st.sampled_from(["Trần ", "Nguyễn "])
_member = st.tuples(
    st.tuples(_family, _middle, _given).map("".join),
    st.dates(dt.date(1950, 1, 1), dt.date(1985, 12, 31)),
    st.sampled_from([1, 2]),
)
_grown = st.lists(_member, min_size=1, max_size=4, unique=True)
_child = st.tuples(
    st.tuples(_family, _middle, _given).map("".join) | st.sampled_from(UNNAMED),
    st.dates(dt.date(2004, 1, 1), NEWBORN), st.sampled_from([0, 1, 2]),
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(household=_grown, child=_child, number=st.booleans(), phone=st.booleans())
def test_whoever_lives_in_a_household_a_child_who_is_not_registered_is_none_of_them(
    household, child, number, phone
):
    name, born, sex = child
    with transaction.atomic():
        for nth, (held, day, of_sex) in enumerate(household):
            someone(
                full_name=held,
                birth_date=day,
                sex=of_sex,
                phone=PHONE,
                pin=f"001080{nth:06}",
                valid_from=dt.date(2010, 1, 1),
            )
        said = {"number": "001080000000" if number else "", "phone": PHONE if phone else ""}
        assert answered(name, born, sex, **said).kind is not AnswerKind.MATCH
        assert not told(name, born, sex, **said).outcome.agrees
        if name not in UNNAMED and sex:
            known = someone(full_name=name, birth_date=born, sex=sex, valid_from=born, pin=None)
            assert answered(name, born, sex, **said).person_id in (known, None if number else known)
        transaction.set_rollback(True)
