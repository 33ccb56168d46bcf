"""What this officer recorded here: taken back within two minutes, and corrected within the shift."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dancu.areas import lookups as areas
from dancu.checkpoints import actions, lookups
from dancu.checkpoints.errors import AboutNeeded, ReasonNeeded, TooLateToUndoCrossing, UnknownReason
from dancu.checkpoints.lookups import pass_code
from dancu.checkpoints.reasons import MISTAKE, OTHER_PERSON, REASONS, Words
from dancu.checkpoints.stations import OwnCrossing
from dancu.web.access import duty
from dancu.web.checkpoint import undecided
from dancu.web.checkpoint.deciding import DecisionReasonForm, own_words_presses
from dancu.web.checkpoint.pieces import show
from dancu.web.checkpoint.ready import ready
from dancu.web.checkpoint.scanning import examined_again
from dancu.web.checkpoint.shift import StationRequest, on_shift
from dancu.web.moments import moment_in
from dancu.web.templatetags.dancu import moment

PAGE = 50
_DECISIONS = {
    "through": gettext_lazy("Let through"),
    "secondary": gettext_lazy("Hold for a check"),
    "back": gettext_lazy("Turn back"),
}


class CrossingUndoForm(forms.Form):
    code = forms.CharField(max_length=20)
    crossing_id = forms.UUIDField()


class CrossingCorrectionForm(DecisionReasonForm):
    """`decision`: what is right; `given_reason`: "decision code", as one press sends both."""

    decision = forms.ChoiceField(required=False, choices=list(_DECISIONS.items()))


@duty("scan")
@on_shift
@require_safe
def recent(request: StationRequest) -> HttpResponse:
    """What this officer recorded at the station within the shift, a page of it: the last, or before a
    moment.
    """
    return _recent(request, until=moment_in(request.GET.get("until", "")))


@duty("scan")
@on_shift
@require_POST
def undo(request: StationRequest) -> HttpResponse:
    """What was pressed by mistake is taken back, and the traveller is on the desk again to be decided on.
    What was keyed in remains, and the desk says so until somebody decides or revokes.
    """
    form = CrossingUndoForm(request.POST)
    try:
        if not form.is_valid():
            raise TooLateToUndoCrossing
        taken_back = actions.undo_crossing(request.acting, form.cleaned_data["crossing_id"])
    except TooLateToUndoCrossing as problem:
        return ready(request, problem=str(problem), status=422)
    notice, remains = _taken_back(taken_back["pass_id"])
    if remains:
        undecided.note(request, taken_back["pass_id"])
    return examined_again(request, taken_back["pass_id"], notice, offers_revoking=remains)


def _taken_back(pass_id: int) -> tuple[str, bool]:
    """What is said of it, and whether something remains: who came with a pass keeps it, as before; who was
    keyed in has one only since.
    """
    shown = lookups.pass_in_full(pass_id)
    if not (shown and shown["official_id"]):
        name = shown["full_name"] if shown else ""
        return _("Undone: nothing is recorded for %(name)s.") % {"name": name}, False
    told = {"name": shown["full_name"], "code": pass_code(pass_id), "until": moment(shown["expires_at"])}
    return _(
        "Undone: there is no decision for %(name)s. What you entered remains: the declaration and the pass "
        "%(code)s (until %(until)s), and "
        "the commune expects the traveller. If that is wrong, revoke the pass."
    ) % told, True


@duty("scan")
@on_shift
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: StationRequest, crossing_id: UUID) -> HttpResponse:
    """Another decision in place of the one recorded, or the same for another reason: which, and why."""
    crossing = _own(request, crossing_id)
    if request.method != "POST":
        return _correction(request, crossing)
    form = CrossingCorrectionForm(request.POST)
    if not form.is_valid() or not form.cleaned_data["decision"]:
        return _correction(request, crossing, _("Choose the right decision and the reason."))
    try:
        decision = form.cleaned_data["decision"]
        reason = form.reason_for(decision, crossing["pass_id"], crossing_id)
        actions.correct_crossing(request.acting, crossing_id, decision, reason)
    except AboutNeeded as problem:
        return _correction(request, crossing, asks=str(problem), sent=form.cleaned_data)
    except (ReasonNeeded, UnknownReason) as problem:
        return _correction(request, crossing, str(problem), sent=form.cleaned_data)
    except TooLateToUndoCrossing as problem:
        return _recent(request, problem=str(problem))
    undecided.settle(request, crossing["pass_id"], told_apart=form.given().code == OTHER_PERSON)
    return _recent(request, notice=_("Corrected: %(name)s.") % {"name": crossing["full_name"]})


def _own(request: StationRequest, crossing_id: UUID) -> OwnCrossing:
    rows = lookups.recent_crossings(request.acting, request.shift.station_id, crossing_id=crossing_id)
    if not rows or rows[0]["retracted"]:
        raise Http404
    return rows[0]


def _correction(
    request: StationRequest,
    crossing: OwnCrossing,
    problem: str = "",
    *,
    asks: str = "",
    sent: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """`asks`: what is asked of the words that were sent."""
    others = [
        {
            "decision": decision,
            "words": _right(decision, crossing["decision"]),
            "reasons": _reasons(decision, crossing),
            "presses": own_words_presses(decision, crossing["pass_id"], crossing["crossing_id"]),
            "written": sent["other_reason"]
            if sent and sent["decision"] == decision
            else _written(crossing, decision),
            "asks": asks if sent and sent["decision"] == decision else "",
        }
        for decision in sorted(_DECISIONS, key=lambda decision: decision != crossing["decision"])
        if decision != crossing["decision"]
        or crossing["reason"]  # who was simply let through has no reason to be wrong
    ]
    return show(
        request,
        "correct",
        {"crossing": crossing, "others": others, "problem": problem, "asks": asks},
        422 if problem or asks else 200,
    )


def _written(crossing: OwnCrossing, decision: str) -> str:
    """What was written with this decision is not written again."""
    return "" if crossing["decision"] != decision else crossing.get("written", "")


def _right(decision: str, recorded: str) -> Words:
    words = _DECISIONS[decision]
    return words if decision != recorded else _("%(decision)s, but for another reason") % {"decision": words}


def _reasons(decision: str, crossing: OwnCrossing) -> list[tuple[str, Words]]:
    """Those that may be right: all but the one that is recorded; who was stopped by a slip of the finger
    needs no other.
    """
    given = REASONS["override" if decision == "through" else decision]
    if decision == "through" and crossing["decision"] != "through":
        given = {MISTAKE: _("Pressed by mistake"), **given}
    return [
        (code, words)
        for code, words in given.items()
        if decision != crossing["decision"] or code != crossing["reason_code"]
    ]


def _recent(
    request: StationRequest, *, until: dt.datetime | None = None, notice: str = "", problem: str = ""
) -> HttpResponse:
    rows = lookups.recent_crossings(request.acting, request.shift.station_id, most=PAGE + 1, until=until)
    rows, more = rows[:PAGE], len(rows) > PAGE
    found = areas.get_many(row["destination_area"] for row in rows)
    told = [
        {**row, "destination": found.get(row["destination_area"]), "code": pass_code(row["pass_id"])}
        for row in rows
    ]
    earlier = urlencode({"until": rows[-1]["crossed_at"].isoformat()}) if more else ""
    context = {"crossings": told, "earlier": earlier, "until": until, "notice": notice, "problem": problem}
    return show(request, "recent", context, 422 if problem else 200)
