"""Who did what to whose data: the auditor's page."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from operator import itemgetter
from typing import Any
from uuid import UUID

from crispy_forms_gds.layout import Field, Fixed
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from dancu.accounts import errors, lookups
from dancu.accounts.caller import OfficialRequest
from dancu.accounts.duties import PURPOSES, ROLES
from dancu.audit import actions
from dancu.audit import lookups as audit
from dancu.audit.wording import ACTIONS, FOR_A_REASON, words
from dancu.isolation.lookups import reason_in_words
from dancu.register import lookups as register
from dancu.web import sought
from dancu.web.access import duty
from dancu.web.forms import DateField, helper
from dancu.web.kit.columns import ListColumn
from dancu.web.kit.lists import Listing
from dancu.web.kit.paging import first
from dancu.web.moments import moment_in
from dancu.web.shared.places import place

PAGE, _BATCH = 50, 500
DAYS = 7  # shown where no day is asked for
EARLIEST = date(2000, 1, 1)  # before any entry
_CHOSEN = ("action", "before")


class AuditForm(forms.Form):
    """By whom, about whom, what, from when until when."""

    official = forms.CharField(
        label=gettext_lazy("Official’s username"),
        required=False,
        max_length=40,
        widget=forms.TextInput({"autocapitalize": "none", "spellcheck": "false"}),
    )
    person = forms.IntegerField(
        label=gettext_lazy("Person’s record number"),
        help_text=gettext_lazy(
            "Not the personal number, but the number in the address of the record’s page."
        ),
        required=False,
        min_value=-(1 << 63),  # what a record's number can be
        max_value=(1 << 63) - 1,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), gettext_lazy("Enter the record number, using digits only")
        ),
        widget=forms.TextInput({"inputmode": "numeric"}),
    )
    action = forms.ChoiceField(
        label=gettext_lazy("Action"),
        required=False,
        choices=lambda: [
            ("", _("Any action")),
            *sorted(((c, str(w.words)) for c, w in ACTIONS.items()), key=lambda c: c[1]),
        ],
    )
    since = DateField(
        label=gettext_lazy("First day"), required=False, earliest=EARLIEST, latest=timezone.localdate
    )
    until = DateField(
        label=gettext_lazy("Last day"), required=False, earliest=EARLIEST, latest=timezone.localdate
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(
            Field.text("official", field_width=Fixed.TWENTY),
            Field.text("person", field_width=Fixed.TEN),
            Field.select("action"),
            "since",
            "until",
            submit=_("Search"),
        )

    def clean_official(self) -> int | None:
        if not (username := self.cleaned_data["official"]):
            return None
        try:
            return lookups.official_named(username).pk
        except errors.NoSuchOfficial:
            raise forms.ValidationError(_("There is no official with this username")) from None

    def clean(self) -> None:
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day must not be before the first day"))


def _about(row: dict[str, Any]) -> str:
    return _("Record no. %(number)s") % {"number": row["person_id"]} if row["person_id"] else ""


AUDIT: Listing[dict[str, Any]] = Listing(
    gettext_lazy("Audit log"),
    (
        ListColumn("action", gettext_lazy("Action"), itemgetter("action")),
        ListColumn("at", gettext_lazy("Time"), itemgetter("at")),
        ListColumn("who", pgettext_lazy("of an action", "By"), itemgetter("who")),
        ListColumn("about", pgettext_lazy("of an action", "About"), _about),
        ListColumn("purpose", gettext_lazy("Purpose"), itemgetter("purpose")),
        ListColumn("detail", gettext_lazy("Details"), itemgetter("detail")),
        ListColumn("address", gettext_lazy("Network address"), itemgetter("address")),
    ),
    "audit",
)


@duty("audit")
def entries(request: OfficialRequest) -> HttpResponse:
    """A page of the audit, newest first. Reading it is written to it."""
    given = request.POST if request.method == "POST" else sought.read(request, _CHOSEN)
    form = AuditForm(given or None)
    if request.method == "POST" and form.is_valid():
        return sought.lead_on(request, _CHOSEN)
    asked = form.cleaned_data if form.is_valid() else {}
    context: dict[str, Any] = {"form": form}
    if not form.errors:
        found = _found(asked, _place(request.GET.get("before", "")), PAGE + 1)
        _record(request, asked)
        page, last = first(found, PAGE)
        context |= {"list": AUDIT.shown(request, _rows(page)), "more": _place_after(request, last)}
    return render(request, "office/audit.html", context, status=422 if form.errors else 200)


@duty("audit")
def as_file(request: OfficialRequest, file: str) -> HttpResponse:
    """All entries that the page is asked for, as CSV or as an Excel workbook."""
    form = AuditForm(sought.read(request, _CHOSEN) or None)
    asked = form.cleaned_data if form.is_valid() else {}
    _record(request, asked, file)
    return AUDIT.as_file(file, _every_row(asked))


def _record(request: OfficialRequest, asked: dict[str, Any], file: str = "") -> None:
    said = [f"{name} {asked[name]}" for name in ("official", "person", "action") if asked.get(name)]
    actions.record(request.acting, "audit.read", detail=" ".join([*said, *filter(None, [file])]))


def _every_row(asked: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """As they stood when the first was read, 500 at a time."""
    place = None
    while found := _found(asked, place, _BATCH):
        yield from _rows(found)
        place = found[-1].place


def _found(asked: dict[str, Any], before: tuple[datetime, UUID] | None, limit: int) -> list[audit.AuditEntry]:
    until = asked.get("until") or timezone.localdate()
    since = asked.get("since") or until - timedelta(days=DAYS - 1)
    return audit.search(
        _midnight(since),
        _midnight(until + timedelta(days=1)),
        official_id=asked.get("official"),
        person_id=asked.get("person"),
        former_ids=register.ids_of(asked["person"]) if asked.get("person") else (),
        action=asked.get("action") or None,
        before=before,
        limit=limit,
    )


def _rows(page: Sequence[audit.AuditEntry]) -> list[dict[str, Any]]:
    names = lookups.usernames(entry.actor_id for entry in page if entry.actor_kind == "official")
    return [
        {
            "at": entry.at,
            "action": words(entry.action),
            "who": " · ".join(filter(None, (_who(entry, names), *_in_what_role(entry)))),
            "purpose": PURPOSES.get(entry.purpose, entry.purpose),
            "person_id": entry.person_id,
            "detail": reason_in_words(entry.detail) if entry.action in FOR_A_REASON else entry.detail,
            "address": entry.address,
        }
        for entry in page
    ]


def _who(entry: audit.AuditEntry, names: dict[int, str]) -> str:
    if entry.actor_kind == "official":
        return names.get(entry.actor_id, _("Official no. %(number)s") % {"number": entry.actor_id})
    if entry.actor_kind == "citizen":
        return _("Citizen, record no. %(number)s") % {"number": entry.actor_id}
    return _("The system")


def _in_what_role(entry: audit.AuditEntry) -> list[str]:
    if not entry.actor_role:
        return []
    role = str(ROLES[entry.actor_role].name) if entry.actor_role in ROLES else ""
    return [role, place(entry.jurisdiction_kind, entry.jurisdiction_id)]


def _place_after(request: HttpRequest, last: audit.AuditEntry | None) -> str:
    """The address of the next page; "" where there is none."""
    if last is None:
        return ""
    at, entry_id = last.place
    query = request.GET.copy()
    query["before"] = f"{at.isoformat()}~{entry_id}"
    return f"?{query.urlencode()}"


def _place(text: str) -> tuple[datetime, UUID] | None:
    """Where a page goes on; the first page where the address was not made by `_place_after`."""
    at, _tilde, entry_id = text.partition("~")
    try:
        moment = moment_in(at)
        return (moment, UUID(entry_id)) if moment else None
    except ValueError:
        return None


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
