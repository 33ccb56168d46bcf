"""What clerks paste from messages and sheets: what is the key, and what stands beside it and is told."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dancu.areas import lookups as areas
from dancu.matching.errors import PassportsNotHeld
from dancu.matching.lines.one_line import ReadLine, read_line, read_name
from dancu.values.birth_dates import PartialDate
from dancu.values.errors import BadValue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

MAI, DAY, YEAR = "Trần Thanh Mai", PartialDate(1969, 9, 15), PartialDate(1969)
PIN, CMND, PHONE, FORMER = "079169001234", "012345678", "0912345678", "0382345678"


def mai(*unread: str, born: PartialDate | None = None, **more: str) -> ReadLine:
    return ReadLine(name=MAI, birth_date=born, unread=unread, **more)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        # brackets, quotes, dashes
        ("Trần Thanh Mai (nữ) 15-09-1969", mai("nữ", born=DAY)),
        ("Trần Thanh Mai (nữ 15-09-1969", mai("nữ", born=DAY)),
        ("Trần Thanh Mai (Nữ, 15/09/1969)", mai("Nữ", born=DAY)),
        ("Huỳnh Ngọc Ngân (Ngọc)", ReadLine(name="Huỳnh Ngọc Ngân", unread=("Ngọc",))),
        ("Trần Thanh Mai [mẹ cháu Bi] 1969", mai("mẹ cháu Bi", born=YEAR)),
        ("[Trần Thanh Mai] 1969", mai(born=YEAR)),
        ("(Trần Thanh Mai) 1969", mai(born=YEAR)),
        ("“Trần Thanh Mai” 1969", mai(born=YEAR)),
        ('Trần Thanh Mai "Mai Bầu"', mai("Mai Bầu")),
        ("Trần Thanh Mai (0912345678)", mai(phone=PHONE)),
        ("Trần Thanh Mai (sn 1969, con bà Lan)", mai("con bà Lan", born=YEAR)),
        ("Trần Thanh Mai - 1969 - 0912345678", mai(born=YEAR, phone=PHONE)),
        ("Trần Thanh Mai-1969", mai(born=YEAR)),
        ("Trần Thanh Mai: nữ, 1969", mai("nữ", born=YEAR)),
        ("Trần Thanh Mai nữ 1969", mai("nữ", born=YEAR)),
        ("Trần Thanh Mai (tên khác: Ngọc) 1969", mai("tên khác: Ngọc", born=YEAR)),
        # labels
        ("CCCD Trần Thanh Mai", mai("CCCD")),
        ("CCCD: 079 169 001 234 Trần Thanh Mai", mai(number=PIN)),
        ("CCCD/CMND: 079169001234 Trần Thanh Mai", mai(number=PIN)),
        ("Trần Thanh Mai số định danh cá nhân 079169001234", mai(number=PIN)),
        ("Trần Thanh Mai thẻ 079169001234", mai(number=PIN)),
        ("Trần Thanh Mai thẻ 079169", mai("thẻ 079169")),
        ("Trần Thanh Mai cccd 1969", mai("cccd 1969")),
        ("079169001234 (CCCD), 012345678 (CMND)", ReadLine(number=PIN, unread=(CMND,))),
        ("Trần Thanh Mai sdt cũ 01682345678", mai(phone=FORMER)),
        ("Trần Thanh Mai sdt cu 0168 234 5678", mai(phone=FORMER)),
        ("Trần Thanh Mai SĐT mẹ: 0912 345 678", mai(phone=PHONE)),
        ("Trần Thanh Mai, sđt", mai("sđt")),
        ("zalo 0912345678 Trần Thanh Mai", mai(phone=PHONE)),
        ("Trần Thanh Mai sinh ngày 15 tháng 9 năm 1969", mai(born=DAY)),
        ("Trần Thanh Mai sinh tháng 9 năm 1969", mai(born=PartialDate(1969, 9))),
        ("Trần Thanh Mai ngày tháng năm sinh: 15/09/1969", mai(born=DAY)),
        ("Trần Thanh Mai 15/09/1969 00:00:00", mai(born=DAY)),
        ("Trần Thanh Mai ngày 15 tháng 9", mai("ngày 15 tháng 9")),
        ("Trần Thanh Mai tháng 9", mai("tháng 9")),
        ("Trần Thanh Mai 15/9", mai("15/9")),
        ("Trần Thanh Mai mùng 5 tháng 3 âm lịch", mai("mùng 5 tháng 3 âm lịch")),
        ("Trần Thanh Mai tuổi Kỷ Dậu", mai("tuổi Kỷ Dậu")),
        ("Trần Thanh Mai dân tộc Kinh 1969", mai("dân tộc Kinh", born=YEAR)),
        ("Trần Thanh Mai quê quán: Thốt Nốt, Cần Thơ, 1969", mai("quê quán: Thốt Nốt, Cần Thơ", born=YEAR)),
        (
            "Trần Thanh Mai CCCD 079169001234 ngày cấp 01/02/2021 nơi cấp Cục CS QLHC",
            mai("ngày cấp 01/02/2021", "nơi cấp Cục CS QLHC", number=PIN),
        ),
        ("Bệnh nhân: Trần Thanh Mai, 1969", mai("Bệnh nhân", born=YEAR)),
        ("Ghi chú: về từ HCM; Trần Thanh Mai 1969", mai("Ghi chú: về từ HCM", born=YEAR)),
        # a house, a street, a group of houses
        ("Trần Thanh Mai số nhà 12 Nhiêu Lộc", mai("số nhà 12 Nhiêu Lộc")),
        ("Trần Thanh Mai, 12/4 Lê Lợi, 1969", mai("12/4 Lê Lợi", born=YEAR)),
        ("Trần Thanh Mai 12/4 Lê Lợi", mai("12/4 Lê Lợi")),
        ("Trần Thanh Mai 12 Nhiêu Lộc", mai("12 Nhiêu Lộc")),
        ("Trần Thanh Mai số 12 đường Lê Lợi", mai("số 12 đường Lê Lợi")),
        ("Trần Thanh Mai đường 30/4", mai("đường 30/4")),
        ("Trần Thanh Mai tổ 4", mai("tổ 4")),
        ("Tổ 4: Trần Thanh Mai 1969", mai("Tổ 4", born=YEAR)),
        ("số 12 Trần Thanh Mai 1969", mai("số 12", born=YEAR)),
        # other people and other things
        ("Trần Thanh Mai, con ông Trần Văn Ba, 15/9/1969", mai("con ông Trần Văn Ba", born=DAY)),
        ("chị Trần Thanh Mai vợ anh Hùng 1969", mai("vợ anh Hùng", born=YEAR)),
        ("mẹ Trần Thanh Mai 1969", mai("mẹ", born=YEAR)),
        ("mất thẻ Trần Thanh Mai 1969", mai("mất thẻ", born=YEAR)),
        (
            "trần thanh mai đang cách ly 1969",
            ReadLine(name="trần thanh mai", birth_date=YEAR, unread=("đang cách ly",)),
        ),
        ("F1 Trần Thanh Mai", mai("F1")),
        ("Trần Thanh Mai 65A-123.45", mai("65A-123.45")),
        ("Trần Thanh Mai BHYT DN4790012345678", mai("BHYT DN4790012345678")),
        ("Trần Thanh Mai mai.tran@gmail.com", mai("mai.tran@gmail.com")),
        # names that are words as well
        ("Nguyễn Văn Năm 1960", ReadLine(name="Nguyễn Văn Năm", birth_date=PartialDate(1960))),
        ("Nguyễn Văn Đường 1980", ReadLine(name="Nguyễn Văn Đường", birth_date=PartialDate(1980))),
        ("Nguyễn Thị Thẻ 1980", ReadLine(name="Nguyễn Thị Thẻ", birth_date=PartialDate(1980))),
        ("Nguyễn Văn Đội 1950", ReadLine(name="Nguyễn Văn Đội", birth_date=PartialDate(1950))),
        ("Nguyễn Thị Quê 1950", ReadLine(name="Nguyễn Thị Quê", birth_date=PartialDate(1950))),
        ("Trần Thị Số 1950", ReadLine(name="Trần Thị Số", birth_date=PartialDate(1950))),
        ("Võ Anh Tuấn 1980", ReadLine(name="Võ Anh Tuấn", birth_date=PartialDate(1980))),
        ("Y Bler Niê 1980", ReadLine(name="Y Bler Niê", birth_date=PartialDate(1980))),
        ("H'Hen Niê", ReadLine(name="H'Hen Niê")),
        ("Nguyễn thị Lan 1980", ReadLine(name="Nguyễn thị Lan", birth_date=PartialDate(1980))),
    ],
)
def test_what_stands_beside_the_keys_is_told_and_no_part_of_them(text, read):
    assert read_line(text)[0] == read


@pytest.mark.parametrize(
    ("text", "path", "unread"),
    [
        ("Trần Thanh Mai, số nhà 12/4 đường Lê Lợi, phường Ninh Kiều, Cần Thơ", "Phường Ninh Kiều", 1),
        ("Trần Thanh Mai 12/4 Lê Lợi phường Ninh Kiều", "Phường Ninh Kiều", 1),
        ("Trần Thanh Mai (phường Ninh Kiều)", "Phường Ninh Kiều", 0),
        ("Ninh Kiều: Trần Thanh Mai", "Phường Ninh Kiều", 0),
        ("Trần Thanh Mai, Kinh, Ninh Kiều, Cần Thơ", "Phường Ninh Kiều", 1),
        ("Phường Long Đức (cũ: Phường 4), Trà Vinh, Trần Thanh Mai", "Phường Long Đức", 0),
    ],
)
def test_a_place_is_read_though_words_that_are_none_stand_beside_it(text, path, unread):
    line = read_line(text)[0]
    assert (line.name, len(line.unread)) == (MAI, unread)
    assert [areas.get(place).path.split(",")[0] for place in line.places] == [path]


def test_a_row_of_a_sheet_is_read_by_its_columns():
    row = ["1", MAI, "15/09/1969", "Nữ", "Kinh", PIN, PHONE, "Ấp 3", "Xã Tân Hòa", "Tiền Giang"]
    line = read_line("\t".join(row))[0]
    assert (line.number, line.phone, line.name, line.birth_date) == (PIN, PHONE, MAI, DAY)
    assert [areas.get(place).path for place in line.places] == ["Xã Tân Hòa, Tỉnh Đồng Tháp"]
    assert set(line.unread) == {"1", "Nữ", "Kinh", "Ấp 3"}


def test_a_form_is_read_by_its_labels():
    text = (
        "Họ tên: Trần Thanh Mai; Ngày sinh: 15/09/1969; Quê quán: Thốt Nốt, Cần Thơ; "
        "Nơi thường trú: Ấp Tân Phú, Ninh Kiều, Cần Thơ; Số CCCD: 079169001234"
    )
    line = read_line(text)[0]
    assert (line.number, line.name, line.birth_date) == (PIN, MAI, DAY)
    assert [areas.get(place).path for place in line.places] == ["Phường Ninh Kiều, Thành phố Cần Thơ"]
    assert set(line.unread) == {"Quê quán: Thốt Nốt, Cần Thơ", "Ấp Tân Phú"}


@pytest.mark.parametrize(
    "number", ["P12345678", "C1234567", "hộ chiếu N1234567", "passport no. 123456789", "HC: B1234567"]
)
def test_a_passport_is_told_to_be_held_by_nobody(number):
    with pytest.raises(PassportsNotHeld):
        read_line(number)
    line = read_line(f"Trần Thanh Mai {number} 1969")[0]
    assert (line.name, line.birth_date, line.unread) == (MAI, YEAR, (number,))
    assert line.passports == (number.split()[-1],)


def test_digits_with_a_letter_for_one_of_them_are_no_passport():
    assert read_line("O79169001234")[0].number == "O79169001234"


def test_a_word_in_small_letters_behind_a_name_is_a_name_or_none():
    assert [(line.name, line.unread) for line in read_line("Trần Thị nga 1969")] == [
        ("Trần Thị nga", ()),
        ("Trần Thị", ("nga",)),
    ]


def test_half_a_name_is_no_place_where_only_a_family_name_would_be_left():
    assert [line.name for line in read_line("Trần Thanh Mai 1969")] == [MAI]  # Xã Thanh Mai


def test_what_has_other_marks_is_no_place():
    assert all(not line.places for line in read_line("Nga, tháng"))  # Thị trấn Thắng


@pytest.mark.parametrize(
    ("typed", "name", "beside"),
    [
        ("Trần Thanh Mai (nữ)", MAI, ("nữ",)),
        ("Trần Thanh Mai, tổ 4", MAI, ("tổ 4",)),
        ("Trần Thanh Mai P12345678", MAI, ("P12345678",)),
        ("Ninh Kiều", "Ninh Kiều", ()),
        ("(?)", "(?)", ()),
    ],
)
def test_the_field_of_a_name_is_read_likewise(typed, name, beside):
    assert read_name(typed) == (name, beside)


@given(
    st.permutations(
        [
            "Trần Thanh Mai",
            "(nữ)",
            "15/09/1969",
            "SĐT: 0912345678",
            "CCCD 079169001234",
            "tổ 4",
            "dân tộc Kinh",
            "con ông Ba",
        ]
    ),
    st.sampled_from([", ", "; ", "\t", " | ", "\n"]),
)
def test_in_any_order_the_keys_are_the_same_and_the_rest_is_told(parts, between):
    line = read_line(between.join(parts))[0]
    assert (line.name, line.birth_date, line.phone, line.number) == (MAI, DAY, PHONE, PIN)
    assert set(line.unread) == {"nữ", "tổ 4", "dân tộc Kinh", "con ông Ba"}


@given(st.text(alphabet="Mai nữ()[]\"'0123456789/.-:,;P\tổ tháng", max_size=40))
def test_no_digit_and_no_bracket_is_a_part_of_a_name(text):
    try:
        lines = read_line(text)
    except BadValue:
        return
    for line in lines:
        assert not any(letter.isdigit() or letter in "()[]" for letter in line.name), line
        assert line.birth_date is None or line.birth_date.year <= dt.date.today().year


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Trần Thanh Mai15/09/1969", mai(born=DAY)),
        ("15/09/1969Trần Thanh Mai", mai(born=DAY)),
        ("Trần Thanh Mai1969", mai(born=YEAR)),
        ("Trần Thanh Mai0912345678", mai(phone=PHONE)),
        ("0912345678Trần Thanh Mai", mai(phone=PHONE)),
        ("Trần Thanh Mai079169001234", mai(number=PIN)),
        ("Mai15/09/1969", ReadLine(name="Mai", birth_date=DAY)),
        ("Trần Văn A15/09/1969", ReadLine(name="Trần Văn A", birth_date=DAY)),
        ("Trần Thanh Mai 51F12345", mai("51F12345")),  # a plate
    ],
)
def test_a_name_to_which_a_date_or_number_is_glued_is_read_with_it(text, read):
    assert read_line(text)[0] == read


@pytest.mark.parametrize(
    "text",
    [
        "Trần Thanh Mai Sep 15, 1969",
        "September 15 1969 Trần Thanh Mai",
        "15-Sep-1969 Trần Thanh Mai",
        "Trần Thanh Mai, 15th of September 1969",
        "Trần Thanh Mai, 15 Sept. 1969",
    ],
)
def test_a_day_as_english_writes_it_is_a_birth_date(text):
    assert read_line(text)[0] == mai(born=DAY)


def test_may_is_a_name_where_no_comma_follows_the_day():
    assert read_line("May 12, 1977 Lê Lan")[0] == ReadLine(name="Lê Lan", birth_date=PartialDate(1977, 5, 12))
    assert read_line("Lê Thị May 12 1977")[0].name == "Lê Thị May"


@pytest.mark.parametrize("name", ["P.T. Hoa", "P. T. Hoa", "T.H. Lan", "H.V. Nam", "X. T. Hoa", "Q.H. Anh"])
@pytest.mark.parametrize("beside", [", Ba Đình", ", Đông Anh, Hà Nội"])
def test_initials_are_somebodys_and_no_ward(name, beside):
    first = read_line(name + beside)[0]
    assert first.name == name
    assert first.places


@pytest.mark.parametrize("place", ["P. Bến Nghé, Q1", "X. Đại Mạch, H. Đông Anh", "P.5, Q.3", "H. Củ Chi"])
def test_a_place_with_a_letter_for_its_kind_is_no_name(place):
    assert read_line(place) == []
    assert read_line(f"Trần Thanh Mai, {place}")[0].name == MAI
