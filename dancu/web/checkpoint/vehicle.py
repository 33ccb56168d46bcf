"""A vehicle with several people on one screen: its plate, how many sit in it, who they are as they are
scanned one behind the other, and one press for all, with exceptions.
"""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from dancu.checkpoints import actions, lookups
from dancu.checkpoints.errors import CheckpointError, TooLateToUndoCrossing, TooManyLookups
from dancu.checkpoints.groups import GroupFacts
from dancu.checkpoints.lookups import pass_id_of
from dancu.checkpoints.reasons import OTHER_PERSON, REASONS, Reason
from dancu.web.access import duty, takes_files
from dancu.web.checkpoint import aboard, seats, undecided
from dancu.web.checkpoint.aboard import ASKED, CHOICES, CountedForm, Seat, Vehicle
from dancu.web.checkpoint.pieces import show
from dancu.web.checkpoint.reading import NotUnderstood
from dancu.web.checkpoint.ready import ready
from dancu.web.checkpoint.remembering import decided
from dancu.web.checkpoint.shift import StationRequest, on_shift
from dancu.web.htmx import is_htmx


@duty("scan")
@on_shift
@require_safe
def page(request: StationRequest) -> HttpResponse:
    """The vehicle that the officer is at, or a new one."""
    return _shown(request, aboard.vehicle(request))


def begin_with(request: StationRequest, group: GroupFacts) -> HttpResponse:
    """The page with all of a group whose code was shown at the desk."""
    at = aboard.vehicle(request)
    try:
        at["seats"] += seats.members(request, group, at)
    except NotUnderstood as problem:
        return _shown(request, at, problem=str(problem), status=422)
    aboard.keep(request, at)
    return _shown(request, at)


@takes_files
@duty("scan")
@on_shift
@require_POST
def add(request: StationRequest) -> HttpResponse:
    """One more was scanned, typed or photographed. Gives the desk's script a line of the list, or what is
    wrong; a browser without it the page.
    """
    at, unseen = seats.as_sent(request)
    at["seats"] += unseen
    aboard.forget_finished(request)
    try:
        found = seats.seated(request, at)
    except (NotUnderstood, TooManyLookups) as problem:
        aboard.keep(request, at)
        if is_htmx(request):
            return HttpResponse(str(problem), content_type="text/plain; charset=utf-8", status=422)
        return _shown(request, at, problem=str(problem), status=422)
    at["seats"] += found
    aboard.keep(request, at)
    if not is_htmx(request):
        return redirect("checkpoint:vehicle")
    return render(request, "checkpoint/seats.html", {"seats": [*unseen, *found], **aboard.choices()})


@duty("scan")
@on_shift
@require_POST
def save(request: StationRequest) -> HttpResponse:
    """What stands on the page is kept; and one who does not sit in this vehicle (`off`) is off its list.
    Nothing is recorded of them; who was stopped by a verdict stands on the desk as not decided yet.
    """
    at, unseen = seats.as_sent(request)
    off = request.POST.get("off", "")
    every = [*at["seats"], *unseen]
    seats.left_undecided(request, [seat for seat in every if seat["crossing_id"] == off and seat["code"]])
    aboard.keep(request, {**at, "seats": [seat for seat in every if seat["crossing_id"] != off]})
    return HttpResponse(status=204) if is_htmx(request) else redirect("checkpoint:vehicle")


@duty("scan")
@on_shift
@require_POST
def leave(request: StationRequest) -> HttpResponse:
    """The list is thrown away: who was stopped by a verdict stands on the desk as not decided yet."""
    at, unseen = seats.as_sent(request)
    seats.left_undecided(request, [seat for seat in (*at["seats"], *unseen) if seat["code"]])
    aboard.leave(request)
    return ready(request) if is_htmx(request) else redirect("checkpoint:home")


