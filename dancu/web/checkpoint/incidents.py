"""A forged code: nobody is known to record a crossing under, so what was decided is reported with plate
and picture.
"""

from dataclasses import replace
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from uuid_utils.compat import uuid7

from dancu.checkpoints import actions, lookups
from dancu.checkpoints.errors import BadCrossingId, BadPicture, NoSuchIncident, ReasonNeeded, UnknownReason
from dancu.checkpoints.incidents import KINDS, reported, shown_before
from dancu.checkpoints.reasons import LONGEST, Reason
from dancu.web.access import duty, takes_files
from dancu.web.checkpoint import undecided
from dancu.web.checkpoint.deciding import back_to_desk
from dancu.web.checkpoint.pieces import show
from dancu.web.checkpoint.remembering import decided
from dancu.web.checkpoint.shift import StationRequest, on_shift
from dancu.web.checkpoint.verdicts import Verdict, of_forgery
from dancu.web.htmx import is_htmx
from dancu.web.templatetags.dancu import moment

_DECISIONS = {
    "secondary": gettext_lazy("Hold for a check"),
    "back": gettext_lazy("Turn back"),
    "through": gettext_lazy("Let through"),
}


class IncidentForm(forms.Form):
    """What is known of whoever showed the code."""

    incident_id = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(choices=[(kind, kind) for kind in KINDS], widget=forms.HiddenInput)
    code_text = forms.CharField(required=False, max_length=4000, widget=forms.HiddenInput)
    plate = forms.CharField(label=gettext_lazy("Number plate"), required=False, max_length=20)
    picture = forms.FileField(
        label=gettext_lazy("Photo of the vehicle, the person or the code"), required=False
    )
    decision = forms.ChoiceField(
        label=gettext_lazy("What did you decide?"), choices=list(_DECISIONS.items()),
        error_messages={"required": gettext_lazy("Choose what you decided")},
    )  # fmt: skip
    note = forms.CharField(
        label=gettext_lazy("What happened, in a few words"), required=False, max_length=LONGEST
    )


@takes_files
@duty("scan")
@on_shift
@require_http_methods(["GET", "HEAD", "POST"])
def incident(request: StationRequest) -> HttpResponse:
    """GET: what was reported at the station lately. POST: report one, once."""
    if request.method != "POST":
        rows = lookups.incidents(request.acting, request.shift.station_id)
        told = [
            row | {"decided": decided(row["decision"]), "what": of_forgery(row["kind"])[0]} for row in rows
        ]
        return show(request, "incidents", {"incidents": told})
    form = IncidentForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form)
    given, picture = form.cleaned_data, form.cleaned_data["picture"]
    try:
        added = actions.report_incident(
            request.acting,
            incident_id=given["incident_id"],
            station_id=request.shift.station_id,
            kind=given["kind"],
            decision=given["decision"],
            reason=Reason("" if given["decision"] == "through" else "forged", given["note"]),
            plate=given["plate"],
            code_text=given["code_text"],
            picture=picture.read() if picture else b"",
        )
    except BadPicture as problem:
        form.add_error("picture", str(problem))
        return _page(request, form)
    except ReasonNeeded:
        form.add_error("note", _("Write why someone with a forged code is let through"))
        return _page(request, form)
    except (UnknownReason, BadCrossingId) as problem:
        form.add_error(None, str(problem))
        return _page(request, form)
    undecided.settle_code(request, given["code_text"])
    stored = reported(given["incident_id"]) or given
    notice = _("Reported: %(what)s, %(decision)s.") % {
        "what": of_forgery(stored["kind"])[0],
        "decision": decided(stored["decision"]),
    }
    if not added and stored["decision"] != given["decision"]:
        notice = _("This has already been reported. %(report)s") % {"report": notice}
    if not is_htmx(request):
        messages.success(request, notice)
    return back_to_desk(request, notice=notice)


@duty("scan")
@on_shift
@require_safe
def picture(request: StationRequest, incident_id: UUID) -> HttpResponse:
    """The photograph of an incident at the station."""
    try:
        found = lookups.picture_of(request.acting, request.shift.station_id, incident_id)
    except NoSuchIncident as problem:
        raise Http404 from problem
    return HttpResponse(found, content_type="image/jpeg", headers={"Cache-Control": "no-store"})


def begin(request: StationRequest, verdict: Verdict, kind: str, code_text: str) -> HttpResponse:
    """The verdict on a forged code, and what to report of it."""
    initial = {"incident_id": uuid7(), "kind": kind, "code_text": code_text, "decision": "secondary"}
    undecided.note_code(request, kind, code_text)
    before = [
        _("Shown before at %(station)s, %(time)s: %(decision)s.")
        % {
            "station": one["station"],
            "time": moment(one["happened_at"]),
            "decision": decided(one["decision"]),
        }
        for one in shown_before(code_text)
    ]
    told = replace(verdict, reasons=[*before, *verdict.reasons])
    return show(request, "incident", {"form": IncidentForm(initial=initial), "verdict": told})


def _page(request: StationRequest, form: IncidentForm) -> HttpResponse:
    words, why = of_forgery(request.POST.get("kind", ""))
    return show(request, "incident", {"form": form, "verdict": Verdict("stop", words, [why])}, 422)
