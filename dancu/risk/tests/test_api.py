"""What other systems are told of levels."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from dancu.areas import lookups as areas
from dancu.testing.risk import CITATION, decided, in_force
from dancu.testing.travellers import commune

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]


def every(client: Client, **query: str) -> list[dict]:
    """All pages."""
    found, cursor = [], None
    while True:
        page = client.get("/api/risk-levels", query | ({"cursor": cursor} if cursor else {})).json()
        found += page["items"]
        if not (cursor := page["next"]):
            return found


def test_anyone_is_told_the_level_of_each_commune_in_pages(client):
    ninh_kieu = areas.get(commune("Phường Ninh Kiều, Cần Thơ"))
    in_force({ninh_kieu.area_id: 4, ninh_kieu.province_id: 2})
    rows = every(client, limit="1000")
    assert [row["code"] for row in rows] == [area.code for area in areas.communes(timezone.localdate())]
    (own,) = [row for row in rows if row["level"] == 4]
    assert (own["code"], own["citation"], own["whole_province"]) == (ninh_kieu.code, CITATION, False)
    assert own["since"].endswith(("Z", "+00:00", "+07:00"))
    assert {(row["level"], row["whole_province"]) for row in rows} == {(4, False), (2, True), (None, None)}


def test_of_another_day_it_is_as_at_its_end(client):
    decided({commune("Phường Ninh Kiều, Cần Thơ"): 3}, hours=24)
    day = timezone.localdate() + dt.timedelta(days=2)
    assert [row["level"] for row in every(client, on=day.isoformat(), limit="1000") if row["level"]] == [3]
    assert not any(row["level"] for row in every(client, limit="1000"))


@pytest.mark.parametrize(
    ("query", "code"), [({"on": "1/12/2026"}, "bad-query"), ({"cursor": "x"}, "bad-cursor")]
)
def test_what_is_no_day_and_no_page_is_refused(client, query, code):
    answer = client.get("/api/risk-levels", query)
    assert (answer.status_code, answer.json()["code"]) == (400, code)
