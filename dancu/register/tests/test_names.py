"""No record bears a name that is nobody's, whichever action writes it."""

import datetime as dt

import pytest

from dancu.register import actions, lookups
from dancu.register.errors import (
    NameGarbled,
    NameLostLetters,
    NameNotLatin,
    NameOfAnother,
    NameTooLong,
    NameTyped,
    NoName,
    NotAName,
)
from dancu.register.names import right_name
from dancu.testing.officials import acting_as
from dancu.testing.people import ha, someone

NO_NAMES = [
    ("", NoName),
    (" \u200b ", NoName),
    ("12345", NotAName),
    ("An 2", NotAName),
    ("阮文安", NameNotLatin),
    ("Nguy\ufffdn An", NameLostLetters),
    ("LeǀHoaǎ An", NameGarbled),
    ("Nguyeenx Vawn An", NameTyped),
    ("Con bà Lan", NameOfAnother),
    ("Trần Gia Bảo (con bà Lan)", NameOfAnother),
    ("An " * 70, NameTooLong),
]


@pytest.mark.parametrize(("text", "error"), NO_NAMES)
def test_what_is_no_name_is_told(text, error):
    with pytest.raises(error) as refused:
        right_name(text)
    assert str(refused.value)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("  Nguyễn  Văn\u200b An ", "Nguyễn Văn An"),
        ("Lê Hoà", "Lê Hoà"),
        ("Nguyá»…n An", "Nguyễn An"),
        ("José Müller", "José Müller"),
        ("Nguyeãn Vaên Thaønh", "Nguyễn Văn Thành"),
        ("NguyÔn Thanh T\xadêng", "Nguyễn Thanh Tường"),
        ("Loïc Nguyen", "Loïc Nguyen"),
        ("H'Hen Niê", "H'Hen Niê"),
        ("Trần Thị Bé", "Trần Thị Bé"),
    ],
)
def test_a_name_is_written_as_it_was_meant(text, name):
    assert right_name(text) == name


@pytest.mark.django_db
@pytest.mark.usefixtures("published_areas")
@pytest.mark.parametrize(("text", "error"), NO_NAMES)
def test_no_action_records_it(text, error):
    mother = someone(full_name="Trần Thị Lan", sex=2)
    acting = acting_as(ha())
    for action in (
        lambda: someone(full_name=text),
        lambda: actions.correct(acting, mother, {"full_name": text}, "Giấy khai sinh số 12"),
        lambda: actions.record_birth(
            acting,
            mother,
            full_name=text,
            birth_date=dt.date(2020, 1, 1),
            sex=1,
            basis="Giấy khai sinh số 12",
        ),
    ):
        with pytest.raises(error):
            action()
    assert lookups.get(mother)["full_name"] == "Trần Thị Lan"
