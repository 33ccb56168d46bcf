"""The police's side of discrepancies: what sites hold otherwise than the register, verified and signed
record by record.
"""

from dataclasses import dataclass, replace
from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from dancu.accounts.caller import OfficialRequest
from dancu.accounts.lookups import Acting, usernames
from dancu.discrepancies import actions, lookups
from dancu.discrepancies.actions import LONGEST_NOTE
from dancu.discrepancies.errors import DiscrepancyError
from dancu.discrepancies.lookups import ReportedDiscrepancy
from dancu.web.access import duty
from dancu.web.forms import helper
from dancu.web.kit.address import number, page
from dancu.web.kit.paging import Pages
from dancu.web.kit.people import PersonField, ask_for_people
from dancu.web.office.review.labels import FIELDS, STATUS_COLOURS, STATUSES, VERDICT_KEYS, VERDICTS
from dancu.web.office.review.side_by_side import ComparedRow, beside, declared, register_side
from dancu.web.office.sign_in.forms import sent

PAGE = 25
_CORRECTED_AT = {  # a field of the loop: the page that corrects it in the register
    "number": ("office:person-pin", ""),
    "full_name": ("office:person-correct", "full_name"),
    "birth": ("office:person-correct", "birth_date"),
    "sex": ("office:person-correct", "sex"),
    "phone": ("office:person-correct", "phone"),
    "commune_code": ("office:person-move", ""),
}


@dataclass(frozen=True)
class DiscrepanciesWaiting:
    """One record of the list, in words. `corrects`: where to correct the register, field by field."""

    entry: ReportedDiscrepancy
    rows: list[ComparedRow]
    status: Any
    colour: str
    verdict: Any
    corrects: list[tuple[Any, str]]
    verified_by: str


@duty("review")
def corrections(request: OfficialRequest) -> HttpResponse:
    """The list, what has waited longest first."""
    status, site, pages = list_filter(request)
    counts = lookups.counts(request.acting)
    found, total = lookups.entries(request.acting, status, site, PAGE, pages.skip)
    names = usernames(by for entry in found if (by := entry.row["verified_by"]))
    context = {
        "waiting": [_in_words(entry, names) for entry in found],
        "verdicts": [(code, words, VERDICT_KEYS[code]) for code, words in VERDICTS.items()],
        "longest_note": LONGEST_NOTE,
        "here": request.get_full_path(),
    }
    return render(request, "office/corrections.html", context | listed(counts, status, site, pages, total))


@duty("review")
@require_POST
def resolve(request: OfficialRequest) -> HttpResponse:
    """The verdicts that were chosen, signed by the official who is signed in."""
    verdicts = {
        _id(name): value for name, value in request.POST.items() if name.startswith("verdict-") and value
    }
    notes = {_id(name): value for name, value in request.POST.items() if name.startswith("note-")}
    try:
        signed = actions.resolve(request.acting, verdicts, notes) if verdicts else 0
    except DiscrepancyError as refused:
        messages.error(request, str(refused))
        return redirect(_back(request))
    if signed:
        said = ngettext(
            "%(count)d discrepancy has been verified and signed.",
            "%(count)d discrepancies have been verified and signed.",
            signed,
        )
        messages.success(request, said % {"count": signed})
    else:
        messages.warning(request, _("Nothing was signed. Choose a verdict for at least one record."))
    if "register_wrong" in verdicts.values():
        messages.info(
            request,
            _("If the register is wrong, correct it now. The links are next to the verified record."),
        )
        return redirect(reverse("office:corrections") + "?status=verified")
    return redirect(_back(request))