@duty("scan")
@on_shift
@require_POST
def decide(request: StationRequest) -> HttpResponse:
    """One press for all: each is recorded as chosen, once, whatever is pressed twice. Who could not be
    recorded remains on the list, with why.
    """
    at, unseen = seats.as_sent(request)
    if _was_pressed_before(request, at):
        return _done(request, at)
    form = CountedForm(at)
    problems = _not_ready(request, at, form, unseen)
    if not problems:
        problems = _check_recorded(request, at, form)
    if problems:
        at["seats"] += unseen
        aboard.keep(request, at)
        return _shown(request, at, form=form, problems=problems, status=422)
    left = [seat for seat in at["seats"] if _goes_by_pass(seat) and not _recorded(request, at, seat)]
    if left:
        at["seats"] = [*left, *(seat for seat in at["seats"] if not _goes_by_pass(seat))]
        aboard.keep(request, at)
        return _shown(request, at, problems=[_not_all(len(left))], status=422)
    for seat in at["seats"]:
        if seat["code"] and seat["decision"] == "desk":
            undecided.note(request, pass_id_of(seat["code"]))
    seats.left_undecided(request, [seat for seat in at["seats"] if not seat["code"]])
    return _done(request, at)


def _not_sent(_request: HttpRequest) -> str:
    return _(
        "Your session ended, so the people in the vehicle were not recorded. Sign in, and scan them again."
    )


decide.unsent = _not_sent  # type: ignore[attr-defined]  # see web/access.py


@duty("scan")
@on_shift
@require_POST
def undo(request: StationRequest) -> HttpResponse:
    """What was pressed just now for a vehicle is taken back, and its passengers are on the list again, as
    they were decided on.
    """
    check_id = aboard.check_id_in(request.POST.get("check_id", ""))
    before = lookups.vehicle_check(request.acting, UUID(check_id)) if check_id else None
    if before is None:
        return ready(request, problem=str(TooLateToUndoCrossing()), status=422)
    if aboard.begun(request):
        problem = _("There is a list of another vehicle. Record it, or throw it away, then undo this one.")
        return ready(request, problem=problem, vehicle=aboard.told(request), status=422)
    found: list[Seat] = []
    late = 0
    for one in lookups.passengers(request.acting, before["check_id"]):
        try:
            actions.undo_crossing(request.acting, one["crossing_id"])
        except TooLateToUndoCrossing:
            late += 1
            continue
        examined = lookups.examine(request.acting, request.shift.station_id, pass_id=one["pass_id"])
        seat = aboard.seat_of(examined)
        seat["decision"], seat["reason"] = one["decision"], one["reason_code"]
        found.append(seat)
        if examined.declaration and examined.declaration["official_id"]:
            undecided.note(request, one["pass_id"])  # what was keyed in remains
    if not found:
        return ready(request, problem=str(TooLateToUndoCrossing()), vehicle=aboard.told(request), status=422)
    aboard.forget_finished(request)
    at = aboard.new(check_id)
    at["plate"], at["aboard"] = before["plate"], str(before["aboard"])
    at["seats"] = found
    aboard.keep(request, at)
    undone = ngettext(
        "Undone: nothing is recorded for %(count)d person.",
        "Undone: nothing is recorded for %(count)d people.",
        len(found),
    ) % {"count": len(found)}
    problems = [str(TooLateToUndoCrossing())] if late else []
    return _shown(request, at, notice=undone, problems=problems)


def _done(request: StationRequest, at: Vehicle) -> HttpResponse:
    aboard.finish(request, at["check_id"])
    return ready(request, vehicle=aboard.told(request)) if is_htmx(request) else redirect("checkpoint:home")


def _was_pressed_before(request: StationRequest, at: Vehicle) -> bool:
    """Whether all that stands on the page is recorded of this vehicle, just so."""
    by_pass = [seat for seat in at["seats"] if _goes_by_pass(seat)]
    if not by_pass or not lookups.vehicle_check(request.acting, UUID(at["check_id"])):
        return False
    return all(_stands(seat) for seat in by_pass)


def _stands(seat: Seat) -> bool:
    before = lookups.crossing(pass_id_of(seat["code"]), UUID(seat["crossing_id"]))
    pressed = (seat["decision"], seat["reason"])
    return before is not None and (before["decision"], before["reason_code"]) == pressed


