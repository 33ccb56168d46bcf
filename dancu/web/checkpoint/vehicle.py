"""A vehicle with several people on one screen: its plate, how many sit in it, who they are as they are
scanned one behind the other, and one press for all, with exceptions.
"""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from dancu.checkpoints import actions, lookups
from dancu.checkpoints.errors import CheckpointError, TooLateToUndoCrossing, TooManyLookups
from dancu.checkpoints.groups import GroupFacts
from dancu.checkpoints.lookups import Examination, pass_id_of
from dancu.checkpoints.reasons import REASONS, Reason
from dancu.web.access import duty, takes_files
from dancu.web.checkpoint import aboard, reading, undecided
from dancu.web.checkpoint.aboard import ASKED, CHOICES, Seat, Vehicle, VehicleForm
from dancu.web.checkpoint.pieces import show
from dancu.web.checkpoint.reading import FORGED, NotUnderstood, PresentedCode
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
        at["seats"] += _members(request, group, at)
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
    at = _as_sent(request)
    try:
        seats = _seated(request, at)
    except (NotUnderstood, TooManyLookups) as problem:
        aboard.keep(request, at)
        if is_htmx(request):
            return HttpResponse(str(problem), content_type="text/plain; charset=utf-8", status=422)
        return _shown(request, at, problem=str(problem), status=422)
    at["seats"] += seats
    aboard.keep(request, at)
    if not is_htmx(request):
        return redirect("checkpoint:vehicle")
    lines = render(request, "checkpoint/seats.html", {"seats": seats, **aboard.choices()})
    lines["Dancu-Plate"] = at["plate"].encode("ascii", "ignore").decode()
    return lines


@duty("scan")
@on_shift
@require_POST
def remove(request: StationRequest) -> HttpResponse:
    """One who does not sit in this vehicle is off its list, and nothing is recorded of them; who was stopped
    by a verdict stands on the desk as not decided yet.
    """
    at, off = _as_sent(request), request.POST.get("off", "")
    _left_undecided(request, [seat for seat in at["seats"] if seat["crossing_id"] == off])
    at["seats"] = [seat for seat in at["seats"] if seat["crossing_id"] != off]
    aboard.keep(request, at)
    return HttpResponse(status=204) if is_htmx(request) else redirect("checkpoint:vehicle")


@duty("scan")
@on_shift
@require_POST
def leave(request: StationRequest) -> HttpResponse:
    """Nobody of it is decided on here: who was stopped by a verdict stands on the desk as not decided yet."""
    _left_undecided(request, _as_sent(request)["seats"])
    aboard.leave(request)
    return ready(request) if is_htmx(request) else redirect("checkpoint:home")


@duty("scan")
@on_shift
@require_POST
def decide(request: StationRequest) -> HttpResponse:
    """One press for all: each is recorded as chosen, once, whatever is pressed twice. Who could not be
    recorded remains on the list, with why.
    """
    at = _as_sent(request)
    form = VehicleForm(at)
    problems = _not_ready(at, form)
    if problems:
        aboard.keep(request, at)
        return _shown(request, at, form=form, problems=problems, status=422)
    shift = request.shift
    actions.record_vehicle(
        request.acting,
        check_id=UUID(at["check_id"]),
        station_id=shift.station_id,
        direction=shift.direction,
        plate=at["plate"],
        aboard=form.cleaned_data["aboard"],
    )
    left = [seat for seat in at["seats"] if not _recorded(request, at, seat)]
    if left:
        aboard.keep(request, {**at, "seats": left, "aboard": str(len(left)), "without": ""})
        return _shown(request, aboard.vehicle(request), problems=[_not_all(len(left))], status=422)
    aboard.finish(request, at["check_id"])
    return ready(request, vehicle=aboard.told(request)) if is_htmx(request) else redirect("checkpoint:home")


