"""The page of arrivals by day: what an official sees of their area, and the files."""

import datetime as dt
import io
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from dancu.testing.arrivals import expect
from dancu.testing.database import rows
from dancu.testing.officials import make_official, signed_in
from dancu.testing.pages import text
from dancu.testing.people import BEN_THANH, CAU_GIAY, HA_NOI, YEN_HOA, area

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

PAGE = reverse("office:arrivals-by-day")
WITHHELD = "replaces numbers below 3"


@pytest.fixture
def country():
    for nth, (code, many, days) in enumerate(((CAU_GIAY, 2, 0), (YEN_HOA, 5, 0), (CAU_GIAY, 4, 1))):
        for each in range(many):
            on = timezone.localdate() + dt.timedelta(days=days)
            expect(-100 * (nth + 1) - each, arrives_on=on, destination_area=area(code), phone="")


@pytest.fixture
def officer(client):
    return signed_in(client, make_official("chi", "commune_officer", "area", area(CAU_GIAY)))


@pytest.fixture
def steward(client):
    return signed_in(client, make_official("ha", "data_steward"))


def shown(client, **query) -> str:
    response = client.get(PAGE, query, follow=True, headers={"Accept-Language": "en"})
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def row(page: str, heading: str) -> list[str]:
    (found,) = re.findall(rf'<th scope="row"[^>]*>(?:<a[^>]*>)?{re.escape(heading)}.*?</tr>', page)
    return re.findall(r"<td[^>]*>([^<]*)</td>", found)


def test_the_commune_officer_sees_each_day_in_full(officer, country):
    page = shown(officer)
    today = f"{timezone.localdate():%d/%m/%Y}"
    assert row(page, today)[:2] == ["2", "2"]
    assert row(page, "All days")[0] == "6"
    assert WITHHELD not in page
    assert page.count('class="dancu-chart__series-0"') == 15, "a column for each day, and the legend"


def test_the_steward_goes_from_the_country_to_a_commune_and_sees_no_small_number_there(steward, country):
    page = shown(steward)
    assert row(page, "Thành phố Hà Nội")[0] == "11"
    province = shown(steward, area=area(HA_NOI))
    assert row(province, "Phường Cầu Giấy") == ["…"]
    assert row(province, "All days")[0] == "11"
    commune = shown(steward, area=area(CAU_GIAY))
    assert row(commune, f"{timezone.localdate():%d/%m/%Y}") == ["…"]
    assert WITHHELD in commune
    assert f'href="{PAGE}"' in commune


def test_journeys_that_begin_there_and_other_days_are_asked_for_by_links_that_keep_the_rest(steward, country):
    page = shown(steward, area=area(BEN_THANH), list="left")
    assert row(page, "All days") == ["11"]
    earlier = re.search(r'href="\?([^"]+)" rel="prev"', page)
    assert earlier
    page = text(steward.get(f"{PAGE}?{earlier[1].replace('&amp;', '&')}", headers={"Accept-Language": "en"}))
    assert "Phường Bến Thành" in page
    assert "that begin here" in page
    assert f"{timezone.localdate() - dt.timedelta(days=20):%d/%m/%Y} –" in page


@pytest.mark.parametrize("first", ["0001-01-01", "9999-12-31", "2026-13-01", "x", "２０２６-01-01", ""])
def test_whatever_day_the_address_asks_for_there_is_a_page(officer, first):
    shown(officer, **{"from": first})


def test_the_files_hold_the_same_as_the_page(steward, country):
    answer = steward.get(reverse("office:arrivals-csv"), {"area": area(CAU_GIAY)})
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert lines[7] == f"{timezone.localdate():%d/%m/%Y},…"
    assert len(lines) == 15
    answer = steward.get(reverse("office:arrivals-csv"), {"area": area(HA_NOI), "table": "areas"})
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert sorted(line.split(",")[0] for line in lines[1:]) == sorted([CAU_GIAY, YEN_HOA])
    sheet = steward.get(reverse("office:arrivals-xlsx"))
    assert io.BytesIO(b"".join(sheet.streaming_content)).read(2) == b"PK"


def test_an_area_outside_the_officials_own_is_refused(officer):
    assert "This area is outside yours" in shown(officer, area=area(BEN_THANH))


def test_the_numbers_are_sent_again_only_once_they_have_changed_and_are_read_once_in_the_audit(
    officer, country
):
    page = shown(officer)
    seen = re.search(r'"Dancu-Seen": "([^"]+)"', page)
    assert seen
    asks = {"HX-Request": "true", "HX-Target": "arrivals", "Dancu-Seen": seen[1], "Accept-Language": "en"}
    assert officer.get(PAGE, headers=asks).status_code == 204
    expect(-900, arrives_on=timezone.localdate(), destination_area=area(CAU_GIAY), phone="")
    piece = officer.get(PAGE, headers=asks)
    assert "<html" not in piece.content.decode()
    assert row(re.sub(r"\s+", " ", piece.content.decode()), "All days")[0] == "7"
    assert len(rows("SELECT 1 FROM audit_entry WHERE action = 'arrivals.statistics'")) == 1


def test_areas_are_ordered_by_any_number_and_the_rest_of_the_address_stays(steward, country):
    page = shown(steward, sort="-journeys", list="left")
    assert 'aria-sort="descending"' in page
    assert "list=left" in page.split('aria-sort="descending"')[1].split("</tr>")[0]
