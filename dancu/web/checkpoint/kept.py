"""What devices of the station sent and could not be recorded by itself: an officer looks at each and says
what was done about it.
"""

import json
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from dancu.checkpoints.reasons import in_words
from dancu.devices import actions, errors, lookups
from dancu.devices.lookups import OpenItem, Place
from dancu.web.access import duty
from dancu.web.checkpoint.remembering import decided
from dancu.web.checkpoint.shift import StationRequest, on_shift


@dataclass(frozen=True)
class KeptItem:
    """One in words. `code`: of the pass that it is about, "" where there is none to look at; `facts`: what
    else was sent of it.
    """

    item: OpenItem
    what: str
    why: str
    code: str
    decided: str
    facts: list[str]


@duty("scan")
@on_shift
@require_http_methods(["GET", "HEAD", "POST"])
def kept(request: StationRequest) -> HttpResponse:
    """All that waits; POST: one of it is settled."""
    here = Place("station", request.shift.station_id)
    problem = ""
    if request.method == "POST":
        note = request.POST.get("note", "").strip()
        try:
            if not note:
                problem = _("Write what you did about it")
            else:
                ids = UUID(request.POST.get("device", "")), UUID(request.POST.get("item", ""))
                actions.settle(request.acting, here, *ids, note)
                messages.success(request, _("Settled."))
                return redirect("checkpoint:kept")
        except (ValueError, errors.NotOpen):
            messages.info(request, str(errors.NotOpen()))
            return redirect("checkpoint:kept")
    rows = [_shown(row) for row in lookups.open_items(request.acting, here)]
    seen = lookups.remarked(request.acting, here)
    remarked = [(row, lookups.kind_in_words(row["kind"]), lookups.remark_in_words(row)) for row in seen]
    context = {"rows": rows, "remarked": remarked, "problem": problem, "asked": request.POST.get("item", "")}
    return render(request, "checkpoint/kept.html", context, status=422 if problem else 200)


def _shown(row: OpenItem) -> KeptItem:
    told = _payload(row)
    code, decision = told.get("pass"), told.get("decision")
    return KeptItem(
        row,
        str(lookups.kind_in_words(row["kind"])),
        lookups.why_in_words(row["code"]),
        code if isinstance(code, str) and len(code) <= 20 else "",
        str(decided(decision)) if decision in ("through", "secondary", "back") else "",
        _facts(told),
    )


def _facts(told: dict[str, object]) -> list[str]:
    """Why, the direction, the plate, how many sat in the vehicle, and an officer's words."""
    given = {name: str(told.get(name) or "")[:200] for name in ("reason_code", "reason", "note", "plate")}
    way = {"in": pgettext("direction", "In"), "out": pgettext("direction", "Out")}.get(
        str(told.get("direction")), ""
    )
    why, count = in_words(given["reason_code"], given["reason"]), told.get("aboard")
    people = _("%(count)d people in the vehicle") % {"count": count} if isinstance(count, int) else ""
    return [fact for fact in (why, given["note"], given["plate"], people, way) if fact]


def _payload(row: OpenItem) -> dict[str, object]:
    try:
        told = json.loads(row["payload"] or "")
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}
