import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client

from dancu.register import actions
from dancu.testing.officials import acting_as, signed_in
from dancu.testing.pages import links, text
from dancu.testing.people import BEFORE, BEN_THANH, DICH_VONG, HA_NOI, YEN_HOA, area, chi, ha, someone
from dancu.web.office.tests.test_searching import recorded

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

PIN, OTHER_PIN, CMND = "001085001234", "001085005678", "012345678"


def test_a_persons_page_holds_the_record_in_sections_and_is_on_the_record(desk):
    an = someone(
        pin=PIN, cmnd=CMND, phone="0912345678", native_area=area(BEN_THANH), ethnicity="01", marital_status=2
    )
    page = desk.get(f"/office/person/{an}/")
    said = text(page)
    for fact in (
        "Nguyễn Văn An",
        "12/03/1985",
        "Kinh",
        "Married",
        "Phường Bến Thành, Thành phố Hồ Chí Minh",
        "since 01/01/2010 · Permanent residence 12 Xuân Thủy, Phường Cầu Giấy, Thành phố Hà Nội",
        "Added to the register",
        "Basis: Sổ hộ khẩu",
    ):
        assert fact in said
    assert recorded(an, "register.view") == 1
    assert links(page, "See declared journeys") == [f"/commune/people/{an}/"]


def test_numbers_are_masked_until_they_are_asked_for_which_is_on_the_record(desk):
    an = someone(pin=PIN, cmnd=CMND)
    page = desk.get(f"/office/person/{an}/").content.decode()
    assert PIN not in page
    assert CMND not in page
    assert "••••••••1234" in page
    assert recorded(an, "register.number_shown") == 0
    shown = desk.post(f"/office/person/{an}/number/pin/", headers={"HX-Request": "true"})
    assert text(shown) == "001 085 001 234"
    assert "<html" in desk.post(f"/office/person/{an}/number/cmnd/").content.decode()  # without the script
    assert recorded(an, "register.number_shown") == 2
    assert desk.get(f"/office/person/{an}/number/pin/").status_code == 405
    assert desk.post(f"/office/person/{an}/number/shoe/").status_code == 404


def test_former_numbers_are_listed_masked_in_what_happened_too(desk, stewards_desk):
    an = someone(pin=PIN)
    actions.replace_pin(acting_as(ha(username="ha2")), an, OTHER_PIN, dt.date(2021, 8, 1), "Sai giới tính")
    page = desk.get(f"/office/person/{an}/")
    assert "••••••••1234 until 01/08/2021 · Sai giới tính" in text(page)
    assert "Personal number: ••••••••1234 → changed to ••••••••5678" in text(page)
    assert PIN not in page.content.decode()
    assert OTHER_PIN not in page.content.decode()
    shown = desk.post(f"/office/person/{an}/number/former/", headers={"HX-Request": "true"})
    assert text(shown) == "001 085 001 234"


def test_a_number_that_disagrees_with_the_record_is_remarked(desk):
    an = someone(pin="001190001234")
    said = text(desk.get(f"/office/person/{an}/"))
    assert "The sex differs from the one that the personal number was given for." in said
    assert "The personal number was given for the birth year 1990." in said


def test_the_household_is_listed_and_those_of_the_area_are_links(desk):
    head = someone(household_id=1_000_007, relation=1)
    child = someone(household_id=1_000_007, relation=3, full_name="Nguyễn Bé", birth_date=dt.date(2015, 1, 1))
    away = someone(area(BEN_THANH), household_id=1_000_007, relation=3, full_name="Nguyễn Xa")
    page = desk.get(f"/office/person/{head}/")
    assert "Head of household Nguyễn Văn An , 1985 Child" in text(page)
    assert links(page, "Nguyễn Bé") == [f"/office/person/{child}/"]
    assert links(page, "Nguyễn Xa") == []
    assert "Nguyễn Xa" in text(page)
    assert recorded(child, "register.view_relative") == recorded(away, "register.view_relative") == 1


def test_strangers_pages_and_nobodys_are_the_same(desk):
    stranger = someone(area(YEN_HOA), pin=PIN)
    pages = [
        desk.get(f"/office/person/{person_id}/{more}")
        for person_id in (stranger, 999_999_999)
        for more in ("", "as-of/")
    ]
    assert {page.status_code for page in pages} == {404}
    assert len({text(page) for page in pages}) == 1
    assert desk.post(f"/office/person/{stranger}/number/pin/").status_code == 404
    assert recorded(stranger, "register.view_refused") == 3
    assert recorded(stranger, "register.number_shown") == 0


def test_the_provinces_officer_opens_any_record_of_the_province():
    an = someone(area(YEN_HOA))
    assert signed_in(Client(), chi(HA_NOI, "hanoi")).get(f"/office/person/{an}/").status_code == 200


