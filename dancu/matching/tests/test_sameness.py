"""Whether two who are told of are one traveller: the same whichever is asked about, and nobody is joined
who is merely alike.
"""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dancu.matching.dates import GENERATION
from dancu.matching.sameness import (
    DeclaredFacts,
    Sameness,
    fits_better,
    is_holder,
    number_forms,
    of_declaration,
    sameness,
)

NO, PERHAPS, SURELY = Sameness.NO, Sameness.PERHAPS, Sameness.SURELY
LAN = {
    "full_name": "Trần Thị Lan",
    "number": "",
    "phone": "0912333444",
    "declarer_phone": "",
    "birth_year": 1988,
    "birth_month": 3,
    "birth_day": 5,
    "sex": 2,
}
NUMBERED = LAN | {"number": "B1234567", "phone": ""}


def born(year, month=None, day=None) -> dict:
    return {"birth_year": year, "birth_month": month, "birth_day": day}


@pytest.mark.parametrize(
    ("who", "other", "answer"),
    [
        (LAN, {}, SURELY),
        (LAN, {"full_name": "TRAN THI LAN"}, SURELY),
        (LAN, {"full_name": "Lan Trần Thị"}, SURELY),
        (LAN, {"full_name": "Trần Lan"}, SURELY),
        (LAN, {"full_name": "Trần Thị Lam"}, PERHAPS),
        (LAN, {"full_name": "Trần Lan Thị"}, PERHAPS),
        (LAN, {"full_name": "Trần Thị Lan Anh"}, PERHAPS),
        (LAN, {"full_name": "Trần Thị Hoa"}, NO),
        (LAN | {"full_name": "Lê Thị Mỹ"}, {"full_name": "Lê Thị Mĩ"}, SURELY),
        (LAN | {"full_name": "Lê Thị Mai"}, {"full_name": "Lê Thị Mây"}, PERHAPS),
        (LAN, born(1988), SURELY),
        (LAN, born(1988, 5, 3), SURELY),
        (LAN, born(1988, 1, 1), SURELY),  # a day that nobody knew
        (LAN, born(1989, 1, 1), NO),
        (LAN | born(1988, 1, 1), born(1988), SURELY),
        (LAN, {"phone": "", **born(1988, 1, 1)}, PERHAPS),
        (LAN, {"full_name": "Trần Thị Lam", **born(1988, 1, 1)}, PERHAPS),
        (LAN, {"full_name": "Bà Lan"}, PERHAPS),
        (LAN, {"full_name": "Bà Lan", **born(1988)}, PERHAPS),
        (LAN, {"full_name": "Bà Lan", **born(1988, 1, 1)}, PERHAPS),
        (LAN | born(1988, 1, 1), {"full_name": "T.T. Lan", **born(1988)}, PERHAPS),
        (LAN, {"full_name": "Bà Lan", **born(1989, 1, 1)}, NO),
        (LAN, {"full_name": "Lê Mỹ Lan"}, PERHAPS),
        (LAN, {"full_name": "Lê Mỹ Lan", **born(1988, 1, 1)}, NO),
        (LAN, {"full_name": "Lê Mỹ Lan", **born(1988)}, NO),  # of one employer who declares for all
        (LAN, {"full_name": "Bà Lan", "phone": "", **born(1988)}, NO),
        (
            LAN | {"plate": "65A-22334"},
            {"full_name": "Bà Lan", "phone": "", **born(1988)},
            PERHAPS,
        ),  # in one car
        (LAN | {"plate": "65A-22334"}, {"full_name": "Bà Hoa", "phone": "", **born(1988)}, NO),
        (LAN | {"plate": "65A-22334"}, {"full_name": "Lê Mỹ Lan", "phone": ""}, NO),
        (LAN | {"plate": "65A-22334"}, {"phone": ""}, PERHAPS),
        (LAN | {"plate": "65A-22334"}, {"phone": "", **born(1988, 3, 6)}, PERHAPS),
        (LAN | {"plate": "65A-22334"}, {"phone": "", **born(1989, 3, 5)}, PERHAPS),
        (LAN | {"plate": "65A-22334"}, {"phone": "", **born(1988, 11, 27)}, NO),
        (LAN | {"plate": "65A-22334"}, {"full_name": "Trần Thị Hoa", "phone": "", **born(1988, 3, 6)}, NO),
        (LAN, born(1988, 3, 6), PERHAPS),
        (LAN, born(1989, 3, 5), PERHAPS),
        (LAN, born(1958, 3, 25), NO),
        (LAN, {"phone": "", "declarer_phone": "0912333444"}, SURELY),
        (LAN, {"phone": "+84912333444"}, SURELY),
        (LAN, {"phone": ""}, PERHAPS),
        (LAN, {"sex": 0}, SURELY),
        (LAN, {"sex": 1}, PERHAPS),
        (NUMBERED, {"sex": 1}, SURELY),
        (LAN, {"phone": "", **born(1988, 3, 6)}, NO),
        (NUMBERED, {"number": "b 123-4567"}, SURELY),
        (NUMBERED, {"full_name": "Trần Thị Lam"}, SURELY),
        (NUMBERED, {"full_name": "Trần Thị Lam", **born(1991, 7, 9)}, PERHAPS),
        (NUMBERED, born(1991, 7, 9), PERHAPS),
        (NUMBERED, born(1988, 11, 27), PERHAPS),
        (NUMBERED, born(1988, 3, 6), SURELY),
        (NUMBERED, born(1989, 3, 5), SURELY),
        (NUMBERED, born(1998, 3, 5), SURELY),
        (NUMBERED, born(1968, 3, 5), PERHAPS),  # one digit, and a generation
        (NUMBERED, born(2008, 3, 5), PERHAPS),
        (NUMBERED, born(1988), SURELY),
        (NUMBERED, born(1989), PERHAPS),
        (NUMBERED | born(1988), born(1989), PERHAPS),
        (NUMBERED | born(1980), born(1985), PERHAPS),  # one digit of all that is told
        (NUMBERED, born(1988, 1, 1), SURELY),  # as is written where nobody knows the day
        (NUMBERED | born(1988, 1, 1), born(1989, 1, 1), PERHAPS),
        (NUMBERED | born(1988, 1, 1), {"sex": 1}, SURELY),  # to the letter
        (NUMBERED, {"sex": 1, **born(1988, 1, 1)}, PERHAPS),
        (NUMBERED, {"full_name": "Trần Thị Lam", "sex": 1}, PERHAPS),
        (NUMBERED, {"sex": 1, **born(1988, 3, 6)}, PERHAPS),
        (NUMBERED | born(1988), {"sex": 1}, PERHAPS),
        (NUMBERED, {"sex": 0, "full_name": "Trần Thị Lam"}, SURELY),
        (NUMBERED, {"full_name": "Yuki Tanaka"}, PERHAPS),
        (NUMBERED, {"full_name": "Yuki Tanaka", **born(1988)}, PERHAPS),
        (NUMBERED | born(1988), {"full_name": "Yuki Tanaka", **born(1988)}, PERHAPS),
        (NUMBERED, {"number": "C7654321", "full_name": "Yuki Tanaka"}, NO),
    ],
)
def test_two_are_the_same_as_far_as_what_is_told_of_them_says(who, other, answer):
    one, two = of_declaration(who), of_declaration(who | other)
    assert (sameness(one, two), sameness(two, one)) == (answer, answer)


