"""Pages that tell, and ask for nothing."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from dancu.checkpoints.passes import hours_in_words
from dancu.web.access import CITIZEN_IDLE, CITIZEN_LONGEST, page_before, public, recognise
from dancu.web.citizen import draft, remember
from dancu.web.office.sign_in.signing_in import STEPS_SECONDS

# What a key does, by the page where it does it.
_KEYS = (
    (
        _("At a checkpoint"),
        (
            ("Enter", _("look up what was typed or scanned")),
            ("F2", _("let the traveller through")),
            ("F4", _("hold for a second check")),
            ("F8", _("do not let through")),
            ("F9", _("print the slip")),
            ("Esc", _("the next traveller")),
        ),
    ),
    (
        _("In the list of arrivals"),
        (
            ("J", _("the next row")),
            ("K", _("the row before")),
            ("M", _("mark as met")),
            ("U", _("undo it")),
            ("Enter", _("open the journey")),
        ),
    ),
    (
        _("When reviewing cases"),
        (
            ("S", _("the same person")),
            ("D", _("different people")),
            ("N", _("not sure")),
            ("1 … 5", _("which person on the right")),
            ("R", _("write a reason")),
            ("U", _("undo the last answer")),
            ("?", _("show the shortcuts on the page")),
        ),
    ),
    (
        _("When verifying records"),
        (("1 … 4", _("the verdict on this record")), ("S", _("sign the verdicts"))),
    ),
)


@public
@require_safe
def help_citizens(request: HttpRequest) -> HttpResponse:
    """How to declare, what if one cannot do it online, whom to call."""
    return render(request, "about/help.html")


@public
@require_safe
def help_officials(request: HttpRequest) -> HttpResponse:
    """The first day, the keys, and what to do when something does not work."""
    recognise(request)
    return render(request, "about/help_officials.html", {"keys": _KEYS, "minutes": STEPS_SECONDS // 60})


@public
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Who reads the data, for what, by which law, how long, and the rights of whoever it is about."""
    page = {
        "controller": settings.CONTROLLER,
        "controller_address": settings.CONTROLLER_ADDRESS,
        "draft_minutes": draft.IDLE // 60,
        "session_minutes": CITIZEN_IDLE // 60,
        "session_hours": CITIZEN_LONGEST // 3600,
        "remembered_days": remember.DAYS,
        "pass_hours": hours_in_words(),
    }
    return render(request, "about/privacy.html", page)


@public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What was checked, what is not good yet, and whom to tell."""
    return render(request, "about/accessibility.html")


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token does not count any more: nothing was done, and this is the way back to it."""
    return render(request, "403_csrf.html", {"form_page": page_before(request)}, status=403)
