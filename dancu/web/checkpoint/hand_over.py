"""The end of a shift: the officer sees what is left, writes a few words, and hands the station over; the next
one takes it over.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST
from uuid_utils.compat import uuid7

from dancu.checkpoints import actions, lookups
from dancu.checkpoints.errors import HandedOverOtherwise, NoSuchHandOver
from dancu.checkpoints.hand_over import LONGEST_WORDS
from dancu.web.access import duty
from dancu.web.checkpoint.pieces import show
from dancu.web.checkpoint.queue_words import in_vehicles
from dancu.web.checkpoint.ready import ready
from dancu.web.checkpoint.shift import StationRequest, on_shift
from dancu.web.checkpoint.times import ago
from dancu.web.htmx import is_htmx


class HandOverForm(forms.Form):
    """The words, and the id by which it is written once."""

    hand_over_id = forms.UUIDField()
    words = forms.CharField(
        required=False,
        max_length=LONGEST_WORDS,
        error_messages={"max_length": gettext_lazy("Write at most %(limit_value)d letters")},
    )


class TakenOverForm(forms.Form):
    hand_over_id = forms.UUIDField()


@duty("scan")
@on_shift
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: StationRequest) -> HttpResponse:
    """What is left at the station; POST: it is handed over."""
    if request.method != "POST":
        return _page(request)
    form = HandOverForm(request.POST)
    if not form.is_valid():
        wrong = [*form.errors.get("words", [])] or [_("The form did not arrive intact. Try again.")]
        return _page(request, words=request.POST.get("words", ""), problem=str(wrong[0]))
    try:
        actions.hand_over(
            request.acting,
            hand_over_id=form.cleaned_data["hand_over_id"],
            station_id=request.shift.station_id,
            words=form.cleaned_data["words"],
        )
    except HandedOverOtherwise as problem:
        return _page(request, words=form.cleaned_data["words"], problem=str(problem))
    return _back(request, _("Handed over. The next officer at the desk sees it first."))


@duty("scan")
@on_shift
@require_POST
def take_over(request: StationRequest) -> HttpResponse:
    """The next shift has read it."""
    form = TakenOverForm(request.POST)
    if not form.is_valid():
        return ready(request, problem=_("The form did not arrive intact. Try again."), status=422)
    try:
        taken = actions.take_over(
            request.acting,
            hand_over_id=form.cleaned_data["hand_over_id"],
            station_id=request.shift.station_id,
        )
    except NoSuchHandOver as problem:
        return ready(request, problem=str(problem), status=422)
    return _back(request, _("Taken over.") if taken else _("Somebody else has taken it over already."))


def _back(request: StationRequest, notice: str) -> HttpResponse:
    if is_htmx(request):
        return ready(request, notice=notice)
    messages.success(request, notice)
    return redirect("checkpoint:home")


def _page(request: StationRequest, words: str = "", problem: str = "") -> HttpResponse:
    station_id = request.shift.station_id
    holds, _ended = lookups.waiting(request.acting, station_id)
    left = lookups.left_over(station_id)
    context: dict[str, Any] = {
        "waiting": [{**row, "ago": ago(row["crossed_at"])} for row in holds],
        "left": left,
        "queue": in_vehicles(left.step),
        "hand_over_id": uuid7(),
        "words": words,
        "problem": problem,
        "longest": LONGEST_WORDS,
    }
    return show(request, "hand_over", context, 422 if problem else 200)