HUNG = {
    "full_name": "Trần Văn Hùng",
    "number": "079080001234",
    "phone": "0912000111",
    "declarer_phone": "",
    "birth_year": 1980,
    "birth_month": 3,
    "birth_day": 12,
    "sex": 1,
}
AN = HUNG | {"full_name": "Trần Minh An", "phone": "", "declarer_phone": "0912000111", **born(2014, 5, 1)}
HOA = HUNG | {"full_name": "Nguyễn Thị Hòa", "number": "079185001234", "sex": 2, **born(1985, 3, 12)}
NUMBERLESS = {"number": ""}


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        (HUNG, {"full_name": "Trần Văn Hưng", **born(2012, 9, 5)}, PERHAPS),
        (HUNG, {"full_name": "Trần Văn Hùng", **born(2012, 9, 5)}, PERHAPS),
        (
            HUNG,
            {"full_name": "Trần Văn Hùng", **born(1920, 3, 12)},
            PERHAPS,
        ),  # the grandfather, of one name and one day
        (HUNG, {"full_name": "Trần Văn Hùng", **born(2012)}, PERHAPS),
        (HOA, {"full_name": "Nguyễn Thị Hoa", **born(2018, 9, 5)}, PERHAPS),
        (
            AN,
            {"full_name": "Trần Minh Anh", "sex": 2, **born(2018, 9, 9)},
            PERHAPS,
        ),  # both with their father's number
        (AN, {"full_name": "Trần Minh Anh", **born(2015, 5, 1)}, PERHAPS),
        (AN, {"full_name": "Trần Minh Anh"}, PERHAPS),  # twins
        (AN, {"full_name": "Trần Minh Anh", "phone": "", "declarer_phone": ""}, PERHAPS),
        (AN, {"sex": 2}, PERHAPS),  # newborns, both called by their mother's name
        (AN | {"full_name": "Trần Minh Hùng"}, {"full_name": "Trần Minh Hưng"}, PERHAPS),
        (AN | NUMBERLESS | {"full_name": "Trần Minh Hùng"}, {"full_name": "Trần Minh Hưng"}, PERHAPS),
        (AN | {"full_name": "Trần Minh Hùng"}, {"full_name": "TRAN MINH HUNG"}, SURELY),
        (AN | {"full_name": "Trần Minh Hùng"}, {"full_name": "Trần Mình Hung"}, SURELY),
        (AN | {"full_name": "Nguyễn Mỹ"}, {"full_name": "Nguyển Mĩ"}, SURELY),  # one sound in the South
        (AN, {"declarer_phone": ""}, SURELY),
        (AN, born(2014), SURELY),
        (AN, born(2014, 5, 2), PERHAPS),
        (HUNG, {"full_name": "Trần Văn Hưng"}, SURELY),  # a slip, by the number that says 1980
        (HUNG, born(1981, 3, 12), SURELY),
        (HUNG, {"full_name": "Trần Văn Hưng", **born(1981, 3, 12)}, SURELY),
    ],
)
def test_a_family_that_gives_one_number_is_not_one_traveller(one, other, answer):
    told = of_declaration(one), of_declaration(one | other)
    assert (sameness(*told), sameness(*reversed(told))) == (answer, answer)