@duty("scan")
@on_shift
@require_POST
def undo(request: StationRequest) -> HttpResponse:
    """What was pressed just now for a vehicle is taken back, and its passengers are on the list again."""
    check_id = _uuid(request.POST.get("check_id", ""))
    before = lookups.vehicle_check(request.acting, check_id) if check_id else None
    if before is None:
        return ready(request, problem=str(TooLateToUndoCrossing()), status=422)
    seats, late = [], 0
    for one in lookups.passengers(request.acting, before["check_id"]):
        try:
            actions.undo_crossing(request.acting, one["crossing_id"])
        except TooLateToUndoCrossing:
            late += 1
            continue
        examined = lookups.examine(request.acting, request.shift.station_id, pass_id=one["pass_id"])
        seats.append(aboard.seat_of(examined))
    if not seats:
        return ready(request, problem=str(TooLateToUndoCrossing()), vehicle=aboard.told(request), status=422)
    aboard.forget_finished(request)
    at = {**aboard.vehicle(request), "plate": before["plate"], "aboard": str(len(seats)), "seats": seats}
    aboard.keep(request, at)  # type: ignore[arg-type]
    undone = ngettext(
        "Undone: nothing is recorded for %(count)d person.",
        "Undone: nothing is recorded for %(count)d people.",
        len(seats),
    ) % {"count": len(seats)}
    problems = [str(TooLateToUndoCrossing())] if late else []
    return _shown(request, aboard.vehicle(request), notice=undone, problems=problems)


def _seated(request: StationRequest, at: Vehicle) -> list[Seat]:
    """Raises NotUnderstood where there is nobody to be seated, TooManyLookups."""
    text, picture = request.POST.get("text", ""), request.FILES.get("picture")
    shown = reading.read(reading.in_picture(picture) if picture and not text.strip() else text)
    if shown.group:
        return _members(request, shown.group, at)
    aboard.check_room(at)
    if shown.passport or shown.number or shown.card:
        return [_without_pass(request, shown, at)]
    examined = lookups.examine(
        request.acting, request.shift.station_id, text=shown.text, pass_id=shown.pass_id
    )
    if examined.declaration is None:
        return [_no_pass(request, examined, shown)]
    if aboard.has(at, examined.code):
        raise NotUnderstood(
            _("%(name)s is already on the list.") % {"name": examined.declaration["full_name"]}
        )
    at["plate"] = at["plate"] or examined.declaration["plate"]
    return [aboard.seat_of(examined)]


def _members(request: StationRequest, group: GroupFacts, at: Vehicle) -> list[Seat]:
    """Those of a group who are not on the list yet, each examined by their own pass."""
    aboard.check_room(at, len(group.members))
    found = [
        lookups.examine(request.acting, request.shift.station_id, pass_id=member.pass_id, is_proved=True)
        for member in group.members
    ]
    seats = [aboard.seat_of(one) for one in found if one.declaration and not aboard.has(at, one.code)]
    if not seats:
        raise NotUnderstood(_("All of them are already on the list."))
    at["plate"] = at["plate"] or group.plate
    return seats


def _without_pass(request: StationRequest, shown: PresentedCode, at: Vehicle) -> Seat:
    seat = aboard.seat_without_pass(shown)
    told = (seat["name"], seat["born"], "")
    if any((one["name"], one["born"], one["code"]) == told for one in at["seats"]):
        raise NotUnderstood(_("%(name)s is already on the list.") % {"name": seat["name"]})
    number = shown.card.number if shown.card else shown.number or shown.passport
    name = shown.card.full_name if shown.card else ""
    undecided.note_number(request, number, name, typed=shown.card is None)
    return seat


def _no_pass(request: StationRequest, examined: Examination, shown: PresentedCode) -> Seat:
    if examined.status not in FORGED and not examined.facts:
        raise NotUnderstood(aboard.seat_with_forgery(examined.status)["reasons"][0])
    undecided.note_code(request, examined.status, shown.text)
    return aboard.seat_with_forgery(examined.status)