def _not_ready(request: StationRequest, at: Vehicle, form: CountedForm, unseen: list[Seat]) -> list[str]:
    """What is to be put right before anything is recorded."""
    if unseen:
        names = ", ".join(seat["name"] for seat in unseen)
        return [
            _("Scanned too, but not on your page until now: %(names)s. Look at the list.") % {"names": names}
        ]
    if not form.is_valid():
        return [str(error) for errors in form.errors.values() for error in errors]
    if not at["seats"]:
        return [_("Nobody has been scanned yet.")]
    counted = len(at["seats"]) + (form.cleaned_data["without"] or 0) + _on_record(request, at)
    if counted != form.cleaned_data["aboard"]:
        told = {"aboard": form.cleaned_data["aboard"], "counted": counted}
        return [
            _(
                "%(aboard)d people are in the vehicle, but %(counted)d are on the list or without a code. "
                "Count again, or scan who is missing."
            )
            % told
        ]
    return [problem for seat in at["seats"] if (problem := _not_chosen(seat))]


def _on_record(request: StationRequest, at: Vehicle) -> int:
    """How many of it are recorded already, and not on the list."""
    listed = {pass_id_of(seat["code"]) for seat in at["seats"] if seat["code"]}
    recorded = lookups.passengers(request.acting, UUID(at["check_id"]))
    return sum(one["pass_id"] not in listed for one in recorded)


def _not_chosen(seat: Seat) -> str:
    decision = seat["decision"]
    if decision not in CHOICES or (decision != "desk" and not seat["code"]):
        return _("%(name)s: choose a decision.") % {"name": seat["name"]}
    asked = decision != "desk" and (decision != "through" or seat["for_a_reason"])
    if asked and seat["reason"] not in REASONS[ASKED[decision]]:
        return _("%(name)s: choose the reason.") % {"name": seat["name"]}
    return ""


def _check_recorded(request: StationRequest, at: Vehicle, form: CountedForm) -> list[str]:
    """The vehicle itself is on record, or why not."""
    shift = request.shift
    try:
        actions.record_vehicle(
            request.acting,
            check_id=UUID(at["check_id"]),
            station_id=shift.station_id,
            direction=shift.direction,
            plate=at["plate"],
            aboard=form.cleaned_data["aboard"],
        )
    except CheckpointError as problem:
        at["check_id"] = aboard.new(None)["check_id"]  # it was of another time
        return [str(problem)]
    return []


def _goes_by_pass(seat: Seat) -> bool:
    return bool(seat["code"]) and seat["decision"] != "desk"


def _recorded(request: StationRequest, at: Vehicle, seat: Seat) -> bool:
    """Whether this one is recorded, now or before."""
    pass_id = pass_id_of(seat["code"])
    if seat["decision"] == "through" and not seat["for_a_reason"]:
        seat["reason"] = ""
    try:
        added = actions.record_crossing(
            request.acting,
            crossing_id=UUID(seat["crossing_id"]),
            pass_id=pass_id,
            station_id=request.shift.station_id,
            direction=request.shift.direction,
            decision=seat["decision"],
            reason=Reason(seat["reason"]),
            plate=at["plate"],
            vehicle_check=UUID(at["check_id"]),
        )
    except CheckpointError as problem:
        _look_again(request, seat, str(problem))
        return False
    if not added and not _stands(seat):
        before = lookups.crossing(pass_id, UUID(seat["crossing_id"]))
        told = {
            "recorded": decided(before["decision"] if before else ""),
            "pressed": decided(seat["decision"]),
        }
        seat["problem"] = (
            _("Your earlier press was recorded: %(recorded)s. Not recorded: %(pressed)s.") % told
        )
        return False
    undecided.settle(request, pass_id, told_apart=seat["reason"] == OTHER_PERSON)
    return True


def _look_again(request: StationRequest, seat: Seat, problem: str) -> None:
    """What the server knows of this one by now, to be decided anew."""
    examined = lookups.examine(request.acting, request.shift.station_id, pass_id=pass_id_of(seat["code"]))
    if examined.declaration:
        seat.update({**aboard.seat_of(examined), "decision": ""})  # type: ignore[typeddict-item]
    seat["problem"] = problem


def _not_all(count: int) -> str:
    return ngettext(
        "%(count)d person was not recorded: decide on them here.",
        "%(count)d people were not recorded: decide on them here.",
        count,
    ) % {"count": count}


def _shown(request: StationRequest, at: Vehicle, status: int = 200, **context: Any) -> HttpResponse:
    told = {"form": CountedForm(initial=at), "vehicle": at, **aboard.choices()}  # type: ignore[arg-type]
    told["on_record"] = _on_record(request, at)
    return show(request, "vehicle", told | context, status)