@pytest.mark.parametrize("newer", [born(1988), born(1988, 1, 1)])
def test_what_one_browser_told_by_a_shorter_name_and_the_year_is_asked_about(newer):
    told, called = (
        of_declaration(LAN | {"phone": ""} | one) for one in ({}, {"full_name": "Bà Lan", **newer})
    )
    assert [sameness(told, called, are_linked=linked) for linked in (False, True)] == [NO, PERHAPS]


def test_what_one_browser_sent_is_as_of_one_telephone():
    alone = LAN | {"phone": ""}
    told, twin = of_declaration(alone), of_declaration(alone | {"full_name": "Trần Thị Lam"})
    assert [sameness(told, told, are_linked=linked) for linked in (False, True)] == [PERHAPS, SURELY]
    assert sameness(told, twin, are_linked=True) is PERHAPS


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({}, True),
        ({"full_name": "Trần Văn Hưng"}, True),
        (born(1980), True),
        ({"full_name": "Trần Văn Hưng", **born(2012, 9, 5)}, False),
        (born(2010, 3, 12), False),
        ({"full_name": "Lê Thị Hoa"}, False),
    ],
)
def test_who_gives_a_number_of_the_register_is_its_holder_under_the_same_rule(changes, answer):
    held = {
        "full_name": "Trần Văn Hùng",
        "birth_date": dt.date(1980, 3, 12),
        "birth_precision": "D",
        "pin": "079080001234",
        "cmnd": None,
        "former_numbers": [],
        "phone": None,
        "sex": 1,
    }
    assert is_holder(of_declaration(HUNG | changes), held) is answer


TOLD = st.builds(
    DeclaredFacts,
    st.lists(st.sampled_from(["Trần", "Thị", "Lan", "Lam", "Anh", "Mỹ", "Mĩ", "John"]), max_size=4).map(
        " ".join
    ),
    st.tuples(
        st.sampled_from([1988, 1989, 1958]),
        st.sampled_from([None, 1, 3, 5]),
        st.sampled_from([None, 1, 3, 5, 6]),
    ),
    st.frozensets(st.sampled_from(["B1234567", "079188001234"])),
    st.frozensets(st.sampled_from(["0912333444", "0977000000"])),
    st.sampled_from([0, 1, 2]),
    st.sampled_from(["", "65A-22334"]),
)


