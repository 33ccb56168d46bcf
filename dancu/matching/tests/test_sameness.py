"""Whether two who are told of are one traveller: the same whichever is asked about, and nobody is joined who is merely alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dancu.matching.sameness import Sameness, Told, number_forms, of_declaration, sameness

NO, PERHAPS, SURELY = Sameness.NO, Sameness.PERHAPS, Sameness.SURELY
LAN = {
    "full_name": "Trần Thị Lan", "number": "", "phone": "0912333444", "declarer_phone": "", "birth_year": 1988, "birth_month": 3, "birth_day": 5,
    "sex": 2,
}  # fmt: skip
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
        (NUMBERED, {"full_name": "Trần Thị Lam", **born(1991, 7, 9)}, SURELY),
        (NUMBERED, {"full_name": "Yuki Tanaka"}, PERHAPS),
        (NUMBERED, {"full_name": "Yuki Tanaka", **born(1988)}, PERHAPS),
        (NUMBERED | born(1988), {"full_name": "Yuki Tanaka", **born(1988)}, PERHAPS),
        (NUMBERED, {"number": "C7654321", "full_name": "Yuki Tanaka"}, NO),
    ],
)  # fmt: skip
def test_two_are_the_same_as_far_as_what_is_told_of_them_says(who, other, answer):
    one, two = of_declaration(who), of_declaration(who | other)
    assert (sameness(one, two), sameness(two, one)) == (answer, answer)


TOLD = st.builds(
    Told,
    st.lists(st.sampled_from(["Trần", "Thị", "Lan", "Lam", "Anh", "Mỹ", "Mĩ", "John"]), max_size=4).map(" ".join),
    st.tuples(st.sampled_from([1988, 1989, 1958]), st.sampled_from([None, 3, 5]), st.sampled_from([None, 3, 5, 6])),
    st.frozensets(st.sampled_from(["B1234567", "C7654321"])),
    st.frozensets(st.sampled_from(["0912333444", "0977000000"])),
    st.sampled_from([0, 1, 2]),
)


@given(TOLD, TOLD)
def test_the_answer_is_the_same_whichever_is_asked_about(one, other):
    assert sameness(one, other) is sameness(other, one)


@given(TOLD)
def test_with_a_number_or_a_telephone_everybody_is_surely_who_they_are(one):
    if one.full_name.split() and (one.numbers or one.phones):
        assert sameness(one, one) is SURELY


@given(TOLD, TOLD)
def test_without_a_number_or_a_telephone_in_common_nobody_is_surely_the_same(one, other):
    if not (one.numbers & other.numbers or one.phones & other.phones):
        assert sameness(one, other) is not SURELY


def test_nobody_is_held_together_by_having_no_number():
    assert number_forms("") == number_forms(None) == number_forms(" ") - {" "} == frozenset()
