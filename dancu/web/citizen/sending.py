"""All answers on one page, sent; and what the citizen learns.

Who has signed in, and declares with a number of their own, learns whether what they typed agrees with the
register. Anybody else, who may be declaring in a stranger's name, gets the same pass and the same page
whatever the register holds, after the same wait.
"""

import datetime as dt
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dancu.checkpoints import actions as checkpoints
from dancu.checkpoints.errors import AlreadyRevoked
from dancu.checkpoints.journeys import Journey
from dancu.checkpoints.lookups import withholds, would_replace
from dancu.checkpoints.rows import ReplaceablePass
from dancu.web.access import public
from dancu.web.citizen import failing, limits, sent, texting
from dancu.web.citizen.copying import COMPANION
from dancu.web.citizen.declared import NUMBERLESS, journey_of
from dancu.web.citizen.draft import WAS_OVER, Draft
from dancu.web.citizen.forms.base import bound
from dancu.web.citizen.forms.check import CheckForm
from dancu.web.citizen.identity import counting
from dancu.web.citizen.privacy import private
from dancu.web.citizen.remember import remember
from dancu.web.citizen.sent_pages import HOTLINE
from dancu.web.citizen.steps import StepProgress, place_of, progress
from dancu.web.citizen.tokens import pass_page

_CHECK = "check"


@public
@private
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """All answers, to be changed or sent."""
    draft = Draft(request.session)
    if not draft:
        return _sent_before(request)
    if draft.pass_id:
        return redirect("citizen:outcome")
    so_far = progress(draft.kept)
    if so_far.missing:
        return redirect(so_far.onward)
    journey = journey_of(so_far.answers)
    standing = _standing(request, journey)
    asked = {"standing": standing, "may_remember": so_far.answers["way"]["way"] != COMPANION}
    if request.method != "POST":
        failed = failing.kept(request, _CHECK)
        this = str(draft.declaration_id)
        form = CheckForm(
            bound(failed[0] | {"declaration": [this]}) if failed else None,
            initial={"declaration": this},
            **asked,
        )
        page = {"form": form, "parts": _read_back(so_far), "place": place_of(None), "standing": standing}
        return render(request, "citizen/check.html", page)
    form = CheckForm(request.POST, **asked)
    if not form.is_valid():
        failing.keep(request, _CHECK, failing.typed_in(request.POST, *form.fields))
        return redirect("citizen:check")
    failing.forget(request)
    if standing and form.cleaned_data["replace"] == "no":
        draft.discard()
        request.session[sent.KEPT] = True
        words = _("Nothing was sent. The pass of %(name)s is still valid.")
        messages.success(request, words % {"name": standing["full_name"]})
        return redirect(pass_page(standing["pass_id"]))
    return _send(request, draft, journey, form.cleaned_data.get("remember", False))


@public
@private
@require_safe
def outcome(request: HttpRequest) -> HttpResponse:
    """The answers could not be confirmed: correct them, or go on and be checked by an officer. The same
    for whatever was wrong.
    """
    draft = Draft(request.session)
    if not draft.pass_id:
        return redirect("citizen:sent" if sent.last(request.session) else "citizen:declare")
    number_kind = draft.kept["number"]["number_kind"][0]
    return render(request, "citizen/outcome.html", {"numberless": number_kind in NUMBERLESS})


@public
@private
@require_POST
def correct(request: HttpRequest) -> HttpResponse:
    """Back to the answers. The pass they were given no longer counts; what is sent next is another
    declaration.
    """
    draft = Draft(request.session)
    withdraw_sent(draft)
    return redirect("citizen:check" if draft else "citizen:declare")


@public
@private
@require_POST
def go_on(request: HttpRequest) -> HttpResponse:
    """To the pass as it is."""
    draft = Draft(request.session)
    return _to_pass(request, draft) if draft.pass_id else _sent_before(request)


def withdraw_sent(draft: Draft) -> None:
    """Revoke the pass of a declaration that is corrected or given up before its pass was shown."""
    if not draft.pass_id:
        return
    with override(settings.LANGUAGE_CODE):
        reason = _("Corrected by the citizen before the journey")
    with suppress(AlreadyRevoked):  # pressed twice
        checkpoints.revoke_pass(draft.pass_id, reason)
    draft.reopen()


def too_often(request: HttpRequest, until: dt.datetime) -> HttpResponse:
    """A polite refusal that says when to try again."""
    return render(request, "citizen/too_often.html", {"until": until}, status=429)


def _standing(request: HttpRequest, journey: Journey) -> ReplaceablePass | None:
    """The pass that this journey would replace, as far as its reader may know of it. Who is ill is not
    asked: they must not keep it.
    """
    if withholds(journey):
        return None
    return next(iter(counting(request, would_replace(journey, sent.sender(request)))), None)


def _send(request: HttpRequest, draft: Draft, journey: Journey, remember_them: bool) -> HttpResponse:
    if until := limits.declaring(request, journey.number):
        return too_often(request, until)
    declared = checkpoints.declare(journey, draft.declaration_id, sender=sent.sender(request))
    # the answer to a first sending was lost, and something was changed since: another declaration, in its
    # place
    if declared.differs:
        sent.note(request.session, declared.declaration_id, declared.pass_id, draft.party, journey)
        draft.reopen()
        declared = checkpoints.declare(journey, draft.declaration_id, sender=sent.sender(request))
    sent.note(request.session, declared.declaration_id, declared.pass_id, draft.party, journey)
    draft.sent(declared.pass_id, remember_them)
    if declared.withheld:
        phone = journey.phone or journey.declarer_phone
        texting.send_advice(request, declared.declaration_id, phone, HOTLINE, journey.full_name)
        return _leave(draft, redirect("citizen:stay"))
    is_numberless = draft.kept["number"]["number_kind"][0] in NUMBERLESS
    asks = is_numberless or (declared.tells and not declared.outcome.agrees)
    return redirect("citizen:outcome") if asks else _to_pass(request, draft)


def _to_pass(request: HttpRequest, draft: Draft) -> HttpResponse:
    texting.send_link(request, draft.pass_id)
    return _leave(draft, redirect(pass_page(draft.pass_id)))


def _leave(draft: Draft, response: HttpResponse) -> HttpResponse:
    if draft.remember:
        remember(response, draft.kept)
    draft.discard()
    return response


def _sent_before(request: HttpRequest) -> HttpResponse:
    """Pressed twice: the same answer. Gone back: what was sent. Otherwise the answers were wiped after
    half an hour without a touch.
    """
    if same := sent.find(request.session, request.POST.get("declaration", "")):
        return redirect(pass_page(same.pass_id) if same.pass_id else "citizen:stay")
    if request.method == "POST":
        request.session[WAS_OVER] = True
    elif sent.last(request.session):
        return redirect("citizen:sent")
    return redirect("citizen:declare")


def _read_back(so_far: StepProgress) -> dict[str, list[Any]]:
    """Under each heading the steps, with their answers and the address where they can be changed."""
    parts: dict[str, list[Any]] = {}
    for step in so_far.needed:
        form = so_far.forms[step.name]
        if lines := form.read_back():
            page = reverse("citizen:step", args=[step.name])
            parts.setdefault(str(step.part), []).append({"asked": form.asks, "lines": lines, "page": page})
    return parts
