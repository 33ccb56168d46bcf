"""Roles whose area has ended, by a merger or a division: what they still cover, and an administrator who
proposes areas of today in its place.
"""

from dataclasses import dataclass
from typing import Protocol

from crispy_forms_gds.layout import Field
from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dancu.accounts import errors, lookups, proposals
from dancu.accounts.caller import OfficialRequest
from dancu.accounts.duties import Words, role_of
from dancu.accounts.lookups import Acting, GrantThere
from dancu.areas import lookups as areas
from dancu.areas.lookups import Area
from dancu.web.access import duty
from dancu.web.forms import helper
from dancu.web.kit.address import number
from dancu.web.kit.cells import link
from dancu.web.kit.columns import ListColumn
from dancu.web.kit.lists import Listing
from dancu.web.kit.paging import first
from dancu.web.office.administration.account_forms import WhyField
from dancu.web.office.administration.telling import tell
from dancu.web.office.sign_in.forms import sent
from dancu.web.templatetags.dancu import day


@dataclass(frozen=True)
class GrantsWaiting:
    """A role whose area is no more."""

    grant: GrantThere
    role: Words
    area: Area
    became: list[Area]


class _There(Protocol):
    """A grant, or who acts under it."""

    @property
    def jurisdiction_kind(self) -> str: ...
    @property
    def jurisdiction_id(self) -> int: ...


def is_ended(grant: _There) -> bool:
    """Whether the area of a role is no more today."""
    return _ended(grant) is not None


def any_waiting() -> bool:
    """Whether there are roles whose area has ended."""
    return bool(lookups.grants_of_areas(areas.ended(), limit=1))


def ended_area(acting: Acting) -> str:
    """Why an official sees less since a reform; "" for one whose area stands."""
    area = _ended(acting)
    if area is None:
        return ""
    words = _(
        "%(area)s has not existed since %(day)s. Until your role is given for the areas it became, "
        "you can see only people registered under its old name, and current units that lie wholly "
        "within it."
    )
    return words % {"area": area.path, "day": f"{area.valid_to:%d/%m/%Y}"}


def _became(row: GrantsWaiting) -> str:
    return ", ".join(area.name for area in row.became[:6]) + (", …" if row.became[6:] else "")


WAITING: Listing[GrantsWaiting] = Listing(
    gettext_lazy("Roles for areas that no longer exist"),
    (
        ListColumn(
            "official",
            gettext_lazy("Official"),
            shown=lambda row: [
                link(
                    reverse("office:grant-confirm", args=[row.grant.official_id, row.grant.grant_id]),
                    row.grant.full_name,
                ),
                f"{row.grant.username} · {row.role}",
            ],
        ),
        ListColumn(
            "area",
            gettext_lazy("Former area"),
            shown=lambda row: [row.area.path, _("until %(day)s") % {"day": day(row.area.valid_to)}],
        ),
        ListColumn("became", gettext_lazy("Current areas"), shown=_became),
    ),
)


@duty("accounts")
def waiting(request: HttpRequest) -> HttpResponse:
    """The roles whose area has ended."""
    after = number(WAITING.asked(request)["after"], digits=17) or 0
    page, last = first(lookups.grants_of_areas(areas.ended(), after, WAITING.size + 1), WAITING.size)
    found = WAITING.shown(request, map(_row, page), after=str(last.grant_id) if last else "")
    return render(request, "office/grants_waiting.html", {"list": found})


class ConfirmForm(forms.Form):
    """Which of the units of today the role is for from now on."""

    areas = forms.TypedMultipleChoiceField(
        label=gettext_lazy("From now on, the role is for these areas"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one area, or end the role instead")},
    )

    why = WhyField()

    def __init__(self, became: list[Area], data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["areas"].choices = [(area.area_id, area.path) for area in became]
        self.helper = helper("areas", Field.textarea("why", rows=3), submit=_("Send proposal"))


@duty("accounts")
def confirm(request: OfficialRequest, official_id: int, grant_id: int) -> HttpResponse:
    """Propose the role for areas of today in place of the one that has ended."""
    row = next((row for row in _of(official_id) if row.grant.grant_id == grant_id), None)
    if row is None:
        raise Http404
    form = ConfirmForm(row.became, sent(request))
    if form.is_valid():
        chosen = form.cleaned_data
        try:
            with transaction.atomic():
                for proposal_id in proposals.propose_in_place(
                    request.acting, grant_id, chosen["areas"], chosen["why"]
                ):
                    tell(proposal_id)
        except errors.AccountError as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(
                request,
                _("The proposal has been sent. Nothing changes until another administrator confirms it."),
            )
            return redirect("office:account", official_id)
    return render(request, "office/grant_confirm.html", {"form": form, "row": row})


def _of(official_id: int) -> list[GrantsWaiting]:
    held = [grant for grant in lookups.grants(official_id) if is_ended(grant)]
    if not held:
        return []
    official = lookups.official(official_id)
    return [
        _row(
            GrantThere(
                grant.grant_id,
                grant.role,
                grant.jurisdiction_id,
                official_id,
                official.username,
                official.full_name,
            )
        )
        for grant in held
    ]


def _ended(there: _There) -> Area | None:
    if there.jurisdiction_kind != "area":
        return None
    area = areas.get_many([there.jurisdiction_id]).get(there.jurisdiction_id)
    return area if area and area.valid_to and area.valid_to <= timezone.localdate() else None


def _row(grant: GrantThere) -> GrantsWaiting:
    return GrantsWaiting(
        grant,
        role_of(grant.role).name,
        areas.get(grant.area_id),
        areas.became(grant.area_id),
    )
