"""The page of the population statistics: what an official sees of their area, and the files."""

import datetime as dt
import io
import re
import zipfile

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from dancu.register.lookups import AgeBand
from dancu.testing.officials import make_official, signed_in
from dancu.testing.people import BEN_THANH, CAU_GIAY, HA_NOI, YEN_HOA, area, someone
from dancu.web.kit.charts import SIDE
from dancu.web.office.statistics.pyramid import drawn
from dancu.web.shared.amounts import in_digits, in_percent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

PAGE = reverse("office:statistics")


@pytest.fixture
def country():
    year = timezone.localdate().year
    for code, many, age, sex in (
        (CAU_GIAY, 6, 30, 1),
        (CAU_GIAY, 4, 8, 2),
        (CAU_GIAY, 1, 85, 1),
        (YEN_HOA, 3, 62, 2),
        (BEN_THANH, 5, 41, 1),
    ):
        for _nth in range(many):
            someone(home=area(code), birth_date=dt.date(year - age, 5, 5), sex=sex)


@pytest.fixture
def steward(client):
    return signed_in(client, make_official("ha", "data_steward"))


@pytest.fixture
def officer(client):
    return signed_in(client, make_official("chi", "commune_officer", "area", area(CAU_GIAY)))


def shown(client, **query) -> str:
    response = client.get(PAGE, query, follow=True)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def listed(page: str) -> list[str]:
    return re.findall(r'<a class="govuk-link" href="\?area=\d+">([^<]+)</a>', page)


def test_the_steward_sees_the_country_by_province_and_goes_down_to_a_commune(steward, country):
    page = shown(steward)
    assert "Whole country" in page
    assert listed(page) == ["Thành phố Hà Nội", "Thành phố Hồ Chí Minh"]
    assert page.count('<rect class="dancu-chart__series-0"') == 21
    province = shown(steward, area=area(HA_NOI))
    assert listed(province) == ["Phường Cầu Giấy", "Phường Yên Hòa"]
    assert f'href="{PAGE}"' in province
    assert listed(shown(steward, area=area(CAU_GIAY))) == []


def test_the_list_is_sorted_by_a_click_on_a_heading(steward, country):
    assert listed(shown(steward, sort="people")) == ["Thành phố Hồ Chí Minh", "Thành phố Hà Nội"]
    page = shown(steward, sort="-people")
    assert listed(page) == ["Thành phố Hà Nội", "Thành phố Hồ Chí Minh"]
    assert page.count('aria-sort="descending"') == 1
    assert 'href="?sort=people#areas"' in page


def test_a_commune_is_found_by_its_name(steward, country):
    response = steward.post(PAGE, {"commune": "Phường Cầu Giấy, Hà Nội", "commune_id": ""})
    assert response.status_code == 302
    assert response.url == f"{PAGE}?area={area(CAU_GIAY)}"
    assert "We could not find this commune" in steward.post(PAGE, {"commune": "Xyzzy"}).content.decode()


def test_the_commune_officer_sees_their_own_commune_without_small_numbers(officer, country):
    page = shown(officer)
    assert "Phường Cầu Giấy" in page
    assert "See another commune" not in page
    assert "numbers below 3" in page
    assert re.search(r'<th scope="row"[^>]*>85–89</th> <td[^>]*>…</td>', page)
    assert not re.search(r"<td[^>]*>1</td>", page)


def test_another_area_is_refused_in_words(officer, country):
    for asked in (area(YEN_HOA), "999999999", "x"):
        page = shown(officer, area=asked)
        assert "This area is outside yours" in page
        assert "Phường Cầu Giấy" in page


def test_the_tables_are_saved_for_a_spreadsheet(steward, country):
    ages = (
        steward.get(reverse("office:statistics-csv"), {"area": area(CAU_GIAY)})
        .getvalue()
        .decode("utf-8-sig")
        .splitlines()
    )
    assert ages[0] == f"Age reached in {timezone.localdate().year},Male,Female,People"
    assert "85–89,…,0,…" in ages


def test_the_list_of_areas_is_saved_too(steward, country):
    lines = (
        steward.get(reverse("office:statistics-csv"), {"table": "areas"})
        .getvalue()
        .decode("utf-8-sig")
        .splitlines()
    )
    assert lines[1] == "01,Thành phố Hà Nội,14,7,7,4,4"
    file = steward.get(reverse("office:statistics-xlsx"), {"table": "areas"})
    with zipfile.ZipFile(io.BytesIO(b"".join(file.streaming_content))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "Thành phố Hồ Chí Minh" in sheet
    assert re.search(r'<c r="C2"[^>]*><v>14</v>', sheet)


def test_an_empty_register_has_an_empty_pyramid(steward):
    assert '<rect class="dancu-chart__series-0"' in shown(steward)


def test_the_page_speaks_vietnamese(steward, country, settings):
    steward.cookies[settings.LANGUAGE_COOKIE_NAME] = "vi"
    page = shown(steward)
    assert "Thống kê dân số" in page
    assert "Population" not in page


def test_bars_end_within_their_side_and_the_scale_is_round():
    pyramid = drawn([AgeBand(0, 4, 3_456_789, 12), AgeBand(5, 9, 0, None), AgeBand(100, None, 1, 1)])
    assert all(0 <= bar.width <= SIDE for bar in pyramid.bars)
    with translation.override("en"):
        ticks = drawn([AgeBand(0, 4, 3_456_789, 12)]).texts
    assert [text.words for text in ticks if text.y > 40] == ["2,000,000"] * 2 + ["4,000,000"] * 2
    assert {"0–4", "5–9", "100+"} <= {text.words for text in pyramid.texts}


def test_numbers_are_written_as_the_language_does():
    with translation.override("vi"):
        assert (in_digits(1_234_567), in_percent(0.1238)) == ("1.234.567", "12,4 %")
    with translation.override("en"):
        assert (in_digits(1_234_567), in_percent(None)) == ("1,234,567", "…")
