import datetime as dt
import re

import pytest

from dancu.audit import lookups as audit
from dancu.register import searching
from dancu.register.merging import actions as merging
from dancu.testing.officials import acting_as
from dancu.testing.pages import links, text
from dancu.testing.people import BEFORE, BEN_THANH, BORN, DICH_VONG, YEN_HOA, area, ha, someone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

PIN, OTHER_PIN, CMND = "001085001234", "001085005678", "012345678"


def search(client, **asked):
    """What is sent and what is then shown."""
    return client.post("/office/search/", asked, follow=True)


def found(page) -> list[str]:
    """The people listed, from the top."""
    return re.findall(r'/office/person/(\d+)/[?"]', page.content.decode())


def recorded(person_id: int, action: str) -> int:
    return [entry.action for entry in audit.of_person(person_id)].count(action)


def named(day: dt.date = BORN, name: str = "nguyen van an") -> dict[str, str]:
    return {
        "name": name,
        "birth_date_0": str(day.day),
        "birth_date_1": str(day.month),
        "birth_date_2": str(day.year),
    }


@pytest.mark.parametrize(
    "asked",
    [
        {"number": "001 085 001 234"},
        {"number": CMND},
        {"phone": "+84 912 345 678"},
        named(),
        named(name="an"),
    ],
)
def test_a_resident_is_found_in_each_of_the_ways(desk, asked):
    an = someone(pin=PIN, cmnd=CMND, phone="0912345678")
    page = search(desk, **asked)
    assert found(page) == [str(an)]
    said = text(page)
    for fact in ("1 person found", "Nguyễn Văn An", "12/03/1985", "Male", "••••••••1234", "Phường Cầu Giấy"):
        assert fact in said
    assert PIN not in page.content.decode().replace('value="001085001234"', "")
    assert recorded(an, "register.search") == 1


def test_those_registered_in_a_ward_of_former_days_are_found_by_its_successor(desk):
    an = someone(area(DICH_VONG, on=BEFORE), pin=PIN)
    assert found(search(desk, number=PIN)) == [str(an)]
    said = text(desk.get(f"/office/person/{an}/"))
    assert "Phường Dịch Vọng, Quận Cầu Giấy" in said
    assert "now Phường Cầu Giấy" in said


def test_who_lives_elsewhere_is_not_found_and_the_page_says_what_to_try(desk):
    someone(area(YEN_HOA), pin=PIN)
    page = search(desk, number=PIN)
    assert found(page) == []
    said = text(page)
    assert "Nobody found" in said
    assert "The person may still be in the register. Try:" in said
    assert "only residents of your area can be found here" in said


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({}, "Enter a personal number, phone number, name or birth date"),
        ({"line": "  "}, "Enter a personal number, phone number, name or birth date"),
        ({"line": "?!"}, "This was not understood. Enter, for example, Nguyễn Văn An 12/3/1985"),
        ({"line": "7.92E+10"}, "a spreadsheet has rounded it"),
        ({"number": "123"}, "A personal number has 12 digits, an old card number 9"),
        ({"phone": "12"}, "Enter a phone number, such as 0912 345 678"),
        (
            {"commune": "Phường Cầu Giấy, Thành phố Hà Nội"},
            "Phường Cầu Giấy, Thành phố Hà Nội is a place. To find people there, add a name",
        ),
        ({"name": "An", "commune": "Atlantis"}, "We could not find this commune"),
        ({"number": "1.09E+09"}, "A personal number has 12 digits, an old card number 9"),
        (named() | {"birth_date_1": ""}, "Enter the month too, or leave the day blank"),
        (named() | {"birth_date_2": ""}, "Enter the year"),
        (named(dt.date(2085, 1, 1)), "The birth date must not be in the future"),
    ],
)
def test_a_search_that_says_too_little_or_too_much_is_told_what_would_be_right(desk, asked, said):
    page = search(desk, **asked)
    assert page.status_code == 422
    assert said in text(page)
    assert recorded(0, "register.search") == 0


def test_more_than_fifty_are_listed_page_by_page_and_everyone_stands_on_one_of_them(desk):
    everyone = {str(someone()) for _ in range(102)}
    pages = [search(desk, **named())]
    while following := links(pages[-1], "Next page"):
        assert len(found(pages[-1])) == 50
        pages.append(desk.get("/office/search/" + following[0]))
    assert [len(found(page)) for page in pages] == [50, 50, 2]
    assert {each for page in pages for each in found(page)} == everyone
    assert found(desk.get("/office/search/" + links(pages[-1], "Previous page")[0])) == found(pages[1])
    assert "People found, page 1" in text(pages[0])