def test_the_record_of_another_day_is_shown_with_what_differs_marked(desk):
    an = someone()
    steward = acting_as(ha())
    actions.record_move(
        steward,
        an,
        area_id=area(DICH_VONG, on=BEFORE),
        address="",
        moved_on=dt.date(2021, 8, 1),
        basis="CT07",
    )
    then = {"valid_on_0": "1", "valid_on_1": "7", "valid_on_2": "2021"}
    said = text(desk.post(f"/office/person/{an}/as-of/", then, follow=True))
    assert "01/07/2021, as the register knows it now" in said
    assert "Permanent residence Phường Cầu Giấy, Thành phố Hà Nội was different then Phường Dịch Vọng" in said
    assert said.count("was different then") == 1
    long_ago = then | {"known_on_0": "1", "known_on_1": "7", "known_on_2": "2021"}
    assert "At the end of 01/07/2021 this person was not yet in the register" in text(
        desk.post(f"/office/person/{an}/as-of/", long_ago, follow=True)
    )
    assert desk.post(f"/office/person/{an}/as-of/", {"valid_on_0": "1"}, follow=True).status_code == 422


def on(day: dt.date) -> dict[str, int]:
    return {"valid_on_0": day.day, "valid_on_1": day.month, "valid_on_2": day.year}


def test_days_before_the_record_was_made_are_told_from_what_is_known_of_them(desk):
    an = someone(valid_from=dt.date(2020, 1, 1), marital_status=2, phone="0912345678")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO residence (person_id, kind, valid_from, valid_to, area_id, address) VALUES (%s, 1, "
            "%s, %s, %s, '3 Lê Lợi')",
            [an, dt.date(1985, 3, 12), dt.date(2020, 1, 1), area(BEN_THANH)],
        )
    said = text(desk.post(f"/office/person/{an}/as-of/", on(dt.date(1999, 9, 9)), follow=True))
    assert "The register has followed this person since 01/01/2020" in said
    assert (
        "Permanent residence Phường Bến Thành, Thành phố Hồ Chí Minh was different then Phường Cầu Giấy"
        in said
    )
    assert "Marital status not known for that day Married" in said
    assert "Phone number not known for that day 0912345678" in said
    said = text(desk.post(f"/office/person/{an}/as-of/", on(dt.date(1980, 1, 1)), follow=True))
    assert "This person was not yet born on 01/01/1980. Birth date: 12/03/1985." in said
    assert "said nothing" not in said


def test_a_marriage_of_before_the_record_was_made_is_told_of_its_day(desk):
    an = someone(valid_from=dt.date(2024, 1, 1), marital_status=1)
    actions.record_marriage(
        acting_as(ha()), an, None, dt.date(2020, 6, 1), "Giấy chứng nhận", spouse_name="Lê Thị Bưởi"
    )
    for asked, told in (
        (dt.date(2020, 5, 31), "Single"),
        (dt.date(2020, 6, 1), "Married"),
        (dt.date(2021, 1, 1), "Married"),
    ):
        said = text(desk.post(f"/office/person/{an}/as-of/", on(asked), follow=True))
        assert re.search(f"Marital status {told} (was different then )?Married", said)


def test_a_number_that_was_replaced_later_is_told_of_a_day_before_the_record(desk):
    an = someone(pin=PIN, valid_from=dt.date(2020, 1, 1))
    actions.replace_pin(acting_as(ha()), an, OTHER_PIN, dt.date(2018, 8, 1), "Sai giới tính")
    said = text(desk.post(f"/office/person/{an}/as-of/", on(dt.date(2017, 1, 1)), follow=True))
    assert "Personal number ••••••••1234 was different then ••••••••5678" in said
    said = text(desk.post(f"/office/person/{an}/as-of/", on(dt.date(2015, 1, 1)), follow=True))
    assert "Personal number not recorded was different then ••••••••5678" in said


def test_the_days_on_which_something_changed_are_one_press_away(desk):
    an = someone()
    actions.record_move(
        acting_as(ha()),
        an,
        area_id=area(DICH_VONG, on=BEFORE),
        address="",
        moved_on=dt.date(2021, 8, 1),
        basis="CT07",
    )
    (moved,) = links(desk.get(f"/office/person/{an}/"), "01/08/2021")
    assert "01/08/2021, as the register knows it now" in text(desk.get(moved))
    page = desk.get(f"/office/person/{an}/as-of/")
    for day in ("01/08/2021", "12/03/1985"):
        (query,) = links(page, day)
        assert f"{day}, as the register knows it now" in text(desk.get(f"/office/person/{an}/as-of/{query}"))
        assert "2021" not in query


def test_a_communes_officer_is_offered_no_change_and_may_make_none(desk):
    an = someone(pin=PIN)
    page = desk.get(f"/office/person/{an}/")
    assert links(page, "Correct") == links(page, "Record a move") == links(page, "Replace") == []
    for change in ("correct/full_name", "move", "new-number"):
        assert desk.get(f"/office/person/{an}/{change}/").status_code == 403
        assert desk.post(f"/office/person/{an}/{change}/").status_code == 403


def test_the_page_speaks_vietnamese(desk, settings):
    settings.LANGUAGE_CODE = "vi"
    an = someone(pin=PIN)
    said = text(desk.get(f"/office/person/{an}/"))
    for words in ("Thông tin nhân thân", "Quá trình thay đổi", "Hộ gia đình", "Căn cứ: Sổ hộ khẩu", "Nam"):
        assert words in said


@pytest.mark.parametrize("page", ["/office/person/{}/", "/office/person/{}/as-of/", "/commune/people/{}/"])
def test_a_number_that_no_record_can_have_leads_nowhere(client, chi, page):
    signed_in(client, chi)
    for number in (10**18 - 1, 10**20):
        assert client.get(page.format(number)).status_code == 404
