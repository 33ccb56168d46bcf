"""How somebody comes onto the list of a vehicle: by what was shown, or by the form that says who is on the
page. The form is what counts; the session knows what it was told before.
"""

from django.utils.translation import gettext as _

from dancu.checkpoints import lookups
from dancu.checkpoints.errors import CheckpointError
from dancu.checkpoints.groups import GroupFacts, passes_in
from dancu.checkpoints.lookups import Examination, pass_code, pass_id_of
from dancu.credentials.errors import CredentialError
from dancu.web.checkpoint import aboard, reading, undecided
from dancu.web.checkpoint.aboard import ASKED, CHOICES, Seat, Vehicle
from dancu.web.checkpoint.reading import FORGED, ForgedGroup, NotUnderstood, PresentedCode
from dancu.web.checkpoint.shift import StationRequest

_GRAVITY = ("go", "check", "stop")


def seated(request: StationRequest, at: Vehicle) -> list[Seat]:
    """Who was scanned, typed or photographed just now, and is not on the list yet. Raises NotUnderstood where
    there is nobody, TooManyLookups.
    """
    text, picture = request.POST.get("text", ""), request.FILES.get("picture")
    text = reading.in_picture(picture) if picture and not text.strip() else text
    try:
        shown = reading.read(text)
    except ForgedGroup as forged:
        undecided.note_code(request, forged.status, text.strip())
        return [aboard.seat_with_forgery(forged.status)]
    if shown.group:
        return members(request, shown.group, at)
    aboard.check_room(at)
    if shown.passport or shown.number or shown.card:
        return [_without_pass(shown, at)]
    examined = lookups.examine(
        request.acting, request.shift.station_id, text=shown.text, pass_id=shown.pass_id
    )
    if examined.declaration is None:
        return [_without_declaration(request, examined, shown)]
    if aboard.has(at, examined.code):
        raise NotUnderstood(
            _("%(name)s is already on the list.") % {"name": examined.declaration["full_name"]}
        )
    return _noted(request, [aboard.seat_of(examined)])


def members(request: StationRequest, group: GroupFacts, at: Vehicle) -> list[Seat]:
    """Those of a group who are not on the list yet, each examined by their own pass. Raises NotUnderstood."""
    found: dict[str, Seat] = {}
    unknown = 0
    for member in group.members:
        examined = lookups.examine(
            request.acting, request.shift.station_id, pass_id=member.pass_id, is_proved=True
        )
        if examined.declaration is None:
            unknown += 1
        elif not aboard.has(at, examined.code):
            found.setdefault(examined.code, aboard.seat_of(examined))
    aboard.check_room(at, len(found))
    if not found:
        raise NotUnderstood(
            _("None of the passes in this code is recorded. Ask each for their identity card.")
            if unknown
            else _("All of them are already on the list.")
        )
    at["plate"] = at["plate"] or group.plate
    return _noted(request, list(found.values()))


def as_sent(request: StationRequest) -> tuple[Vehicle, list[Seat]]:
    """The vehicle as the form has it, and those whom this session knows of it besides, who are not on the
    page: their line was lost on its way. Another vehicle that the session knew is left.
    """
    sent = request.POST
    known = aboard.begun(request)
    check_id = aboard.check_id_in(sent.get("check_id", ""))
    if known and check_id and known["check_id"] != check_id:
        left_undecided(request, known["seats"])
        known = None
    at = known or aboard.new(check_id)
    before = {seat["crossing_id"]: seat for seat in at["seats"]}
    for field in ("plate", "aboard", "without"):
        at[field] = " ".join(sent.get(field, at[field])[:20].split())
    if "seat" not in sent and "aboard" not in sent:  # nothing of the form was sent with it
        return at, []
    at["seats"] = []
    for crossing_id in sent.getlist("seat"):
        seat = before.get(crossing_id) or _read_elsewhere(request, crossing_id)
        if seat and not (seat["code"] and aboard.has(at, seat["code"])) and not aboard.is_full(at):
            at["seats"].append(_chosen(request, seat))
    on_page = {seat["crossing_id"] for seat in at["seats"]}
    unseen = [
        seat
        for crossing_id, seat in before.items()
        if crossing_id not in on_page and not (seat["code"] and aboard.has(at, seat["code"]))
    ]
    return at, unseen


def left_undecided(request: StationRequest, seats: list[Seat]) -> None:
    """Who was stopped by a verdict, and shown a card, stands on the desk as not decided yet."""
    for seat in seats:
        if seat["code"] and seat["answer"] == "stop":
            undecided.note(request, pass_id_of(seat["code"]))
        if seat["number"]:
            undecided.note_number(request, seat["number"], seat["name"], typed=seat["is_typed"])


def _noted(request: StationRequest, seats: list[Seat]) -> list[Seat]:
    """A red verdict is on the desk from now on, until somebody decides."""
    for seat in seats:
        if seat["answer"] == "stop":
            undecided.note(request, pass_id_of(seat["code"]))
    return seats


def _without_pass(shown: PresentedCode, at: Vehicle) -> Seat:
    seat = aboard.seat_without_pass(shown)
    if any(one["number"] == seat["number"] for one in at["seats"]):
        raise NotUnderstood(_("%(name)s is already on the list.") % {"name": seat["name"]})
    return seat


def _without_declaration(request: StationRequest, examined: Examination, shown: PresentedCode) -> Seat:
    if examined.status not in FORGED and not examined.facts:
        raise NotUnderstood(aboard.seat_with_forgery(examined.status)["reasons"][0])
    undecided.note_code(request, examined.status, shown.text)
    return aboard.seat_with_forgery(examined.status)


def _chosen(request: StationRequest, seat: Seat) -> Seat:
    """With what was chosen on the page."""
    sent, crossing_id = request.POST, seat["crossing_id"]
    decision = sent.get(f"decision-{crossing_id}", seat["decision"])
    seat["decision"] = decision if decision in CHOICES else ""
    seat["reason"] = sent.get(f"reason-{crossing_id}", seat["reason"]) if decision in ASKED else ""
    if _is_graver(seat["answer"], sent.get(f"shown-{crossing_id}", "")) and seat["decision"] == "through":
        seat["decision"] = ""  # the page showed less than is known here
    return seat


def _read_elsewhere(request: StationRequest, crossing_id: str) -> Seat | None:
    """One whom this session has not seen: read on the device while the network was gone, or scanned before
    the session began. What was scanned is verified; a code alone counts as one that was typed.
    """
    code, text = (request.POST.get(f"{name}-{crossing_id}", "") for name in ("code", "text"))
    if not aboard.check_id_in(crossing_id) or not code:
        return None
    try:
        pass_id = pass_id_of(code)
        if text and pass_id not in passes_in(text):
            return None
        examined = lookups.examine(
            request.acting, request.shift.station_id, pass_id=pass_id, is_proved=bool(text)
        )
    except CredentialError:  # forged: it is reported at the desk
        undecided.note_code(request, "altered", text)
        return {**aboard.seat_with_forgery("altered"), "crossing_id": crossing_id}
    except CheckpointError:
        return None
    if examined.declaration is None:
        return None
    (seat,) = _noted(request, [aboard.seat_of(examined)])
    return {**seat, "crossing_id": crossing_id, "code": pass_code(pass_id)}


def _is_graver(answer: str, shown: str) -> bool:
    return shown in _GRAVITY and _GRAVITY.index(answer) > _GRAVITY.index(shown)
