"""The first page, and the button that makes this device forget."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dancu.checkpoints.passes import hours_in_words
from dancu.web.access import public
from dancu.web.citizen import sent
from dancu.web.citizen.draft import Draft
from dancu.web.citizen.privacy import private
from dancu.web.citizen.remember import forget, name_in, remembered, route_in
from dancu.web.citizen.sent_pages import others_of


@public
@private
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this is, and the three things a citizen comes for."""
    known, last = remembered(request), sent.last(request.session)
    page = {
        "pass_hours": hours_in_words(),
        "told_to_stay": sent.declared(last)["full_name"] if last and not last.pass_id else "",
        **(others_of(request, last) if last else {}),
        "begun": bool(Draft(request.session)),
        "remembered": name_in(known),
        "last_time": route_in(known),
    }
    return render(request, "citizen/home.html", page)


@public
@private
@require_POST
def forget_me(request: HttpRequest) -> HttpResponse:
    """The device forgets the traveller it was asked to remember."""
    messages.success(request, _("This phone no longer remembers the traveller."))
    response = redirect("citizen:home")
    forget(response)
    return response
