"""Beginning with what is known already: the same journey on other days, or somebody who travels along."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from dancu.checkpoints.rows import ListedPass, PassInFull
from dancu.web.access import public
from dancu.web.citizen import copying, failing, sent
from dancu.web.citizen.copying import Answers
from dancu.web.citizen.draft import Draft
from dancu.web.citizen.holders import holder
from dancu.web.citizen.identity import every_pass_of, every_pass_with
from dancu.web.citizen.privacy import private
from dancu.web.citizen.remember import has_journey, remembered
from dancu.web.citizen.sending import withdraw_sent
from dancu.web.citizen.steps import progress
from dancu.web.citizen.tokens import pass_at


@public
@private
@require_POST
def as_last_time(request: HttpRequest) -> HttpResponse:
    """The journey that this device remembers, or that of a pass (`pass`: its token) which is its reader's
    own.
    """
    if token := request.POST.get("pass", ""):
        shown = pass_at(token)
        if not is_own(request, shown):
            raise Http404
        return _begun(request, copying.as_last_time(shown))
    known = remembered(request)
    return (
        _begun(request, copying.as_remembered(known)) if has_journey(known) else redirect("citizen:declare")
    )


@public
@private
@require_POST
def anew(request: HttpRequest) -> HttpResponse:
    """The declaration that was sent last and got no pass, once more: something in it was ticked by
    mistake.
    """
    last = sent.last(request.session)
    if last is None or last.pass_id:
        return redirect("citizen:sent" if last else "citizen:declare")
    return _begun(request, copying.anew(sent.declared(last)), last.party)


@public
@private
@require_POST
def for_companion(request: HttpRequest) -> HttpResponse:
    """Somebody who travels along with the holder of a pass (`pass`: its token) that was sent from here,
    or is its reader's own.
    """
    shown = pass_at(request.POST.get("pass", ""))
    if not is_own(request, shown):
        raise Http404
    return _begun(request, copying.for_companion(shown), sent.party_of(request.session, shown["pass_id"]))


def is_own(request: HttpRequest, shown: PassInFull) -> bool:
    """Whether what was declared for this pass may be shown here: sent by this session within the hour, or its
    reader has shown to be its holder. The address of its page alone is not enough: others have it too.
    """
    just = sent.of_pass(request.session, shown["pass_id"])
    if just and just.is_recent:
        return True
    own: Sequence[ListedPass] = []
    if person_id := sent.signed_in(request):
        own = every_pass_of(person_id)
    elif held := holder(request):
        own = every_pass_with(*held)
    return any(row["pass_id"] == shown["pass_id"] for row in own)


def _begun(request: HttpRequest, answers: Answers, party: Any = ()) -> HttpResponse:
    draft = Draft(request.session)
    withdraw_sent(draft)
    failing.forget(request)
    draft.begin(answers, party)
    return redirect(progress(draft.kept).onward)
