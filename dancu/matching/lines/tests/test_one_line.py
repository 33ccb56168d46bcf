import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dancu.areas import index
from dancu.areas import lookups as areas
from dancu.matching.lines.one_line import ReadLine, read_line
from dancu.text.folding import fold
from dancu.values.birth_dates import PartialDate
from dancu.values.errors import NumberRounded

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

DAY, YEAR = PartialDate(1981, 4, 13), PartialDate(1981)
PIN, PHONE = "079200001234", "0912345678"


def places(line: ReadLine) -> list[str]:
    return [areas.get(place).path for place in line.places]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("le le nga 13/4/1981", ReadLine(name="le le nga", birth_date=DAY)),
        ("13.04.1981 Lê Lệ Nga", ReadLine(name="Lê Lệ Nga", birth_date=DAY)),
        ("Lê Lệ Nga, 13-4-81", ReadLine(name="Lê Lệ Nga", birth_date=DAY)),
        ("nga 13041981", ReadLine(name="nga", birth_date=DAY)),
        ("nga 13 4 1981", ReadLine(name="nga", birth_date=DAY)),
        ("nga 1981-04-13", ReadLine(name="nga", birth_date=DAY)),
        ("nga 13 April 1981", ReadLine(name="nga", birth_date=DAY)),
        ("nga sinh ngày 13 tháng 4 năm 1981", ReadLine(name="nga", birth_date=DAY)),
        ("nga tháng 4/1981", ReadLine(name="nga", birth_date=PartialDate(1981, 4))),
        ("nga 1981", ReadLine(name="nga", birth_date=YEAR)),
        ("Nga, sinh năm 1981", ReadLine(name="Nga", birth_date=YEAR)),
        ("nga sn 81", ReadLine(name="nga", birth_date=YEAR)),
        ("nga xx/xx/1981", ReadLine(name="nga", birth_date=YEAR)),
        ("0912 345 678", ReadLine(phone=PHONE)),
        ("+84 912.345.678", ReadLine(phone=PHONE)),
        ("SĐT: (+84) 912-345-678", ReadLine(phone=PHONE)),
        ("0168 234 5678", ReadLine(phone="0382345678")),
        ("024 3825 1234", ReadLine(phone="02438251234")),
        ("079200001234", ReadLine(number=PIN)),
        ("079 200 001 234", ReadLine(number=PIN)),
        ("079.200.001.234", ReadLine(number=PIN)),
        ("CCCD 079200001234", ReadLine(number=PIN)),
        ("０７９２００００１２３４", ReadLine(number=PIN)),
        ("79200001234", ReadLine(number="79200001234")),
        ("012 345 678", ReadLine(number="012345678")),
        ("079200001234 0912 345 678 nga 13/4/1981", ReadLine(PIN, PHONE, "nga", DAY)),
        ("1981 0912345678", ReadLine(phone=PHONE, birth_date=YEAR)),
        ("Nguyễn Văn Nam 1981", ReadLine(name="Nguyễn Văn Nam", birth_date=YEAR)),
        ("nguyen thi may 1981", ReadLine(name="nguyen thi may", birth_date=YEAR)),
        ("Nguyễn Thị Phương Anh", ReadLine(name="Nguyễn Thị Phương Anh")),
        ("Ông Nguyễn Văn Nam 1981", ReadLine(name="Nguyễn Văn Nam", birth_date=YEAR)),
        ("bà Lê Lệ Nga, 1981", ReadLine(name="Lê Lệ Nga", birth_date=YEAR)),
        ("Anh Lê Văn Tám", ReadLine(name="Lê Văn Tám")),
        ("Mr. Le Van Tam", ReadLine(name="Le Van Tam")),
        ("Bà Nga 1981", ReadLine(name="Nga", birth_date=YEAR)),
        ("Ông Văn Tùng 1981", ReadLine(name="Ông Văn Tùng", birth_date=YEAR)),
        ("anh tuan 1981", ReadLine(name="anh tuan", birth_date=YEAR)),
        ("Ông 1981", ReadLine(name="Ông", birth_date=YEAR)),
        ("họ tên: Lê Lệ Nga 1981", ReadLine(name="Lê Lệ Nga", birth_date=YEAR)),
        ("Họ và tên: Lê Lệ Nga, sinh ngày 13/4/1981", ReadLine(name="Lê Lệ Nga", birth_date=DAY)),
        ("Họ, chữ đệm và tên khai sinh: Lê Lệ Nga; SĐT: 0912345678", ReadLine(phone=PHONE, name="Lê Lệ Nga")),
        ("Full name: Le Le Nga, born 1981", ReadLine(name="Le Le Nga", birth_date=YEAR)),
        ("+84 (0)912345678", ReadLine(phone=PHONE)),
        ("+84 (0) 912 345 678", ReadLine(phone=PHONE)),
        ("(+84) (0)912.345.678 nga", ReadLine(phone=PHONE, name="nga")),
        ("0084(0)912345678", ReadLine(phone=PHONE)),
        ("Lê Lệ Nga, nữ, 1981", ReadLine(name="Lê Lệ Nga", birth_date=YEAR, unread=("nữ",))),
        ("Lê Lệ Nga, Atlantis", ReadLine(name="Lê Lệ Nga", unread=("Atlantis",))),
        ("Lê Lệ Nga 31/02/1981", ReadLine(name="Lê Lệ Nga", unread=("31/02/1981",))),
        ("nga, 0912345678, 0325911987", ReadLine(phone=PHONE, name="nga", unread=("0325911987",))),
        (
            "nga 13/4/1981, cấp ngày 01/02/2021",
            ReadLine(name="nga", birth_date=DAY, unread=("cấp ngày 01/02/2021",)),
        ),
        ("nga 15 1986", ReadLine(name="nga", birth_date=PartialDate(1986), unread=("15",))),
        ("nga 0912345678 +84912345678", ReadLine(phone=PHONE, name="nga")),
    ],
)
def test_a_line_is_understood_in_any_order_and_writing(text, read):
    assert read_line(text)[0] == read


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("Nguyễn Văn Hùng, 1980, Ninh Kiều", "Phường Ninh Kiều, Thành phố Cần Thơ"),
        ("Ninh Kiều, Nguyễn Văn Hùng, 1980", "Phường Ninh Kiều, Thành phố Cần Thơ"),
        ("Nguyễn Văn Hùng phường Ninh Kiều 1980", "Phường Ninh Kiều, Thành phố Cần Thơ"),
        ("Nguyễn Văn Hùng 1980 tại Ninh Kiều, Cần Thơ", "Phường Ninh Kiều, Thành phố Cần Thơ"),
        ("Nguyễn Văn Hùng 1980, Cần Thơ", "Thành phố Cần Thơ"),
    ],
)
def test_a_place_is_told_from_a_name(text, path):
    line = read_line(text)[0]
    assert (line.name, line.birth_date, places(line)) == ("Nguyễn Văn Hùng", PartialDate(1980), [path])


