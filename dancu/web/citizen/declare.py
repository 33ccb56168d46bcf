"""Declaring a journey: one step to a page, until every question that this journey needs is answered."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dancu.web.access import public, takes_files
from dancu.web.citizen import failing, limits, sent
from dancu.web.citizen.draft import Draft
from dancu.web.citizen.forms.base import StepForm, bound
from dancu.web.citizen.forms.together import Together
from dancu.web.citizen.privacy import private
from dancu.web.citizen.remember import remembered
from dancu.web.citizen.sending import too_often, withdraw_sent
from dancu.web.citizen.steps import NAMES, FormStep, StepProgress, place_of, progress


@public
@private
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """To the first question; where somebody has begun on this device, first ask whether to go on or to
    begin anew.
    """
    draft = Draft(request.session)
    if request.method == "POST":
        _give_up(request, draft)
        return redirect("citizen:step", "who")
    if draft.pass_id:
        return redirect("citizen:outcome")
    if draft:
        return render(request, "citizen/begun.html", {"onward": progress(draft.kept).onward})
    return redirect("citizen:step", "who")


@takes_files
@public
@private
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, name: str) -> HttpResponse:
    """One question, or a few that belong together."""
    if name not in NAMES:
        raise Http404
    draft = Draft(request.session)
    so_far = progress(draft.kept)
    asked = next((each for each in so_far.needed if each.name == name), None)
    if not draft and name != "who" and sent.last(request.session):
        return redirect("citizen:sent")  # gone back from the pass: nothing was lost
    if asked is None:
        return redirect(so_far.onward)
    given = {"answers": so_far.answers, "remembered": remembered(request)}
    if request.FILES and (until := limits.reading_picture(request)):
        return too_often(request, until)
    if request.method != "POST":
        return _page(request, _shown(request, draft, so_far, asked), so_far, asked)
    form = asked.form(request.POST, request.FILES, **given)
    if not form.is_valid():
        failing.keep(request, name, form.typed(), None if form.rechecked else failing.errors_of(form))
        return redirect("citizen:step", name)
    failing.forget(request)
    withdraw_sent(draft)
    draft.drop(form.outdates())
    draft.keep({name: form.kept(), **form.fills()})
    if told := form.told():
        messages.success(request, told)
    return redirect(progress(draft.kept).onward)


@public
@private
@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    """Wipe what was typed."""
    _give_up(request, Draft(request.session))
    messages.success(request, _("Your answers have been deleted."))
    return redirect("citizen:home")


def _give_up(request: HttpRequest, draft: Draft) -> None:
    withdraw_sent(draft)
    draft.discard()
    failing.forget(request)


def _shown(request: HttpRequest, draft: Draft, so_far: StepProgress, asked: FormStep) -> StepForm:
    """The form with what was typed and is wrong, or with what was answered before."""
    given = {"answers": so_far.answers, "remembered": remembered(request)}
    if failed := failing.kept(request, asked.name):
        typed, errors = failed
        form = asked.form(bound(typed), **given)
        if errors:
            failing.show_errors(form, errors)
        return form
    if issubclass(asked.form, Together):
        known = {name: kept for step in asked.form.steps for name, kept in draft.kept.get(step, {}).items()}
        form = asked.form(bound(known), **given)
        failing.show_errors(form, {})  # what is still open was not asked yet
        return form
    if not asked.shown_again or asked.name not in draft.kept:
        return asked.form(**given)
    # an answer that was right and is not any more, such as a day now past, is shown with what is wrong about
    # it
    return so_far.forms.get(asked.name) or asked.form(bound(draft.kept[asked.name]), **given)


def _page(request: HttpRequest, form: StepForm, so_far: StepProgress, asked: FormStep) -> HttpResponse:
    before = so_far.before(asked)
    if so_far.missing is None:
        back = reverse("citizen:check")
    else:
        back = reverse("citizen:step", args=[before.name]) if before else reverse("citizen:home")
    for_another = so_far.answers.get("who", {}).get("who") == "other" and asked.name not in (
        "who",
        "declarer",
    )
    page = {"form": form, "back": back, "place": place_of(asked), "for_another": for_another}
    return render(request, form.template, page)
