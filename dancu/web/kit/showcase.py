"""The page kit with invented data, in a demo only: each piece as a floor's page would use it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dancu.text.folding import fold
from dancu.web.access import public, takes_files
from dancu.web.demonstration import shows_secrets
from dancu.web.forms import helper
from dancu.web.kit import charts
from dancu.web.kit.address import numbers, page
from dancu.web.kit.cells import deed, link, mark
from dancu.web.kit.columns import PAGE, ListColumn
from dancu.web.kit.confirming import Confirmation, unanswered
from dancu.web.kit.errors import UnreadableList
from dancu.web.kit.filters import ListChoice, ListSearch
from dancu.web.kit.invented import POSTS, InventedPost, ask_for_invented, name_of
from dancu.web.kit.lists import Listing
from dancu.web.kit.maps import MapPoint, point_map
from dancu.web.kit.paging import Pages
from dancu.web.kit.paper import ListOnPaper
from dancu.web.kit.people import PersonField
from dancu.web.kit.uploads import RowsField

View = Callable[..., HttpResponse]


def _total(post: InventedPost) -> int:
    return post.first + (post.second or 0)


LIST: Listing[InventedPost] = Listing(
    gettext_lazy("Invented health posts"),
    (
        ListColumn(
            "name",
            gettext_lazy("Post"),
            lambda post: post.name,
            lambda post: link(f"?post={post.number}", post.name),
            order="name",
            key=lambda post: fold(post.name),
        ),
        ListColumn(
            "doses", gettext_lazy("Doses"), _total, order="doses", key=_total, falling=True, numeric=True
        ),
        ListColumn(
            "state",
            gettext_lazy("State"),
            lambda post: _("Open") if post.is_open else _("Closed"),
            lambda post: mark(_("Open"), "green") if post.is_open else mark(_("Closed")),
        ),
        ListColumn(
            "close",
            gettext_lazy("Action"),
            shown=lambda post: deed(reverse("kit:press", args=[post.number]), _("Count again"), post.name),
            on=(PAGE,),
        ),
    ),
    "kit",
    filters=(
        ListSearch("q", gettext_lazy("Name of the post")),
        ListChoice("state", gettext_lazy("State"), lambda: [("open", _("Open")), ("closed", _("Closed"))]),
    ),
    size=6,
    order="name",
)


def _lines(file: bytes) -> list[str]:
    try:
        return file.decode("utf-8").splitlines()
    except UnicodeDecodeError:
        raise UnreadableList from None


class InventedVisit(forms.Form):
    """Who is meant."""

    person = PersonField(label=gettext_lazy("Who visited the post?"))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        ask_for_invented(self)
        self.helper = helper("person", submit=_("Note the visit"))


class InventedForm(forms.Form):
    """A file of rows, and a field that the camera fills in."""

    file = RowsField(
        _lines,
        label=gettext_lazy("A list of numbers, one a line"),
        help_text=gettext_lazy("Nothing of it is kept."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.helper = helper("file", submit=_("Send"))
        self.helper.attrs |= {"enctype": "multipart/form-data"}


def _in_a_demo(view: View) -> View:
    """There is no such page in a country."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **given: Any) -> HttpResponse:
        if not shows_secrets():
            raise Http404
        return view(request, *args, **given)

    return guarded


@takes_files
@public
@_in_a_demo
def kit(request: HttpRequest) -> HttpResponse:
    """All pieces on one page; what is sent by one of its forms is answered by that piece."""
    is_file = request.method == "POST" and "send" in request.POST
    if request.method == "POST" and not is_file:
        return LIST.lead_on(request)
    form = InventedForm(request.POST if is_file else None, request.FILES or None)
    found, pages = _found(request), Pages(page(request.GET), LIST.size, 0)
    context: dict[str, Any] = {
        "form": form,
        "list": LIST.shown(request, found[pages.skip : pages.skip + pages.size]),
        "pages": Pages(pages.page, pages.size, len(found)),
        "by_place": Listing(
            gettext_lazy("Where the invented posts stand"), LIST.columns[:2], order="name"
        ).shown(request, found),
        "map": point_map(
            _("Where the invented posts stand"),
            [MapPoint(post.name, post.place, _total(post), f"?post={post.number}") for post in found],
        ),
        "chart": _chart(),
        "by_day": _BY_DAY.shown(request, range(len(_DAYS))),
    }
    if is_file and form.is_valid():
        context |= _rejects(form.cleaned_data["file"])
    return render(request, "kit/showcase.html", context, status=422 if form.errors else 200)


