"""A person's page in the register, for officials. Every look is on the record."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dancu.accounts.caller import OfficialRequest
from dancu.accounts.lookups import usernames
from dancu.areas import lookups as areas
from dancu.register import lookups
from dancu.register.codes import HEAD
from dancu.register.errors import NoSuchPerson
from dancu.register.lookups import RegisteredPerson, View
from dancu.register.words import STATUSES, meaning
from dancu.values.masking import mask
from dancu.values.numbers import check_pin
from dancu.web.access import duty
from dancu.web.htmx import is_htmx
from dancu.web.office.records import merge_labels as merge_words
from dancu.web.office.records import record
from dancu.web.office.records.asked import last
from dancu.web.office.records.correcting import CORRECTABLE

_NUMBER_KINDS = ("pin", "cmnd", "former")


@duty("person")
def person(request: OfficialRequest, person_id: int) -> HttpResponse:
    """All that the register holds of one person, numbers masked. A number that was merged leads to the
    record that stayed.
    """
    now = lookups.merged_into(person_id)
    if now != person_id and lookups.may_see(request.acting, now):
        return redirect("office:person", now)
    if gone := left(request, person_id):
        return gone
    view = seen(request, person_id)
    relatives = (row["person_id"] for row in (*view.household, *view.relatives))
    visible = lookups.may_see_of(request.acting, {one for one in relatives if one})
    known = view.areas | areas.get_many(record.areas_in_events(view))
    corrects = request.acting.may("correct")
    context = {
        "person": view.person,
        "facts": record.facts(view, tuple(CORRECTABLE) if corrects else ()),
        "status": meaning(STATUSES, view.person["status"]),
        "numbers": _numbers(view),
        "remarks": _remarks(view.person),
        "periods": record.periods(view),
        "household": record.household(view, visible),
        "has_no_head": bool(view.household) and all(row["relation"] != HEAD for row in view.household),
        "family": record.family(view, visible),
        "events": record.events(view, usernames({row["recorded_by"] for row in view.events}), known),
        "merges": merge_words.merges(person_id),
        "duplicates": merge_words.duplicates(request.acting, person_id) if corrects else [],
        "corrects": corrects,
        "sees_journeys": request.acting.may("arrivals"),
        "last_search": last(request, request.GET.get("s", "")),
    }
    return render(request, "office/person.html", context)


@duty("person")
@require_POST
def number(request: OfficialRequest, person_id: int, kind: str) -> HttpResponse:
    """A number in full, asked for by itself."""
    if kind not in _NUMBER_KINDS:
        raise Http404
    try:
        numbers = lookups.numbers(request.acting, person_id, kind)
    except NoSuchPerson as missing:
        raise Http404 from missing
    context = {"numbers": numbers, "person_id": person_id, "kind": kind}
    is_piece = is_htmx(request)
    return render(request, "office/number.html" if is_piece else "office/number_page.html", context)


def left(request: OfficialRequest, person_id: int) -> HttpResponse | None:
    """The page of one whose record left the register when its birth was undone; None of all others."""
    gone = lookups.taken_away(request.acting, person_id=person_id)
    return render(request, "office/person_gone.html", {"gone": gone[0]}, status=410) if gone else None


def seen(request: OfficialRequest, person_id: int) -> View:
    """The record, if this official may see it. Nobody's page and a stranger's are the same 404."""
    try:
        return lookups.view(request.acting, person_id)
    except NoSuchPerson as missing:
        raise Http404 from missing


def _numbers(view: View) -> list[dict[str, Any]]:
    held = [
        {"kind": kind, "label": record.FIELDS[kind], "masked": [mask(number)]}
        for kind, number in (("pin", view.person["pin"]), ("cmnd", view.person["cmnd"]))
        if number
    ]
    former = [
        {"masked": mask(row["number"]), "ended_on": row["ended_on"], "reason": row["reason"]}
        for row in view.former_numbers
    ]
    return [*held, *([{"kind": "former", "label": _("Former numbers"), "former": former}] if former else [])]


def _remarks(row: RegisteredPerson) -> list[str]:
    """Where the personal number disagrees with the record: it occurs, and a steward may want to know."""
    if not row["pin"]:
        return [_("This person has no personal number.")]
    return [problem.message for problem in check_pin(row["pin"], row["sex"], row["birth_date"])]
