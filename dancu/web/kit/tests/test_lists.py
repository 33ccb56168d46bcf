"""A list said once: on its page, in files, on paper."""

import datetime as dt
import io
import zipfile
from dataclasses import dataclass

import pytest
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone, translation

from dancu.testing.pages import text
from dancu.web.kit.cells import cell, deed, link
from dancu.web.kit.columns import FILE, PAGE, ListColumn, ListOrder
from dancu.web.kit.filters import ListChoice, ListSearch
from dancu.web.kit.lists import Listing
from dancu.web.kit.paging import Pages, first
from dancu.web.kit.paper import ListOnPaper
from dancu.web.kit.refreshing import Refreshing, digest


@dataclass(frozen=True)
class Clinic:
    name: str
    doses: int | None
    since: dt.date


CLINICS = [
    Clinic("Trạm y tế An Bình", 1200, dt.date(2021, 8, 3)),
    Clinic("=HYPERLINK(1)", None, dt.date(2021, 9, 1)),
    Clinic("<b>Bệnh viện</b>", 40, dt.date(2021, 7, 9)),
]
LIST: Listing[Clinic] = Listing(
    "Clinics",
    (
        ListColumn("name", "Clinic", lambda row: row.name, order="name", key=lambda row: row.name),
        ListColumn("doses", "Doses", lambda row: row.doses, order="doses", key=lambda row: row.doses, falling=True),
        ListColumn("since", "Since", lambda row: row.since, on=(FILE,)),
        ListColumn("do", "", shown=lambda row: deed("/close/", "Close", row.name), on=(PAGE,)),
    ),
    "clinics",
    filters=(ListSearch("q", "Name", 8), ListChoice("kind", "Kind", lambda: [("post", "Health post")])),
    order="name",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def asked(django_user_model):
    """A request for this address, of an official."""

    def request(address: str = "/clinics/", **more) -> HttpRequest:
        made = RequestFactory().get(address, **more)
        made.user = django_user_model(pk=7)
        return made

    return request


def names(rows: list[Clinic]) -> list[int | None]:
    return [row.doses for row in rows]


def test_a_press_on_a_head_orders_the_list_and_the_next_turns_it_round(asked):
    heads = LIST.heads(asked("/clinics/?kind=post&page=3").GET)
    assert [(head.url, head.sorted) for head in heads] == [
        ("?kind=post&sort=-name", "ascending"),
        ("?kind=post&sort=-doses", ""),
        ("", ""),
    ]
    (_name, doses, _do) = LIST.heads(asked("/clinics/?sort=-doses").GET, "#list")
    assert (doses.url, doses.sorted) == ("?sort=doses#list", "descending")


def test_what_is_not_known_comes_last_either_way(asked):
    assert names(LIST.in_order(CLINICS, asked("/?sort=doses").GET)) == [40, 1200, None]
    assert names(LIST.in_order(CLINICS, asked("/?sort=-doses").GET)) == [1200, 40, None]


@pytest.mark.parametrize("sort", ["", "since", "-", "--name", "name; DROP"])
def test_a_list_that_cannot_be_ordered_so_is_ordered_as_ever(asked, sort):
    assert LIST.order_in(asked(f"/?sort={sort}").GET) == ListOrder("name")


def test_the_page_shows_each_line_as_text_with_its_heads_and_buttons(asked):
    shown = LIST.shown(asked(), CLINICS)
    page = render_to_string("kit/table.html", {"list": shown})
    assert "Trạm y tế An Bình 1,200 Close : Trạm y tế An Bình" in text(page)
    assert "&lt;b&gt;Bệnh viện&lt;/b&gt;" in page
    assert page.count('id="list-deeds"') == 1
    assert 'data-label="Doses"' in page


def test_a_list_without_buttons_has_no_form(asked):
    assert not Listing("Clinics", LIST.columns[:2], order="name").shown(asked(), CLINICS).has_deeds


def test_files_hold_the_plain_values_and_no_formula():
    lines = LIST.as_file("csv", CLINICS).getvalue().decode("utf-8-sig").splitlines()
    assert lines == [
        "Clinic,Doses,Since",
        "Trạm y tế An Bình,1200,03/08/2021",
        "'=HYPERLINK(1),,01/09/2021",
        "<b>Bệnh viện</b>,40,09/07/2021",
    ]
    file = LIST.as_file("xlsx", CLINICS, name="all-clinics")
    assert file["Content-Disposition"].startswith('attachment; filename="dancu-all-clinics-')
    with zipfile.ZipFile(io.BytesIO(b"".join(file.streaming_content))) as book:
        assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()


def test_filters_stand_in_the_form_and_what_means_nothing_is_passed_over(asked):
    assert LIST.asked(asked("/?kind=post&q=seen")) == {"q": "", "kind": "post", "after": ""}
    assert LIST.asked(asked("/?kind=hospital"))["kind"] == ""
    sealed = LIST.shown(asked("/?kind=post"), CLINICS, after="Trần Thị Bé").following
    assert "Tr%E1" not in sealed
    assert LIST.asked(asked(f"/{sealed}"))["after"] == "Trần Thị Bé"


def test_numbered_pages_leave_out_the_middle_and_one_page_has_none():
    assert list(Pages(1, 50, 50).numbers) == []
    assert list(Pages(9, 50, 1000).numbers) == [1, 2, "…", 6, 7, 8, 9, 10, 11, 12, "…", 19, 20]
    assert (Pages(3, 50, 120).skip, Pages(3, 50, 120).last, Pages(1, 50, 0).last) == (100, 3, 1)


def test_of_one_more_than_a_page_the_page_and_its_last_line_are_left():
    assert first([1, 2, 3], 2) == ([1, 2], 2)
    assert first([1, 2], 2) == ([1, 2], None)


def test_a_list_is_printed_twenty_five_to_a_sheet():
    paper = ListOnPaper("Clinics", "all", "/clinics/", LIST, CLINICS * 9)
    assert [(sheet.number, sheet.before, len(sheet.rows)) for sheet in paper.sheets] == [
        (1, 0, 25),
        (2, 25, 2),
    ]
    assert paper.cells(CLINICS[0]) == ["Trạm y tế An Bình", "1,200"]


def test_a_piece_is_sent_only_where_it_has_changed(asked):
    at = timezone.now()
    first_look = Refreshing(asked(), "clinics", at, None, 3)
    assert not (first_look.is_piece or first_look.is_unchanged or first_look.since)
    again = {"HTTP_HX_TARGET": "clinics", "HTTP_DANCU_SEEN": first_look.now}
    assert Refreshing(asked(**again), "clinics", at, None, 3).is_unchanged
    changed = Refreshing(asked(**again), "clinics", timezone.now(), None, 4)
    assert (changed.is_unchanged, changed.by_itself, changed.since) == (False, True, at)


def test_what_looks_alike_has_one_digest():
    assert digest(["a", 1]) == digest(iter(["a", 1])) != digest(["a", 2])


def test_a_cell_shows_days_numbers_and_several_things():
    moment = dt.datetime(2021, 8, 3, 7, 5, tzinfo=dt.UTC)
    assert [cell(value) for value in (None, 1234, dt.date(2021, 8, 3), moment)] == [
        "",
        "1,234",
        "03/08/2021",
        "14:05 03/08/2021",
    ]
    assert (
        cell([link("/a/?b&c", "<An>"), "", "Bé"])
        == '<a class="govuk-link" href="/a/?b&amp;c">&lt;An&gt;</a><br>Bé'
    )