def test_a_birth_date_alone_is_said_not_to_be_looked_up_in_the_whole_country(stewards_desk, settings):
    page = text(search(stewards_desk, line="3/4/1991"))
    assert "In such a large area, a birth date alone does not find everyone" in page
    assert "more people than can be read" not in page
    settings.LANGUAGE_CODE = "vi"
    assert "Sinh 03/04/1991" in text(search(stewards_desk, line="3/4/1991"))


def test_who_was_born_on_the_day_in_the_province_asked_for_fits_and_is_not_only_perhaps_meant(stewards_desk):
    one = someone(birth_date=dt.date(1991, 4, 9))
    page = search(stewards_desk, line="Hà Nội 9/4/1991")
    assert found(page) == [str(one)]
    assert "1 person found" in text(page)
    assert "No exact match" not in text(page)


def test_the_former_name_of_a_merged_record_is_told_beside_the_one_that_stayed(stewards_desk):
    kept, other = someone(), someone(full_name="Lê Lệ Phương", sex=1, birth_date=dt.date(1985, 7, 24))
    merging.merge_people(acting_as(ha(username="steward")), kept, other, basis="Biên bản xác minh")
    page = search(stewards_desk, line="Lê Lệ Phương 24/7/1985")
    assert found(page) == [str(kept)]
    assert "(formerly Lê Lệ Phương)" in text(page)
    assert "(formerly Lê Lệ Phương)" in text(search(stewards_desk, line="le le phuong"))


def test_the_way_back_leads_to_what_was_found_and_the_search_itself_begins_anew(desk):
    an, ba = someone(pin=PIN), someone(pin=OTHER_PIN)
    search(desk, number=PIN)
    back = links(desk.get(f"/office/person/{an}/"), "Back to search")[0]
    assert found(desk.get(back)) == [str(an)]
    page = desk.get("/office/search/")
    assert found(page) == []
    assert PIN not in page.content.decode()
    others = search(desk, number=OTHER_PIN)
    assert found(desk.get(back)) == [str(an)], "a search in another tab changes nothing in this one"
    assert found(desk.get(links(desk.get(links(others, "Nguyễn Văn An")[0]), "Back to search")[0])) == [
        str(ba)
    ]


def test_a_search_that_is_no_longer_kept_says_so(desk):
    page = desk.get("/office/search/?s=long-ago")
    assert page.status_code == 200
    assert "That search has expired" in text(page)


@pytest.mark.parametrize(
    "line",
    [
        "001 085 001 234",
        "CCCD: 001085001234",
        "1085001234",
        CMND,
        "012 345 678",
        "0912 345 678",
        "+84912345678",
        "(+84) 912.345.678",
        "912345678",
        "nguyen van an 12/3/1985",
        "12-03-1985, Nguyễn Văn An",
        "an 1985",
        "An, 3/1985",
        "Nguyễn Văn An sinh năm 1985",
        "nguyen van an, 1985, cau giay",
        "Cầu Giấy, Nguyễn Văn An",
        "Nguyễn",
        "Văn An",
        "Nguyễn Văn",
        "an",
        "1985",
        "12 3 1985",
        "ngày 12 tháng 3 năm 1985 Nguyễn Văn An",
        "0912345678 Nguyễn Văn An 12/3/1985 001085001234",
        "nguyen van an cau giay",
    ],
)
def test_one_box_understands_whatever_is_known_in_any_writing(desk, line):
    an = someone(pin=PIN, cmnd=CMND, phone="0912345678")
    someone(full_name="Trần Thị Bé", birth_date=dt.date(1999, 9, 9), sex=2)
    assert found(search(desk, line=line)) == [str(an)]


@pytest.mark.parametrize(
    "line", ["Nguyễn Văn An 1985", "Nguyễn Văn An 3/1985", "van an 12031985", "nguyen van an"]
)
def test_a_year_a_month_or_the_whole_name_alone_are_enough_for_the_nation_too(stewards_desk, line):
    an = someone()
    page = search(stewards_desk, line=line)
    assert found(page) == [str(an)]
    assert "1 person found" in text(page)


