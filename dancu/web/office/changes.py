"""A data steward changes a record: a form, then a page that shows old and new, then it is done."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from dancu.areas import lookups as areas
from dancu.register import actions, lookups
from dancu.register.errors import RegisterError
from dancu.register.lookups import View
from dancu.register.numbers import check_pin, mask
from dancu.register.words import RESIDENCES
from dancu.web.access import duty
from dancu.web.office.confirming import question
from dancu.web.office.correcting import CORRECTABLE, CorrectionForm, MoveForm, NewPinForm
from dancu.web.office.forms import sent
from dancu.web.office.record import FIELDS, value
from dancu.web.office.register import seen
from dancu.web.templatetags.dancu import day, pin

_STEPS = ("csrfmiddlewaretoken", "confirmed", "edit", "was", "send")


@dataclass(frozen=True)
class Line:
    """One line of what will change."""

    label: str | Promise
    old: Any
    new: Any


@dataclass(frozen=True)
class Plan:
    """What a form asks for: what changes in words, what to think of, and how it is done."""

    lines: list[Line]
    remarks: Iterable[str]
    act: Callable[[], None]


@duty("correct")
@sensitive_post_parameters()
def correct(request: HttpRequest, person_id: int, field: str) -> HttpResponse:
    """Correct a field that was always wrong."""
    view = seen(request, person_id)
    if field not in CORRECTABLE:
        raise Http404
    form = CorrectionForm(field, view.person, sent(request))

    def plan() -> Plan:
        changes = form.changes
        known = areas.get_many({area for area in (view.person[field], changes[field]) if isinstance(area, int)})
        old, new = (value(field, row[field], row, known) for row in (view.person, {**view.person, **changes}))
        basis = form.cleaned_data["basis"]
        return Plan(
            [Line(FIELDS[field], old, new), Line(_("Legal basis"), "", basis)],
            _remarks({**view.person, **changes}),
            lambda: actions.correct(request.acting, person_id, changes, basis),
        )

    title = _("Correct: %(field)s") % {"field": FIELDS[field]}
    return _steps(request, view, form, title, plan)


@duty("correct")
@sensitive_post_parameters()
def move(request: HttpRequest, person_id: int) -> HttpResponse:
    """Record that the person moved."""
    view = seen(request, person_id)
    form = MoveForm(sent(request))

    def plan() -> Plan:
        given = form.cleaned_data
        kind, commune = given["kind"], given["commune"]
        present = [row for row in view.residences if row["kind"] == kind and row["valid_to"] is None]
        old = [_home(row["address"], view.areas.get(row["area_id"])) for row in present]
        lines = [
            Line(RESIDENCES[kind], "; ".join(old), _home(given["address"], commune)),
            Line(_("Moved in on"), "; ".join(day(row["valid_from"]) for row in present), day(given["moved_on"])),
        ]
        if given["until"]:
            lines.append(Line(_("Temporary until"), "", day(given["until"])))
        return Plan(
            [*lines, Line(_("Legal basis"), "", given["basis"])],
            [],
            lambda: actions.record_move(
                request.acting,
                person_id,
                area_id=commune.area_id,
                address=given["address"],
                moved_on=given["moved_on"],
                basis=given["basis"],
                kind=kind,
                until=given["until"],
            ),
        )

    return _steps(request, view, form, _("Record a move"), plan)


@duty("correct")
@sensitive_post_parameters()
def new_pin(request: HttpRequest, person_id: int) -> HttpResponse:
    """Cancel the personal number and establish another."""
    view = seen(request, person_id)
    form = NewPinForm(sent(request))

    def plan() -> Plan:
        given = form.cleaned_data
        return Plan(
            [
                Line(FIELDS["pin"], mask(view.person["pin"] or ""), pin(given["pin"])),
                Line(_("Established on"), "", day(given["on"])),
                Line(_("Legal basis"), "", given["basis"]),
            ],
            _remarks(view.person | {"pin": given["pin"]}),
            lambda: actions.replace_pin(request.acting, person_id, given["pin"], given["on"], given["basis"]),
        )

    return _steps(request, view, form, _("Replace the personal number"), plan)


def _steps(request: HttpRequest, view: View, form: forms.Form, title: str, planned: Callable[[], Plan]) -> HttpResponse:
    """The form until it is right, then the question, then the deed. What changed under the question is asked anew."""
    context = {"form": form, "title": title, "person": view.person}
    if not form.is_valid() or "edit" in request.POST:
        return render(request, "office/change.html", context, status=422 if form.errors else 200)
    plan = planned()
    given = [(name, each) for name in request.POST if name not in _STEPS for each in request.POST.getlist(name)]
    told = [str(line.old) for line in plan.lines]
    if asked := question(request, "office/change_confirm.html", context | {"plan": plan}, given, told):
        return asked
    try:
        plan.act()
    except RegisterError as refused:
        form.add_error(None, str(refused))
        return render(request, "office/change.html", context, status=422)
    messages.success(request, _("The change is recorded."))
    person_id = view.person["person_id"]
    if not lookups.may_see(request.acting, person_id):  # moved out of the steward's area
        return redirect("office:search")
    return redirect("office:person", person_id)


def _remarks(row: dict[str, Any]) -> list[str]:
    """Where the number would disagree with the record."""
    return [problem.message for problem in check_pin(row["pin"], row["sex"], row["birth_date"])] if row["pin"] else []


def _home(address: str, area: areas.Area | None) -> str:
    return ", ".join(part for part in (address, area.path if area else "") if part)