def test_a_province_of_either_era_is_meant_by_its_bare_name():
    every = [area for area in index.current().areas.values() if area.level == areas.PROVINCE]
    assert len(every) == 34 + 63
    of_today = {area.short_name for area in every if area.valid_to is None}
    for area in every:
        for text in (f"Lê Văn Rạng 2005, {area.short_name}", f"le van rang 2005, {fold(area.short_name)}"):
            line = read_line(text)[0]
            [place] = [areas.get(place) for place in line.places]
            assert (place.level, place.short_name) == (areas.PROVINCE, area.short_name)
            assert (place.valid_to is None) == (area.short_name in of_today)


def test_the_ward_called_like_a_province_is_meant_where_the_officials_area_is_there():
    thai_binh = areas.parse_address("Xã Tây Ninh, Huyện Tiền Hải, Tỉnh Thái Bình", dt.date(2024, 1, 1)).area
    assert thai_binh is not None
    line = read_line("Lê Văn Rạng 2005, Tây Ninh", areas.ids_below(thai_binh.area_id))[0]
    assert places(line) == [thai_binh.path]
    province = areas.provinces_called("Tây Ninh")[0]
    assert places(read_line("Lê Văn Rạng 2005, Tây Ninh", areas.ids_below(province.area_id))[0]) == [
        "Tỉnh Tây Ninh"
    ]


@pytest.mark.parametrize(
    "text",
    ["Lê Hoa, Xã Đạ Tẻh 2", "Lê Hoa 1980 xã Đạ Tẻh 2", "Đạ Tẻh 2, Lê Hoa 1980", "Lê Hoa, da teh 2 1980"],
)
def test_a_number_at_the_end_of_a_places_name_is_a_part_of_it(text):
    line = read_line(text)[0]
    assert (line.name, places(line), line.unread) == ("Lê Hoa", ["Xã Đạ Tẻh 2, Tỉnh Lâm Đồng"], ())


def test_a_date_written_as_dates_are_is_nothing_else():
    assert [line.number for line in read_line("Lê Lệ Phương 2020-07-24")] == [""]
    assert read_line("Lê Hoa 2 3 1980")[0] == ReadLine(name="Lê Hoa", birth_date=PartialDate(1980, 3, 2))


def test_a_place_without_a_comma_is_the_second_reading():
    first, second, *_others = read_line("nguyen van hung ninh kieu")
    assert (first.name, first.places) == ("nguyen van hung ninh kieu", ())
    assert (second.name, places(second)) == ("nguyen van hung", ["Phường Ninh Kiều, Thành phố Cần Thơ"])


def test_of_places_with_one_name_those_of_the_officials_area_are_meant():
    can_tho = areas.find("Cần Thơ", level=areas.PROVINCE)[0].area_id
    assert len(read_line("Hùng, An Bình")[0].places) > 1
    assert places(read_line("Hùng, An Bình", areas.ids_below(can_tho))[0]) == [
        "Phường An Bình, Thành phố Cần Thơ"
    ]


