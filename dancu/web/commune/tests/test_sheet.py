"""The list on paper."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from dancu.audit import lookups as audit
from dancu.testing.arrivals import cross, expect
from dancu.testing.pages import links, sealed, text
from dancu.testing.people import YEN_HOA, area
from dancu.web.commune import sheet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]


def test_seventy_people_stand_on_three_sheets_each_with_heads_and_number(desk):
    for person_id in range(1, 71):
        expect(person_id=person_id, full_name=f"Nguyễn Văn {person_id}", minutes_ago=person_id)
    page = desk.get(sealed(desk, "/commune/arrivals/list/?state=declared&q=nguyen", "q"))
    sheets = re.findall(r'<section class="dancu-sheet".*?</section>', page.content.decode(), flags=re.DOTALL)
    assert [found.count("<tr>") - 1 for found in sheets] == [25, 25, 20]
    for number, found in enumerate(sheets, 1):
        said = text(found)
        for words in (
            "People coming to Phường Cầu Giấy, Thành phố Hà Nội",
            "Updated in the last 7 days, Declared, “nguyen”",
            "Lê Thị Chi",
            f"Page {number} of 3",
            "Full name",
            "Remarks",
        ):
            assert words in said
    assert "51 ✓" not in text(sheets[2])
    assert re.search(r"51 Nguyễn Văn 51 1985 12 Xuân Thủy, Phường Cầu Giấy 0912 345 678", text(sheets[2]))
    assert "70 people on 3 A4 pages." in text(page)


def test_what_to_look_at_is_printed_and_whoever_is_met_is_ticked(desk):
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    expect(person_id=1, warnings=["symptoms"], arrives_on=yesterday)
    cross(
        expect(person_id=2, full_name="Trần Thị Bé", outcome="disagrees", differing=["name"]), 2, state="held"
    )
    desk.post(
        f"/commune/arrivals/{expect(person_id=3, full_name='Lê Văn Chín')}/met/", {"note": "Cách ly tại nhà"}
    )
    said = text(desk.get("/commune/arrivals/list/"))
    for words in (
        "Symptoms",
        f"overdue {yesterday:%d/%m}",
        "Disagrees: name; Held at",
        "✓ Lê Văn Chín",
        "Cách ly tại nhà",
    ):
        assert words in said


def test_the_sheet_is_of_the_list_as_it_is_filtered_and_everybody_on_it_is_on_the_record(desk):
    expect(person_id=1, full_name="Nguyễn Văn An")
    expect(person_id=2, full_name="Trần Thị Bé", outcome="disagrees")
    expect(person_id=3, full_name="Lê Văn Chín", destination_area=area(YEN_HOA))
    (sheets,) = set(links(desk.get("/commune/?attention=1"), "Print the list"))
    said = text(desk.get(sheets))
    assert "Trần Thị Bé" in said
    assert "Nguyễn Văn An" not in said
    long_ago, far_ahead = dt.datetime(2020, 1, 1, tzinfo=dt.UTC), dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
    entries = audit.search(long_ago, far_ahead, action="arrivals.export", person_id=2)
    assert [entry.detail for entry in entries] == ["print"]
    assert all(entry.action != "arrivals.export" for person in (1, 3) for entry in audit.of_person(person))


def test_more_than_anybody_carries_is_not_printed_and_it_is_said(desk, monkeypatch):
    monkeypatch.setattr(sheet, "MOST", 2)
    for person_id in (1, 2, 3):
        expect(person_id=person_id)
    said = text(desk.get("/commune/arrivals/list/"))
    assert "The list is longer: at most 2 people can be printed." in said
    assert "2 people on 1 A4 page." in said or "2 people on 1 A4 pages." in said
