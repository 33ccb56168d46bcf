"""Declaring a journey: one step to a page, until every question that this journey needs is answered."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dancu.web.access import public
from dancu.web.citizen.draft import Draft
from dancu.web.citizen.forms.base import StepForm, bound
from dancu.web.citizen.privacy import private
from dancu.web.citizen.remember import remembered
from dancu.web.citizen.sending import withdraw_sent
from dancu.web.citizen.steps import Progress, Step, progress


@public
@private
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """To the first question; where somebody has begun on this device, first ask whether to go on or to begin anew."""
    draft = Draft(request.session)
    if request.method == "POST":
        withdraw_sent(draft)
        draft.discard()
        return redirect("citizen:step", "who")
    if draft.pass_id:
        return redirect("citizen:outcome")
    if draft:
        return render(request, "citizen/begun.html", {"onward": progress(draft.kept).onward})
    return redirect("citizen:step", "who")


@public
@private
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, name: str) -> HttpResponse:
    """One question, or a few that belong together."""
    draft = Draft(request.session)
    so_far = progress(draft.kept)
    asked = next((each for each in so_far.needed if each.name == name), None)
    if asked is None:
        return redirect(so_far.onward)
    given = {"answers": so_far.answers, "remembered": remembered(request)}
    if request.method != "POST":
        form = so_far.forms.get(name) if asked.shown_again else None
        form = form or asked.form(_not_right_any_more(draft, asked), **given)
        return _page(request, form, so_far, asked)
    form = asked.form(request.POST, request.FILES, **given)
    if not form.is_valid():
        return _page(request, form, so_far, asked)
    withdraw_sent(draft)
    draft.drop(form.outdates())
    draft.keep({name: form.kept(), **form.fills()})
    return redirect(progress(draft.kept).onward)


@public
@private
@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    """Wipe what was typed."""
    draft = Draft(request.session)
    withdraw_sent(draft)
    draft.discard()
    messages.success(request, _("What you typed has been deleted."))
    return redirect("citizen:home")


def _not_right_any_more(draft: Draft, asked: Step) -> Any:
    """An answer that was right and is not any more, such as a day now past, is shown with what is wrong about it."""
    return bound(draft.kept[asked.name]) if asked.shown_again and asked.name in draft.kept else None


def _page(request: HttpRequest, form: StepForm, so_far: Progress, asked: Step) -> HttpResponse:
    before = so_far.before(asked)
    if so_far.missing is None:
        back = reverse("citizen:check")
    else:
        back = reverse("citizen:step", args=[before.name]) if before else reverse("citizen:home")
    position = {"number": so_far.position(asked), "of": len(so_far.needed)}
    for_another = so_far.answers.get("who", {}).get("who") == "other" and asked.name not in ("who", "declarer")
    page = {"form": form, "back": back, "position": position, "for_another": for_another}
    return render(request, form.template, page)