@pytest.mark.parametrize(
    ("text", "keys", "unread"),
    [
        ("0354755152, 0325911987", [("", "0354755152"), ("", "0325911987")], ["0325911987", "0354755152"]),
        (
            "079200001234 079200005678",
            [("079200001234", ""), ("079200005678", "")],
            ["079200005678", "079200001234"],
        ),
    ],
)
def test_of_two_keys_of_a_kind_either_may_be_the_registers_and_the_other_is_told(text, keys, unread):
    read = read_line(text)
    assert [(line.number, line.phone) for line in read] == keys
    assert [line.unread for line in read] == [(one,) for one in unread]


@given(
    st.lists(
        st.sampled_from([PIN, "079200005678", PHONE, "0325911987", "13/4/1981", "1986", "15", "49 tuổi"]),
        max_size=4,
    )
)
def test_no_digits_are_dropped_without_a_word(groups):
    for line in read_line(", ".join(["nga", *groups])):
        born = line.birth_date
        taken = {line.number, line.phone, *([str(born), f"{born.year}"] if born else [])}
        years = {born.year, born.year + 1, born.year - 1} if born else set()
        for group in groups:
            is_age = group.endswith("tuổi") and dt.date.today().year - 49 in years
            is_same = (
                group in taken
                or (group == "13/4/1981" and born == DAY)
                or (group == "15" and born == PartialDate(2015))
            )
            assert is_age or is_same or group in line.unread, (group, line)


@pytest.mark.parametrize(
    "text",
    [
        "Lê Lệ Nga (49 tuổi)",
        "Lê Lệ Nga 49 tuổi",
        "lê lệ nga 49 tuoi",
        "Lê Lệ Nga, khoảng 49 tuổi",
        "Le Le Nga, 49 years old",
    ],
)
def test_an_age_is_a_year_of_birth_or_the_one_before(text):
    [line, *_others] = read_line(text)
    assert fold(line.name) == "le le nga"
    assert (line.birth_date, line.or_before) == (PartialDate(dt.date.today().year - 49), True)
    assert line.unread == ()


def test_an_age_beside_its_birth_date_adds_nothing_and_beside_another_is_told():
    born = PartialDate(dt.date.today().year - 49, 4, 13)
    [line, *_others] = read_line(f"nga {born} (49 tuổi)")
    assert (line.birth_date, line.or_before, line.unread) == (born, False, ())
    assert read_line("nga 13/4/1950 (20 tuổi)")[0].unread == ("20 tuổi",)


def test_a_name_is_no_place_of_other_marks():
    assert [places(line) for line in read_line("Hoa, Hưng Lợi")] == [[]]
    assert places(read_line("Hoa, Hùng Lợi")[0]) == ["Xã Hùng Lợi, Tỉnh Tuyên Quang"]


def test_digits_that_may_be_two_things_are_read_as_both():
    assert [(line.number, line.phone) for line in read_line("912345678")] == [
        ("912345678", ""),
        ("", "0912345678"),
    ]
    read = read_line("13041981")
    assert [line.birth_date for line in read] == [DAY, None]
    assert read[1].number == "13041981"


def test_a_word_that_is_a_name_and_says_year_is_read_as_both():
    assert [line.name for line in read_line("Lê Lệ Nga sinh 1981")] == ["Lê Lệ Nga sinh", "Lê Lệ Nga"]
    assert read_line("Nguyễn Văn Sinh 1981")[0].name == "Nguyễn Văn Sinh"


@pytest.mark.parametrize("text", ["", "   ", ",;,", "%", "?!", "Phường Ninh Kiều, Cần Thơ", "123 456"])
def test_what_nothing_can_be_searched_by_has_no_reading(text):
    assert read_line(text) == []


def test_a_number_that_a_spreadsheet_rounded_is_told():
    with pytest.raises(NumberRounded):
        read_line("Nga 7.92E+10")


@given(st.text(max_size=60))
def test_any_text_is_read_or_has_no_reading(text):
    try:
        lines = read_line(text)
    except NumberRounded:
        return
    assert len(lines) <= 4
    assert all(lines)


@given(st.integers(0, 99_999_999), st.lists(st.integers(1, 11), max_size=4), st.sampled_from([" ", ".", "-"]))
def test_a_personal_number_is_read_however_it_is_grouped(last, cuts, separator):
    number = f"0791{last:08}"
    grouped = "".join(separator + digit if at in cuts else digit for at, digit in enumerate(number))
    assert number in [
        line.number.replace(" ", "").replace(".", "").replace("-", "") for line in read_line(grouped)
    ]


@given(
    st.dates(dt.date(1900, 1, 1), dt.date(2020, 12, 31)),
    st.sampled_from(["{d}/{m}/{y}", "{d:02}-{m:02}-{y}", "{d}.{m}.{y}", "{d} {m} {y}"]),
)
def test_a_birth_date_is_read_in_each_writing(day, written):
    text = written.format(d=day.day, m=day.month, y=day.year)
    assert read_line(f"Nga {text}")[0] == ReadLine(name="Nga", birth_date=PartialDate.of(day))