@pytest.mark.parametrize(
    "line",
    [
        "Nguyễn Văn Ân 13/3/1985",
        "Nguyễn Văn Anh 12/3/1985",
        "Nguyễn Văn Am 1985",
        "Nguễn Văn An 1985",
        "Nguyễn Văn An 12/3/1984",
    ],
)
def test_a_letter_or_a_day_wrong_finds_the_person_without_the_commune_too(stewards_desk, line):
    an = someone()
    page = search(stewards_desk, line=line)
    assert found(page) == [str(an)]
    assert "Possible matches" in text(page)
    assert recorded(an, "register.search") == 1


def test_what_nothing_could_be_made_of_is_said_and_the_rest_is_searched_for(desk):
    an = someone()
    page = search(desk, line="Nguyễn Văn An, Atlantis, 1985")
    assert found(page) == [str(an)]
    assert "Understood as: Name Nguyễn Văn An · Born 1985 · ignored: Atlantis" in text(page)


def test_too_many_are_told_where_they_were_counted_and_what_would_narrow_it_down(stewards_desk, monkeypatch):
    someone()
    an = someone(full_name="Lê An")
    monkeypatch.setattr(searching, "MOST_READ", 1)
    said = text(search(stewards_desk, line="an"))
    assert "matches more people than can be read at once" in said
    assert "To narrow the results, add: the birth date or year of birth, the full name" in said
    monkeypatch.undo()
    monkeypatch.setattr(searching, "MOST_SIFTED", 1)
    for line in ("an", "văn an"):
        said = text(search(stewards_desk, line=line))
        assert f"end in the last word of “{line}”, so that word alone was not searched for" in said
        assert "To narrow the results, add: the birth date or year of birth, the full name" in said
        assert "people than can be read" not in said
        assert "last two words" not in said
    assert str(an) in found(search(stewards_desk, line="an 1985"))


def test_what_one_word_in_the_whole_country_was_looked_up_as_is_told(stewards_desk):
    an = someone(pin=PIN)
    page = search(stewards_desk, line="an")
    assert found(page) == [str(an)]
    said = text(page)
    assert "1 person found" in said
    assert "Only names that end in these words were searched" in said
    assert "Only names that end in these words were searched" in text(search(stewards_desk, line="Nguyễn"))
    for line in ("Nguyễn Văn An", "Nguyễn 12/3/1985", f"{PIN} An"):
        assert "Only names that end" not in text(search(stewards_desk, line=line)), line
    assert found(search(stewards_desk, line="Nguyễn 12/3/1985")) == [str(an)]


@pytest.mark.parametrize(
    "line", ["Phường Cầu Giấy", "phường cầu giấy, hà nội", "P. Cầu Giấy", "Cầu Giấy, Hà Nội"]
)
def test_a_commune_alone_is_called_one_and_it_is_said_what_to_add(desk, stewards_desk, line):
    for browser in (desk, stewards_desk):
        page = search(browser, line=line)
        assert page.status_code == 422
        assert (
            "Phường Cầu Giấy, Thành phố Hà Nội is a place. To find people there, add a name, a birth date "
            "or a year of birth" in text(page)
        )


def test_a_commune_in_the_line_and_a_name_in_its_field_go_together(stewards_desk):
    an, _elsewhere = someone(), someone(area(YEN_HOA))
    assert found(search(stewards_desk, line="Phường Cầu Giấy", name="An")) == [str(an)]


def test_a_communes_name_that_was_taken_for_a_persons_is_told_to_be_both(stewards_desk):
    page = text(search(stewards_desk, line="Bến Thành"))
    assert (
        "“Bến Thành” was read as a name. It is also a place, Phường Bến Thành, Thành phố Hồ Chí Minh" in page
    )
    assert "“phuong cau giay” was read as a name" in text(search(stewards_desk, line="phuong cau giay"))
    thanh = someone(full_name="Lê Bến Thành")
    page = search(stewards_desk, line="Bến Thành")
    assert found(page) == [str(thanh)]
    assert "was read as a name" not in text(page)


def test_a_place_outside_the_area_of_work_is_named(desk):
    someone(area(BEN_THANH))
    page = search(desk, line="Nguyễn Văn An, Bến Thành")
    assert found(page) == []
    assert "Phường Bến Thành, Thành phố Hồ Chí Minh is outside your area" in text(page)


def test_those_who_are_similar_are_looked_for_where_it_is_asked(desk):
    an, anh = someone(), someone(full_name="Nguyễn Văn Anh")
    page = search(desk, line="Nguyễn Văn An 1985")
    assert found(page) == [str(an)]
    assert found(desk.get("/office/search/" + links(page, "Search for similar names and dates")[0])) == [
        str(an),
        str(anh),
    ]