def _as_sent(request: StationRequest) -> Vehicle:
    """The vehicle with what stands in the form now; also of those who were scanned while the network was
    gone, whom this session has not seen.
    """
    sent = request.POST
    at = aboard.begun(request) or aboard.new(_uuid(sent.get("check_id", "")))
    for field in ("plate", "aboard", "without"):
        at[field] = sent.get(field, at[field])[:20].strip()
    known = {seat["crossing_id"]: seat for seat in at["seats"]}
    for crossing_id in sent.getlist("seat"):
        code = sent.get(f"code-{crossing_id}", "")
        is_new = crossing_id not in known and _uuid(crossing_id) and not aboard.has(at, code)
        if is_new and not aboard.is_full(at) and (found := _from_device(request, crossing_id, code)):
            at["seats"].append(found)
            known[crossing_id] = found
        if seat := known.get(crossing_id):
            decision = sent.get(f"decision-{crossing_id}", "")
            seat["decision"] = decision if decision in CHOICES else ""
            seat["reason"] = sent.get(f"reason-{crossing_id}", "") if decision in ASKED else ""
    return at


def _from_device(request: StationRequest, crossing_id: str, code: str) -> Seat | None:
    try:
        examined = lookups.examine(request.acting, request.shift.station_id, pass_id=pass_id_of(code))
    except CheckpointError:
        return None
    if examined.declaration is None:
        return None
    return {**aboard.seat_of(examined), "crossing_id": crossing_id, "code": code}


def _left_undecided(request: StationRequest, seats: list[Seat]) -> None:
    for seat in seats:
        if seat["code"] and seat["answer"] == "stop":
            undecided.note(request, pass_id_of(seat["code"]))


def _not_ready(at: Vehicle, form: VehicleForm) -> list[str]:
    """What is to be put right before anything is recorded."""
    if not form.is_valid():
        return [str(error) for errors in form.errors.values() for error in errors]
    if not at["seats"]:
        return [_("Nobody has been scanned yet.")]
    counted = len(at["seats"]) + (form.cleaned_data["without"] or 0)
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


def _not_chosen(seat: Seat) -> str:
    decision = seat["decision"]
    if decision not in CHOICES or (decision != "desk" and not seat["code"]):
        return _("%(name)s: choose a decision.") % {"name": seat["name"]}
    asked = decision != "desk" and (decision != "through" or seat["for_a_reason"])
    if asked and seat["reason"] not in REASONS[ASKED[decision]]:
        return _("%(name)s: choose the reason.") % {"name": seat["name"]}
    return ""


def _recorded(request: StationRequest, at: Vehicle, seat: Seat) -> bool:
    """Whether this one is off the list: recorded, now or before, or left to the desk."""
    if not seat["code"]:
        return True
    pass_id = pass_id_of(seat["code"])
    if seat["decision"] == "desk":
        undecided.note(request, pass_id)
        return True
    try:
        added = _record(request, at, seat, pass_id)
    except CheckpointError as problem:
        _look_again(request, seat, str(problem))
        return False
    before = None if added else lookups.crossing(pass_id, UUID(seat["crossing_id"]))
    if before and before["decision"] != seat["decision"]:
        told = {"recorded": decided(before["decision"]), "pressed": decided(seat["decision"])}
        seat["problem"] = (
            _("Your earlier press was recorded: %(recorded)s. Not recorded: %(pressed)s.") % told
        )
        return False
    undecided.settle(request, pass_id, told_apart=seat["reason"] == "other_person")
    return True


def _record(request: StationRequest, at: Vehicle, seat: Seat, pass_id: int) -> bool:
    asked = seat["decision"] != "through" or seat["for_a_reason"]
    return actions.record_crossing(
        request.acting,
        crossing_id=UUID(seat["crossing_id"]),
        pass_id=pass_id,
        station_id=request.shift.station_id,
        direction=request.shift.direction,
        decision=seat["decision"],
        reason=Reason(seat["reason"] if asked else ""),
        plate=at["plate"],
        vehicle_check=UUID(at["check_id"]),
    )


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
    context = {"form": VehicleForm(initial=at), "vehicle": at, **aboard.choices()} | context  # type: ignore[arg-type]
    return show(request, "vehicle", context, status)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
