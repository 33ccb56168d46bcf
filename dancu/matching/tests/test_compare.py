import datetime as dt
from dataclasses import replace

import pytest

from dancu.matching.compare import ClaimedIdentity, Outcome, compare
from dancu.register.lookups import ALIVE, DEAD, MISSING, FoundPerson
from dancu.values.birth_dates import PartialDate

HERE, NEXT_DOOR, FAR = 11, 12, 90
AN = FoundPerson(1, "001085001234", "Nguyễn Văn An", dt.date(1985, 3, 12), "D", 1, ALIVE, HERE)
SAID = ClaimedIdentity(
    number="001085001234",
    full_name="Nguyễn Văn An",
    birth=PartialDate(1985, 3, 12),
    sex=1,
    home_areas=frozenset({HERE}),
    home_province=frozenset({HERE, NEXT_DOOR}),
)


def outcome(person: FoundPerson = AN, homes=(HERE,), **said) -> Outcome:
    return compare(replace(SAID, **said), person, homes).outcome


def test_what_agrees_in_all_is_confirmed():
    comparison = compare(SAID, AN, [HERE])
    assert comparison.outcome == Outcome.CONFIRMED
    assert comparison.differing == {}


@pytest.mark.parametrize("said", [{"full_name": "NGUYEN VAN AN"}, {"sex": 0}, {"home_areas": frozenset()}])
def test_no_marks_and_what_was_not_asked_do_not_count_against_anybody(said):
    assert outcome(**said) == Outcome.CONFIRMED


@pytest.mark.parametrize(
    ("said", "differing"),
    [
        ({"full_name": "Nguyễn An"}, {"name": "shortened"}),
        ({"birth": PartialDate(1985, 12, 3)}, {"birth_date": "swapped"}),
        ({"birth": PartialDate(1985)}, {"birth_date": "year_only"}),
        ({"sex": 2}, {"sex": "different"}),
    ],
)
def test_one_inexact_field_is_a_difference_with_its_name(said, differing):
    comparison = compare(replace(SAID, **said), AN, [HERE])
    assert comparison.outcome == Outcome.DIFFERENCES
    assert comparison.differing == differing
    assert comparison.outcome.agrees


@pytest.mark.parametrize(
    ("held", "sex", "said"),
    [
        ("Đỗ Thế Vinh", 1, "Đỗ Thị Vinh"),
        ("Đỗ Thế Vinh", 1, "DO THI VINH"),
        ("Danh Vuông", 1, "Danh Thị Vuông"),
        ("Nguyễn Vân Anh", 2, "Nguyễn Văn Anh"),
    ],
)
def test_a_number_with_the_name_of_a_brother_or_sister_disagrees(held, sex, said):
    person = replace(AN, full_name=held, sex=sex)
    assert outcome(person, full_name=said, sex=0) == Outcome.DISAGREES
    assert outcome(person, full_name=said, sex=3 - sex) == Outcome.DISAGREES
    assert outcome(person, full_name=said, sex=sex) == Outcome.DIFFERENCES  # a slip of the middle name
    assert outcome(person, full_name=held, sex=0) == Outcome.CONFIRMED


@pytest.mark.parametrize(
    "said",
    [
        {"full_name": "Nguyễn Văn Ân", "sex": 2},  # a twin sister
        {"full_name": "Nguyễn Văn Ân", "birth": PartialDate(1985)},
        {"birth": PartialDate(1985), "sex": 2},
        {"birth": PartialDate(1955, 3, 12)},  # a father of the same name
        {"full_name": "Con ông Nguyễn Văn An"},
    ],
)
def test_what_may_be_a_relatives_disagrees(said):
    assert outcome(**said) == Outcome.DISAGREES


def test_living_elsewhere_is_a_difference_and_the_same_province_is_told_apart():
    assert compare(SAID, AN, [NEXT_DOOR]).differing == {"residence": "same_province"}
    assert compare(SAID, AN, [FAR]).differing == {"residence": "different"}
    assert outcome(homes=[FAR]) == Outcome.DIFFERENCES


def test_someone_with_two_homes_is_at_home_in_either():
    assert outcome(homes=[FAR, HERE]) == Outcome.CONFIRMED


@pytest.mark.parametrize(
    "said",
    [
        {"full_name": "Trần Thị Bé"},
        {"birth": PartialDate(1960, 7, 1)},
        {"full_name": "Nguyễn An", "birth": PartialDate(1985)},  # two inexact fields are too many
        {"full_name": ""},
        {"birth": None},
    ],
)
def test_the_number_of_somebody_else_disagrees(said):
    assert outcome(**said) == Outcome.DISAGREES


@pytest.mark.parametrize(("status", "level"), [(DEAD, "dead"), (MISSING, "missing_person")])
def test_nobody_travels_as_one_who_is_dead_or_missing(status, level):
    comparison = compare(SAID, replace(AN, status=status), [HERE])
    assert comparison.outcome == Outcome.DISAGREES
    assert comparison.differing == {"status": level}


def test_a_citizen_learns_only_whether_it_agrees():
    assert [outcome.agrees for outcome in Outcome] == [True, True, False, False, False]