def test_a_wrong_digit_with_name_and_birth_date_finds_the_person_and_says_why(desk):
    an = someone(pin=PIN)
    page = search(desk, number="001085001334", **named(name="Nguyễn Văn An"))
    assert found(page) == [str(an)]
    said = text(page)
    for words in (
        "No exact match",
        "Possible matches",
        "Personal number: one digit different +",
        "Birth date: the same +",
    ):
        assert words in said
    assert "Evidence for and against" in said
    assert PIN not in page.content.decode()
    assert recorded(an, "register.search") == 1


@pytest.mark.parametrize(
    ("line", "unlike"),
    [
        ("Kiều Minh Đức 22/3/1985", "Birth date: one digit different"),
        ("Kiều Minh Đức 1984", "Birth date: different"),
        ("Kiều Minh Đức 0971222999", "Phone number: different"),
    ],
)
def test_who_differs_from_what_was_typed_is_at_most_perhaps_meant_and_it_is_told_in_what(desk, line, unlike):
    someone(full_name="Kiều Minh Đức", phone="0912345678")
    said = text(search(desk, line=line))
    assert f"Different from what you entered: {unlike}" in said
    assert "Residence:" not in said.partition("Different from what you entered")[2]
    for verdict in ("Almost certainly the same", "Probably the same"):
        assert verdict not in said


def test_a_passports_number_is_told_not_to_be_held(desk):
    an = someone()
    said = text(search(desk, line="P12345678"))
    assert "The register does not hold passport numbers. Search by name and birth date" in said
    assert "The register does not hold passport numbers" in text(search(desk, number="C1234567"))
    page = search(desk, line="Nguyễn Văn An 1985 hộ chiếu P12345678")
    assert found(page) == [str(an)]
    assert "ignored: hộ chiếu P12345678" in text(page)
    assert "The register does not hold passport numbers, so this number was not searched for." in text(page)


@pytest.mark.parametrize("box", ["line", "name"])
def test_a_remark_beside_the_name_is_told_and_whom_it_stands_beside_is_found(desk, box):
    an = someone()
    page = search(desk, **{box: "Nguyễn Văn An (nam)"} | {"birth_date_2": "1985"})
    assert found(page) == [str(an)]
    assert "Name Nguyễn Văn An · Born 1985 · ignored: nam" in text(page)


def test_who_may_be_meant_stands_below_who_fits(desk):
    an = someone(pin=PIN)
    namesake = someone(pin=OTHER_PIN)
    page = search(desk, number=PIN, **named())
    assert found(page) == [str(an), str(namesake)]
    said = text(page)
    assert (
        said.index("1 person found")
        < said.index("Possible matches")
        < said.index("Personal number: different −")
    )


def test_all_that_was_asked_stands_in_the_boxes_on_the_way_back(desk):
    an = someone(pin=PIN)
    search(
        desk,
        number=OTHER_PIN,
        name="Nguyen Van An",
        birth_date_2="1985",
        commune="Phường Cầu Giấy, Thành phố Hà Nội",
    )
    page = desk.get(links(desk.get(f"/office/person/{an}/"), "Back to search")[0])
    assert found(page) == [str(an)]
    for kept in (
        f'value="{OTHER_PIN}"',
        'value="Nguyen Van An"',
        'value="1985"',
        'value="Phường Cầu Giấy, Thành phố Hà Nội"',
    ):
        assert kept in page.content.decode()


def test_a_number_without_its_zero_is_no_error(desk):
    an = someone(pin=PIN)
    page = search(desk, number=PIN.lstrip("0"))
    assert found(page) == [str(an)]
    assert "Possible matches" in text(page)


def test_who_may_be_meant_is_told_in_vietnamese_too(desk, settings):
    settings.LANGUAGE_CODE = "vi"
    someone(pin=PIN)
    said = text(search(desk, number="001085001334", **named()))
    for words in ("Không tìm thấy đúng như đã nhập", "Những người có thể đúng", "Từng bước", "+"):
        assert words in said


def test_what_was_asked_stands_in_no_address(desk):
    someone(pin=PIN)
    answer = desk.post("/office/search/", {"number": PIN})
    assert re.fullmatch(r"/office/search/\?s=[\w-]{11}", answer["Location"])
