"""What ends on this browser when nothing is done: an official's or a citizen's session, or a declaration that
is not sent yet.

Every page says until when, a script warns two minutes before, and `stay` begins the time anew (WCAG 2.2,
2.2.1).
"""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import Http404, HttpRequest, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dancu.accounts.duties import role_of
from dancu.web.access import (
    CITIZEN_IDLE,
    CITIZEN_LONGEST,
    LONGEST_SESSION,
    begin_anew,
    public,
    recognise,
)
from dancu.web.citizen import draft, holders

OFFICIAL, DECLARATION, CITIZEN, HOLDER = "official", "declaration", "citizen", "holder"
KINDS = (OFFICIAL, DECLARATION, CITIZEN, HOLDER)


@dataclass(frozen=True)
class Ending:
    """`left`: seconds, 0 where it is over. `can_stay`: not where it has lasted as long as any may, which
    is `longest` seconds.
    """

    kind: str
    left: int
    can_stay: bool = True
    longest: int = LONGEST_SESSION

    @property
    def address(self) -> str:
        """Asked with GET it tells the seconds left, with POST it begins the time anew."""
        return reverse("session", args=[self.kind])

    @property
    def until(self) -> str:
        """What the page says where no script can warn."""
        at = f"{self._at:%H:%M}"
        if self.kind == DECLARATION:
            return _(
                "We keep your answers until %(at)s. Each answer you send gives you another 30 minutes."
            ) % {"at": at}
        if not self.can_stay:
            told = _("A session lasts %(hours)d hours at most: you will be signed out at %(at)s.")
            return told % {"hours": self.longest // 3600, "at": at}
        return _("You will be signed out at %(at)s unless you open a page before then.") % {"at": at}

    @property
    def warning(self) -> str:
        """What the dialog says two minutes before."""
        if self.kind == DECLARATION:
            return _(
                "You have not done anything on this page for a while. Your answers will soon be deleted."
            )
        if not self.can_stay:
            told = _(
                "Your session has lasted %(hours)d hours. Finish what you are doing, then sign in again."
            )
            return told % {"hours": self.longest // 3600}
        return _(
            "You have not done anything on this page for a while. You will soon be signed out to protect "
            "the data."
        )

    @property
    def stay(self) -> str:
        """The words of the dialog's button."""
        if not self.can_stay:
            return _("Close")
        return _("Keep my answers") if self.kind == DECLARATION else _("Stay signed in")

    @property
    def _at(self) -> datetime:
        return timezone.localtime(timezone.now() + timedelta(seconds=self.left))


def ending(request: HttpRequest) -> Ending | None:
    """What ends first for whoever looks at this page; None where nothing does."""
    if not hasattr(request, "session"):
        return None
    if getattr(request, "acting", None):
        return _left(request, OFFICIAL)
    declaring = request.path.startswith(reverse("citizen:declare"))
    kinds = (DECLARATION, CITIZEN, HOLDER) if declaring else (CITIZEN, HOLDER)
    return next((found for kind in kinds if (found := _left(request, kind)) and found.left), None)


@public
@never_cache
@require_http_methods(["GET", "POST"])
def session(request: HttpRequest, kind: str) -> JsonResponse:
    """How many seconds are left (GET), or all of them again (POST): {"left": 1800}; 0 where it is over."""
    if kind not in KINDS:
        raise Http404
    if kind == OFFICIAL:
        recognise(request)
    found = _left(request, kind)
    if request.method == "POST" and found and found.left and found.can_stay:
        _stay(request, kind)
        found = _left(request, kind)
    return JsonResponse({"left": found.left if found else 0})


def _left(request: HttpRequest, kind: str) -> Ending | None:
    now, session = int(time.time()), request.session
    if kind == DECLARATION:
        last = draft.seen(session)
        return Ending(kind, max(0, last + draft.IDLE - now)) if last else None
    if kind == OFFICIAL:
        if not (acting := getattr(request, "acting", None)):
            return None
        times = {"seen": session.get("seen", 0), "began": session.get("signed_in", 0)}
        idle = int(role_of(acting.role).idle.total_seconds())
        longest = LONGEST_SESSION
    else:
        times = session.get("citizen") or {} if kind == CITIZEN else holders.times(session)
        idle, longest = CITIZEN_IDLE if kind == CITIZEN else holders.IDLE, CITIZEN_LONGEST
    if not times:
        return None
    unused = times["seen"] + idle - now
    lasts = times.get("began", times["seen"]) + longest - now
    return Ending(kind, max(0, min(unused, lasts)), can_stay=unused < lasts, longest=longest)


def _stay(request: HttpRequest, kind: str) -> None:
    if kind == OFFICIAL:
        begin_anew(request)
    elif kind == DECLARATION:
        draft.Draft(request.session).save()
    elif kind == CITIZEN:
        request.session["citizen"] = request.session["citizen"] | {"seen": int(time.time())}
    else:
        holders.holder(request)
