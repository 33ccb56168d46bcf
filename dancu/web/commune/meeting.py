"""Marking arrivals as met, one or many at once, undoing that, and notes."""

from collections.abc import Callable
from urllib.parse import urlsplit
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from dancu.accounts.caller import OfficialRequest
from dancu.checkpoints import lookups as checkpoints
from dancu.checkpoints.memory import WAITING
from dancu.isolation import actions, lookups
from dancu.isolation.errors import AlreadyMet, NoSuchArrival, NotExpected
from dancu.web.access import duty, ours
from dancu.web.commune import movements
from dancu.web.commune.counts import counted
from dancu.web.commune.filters import PAGE, read
from dancu.web.commune.movements import LONGEST_NOTE
from dancu.web.commune.rows import clock, rows, station_name
from dancu.web.htmx import is_htmx

_JUST_MET = "arrivals-just-met"  # session: what was marked last, to be undone on the page that follows


@duty("arrivals")
@require_POST
def meet(request: OfficialRequest, declaration_id: UUID) -> HttpResponse:
    """The commune has met the person; a second press changes nothing."""

    def act() -> None:
        actions.meet(request.acting, declaration_id, _note(request))
        _remember(request, [declaration_id])

    return _answer(request, declaration_id, act, lambda: _held([declaration_id]))


@duty("arrivals")
@require_POST
def undo(request: OfficialRequest, declaration_id: UUID) -> HttpResponse:
    """Pressed by mistake."""
    return _answer(request, declaration_id, lambda: actions.undo_meeting(request.acting, declaration_id))


@duty("arrivals")
@require_POST
def note(request: OfficialRequest, declaration_id: UUID) -> HttpResponse:
    """What the commune writes down about the arrival."""
    return _answer(
        request, declaration_id, lambda: actions.write_note(request.acting, declaration_id, _note(request))
    )


@duty("arrivals")
@require_POST
def meet_many(request: OfficialRequest) -> HttpResponse:
    """All those ticked are met, in one go."""
    ticked = _ticked(request)
    if not ticked:
        messages.warning(
            request, _("Nobody was selected. Select the people who have arrived, then press the button.")
        )
        return redirect(_back(request))
    met = actions.meet_many(request.acting, ticked)
    _remember(request, met)
    for words in _held(met):
        messages.warning(request, words)
    if others := len(ticked) - len(met):
        messages.warning(
            request,
            ngettext(
                "%(count)d person could not be marked. They have already been met, or are no longer "
                "expected in your area.",
                "%(count)d people could not be marked. They have already been met, or are no longer "
                "expected in your area.",
                others,
            )
            % {"count": others},
        )
    return redirect(_back(request))


@duty("arrivals")
@require_POST
def undo_many(request: OfficialRequest) -> HttpResponse:
    """All those are not met after all."""
    undone = actions.undo_meetings(request.acting, _ticked(request))
    if undone:
        words = ngettext(
            "%(count)d person is no longer marked as met.",
            "%(count)d people are no longer marked as met.",
            len(undone),
        )
        messages.success(request, words % {"count": len(undone)})
    else:
        messages.warning(request, _("This has already been undone."))
    return redirect(_back(request))


def just_met(request: HttpRequest) -> list[str]:
    """What was marked by the press that led to this page, once."""
    return request.session.pop(_JUST_MET, [])


def _held(declaration_ids: list[UUID]) -> list[str]:
    """Of those who were just met, a line for each who is on a checkpoint's list of those held."""
    found = lookups.held(declaration_ids, timezone.now() - WAITING)
    stations = checkpoints.station_names({row["station_id"] for row in found})
    return [
        _(
            "%(name)s is still listed as held at %(station)s since %(time)s. Tell the checkpoint that this "
            "person has arrived."
        )
        % {
            "name": row["full_name"],
            "station": station_name(stations, row["station_id"]),
            "time": clock(row["crossed_at"]),
        }
        for row in found
    ]


def _remember(request: HttpRequest, declaration_ids: list[UUID]) -> None:
    on_the_list = urlsplit(_back(request)).path == reverse("commune:home")
    if declaration_ids and on_the_list and not is_htmx(request):
        request.session[_JUST_MET] = [str(declaration_id) for declaration_id in declaration_ids]


def _ticked(request: HttpRequest) -> list[UUID]:
    """The arrivals that were ticked: at most a page of them; whatever is no id is passed over."""
    found = []
    for value in request.POST.getlist("declaration")[:PAGE]:
        try:
            found.append(UUID(value))
        except ValueError:
            continue
    return list(dict.fromkeys(found))


def _answer(
    request: OfficialRequest,
    declaration_id: UUID,
    act: Callable[[], None],
    remarks: Callable[[], list[str]] = list,
) -> HttpResponse:
    """The row as it is after `act`, with the `remarks` on what was done; the page again where there is no
    script.
    """
    if len(_note(request)) > LONGEST_NOTE:
        return _too_long(request, declaration_id)
    problem = ""
    try:
        act()
    except (AlreadyMet, NotExpected) as refused:
        problem = str(refused)
    except NoSuchArrival:
        problem = _undone_already(request, declaration_id)
    remarked = [] if problem else remarks()
    if not is_htmx(request):
        for words in remarked:
            messages.warning(request, words)
        if problem or _JUST_MET not in request.session:
            messages.add_message(
                request, messages.WARNING if problem else messages.SUCCESS, problem or _("Saved.")
            )
        return redirect(_back(request))
    query = QueryDict(urlsplit(_back(request)).query)
    filters = read(request, query).filters
    person = lookups.person(request.acting, filters, declaration_id)
    (row,) = rows(request.acting, [person])
    counts = counted(query, filters, lookups.summary(request.acting, filters))
    context = {"row": row, "counted": counts, "problem": problem, "remarks": remarked}
    return render(request, "commune/answer.html", context)


def _too_long(request: OfficialRequest, declaration_id: UUID) -> HttpResponse:
    """The page again, with what was typed; nothing was changed."""
    try:
        person_id = lookups.arrival(request.acting, declaration_id)["person_id"]
    except NoSuchArrival as missing:
        raise Http404(str(missing)) from missing
    return movements.page(request, person_id, typed={declaration_id: _note(request)})


def _undone_already(request: OfficialRequest, declaration_id: UUID) -> str:
    """An undo pressed twice finds nothing to undo; anything else that is not found is not theirs."""
    try:
        found = lookups.arrival(request.acting, declaration_id)
    except NoSuchArrival as missing:
        raise Http404(str(missing)) from missing
    (row,) = rows(request.acting, [found])
    if not row.is_ours:
        raise Http404(NoSuchArrival.__doc__)
    return _("This has already been undone.")


def _note(request: HttpRequest) -> str:
    """As many letters as the browser counted: it sends an end of line as two."""
    return request.POST.get("note", "").replace("\0", "").replace("\r\n", "\n").strip()


def _back(request: HttpRequest) -> str:
    """The page of ours that this came from; the list where that is not known."""
    came_from = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    return ours(request, came_from) or reverse("commune:home")
