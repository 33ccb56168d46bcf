"""Long lists, page by page."""

import datetime as dt
from uuid import UUID

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from dancu.areas import lookups as areas
from dancu.endpoints import cursors
from dancu.endpoints.problems import Refusal

KEY = (dt.date(2025, 7, 1), 3, "26740", UUID("0198f6a4-0000-7000-8000-00000000000a"))
OF = tuple[dt.date, int, str, UUID]


def test_a_cursor_leads_back_to_its_key_and_stands_in_an_address_as_it_is() -> None:
    cursor = cursors.written(KEY)
    assert cursors.read(cursor, OF) == KEY
    assert cursor.replace("-", "").replace("_", "").isalnum()
    assert cursors.read("", OF) is None


@given(st.text(max_size=60))
def test_what_is_no_cursor_is_refused_whatever_it_is(text: str) -> None:
    if not text:
        return
    with pytest.raises(Refusal) as refused:
        cursors.read(text, OF)
    assert (refused.value.kind.code, refused.value.field) == ("bad-cursor", "cursor")


def test_a_cursor_of_another_list_is_refused() -> None:
    with pytest.raises(Refusal):
        cursors.read(cursors.written(["2025-07-01", 3]), OF)


@given(st.lists(st.integers(), unique=True, max_size=40).map(sorted), st.integers(1, 7))
def test_page_by_page_every_row_is_given_once(rows: list[int], limit: int) -> None:
    given_rows: list[int] = []
    cursor, pages = "", 0
    while True:
        after = cursors.read(cursor, tuple[int])
        found = [row for row in rows if after is None or row > after[0]][: limit + 1]
        shown, following = cursors.page(found, limit, lambda row: (row,))
        given_rows += shown
        pages += 1
        if following is None:
            break
        cursor = following
    assert given_rows == rows
    assert pages == max(1, -(-len(rows) // limit))


@pytest.mark.django_db
@pytest.mark.usefixtures("published_areas")
class TestAreas:
    def test_all_communes_of_a_day_come_in_pages(self, client: Client) -> None:
        asked = {"on": "2025-07-01", "level": "commune", "limit": "1000"}
        items, pages = [], 0
        while True:
            answer = client.get("/api/areas", asked).json()
            items += answer["items"]
            pages += 1
            if answer["next"] is None:
                break
            asked["cursor"] = answer["next"]
        assert [item["code"] for item in items] == [area.code for area in areas.communes(dt.date(2025, 7, 1))]
        assert pages == 4

    def test_a_unit_says_what_it_lay_in_and_what_it_became(self, client: Client) -> None:
        asked = {
            "on": "2020-01-01",
            "level": "commune",
            "cursor": cursors.written(["2020-01-01", 3, "26739"]),
        }
        first = client.get("/api/areas", asked | {"limit": "1"}).json()["items"][0]
        assert (first["code"], first["name"], first["parent"]) == ("26740", "Phường Bến Nghé", "760")
        assert first["valid_to"] == "2025-07-01"
        assert first["successors"][0] == {"code": "26740", "valid_from": "2025-07-01"}

    def test_pages_after_the_first_stay_with_its_day(self, client: Client) -> None:
        first = client.get("/api/areas", {"limit": "1"}).json()
        second = client.get("/api/areas", {"limit": "1", "cursor": first["next"]}).json()
        assert first["items"][0]["code"] < second["items"][0]["code"]
        other = client.get("/api/areas", {"on": "2020-01-01", "cursor": first["next"]})
        assert (other.status_code, other.json()["code"]) == (400, "bad-cursor")

    def test_a_page_that_did_not_change_is_not_sent_again(self, client: Client) -> None:
        first = client.get("/api/areas", {"on": "2025-07-01"})
        again = client.get("/api/areas", {"on": "2025-07-01"}, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert "max-age=3600" in first["Cache-Control"]

    @pytest.mark.parametrize(
        ("query", "field"),
        [
            ({"limit": "0"}, "limit"),
            ({"limit": "x"}, "limit"),
            ({"on": "1/7/2025"}, "on"),
            ({"level": "1"}, "level"),
        ],
    )
    def test_a_bad_question_is_told_the_field(self, client: Client, query: dict, field: str) -> None:
        answer = client.get("/api/areas", query)
        assert (answer.status_code, answer.json()["code"]) == (400, "bad-query")
        assert answer.json()["field"] == field
