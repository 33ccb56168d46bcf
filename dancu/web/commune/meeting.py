"""Marking arrivals as met, undoing that, and notes."""

from collections.abc import Callable
from urllib.parse import urlsplit
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dancu.isolation import actions, lookups
from dancu.isolation.errors import AlreadyMet, NoSuchArrival
from dancu.web.access import duty
from dancu.web.commune.counts import counted
from dancu.web.commune.filters import read
from dancu.web.commune.rows import rows

LONGEST_NOTE = 500


@duty("arrivals")
@require_POST
def meet(request: HttpRequest, declaration_id: UUID) -> HttpResponse:
    """The commune has met the person; a second press changes nothing."""
    return _answer(request, declaration_id, lambda: actions.meet(request.acting, declaration_id, _note(request)))


@duty("arrivals")
@require_POST
def undo(request: HttpRequest, declaration_id: UUID) -> HttpResponse:
    """Pressed by mistake."""
    return _answer(request, declaration_id, lambda: actions.undo_meeting(request.acting, declaration_id))


@duty("arrivals")
@require_POST
def note(request: HttpRequest, declaration_id: UUID) -> HttpResponse:
    """What the commune writes down about the arrival."""
    return _answer(request, declaration_id, lambda: actions.write_note(request.acting, declaration_id, _note(request)))


def _answer(request: HttpRequest, declaration_id: UUID, act: Callable[[], None]) -> HttpResponse:
    problem = ""
    try:
        act()
    except AlreadyMet as already:
        problem = str(already)
    except NoSuchArrival:
        problem = _undone_already(request, declaration_id)
    if not request.headers.get("HX-Request"):
        messages.add_message(request, messages.WARNING if problem else messages.SUCCESS, problem or _("Saved."))
        return redirect(_back(request))
    query = QueryDict(urlsplit(_back(request)).query)
    filters = read(query).filters
    (row,) = rows(request.acting, [lookups.arrival(request.acting, declaration_id)])
    counts = counted(query, filters, lookups.summary(request.acting, filters))
    return render(request, "commune/answer.html", {"row": row, "counted": counts, "problem": problem})


def _undone_already(request: HttpRequest, declaration_id: UUID) -> str:
    """An undo pressed twice finds nothing to undo; anything else that is not found is not theirs."""
    try:
        found = lookups.arrival(request.acting, declaration_id)
    except NoSuchArrival as missing:
        raise Http404(str(missing)) from missing
    (row,) = rows(request.acting, [found])
    if not row.is_ours:
        raise Http404(NoSuchArrival.__doc__)
    return _("This was undone already.")


def _note(request: HttpRequest) -> str:
    return request.POST.get("note", "").replace("\0", "").strip()[:LONGEST_NOTE]


def _back(request: HttpRequest) -> str:
    """The page of ours that this came from; the list where that is not known."""
    came_from = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    if not url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure()):
        return reverse("commune:home")
    parts = urlsplit(came_from)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
