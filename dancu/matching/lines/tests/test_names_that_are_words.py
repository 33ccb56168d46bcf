"""A name is found whatever its words mean besides: an alley, a family name that says "from", a month."""

import datetime as dt
from functools import cache

import numpy as np
import pytest

from dancu.matching.lines.one_line import read_line, read_name
from dancu.synthetic.population import names
from dancu.text.folding import fold
from dancu.values.birth_dates import PartialDate

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

BORN = PartialDate(1974, 1, 8)
KEYS = [
    "08/01/1974",
    "8.1.1974",
    "1974",
    "01/1974",
    f"{dt.date.today().year - 1974} tuổi",
    "0911738933",
    "0911 738 933",
    "079074123456",
    "",
]
WRITINGS = [str, str.lower, str.upper, fold, lambda name: fold(name).title(), lambda name: fold(name).upper()]
GIVEN = "Kiệt Lô Căn Nhà Thắng Từ Không Vừa Mới Đội Bản Làng Phòng Khối Khôi Quang Đường Số Thẻ Năm Sinh Độ Tiêm Tại Ấp Tô Hẻm Con Má Quê Quán Xã".split()
FAMILIES = ["Nguyễn Văn", "Trần Thị", "Hà Tuấn"]


@cache
def of_a_register() -> list[str]:
    """Names of a synthetic register, each once."""
    rng, many = np.random.default_rng(5), 250
    kinh, provinces = np.ones(many, int), rng.choice([1, 48, 79, 92], many)
    surnames = names.surnames(rng, kinh, provinces)
    made = names.name(
        rng, surnames, kinh, rng.integers(1, 3, many), rng.integers(1940, 2020, many), provinces
    )
    return made.text().unique(maintain_order=True).to_list()


def named(text: str) -> list[str]:
    return [line.name for line in read_line(text)]


@pytest.mark.parametrize("write", WRITINGS)
def test_each_name_of_a_register_is_read_before_whatever_stands_behind_it(write):
    for at, name in enumerate(of_a_register()):
        key, written = KEYS[at % len(KEYS)], write(name)
        assert written in named(f"{written} {key}"), f"{written} {key}"


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("write", WRITINGS)
def test_a_given_name_that_is_a_word_of_a_list_stays_in_the_name(write, key):
    for at, given in enumerate(GIVEN):
        written = write(f"{FAMILIES[at % len(FAMILIES)]} {given}")
        assert written in named(f"{written} {key}"), f"{written} {key}"


@pytest.mark.parametrize(
    ("text", "name", "birth", "unread"),
    [
        ("từ thị kim lài 25/6/1979", "từ thị kim lài", PartialDate(1979, 6, 25), ()),
        ("Kiên Thị Phone 01/05/1992", "Kiên Thị Phone", PartialDate(1992, 5, 1), ()),
        ("duong 11/03/2002", "duong", PartialDate(2002, 3, 11), ()),
        ("ha tuan thang 0911738933", "ha tuan thang", None, ()),
        ("Nguyễn Đường Anh 1980", "Nguyễn Đường Anh", PartialDate(1980), ()),
        ("Nguyễn H. Lan 1980", "Nguyễn H. Lan", PartialDate(1980), ()),
        ("nguyễn văn không bị sốt", "nguyễn văn không", None, ("bị sốt",)),
        ("trần thanh mai từ huế về 1969", "trần thanh mai", PartialDate(1969), ("từ huế về",)),
        ("Trần Thanh Mai kiệt 12 Nhiêu Lộc", "Trần Thanh Mai", None, ("kiệt 12 Nhiêu Lộc",)),
        (
            "Lê Thị Oanh, tiêm mũi 2 ngày 12/9/2021, sinh 1998",
            "Lê Thị Oanh",
            PartialDate(1998),
            ("tiêm mũi 2 ngày 12/9/2021",),
        ),
        ("Lê Thị Oanh, tiem mui 2 ngay 12/9/2021", "Lê Thị Oanh", None, ("tiem mui 2 ngay 12/9/2021",)),
        ("12/9/2021 Nga, sinh năm 1981", "Nga", PartialDate(1981), ("12/9/2021",)),
    ],
)
def test_what_is_an_aside_is_told_by_the_words_around_it(text, name, birth, unread):
    line = read_line(text)[0]
    assert (line.name, line.birth_date, line.unread) == (name, birth, unread)


def test_a_form_without_marks_is_read_by_its_labels():
    line = read_line("Ho ten: Le Thi Oanh; NS: 19/3/1998; DC: KV Phung Thanh, P. Thot Not")[0]
    assert (line.name, line.birth_date, line.unread) == (
        "Le Thi Oanh",
        PartialDate(1998, 3, 19),
        ("KV Phung Thanh",),
    )
    assert line.places


def test_the_field_of_a_name_keeps_such_names_whole():
    assert read_name("nguyen quang thanh") == ("nguyen quang thanh", ())
    assert read_name("từ thị kim lài") == ("từ thị kim lài", ())


@pytest.mark.parametrize(
    ("text", "number", "unread"),
    [
        (
            "079200001234|025123456|Nguyễn Văn An|15022000|Nam|12 Lê Lợi, Phường Bến Nghé|25042021",
            "079200001234",
            ("025123456", "12 Lê Lợi, Phường Bến Nghé"),
        ),
        ("079200001234|NGUYEN VAN AN|2000-02-15|1|QID|EXT", "079200001234", ()),
    ],
)
def test_the_code_of_a_card_is_read_as_at_the_desk(text, number, unread):
    [line] = read_line(text)
    assert (line.number, fold(line.name), line.birth_date) == (
        number,
        "nguyen van an",
        PartialDate(2000, 2, 15),
    )
    assert (line.phone, line.unread) == ("", unread)
