"""A site's side of discrepancies: its records that disagree with the register, what the police said of
each, what is to be done.
"""

from dataclasses import dataclass
from typing import Any

from crispy_forms_gds.layout import Field, Fluid
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_POST

from dancu.accounts.caller import OfficialRequest
from dancu.accounts.lookups import Acting
from dancu.areas import lookups as areas
from dancu.discrepancies import actions, lookups
from dancu.discrepancies.lookups import ReportedDiscrepancy
from dancu.discrepancies.site_file import COLUMNS, read_site_file
from dancu.register.lookups import visible_areas
from dancu.web.access import duty, takes_files
from dancu.web.forms import CommuneField, helper
from dancu.web.kit.address import numbers
from dancu.web.kit.columns import ListColumn
from dancu.web.kit.lists import Listing
from dancu.web.kit.uploads import RowsField
from dancu.web.office.discrepancies.corrections import PAGE, list_filter, listed, send_back
from dancu.web.office.review.labels import FIELDS, STATUS_COLOURS, STATUSES, VERDICTS, WHAT_TO_DO
from dancu.web.office.review.side_by_side import DiffPiece, declared, pieces
from dancu.web.office.sign_in.forms import sent
from dancu.web.sheets import csv_file

_SHOWN = ("number", "full_name", "birth", "sex", "phone", "commune_code")


@dataclass(frozen=True)
class Held:
    """One record of the site, in words. `shown`, `right`: what it says and what is right, by field;
    `rights`: field, what stands there, what is right.
    """

    entry: ReportedDiscrepancy
    shown: dict[str, str]
    right: dict[str, str]
    facts: list[tuple[Any, str]]
    status: Any
    colour: str
    verdict: Any
    to_do: Any
    rights: list[tuple[Any, list[DiffPiece], list[DiffPiece]]]


def _sent(field: str) -> ListColumn[Held]:
    return ListColumn(field, FIELDS[field], lambda one: one.shown.get(field, ""))


def _right(field: str) -> ListColumn[Held]:
    words = format_lazy(gettext_lazy("Correct value: {field}"), field=FIELDS[field])
    return ListColumn(f"right-{field}", words, lambda one: one.right.get(field, ""))


# What the site sent, the state, the verdict, and what is right of the fields that differ
RECORDS: Listing[Held] = Listing(
    gettext_lazy("Records to correct"),
    (
        ListColumn("site", gettext_lazy("Site"), lambda one: one.entry.row["site"]),
        ListColumn(
            "record", pgettext_lazy("one of a site's", "Record"), lambda one: one.entry.row["record_id"]
        ),
        *map(_sent, _SHOWN),
        ListColumn("status", pgettext_lazy("of a discrepancy", "Status"), lambda one: one.status),
        ListColumn("verdict", gettext_lazy("Verdict"), lambda one: one.verdict),
        ListColumn("note", gettext_lazy("Note"), lambda one: one.entry.row["note"]),
        ListColumn("listed", gettext_lazy("Reported"), lambda one: one.entry.row["listed_at"]),
        ListColumn("verified", gettext_lazy("Verified"), lambda one: one.entry.row["verified_at"]),
        *map(_right, _SHOWN),
    ),
    "records",
)


