"""Background work, for whoever watches over it: how each kind stands, and having it done at once."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from dancu.accounts.caller import OfficialRequest
from dancu.accounts.duties import Words
from dancu.web.access import duty
from dancu.web.kit.cells import deed, mark
from dancu.web.kit.columns import ListColumn
from dancu.web.kit.lists import Listing
from dancu.web.kit.refreshing import Refreshing, digest
from dancu.web.templatetags.dancu import moment
from dancu.work import actions, lookups
from dancu.work.errors import NoSuchJob

_STATES: dict[str, tuple[Words, str]] = {  # words, colour
    "": (gettext_lazy("Working"), "green"),
    "failing": (gettext_lazy("Failed last time"), "red"),
    "dying": (gettext_lazy("Its worker ended in the middle of it"), "red"),
    "long": (gettext_lazy("Takes unusually long"), "amber"),
    "late": (gettext_lazy("No worker has begun it"), "amber"),
}


def _state(each: lookups.JobStanding) -> list[Any]:
    row, (words, colour) = each.row, _STATES[each.trouble]
    if not row or not row["error"]:
        return [mark(words, colour)]
    failures = ngettext("%(times)s failure: %(error)s", "%(times)s failures: %(error)s", row["attempts"])
    return [mark(words, colour), failures % {"times": row["attempts"], "error": row["error"]}]


def _next(each: lookups.JobStanding) -> Any:
    row = each.row
    if not row or not row["worker"]:
        return row and row["due_at"]
    words = _("being done by %(worker)s since %(since)s")
    return words % {"worker": row["worker"], "since": moment(row["started_at"])}


JOBS: Listing[lookups.JobStanding] = Listing(
    gettext_lazy("Background work"),
    (
        ListColumn("what", pgettext_lazy("background", "Work"), lambda each: each.job.what),
        ListColumn("state", gettext_lazy("State"), shown=_state),
        ListColumn("waiting", gettext_lazy("Waiting"), lambda each: each.waits, numeric=True),
        ListColumn(
            "last",
            gettext_lazy("Last done"),
            lambda each: (each.row and each.row["ended_at"]) or _("not yet"),
        ),
        ListColumn("next", gettext_lazy("Next"), shown=_next),
        ListColumn(
            "now",
            gettext_lazy("Action"),
            shown=lambda each: deed(
                reverse("office:background-now", args=[each.kind]), _("Do it now"), each.job.what
            ),
        ),
    ),
)


@duty("work")
@require_safe
def background(request: OfficialRequest) -> HttpResponse:
    """Every kind of work that nobody waits for; only the list, and that where it has changed, for the page
    that asks for itself.
    """
    jobs = lookups.standing()
    shown = JOBS.shown(request, jobs)
    refreshing = Refreshing(request, "jobs", digest(line.cells for line in shown.lines))
    if refreshing.is_unchanged:
        return HttpResponse(status=204)
    piece = "office/background_jobs.html" if refreshing.is_piece else "office/background.html"
    return render(request, piece, {"list": shown, "refreshing": refreshing})


@duty("work")
@require_POST
def due_now(request: OfficialRequest, job: str) -> HttpResponse:
    """A worker begins it within seconds."""
    try:
        is_free = actions.due_now(job, request.acting)
    except NoSuchJob:
        raise Http404 from None
    if is_free:
        messages.success(request, _("A worker begins it within seconds."))
    else:
        messages.info(request, _("A worker is doing it already."))
    return redirect("office:background")
