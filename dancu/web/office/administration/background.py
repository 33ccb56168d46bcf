"""Background work, for whoever watches over it: how each kind stands, and having it done at once."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from dancu.accounts.caller import OfficialRequest
from dancu.accounts.duties import Words
from dancu.web.access import duty
from dancu.work import actions, lookups
from dancu.work.errors import NoSuchJob

_STATES: dict[str, tuple[Words, str]] = {  # words, colour
    "": (gettext_lazy("Working"), "green"),
    "failing": (gettext_lazy("Failed last time"), "red"),
    "dying": (gettext_lazy("Its worker ended in the middle of it"), "red"),
    "long": (gettext_lazy("Takes unusually long"), "amber"),
    "late": (gettext_lazy("No worker has begun it"), "amber"),
}


@dataclass(frozen=True)
class ShownJob:
    """`state` and `colour` as the tag {% status %} takes them."""

    standing: lookups.JobStanding
    state: Words
    colour: str


@duty("work")
@require_safe
def background(request: OfficialRequest) -> HttpResponse:
    """Every kind of work that nobody waits for."""
    jobs = [ShownJob(each, *_STATES[each.trouble]) for each in lookups.standing()]
    return render(request, "office/background.html", {"jobs": jobs})


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
