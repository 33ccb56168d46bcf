"""Words as they sound and as they are typed, and days of the lunar calendar."""

import unicodedata
from random import Random

import numpy as np
import pytest

from dancu.synthetic.corruption import keyboard, spelling
from dancu.synthetic.corruption.lunar import lunar


def alike(word: str) -> set[str]:
    return {
        spelling.sounds_alike(f"Nguyễn {word}", Random(seed)).removeprefix("Nguyễn ") for seed in range(60)
    }


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("Sơn", {"Xơn", "Sơng"}),
        ("Trang", {"Chang", "Tran"}),
        ("Dũng", {"Giũng", "Rũng", "Dũn"}),
        ("Lan", {"Nan", "Lang"}),
        ("Quốc", {"Cuốc", "Quốt"}),
        ("Đạt", {"Đạc"}),
        ("Hoa", {"Hoa"}),
    ],
)
def test_a_word_is_written_as_it_sounds_somewhere(word, wanted):
    assert alike(word) == wanted


@pytest.mark.parametrize(
    ("name", "other"), [("Lý Thị Mỹ", "Lí Thị Mĩ"), ("Sĩ", "Sỹ"), ("Quý", "Quí"), ("Thúy", "Thúy")]
)
def test_i_and_y_change_places(name, other):
    assert spelling.i_and_y(name, Random(1)) == other.replace("Thị", spelling.i_and_y("Thị", Random(1)))


@pytest.mark.parametrize(
    ("text", "moved"), [("Hòa", "Hoà"), ("Thúy Hòa", "Thuý Hoà"), ("Quỳnh", "Quỳnh"), ("Hoàng", "Hoàng")]
)
def test_the_tone_stands_a_letter_further(text, moved):
    assert keyboard.tone_placement(text, Random(1)) == moved


def test_what_was_typed_looks_as_it_did():
    dice = Random(2)
    assert keyboard.unmarked("Đỗ Thị Hồng", dice) == "Do Thi Hong"
    assert keyboard.foreign_d("Đỗ", dice) == "\u00d0ỗ"
    assert keyboard.font_tcvn3("Nguyễn", dice) == "NguyÔn"
    assert keyboard.font_vni("Nguyễn", dice) == "Nguyeãn"
    assert "Nguyeenx" in {keyboard.telex("Nguyễn", Random(seed)) for seed in range(4)}
    assert unicodedata.is_normalized("NFD", keyboard.unicode_form("Nguyễn", dice))
    assert len(keyboard.double_spaces("Lê An", dice)) > len("Lê An")


@pytest.mark.parametrize("name", ["Nguyễn Văn An", "Trần Thị Thu Hòa", "Lê Út"])
def test_a_slip_of_the_finger_changes_one_word(name):
    for seed in range(50):
        wrong = spelling.letter_wrong(name, Random(seed))
        assert sum(a != b for a, b in zip(name.split(), wrong.split(), strict=True)) <= 1
        assert abs(len(wrong) - len(name)) <= 1


@pytest.mark.parametrize(
    ("day", "of_the_moon"),
    [
        ("1968-01-29", (1968, 1, 1)),  # Tết, as both halves of the country did not keep it together
        ("1985-01-21", (1985, 1, 1)),  # a month before Beijing's
        ("2007-02-17", (2007, 1, 1)),
        ("2017-10-04", (2017, 8, 15)),  # mid-autumn, after a leap month
        ("2020-05-23", (2020, 4, 1)),  # of the leap fourth month
        ("2023-08-30", (2023, 7, 15)),
        ("2024-02-10", (2024, 1, 1)),
        ("2033-01-31", (2033, 1, 1)),
    ],
)
def test_days_of_the_lunar_calendar_are_those_in_the_almanac(day, of_the_moon):
    found = lunar(np.array([day], "datetime64[D]").astype(int))
    assert tuple(int(part[0]) for part in found) == of_the_moon


def test_lunar_days_follow_one_another():
    _, months, days = lunar(np.arange(-25_000, 20_000))
    follows = np.diff(days) == 1
    assert (days[1:][~follows] == 1).all()
    assert set(days[:-1][~follows]) == {29, 30}
    assert set(months) == set(range(1, 13))