@public
@_in_a_demo
def as_file(request: HttpRequest, file: str) -> HttpResponse:
    """The list as CSV or as an Excel workbook."""
    return LIST.as_file(file, _found(request))


@public
@_in_a_demo
def on_paper(request: HttpRequest) -> HttpResponse:
    """The list to be printed."""
    about = f"{timezone.localdate():%d/%m/%Y}"
    paper = ListOnPaper(str(LIST.title), about, reverse("kit:kit"), LIST, _found(request))
    return render(request, "kit/paper.html", {"paper": paper})


@public
@_in_a_demo
def ask(request: HttpRequest) -> HttpResponse:
    """The question before a deed."""
    asked = Confirmation(
        _("Do you want to close all posts?"),
        _("Nothing will happen: they are invented."),
        _("Close all posts"),
        reverse("kit:kit"),
        [(_("Posts"), len(POSTS))],
        is_grave=True,
    )
    if question := unanswered(request, asked):
        return question
    messages.success(request, _("Nothing happened, once."))
    return redirect(asked.back)


@public
@_in_a_demo
def person(request: HttpRequest) -> HttpResponse:
    """Who is meant, chosen from those who were found."""
    form = InventedVisit(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = _("%(name)s was chosen. Nothing is kept.")
        messages.success(request, said % {"name": name_of(form.cleaned_data["person"])})
        return redirect("kit:person")
    return render(request, "kit/show_person.html", {"form": form}, status=422 if form.errors else 200)


@public
@_in_a_demo
def press(request: HttpRequest, number: int = 0) -> HttpResponse:
    """The button of a line, or of all that were ticked."""
    pressed = [number] if number else numbers(request.POST.getlist("post"))
    if request.method == "POST":
        messages.success(request, _("Pressed for %(count)d of the posts.") % {"count": len(pressed)})
    return redirect("kit:kit")


def _found(request: HttpRequest) -> list[InventedPost]:
    asked = LIST.asked(request)
    found = [
        post
        for post in POSTS
        if asked["q"].lower() in post.name.lower()
        and asked["state"] in ("", "open" if post.is_open else "closed")
    ]
    return LIST.in_order(found, request.GET)


_DAYS = [dt.date(2021, 8, 1) + dt.timedelta(days=nth) for nth in range(14)]
_FIRST: list[int | None] = [nth * 83 % 400 + 20 for nth in range(14)]
_SECOND: list[int | None] = [None if nth == 3 else nth * 31 % 150 for nth in range(14)]
_BY_DAY: Listing[int] = Listing(
    gettext_lazy("Doses by day"),
    (
        ListColumn("day", gettext_lazy("Day"), lambda nth: _DAYS[nth]),
        ListColumn("first", gettext_lazy("First dose"), lambda nth: _FIRST[nth], numeric=True),
        ListColumn(
            "second",
            gettext_lazy("Second dose"),
            lambda nth: "…" if _SECOND[nth] is None else _SECOND[nth],
            numeric=True,
        ),
    ),
)


def _chart() -> charts.Chart:
    return charts.columns(
        _("Doses by day"),
        _("First doses below, second doses above. The table shows the same numbers."),
        [f"{day:%d/%m}" for day in _DAYS],
        [(_("First dose"), _FIRST), (_("Second dose"), _SECOND)],
    )


@dataclass(frozen=True)
class _Reject:
    line: int
    message: str


def _rejects(lines: list[str]) -> dict[str, Any]:
    wrong = [nth for nth, line in enumerate(lines, 1) if not line.strip().isdigit()]
    said = _("%(count)d rows read.") % {"count": len(lines) - len(wrong)}
    return {"said": said, "problems": [_Reject(nth, _("Use digits only.")) for nth in wrong]}