class SiteForm(forms.Form):
    """A site's list as a file."""

    site = forms.CharField(
        label=gettext_lazy("Name of the site"),
        help_text=gettext_lazy(
            "The health station or clinic that holds these records. Always use the same name"
        ),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "organization", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Enter the name of the site")},
    )
    commune = CommuneField(label=gettext_lazy("Commune of the site"))
    file = RowsField(
        read_site_file,
        label=gettext_lazy("List of records (CSV file)"),
        help_text=gettext_lazy(
            "At most 5,000 records. A record that was already reported is not added again."
        ),
    )

    def __init__(self, acting: Acting, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._own = visible_areas(acting) if acting.jurisdiction_kind != "facility" else None
        self.helper = helper(
            Field.text("site", field_width=Fluid.TWO_THIRDS),
            "commune",
            "file",
            submit=_("Report discrepancies"),
        )
        self.helper.attrs |= {"enctype": "multipart/form-data"}

    def clean_site(self) -> str:
        return " ".join(self.cleaned_data["site"].replace("\0", "").split())

    def clean_commune(self) -> areas.Area:
        commune = self.cleaned_data["commune"]
        if self._own is not None and commune.area_id not in self._own:
            raise forms.ValidationError(_("This commune is not in your area"))
        return commune


@duty("site_list")
def site_list(request: OfficialRequest) -> HttpResponse:
    """The site's records, what has waited longest first."""
    status, site, pages = list_filter(request, default="")
    counts = lookups.counts(request.acting)
    found, total = lookups.entries(request.acting, status, site, PAGE, pages.skip)
    held = [_in_words(entry) for entry in found]
    any_verified = any(one.entry.row["status"] == "verified" for one in held)
    context = {"held": held, "any_verified": any_verified, "query": request.GET.urlencode()}
    return render(request, "office/site_list.html", context | listed(counts, status, site, pages, total))


@duty("site_list")
@require_POST
def updated(request: OfficialRequest) -> HttpResponse:
    """The site has changed these records, or taken note."""
    chosen = numbers(request.POST.getlist("record"))
    done = actions.mark_applied(request.acting, chosen) if chosen else 0
    if done:
        said = ngettext(
            "%(count)d record is marked as corrected.", "%(count)d records are marked as corrected.", done
        )
        messages.success(request, said % {"count": done})
    else:
        messages.warning(request, _("No records were marked. Choose records that the police have verified."))
    return redirect("office:site-list")


@duty("site_list")
@require_POST
def reopen(request: OfficialRequest, correction_id: int) -> HttpResponse:
    """The site doubts a verdict."""
    return send_back(request, correction_id, reverse("office:site-list"))


@takes_files
@duty("site_list")
def upload(request: OfficialRequest) -> HttpResponse:
    """A site without a system sends its list as a file; rows that cannot be used are told one by one, the
    rest is listed.
    """
    form = SiteForm(request.acting, sent(request), request.FILES or None, initial=_own_site(request.acting))
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        commune, read = form.cleaned_data["commune"], form.cleaned_data["file"]
        done = actions.report_records(
            request.acting, form.cleaned_data["site"], commune.area_id, read.records
        )
        if not read.problems:
            messages.success(request, report_in_words(done))
            return redirect("office:site-list")
        context |= {"problems": read.problems, "said": report_in_words(done)}
    return render(request, "office/site_upload.html", context, status=422 if form.errors else 200)


@duty("site_list")
def empty_list(request: HttpRequest) -> HttpResponse:
    """A file with the names of the columns, to be filled in."""
    return csv_file(iter([[names[0] for names in COLUMNS.values()]]), "dancu-list")


@duty("site_list")
def as_file(request: OfficialRequest, file: str) -> HttpResponse:
    """The list as CSV or as an Excel workbook, for a site without a system."""
    status, site, _pages = list_filter(request, default="")
    return RECORDS.as_file(file, map(_in_words, lookups.every_entry(request.acting, status, site, file)))


def report_in_words(done: actions.ReportCounts) -> str:
    """What became of a list."""
    words = _("Reported: %(new)d new, %(again)d changed, %(known)d already reported.")
    return words % {"new": done.new, "again": done.again, "known": done.existing}


def _own_site(acting: Acting) -> dict[str, Any]:
    """Whose jurisdiction is one commune works for its health station."""
    area = (
        areas.get_many([acting.jurisdiction_id]).get(acting.jurisdiction_id)
        if acting.jurisdiction_kind == "area"
        else None
    )
    if area is None or area.level != areas.COMMUNE:
        return {}
    return {"site": _("Health station of %(commune)s") % {"commune": area.name}, "commune": area}


def _in_words(entry: ReportedDiscrepancy) -> Held:
    shown, right = declared(entry.declared), declared(entry.rights)
    status, verdict = entry.row["status"], entry.row["verdict"] or ""
    return Held(
        entry,
        shown,
        right,
        [(FIELDS[field], shown[field]) for field in _SHOWN if field in shown],
        STATUSES[status],
        STATUS_COLOURS[status],
        VERDICTS.get(verdict, ""),
        WHAT_TO_DO.get(verdict, ""),
        [
            (FIELDS[field], pieces(shown.get(field, ""), value), pieces(value, shown.get(field, "")))
            for field, value in right.items()
        ],
    )