@given(TOLD, TOLD)
def test_the_answer_is_the_same_whichever_is_asked_about(one, other):
    assert sameness(one, other) is sameness(other, one)


@given(TOLD, TOLD, st.booleans())
def test_the_first_of_january_never_makes_two_less_alike_than_the_year_alone(one, other, are_linked):
    year, _month, _day = one.birth
    by_day, by_year = (
        sameness(replace(one, birth=birth), other, are_linked=are_linked)
        for birth in ((year, 1, 1), (year, None, None))
    )
    assert by_day >= by_year


@given(TOLD)
def test_with_a_number_or_a_telephone_everybody_is_surely_who_they_are(one):
    if one.full_name.split() and (one.numbers or one.phones):
        assert sameness(one, one) is SURELY


@given(TOLD, TOLD)
def test_without_a_number_or_a_telephone_in_common_nobody_is_surely_the_same(one, other):
    if not (one.numbers & other.numbers or one.phones & other.phones):
        assert sameness(one, other) is not SURELY


@given(TOLD, TOLD)
def test_a_generation_apart_nobody_is_surely_the_same(one, other):
    if abs(one.birth[0] - other.birth[0]) > GENERATION:
        assert sameness(one, other, are_linked=True) is not SURELY


@given(TOLD, TOLD)
def test_with_another_sex_only_who_tells_all_else_alike_to_the_letter_is_surely_the_same(one, other):
    if sameness(one, other, are_linked=True) is SURELY and {one.sex, other.sex} == {1, 2}:
        assert (sorted(one.full_name.split()), one.birth) == (sorted(other.full_name.split()), other.birth)


def test_nobody_is_held_together_by_having_no_number():
    assert number_forms("") == number_forms(None) == number_forms(" ") - {" "} == frozenset()


HA = {
    "full_name": "Nguyễn Thị Hà",
    "pin": "079181560824",
    "cmnd": None,
    "former_numbers": [],
    "phone": "0924996186",
    "sex": 2,
    "birth_date": dt.date(1981, 4, 20),
    "birth_precision": 0,
}
NAMESAKE = HA | {"pin": "086182251626", "birth_date": dt.date(1982, 1, 5), "phone": "0860465095"}
OF_HER = {
    "full_name": "Nguyễn Thị Hà",
    "number": "086182251626",
    "phone": "0860465095",
    "declarer_phone": "",
    "sex": 2,
} | born(1982, 1, 5)


@pytest.mark.parametrize(
    "left_out",
    [
        {},
        {"number": ""},
        {"number": "", "phone": ""},
        {"number": "", **born(1982)},
        {"number": "", "phone": "", **born(1982)},
        {"phone": "", **born(1982)},
        {"number": "", **born(1990)},
        {"full_name": "Nguyen Thi Ha"},
        {"number": "079181560824"},
        {"phone": "0924996186"},
    ],
)
def test_of_two_who_were_taken_for_one_it_is_whom_more_of_what_was_told_fits(left_out):
    told = of_declaration(OF_HER | left_out)
    assert (fits_better(told, NAMESAKE, HA), fits_better(told, HA, NAMESAKE)) == (True, False)


@pytest.mark.parametrize(
    "told", [{"number": "", "phone": "", **born(1990)}, {"number": "123", "phone": "", **born(1990)}]
)
def test_what_fits_both_alike_is_neither_ones_rather(told):
    told = of_declaration(OF_HER | told)
    assert not fits_better(told, NAMESAKE, HA)
    assert not fits_better(told, HA, NAMESAKE)


def test_of_twins_it_is_the_one_whose_name_it_is_to_the_letter():
    hung = HA | {"full_name": "Trần Văn Hùng", "sex": 1, "pin": None}
    hung_told = of_declaration(
        OF_HER
        | {"full_name": "Trần Văn Hưng", "sex": 1, "number": "", "phone": HA["phone"]}
        | born(1981, 4, 20)
    )
    assert fits_better(hung_told, hung | {"full_name": "Trần Văn Hưng"}, hung)