class WhoseRecordForm(forms.Form):
    """Whom the record of a site is about."""

    person = PersonField(label=gettext_lazy("About whom"))

    def __init__(self, acting: Acting, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        ask_for_people(self, acting)
        self.helper = helper("person", submit=_("This person"))


@duty("review")
@sensitive_post_parameters()
def find(request: OfficialRequest, correction_id: int) -> HttpResponse:
    """Whom a record is about: those of the name and birth date that the site sent, or somebody else."""
    back = f"{_back(request)}#record-{correction_id}"
    try:
        entry = lookups.waiting_entry(request.acting, correction_id)
        told = declared(entry.declared)
        typed = " ".join(filter(None, (told.get("full_name"), told.get("birth"))))
        form = WhoseRecordForm(request.acting, sent(request), {"person": typed})
        if form.is_valid():
            actions.identify(request.acting, correction_id, form.cleaned_data["person"])
            return redirect(back)
    except DiscrepancyError as refused:
        messages.error(request, str(refused))
        return redirect(back)
    if typed and not form.is_bound:
        cast(PersonField, form.fields["person"]).find(typed)
    facts = [(FIELDS[name], told[name]) for name in FIELDS if name in told]
    context = {"form": form, "row": entry.row, "facts": facts, "back": back}
    return render(request, "office/correction_person.html", context, status=422 if form.errors else 200)


@duty("review")
@require_POST
def reopen(request: OfficialRequest, correction_id: int) -> HttpResponse:
    """The police take a verdict of theirs back."""
    return send_back(request, correction_id, _back(request))


def send_back(request: OfficialRequest, correction_id: int, where: str) -> HttpResponse:
    """To be verified again, from either side."""
    try:
        actions.reopen(request.acting, correction_id, request.POST.get("note", ""))
    except DiscrepancyError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The record is waiting for the police again."))
    return redirect(where)


def list_filter(request: HttpRequest, default: str = "listed") -> tuple[str, str, Pages]:
    """Status, site and page that an address asks for; what means nothing there is passed over."""
    status, site = request.GET.get("status", default), _site(request.GET.get("site", ""))
    return status if status in ("", *STATUSES) else default, site, Pages(page(request.GET), PAGE, 0)


def _site(text: str) -> str:
    return text.replace("\0", "")[:200]


def listed(
    counts: dict[str, dict[str, int]], status: str, site: str, pages: Pages, total: int
) -> dict[str, Any]:
    """What both sides' pages show above and below the list."""
    in_status = {code: sum(of_site.get(code, 0) for of_site in counts.values()) for code in STATUSES}
    return {
        "tally": [
            (words, in_status[code], f"?{urlencode({'status': code})}", code == status)
            for code, words in STATUSES.items()
        ],
        "sites": sorted(counts) if len(counts) > 1 else [],
        "status": status,
        "site": site,
        "pages": replace(pages, total=total),
    }


def _in_words(entry: ReportedDiscrepancy, names: dict[int, str]) -> DiscrepanciesWaiting:
    left = declared(entry.declared)
    person_id = entry.row["person_id"]
    verdict = entry.row["verdict"]
    return DiscrepanciesWaiting(
        entry,
        beside(left, _asked_for(left, register_side(entry.person, left, "number")) if entry.person else {}),
        STATUSES[entry.row["status"]],
        STATUS_COLOURS[entry.row["status"]],
        VERDICTS.get(verdict or "", ""),
        [(FIELDS[field], _where(field, person_id)) for field in entry.differing]
        if verdict == "register_wrong" and person_id
        else [],
        names.get(entry.row["verified_by"] or 0, ""),
    )


def _asked_for(left: dict[str, str], right: dict[str, str]) -> dict[str, str]:
    """Of the register's side what the site holds too, and the number."""
    return {name: value for name, value in right.items() if name in left or name in ("number", "status")}


def _where(field: str, person_id: int) -> str:
    page, what = _CORRECTED_AT[field]
    return reverse(page, args=[person_id, what] if what else [person_id])


def _id(name: str) -> int:
    return number(name.partition("-")[2], digits=18) or 0


def _back(request: HttpRequest) -> str:
    """The same list, as far as it was sent along and there is such a one."""
    given = request.POST if "list-status" in request.POST else request.GET
    status, site = given.get("list-status", ""), _site(given.get("list-site", ""))
    query = ({"status": status} if status in STATUSES else {}) | ({"site": site} if site else {})
    return reverse("office:corrections") + (f"?{urlencode(query)}" if query else "")
