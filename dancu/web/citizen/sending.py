"""All answers on one page, sent; and what the citizen learns: that they agree with the register, or that they could not be confirmed.

Which answer was wrong, and whether the number exists, is never said: neither in words nor by another page or a longer wait.
"""

import datetime as dt
from contextlib import suppress
from typing import Any

from crispy_forms_gds.layout import Field
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dancu.checkpoints import actions as checkpoints
from dancu.checkpoints.errors import AlreadyRevoked
from dancu.web.access import public
from dancu.web.citizen import limits
from dancu.web.citizen.declared import NUMBERLESS, journey_of
from dancu.web.citizen.draft import WAS_OVER, Draft, pass_sent_last
from dancu.web.citizen.privacy import private
from dancu.web.citizen.remember import remember
from dancu.web.citizen.steps import Progress, progress
from dancu.web.citizen.tokens import pass_page
from dancu.web.forms import helper


class CheckForm(forms.Form):
    """The commitment, and whether this device may remember the traveller."""

    honest = forms.BooleanField(
        label=gettext_lazy("What I declare is true, and I answer for it before the law."),
        error_messages={"required": gettext_lazy("Confirm that what you declare is true")},
    )
    remember = forms.BooleanField(
        label=gettext_lazy(
            "Remember number, name and birth date on this phone for 90 days. Do not tick this on a phone that others use."
        ),
        required=False,
    )
    declaration = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(
            Field.checkbox("honest"),
            Field.checkbox("remember"),
            "declaration",
            submit=gettext_lazy("Send the declaration"),
        )


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
    if request.method != "POST":
        form = CheckForm(initial={"declaration": draft.declaration_id})
        return render(request, "citizen/check.html", {"form": form, "parts": _read_back(so_far)})
    form = CheckForm(request.POST)
    if not form.is_valid():
        return render(request, "citizen/check.html", {"form": form, "parts": _read_back(so_far)})
    return _send(request, draft, so_far, form.cleaned_data["remember"])


@public
@private
@require_safe
def outcome(request: HttpRequest) -> HttpResponse:
    """The answers could not be confirmed: correct them, or go on and be checked by an officer. The same for whatever was wrong."""
    draft = Draft(request.session)
    if not draft.pass_id:
        return redirect("citizen:declare")
    number_kind = draft.kept["number"]["number_kind"][0]
    return render(request, "citizen/outcome.html", {"numberless": number_kind in NUMBERLESS})


@public
@private
@require_POST
def correct(request: HttpRequest) -> HttpResponse:
    """Back to the answers. The pass they were given no longer counts; what is sent next is another declaration."""
    draft = Draft(request.session)
    withdraw_sent(draft)
    return redirect("citizen:check" if draft else "citizen:declare")


@public
@private
@require_POST
def go_on(request: HttpRequest) -> HttpResponse:
    """To the pass as it is."""
    draft = Draft(request.session)
    return _to_pass(draft) if draft.pass_id else _sent_before(request)


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


def _send(request: HttpRequest, draft: Draft, so_far: Progress, remember_them: bool) -> HttpResponse:
    journey = journey_of(so_far.answers)
    if until := limits.declaring(request, journey.number):
        return too_often(request, until)
    declared = checkpoints.declare(journey, draft.declaration_id)
    draft.sent(declared.pass_id, remember_them)
    return _to_pass(draft) if declared.outcome.agrees else redirect("citizen:outcome")


def _to_pass(draft: Draft) -> HttpResponse:
    response = redirect(pass_page(draft.pass_id))
    if draft.remember:
        remember(response, draft.kept)
    draft.discard()
    return response


def _sent_before(request: HttpRequest) -> HttpResponse:
    """Pressed twice: the same pass. Otherwise the answers were wiped after half an hour without a touch."""
    if pass_id := pass_sent_last(request.session, request.POST.get("declaration", "")):
        return redirect(pass_page(pass_id))
    if request.method == "POST":
        request.session[WAS_OVER] = True
    return redirect("citizen:declare")


def _read_back(so_far: Progress) -> dict[str, list[Any]]:
    """Under each heading the steps, with their answers and the address where they can be changed."""
    parts: dict[str, list[Any]] = {}
    for step in so_far.needed:
        form = so_far.forms[step.name]
        if lines := form.read_back():
            page = reverse("citizen:step", args=[step.name])
            parts.setdefault(str(step.part), []).append({"asked": form.asks, "lines": lines, "page": page})
    return parts
