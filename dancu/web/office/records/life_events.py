"""A data steward records what happened in a person's life, and undoes what hit the wrong person."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from dancu.accounts.caller import OfficialRequest
from dancu.register import actions
from dancu.register.lookups import ALIVE, DEAD, MISSING, View
from dancu.web.access import duty
from dancu.web.office.records.event_forms import BirthForm, EventForm, EventUndoForm, MarriageForm, SplitForm
from dancu.web.office.records.event_labels import ChangeLine
from dancu.web.office.records.record import event_name
from dancu.web.office.records.register import seen
from dancu.web.office.records.steps import Plan, Steps
from dancu.web.office.sign_in.forms import sent
from dancu.web.templatetags.dancu import day

Words = str | Promise
Planned = Callable[[OfficialRequest, View, dict[str, Any], EventForm], Plan]


@dataclass(frozen=True)
class EventKind:
    """One kind of event: its name, what it does, how its day is called, its form, and for whom it can be
    recorded.
    """

    title: Words
    told: Words
    on: Words
    planned: Planned
    possible: Callable[[View], bool]
    form: type[EventForm] = EventForm


@duty("correct")
def choose(request: OfficialRequest, person_id: int) -> HttpResponse:
    """What may be recorded of this person."""
    view = seen(request, person_id)
    kinds = [(name, kind) for name, kind in KINDS.items() if kind.possible(view)]
    return render(
        request, "office/events.html", {"person": view.person, "kinds": kinds, "moves": _is_here(view)}
    )


@duty("correct")
@sensitive_post_parameters()
def record(request: OfficialRequest, person_id: int, kind: str) -> HttpResponse:
    """One event: its form, what it would do, done."""
    view = seen(request, person_id)
    if kind not in KINDS:
        raise Http404
    event = KINDS[kind]
    form = event.form(request.acting, event.on, view, sent(request))

    def plan() -> Plan:
        on = ChangeLine(event.on, "", day(form.cleaned_data["on"]))
        return replace(event.planned(request, view, form.cleaned_data, form), on=on)

    return Steps(request, view, str(event.title)).answer(form, plan)


@duty("correct")
@sensitive_post_parameters()
def undo(request: OfficialRequest, person_id: int, event_id: UUID) -> HttpResponse:
    """An event that hit the wrong person is taken back, whole."""
    view = seen(request, person_id)
    event = next((row for row in view.events if row["event_id"] == event_id), None)
    if event is None:
        raise Http404
    form = EventUndoForm(sent(request))
    told = {"event": event_name(event), "day": day(event["happened_on"])}

    def plan() -> Plan:
        basis = form.cleaned_data["basis"]
        return Plan(
            lambda confirmed: actions.undo_event(request.acting, person_id, event_id, basis, confirmed),
            basis=basis,
            said=_("The event has been undone."),
        )

    return Steps(request, view, _("Undo: %(event)s of %(day)s") % told).answer(form, plan)


def _is_here(view: View) -> bool:
    return view.person["status"] == ALIVE


def _is_married(view: View) -> bool:
    return view.person["marital_status"] in (2, 5)


def _death(request: OfficialRequest, view: View, given: dict[str, Any], _form: EventForm) -> Plan:
    return _simple(actions.record_death, request, view, given)


def _missing(request: OfficialRequest, view: View, given: dict[str, Any], _form: EventForm) -> Plan:
    return _simple(actions.record_missing, request, view, given)


def _return(request: OfficialRequest, view: View, given: dict[str, Any], _form: EventForm) -> Plan:
    return _simple(actions.record_return, request, view, given)


def _divorce(request: OfficialRequest, view: View, given: dict[str, Any], _form: EventForm) -> Plan:
    return _simple(actions.record_divorce, request, view, given)


def _simple(action: Callable[..., None], request: OfficialRequest, view: View, given: dict[str, Any]) -> Plan:
    person_id = view.person["person_id"]
    return Plan(
        lambda confirmed: action(request.acting, person_id, given["on"], given["basis"], confirmed),
        basis=given["basis"],
    )


def _head(request: OfficialRequest, view: View, given: dict[str, Any], _form: EventForm) -> Plan:
    person_id = view.person["person_id"]
    return Plan(
        lambda _confirmed: actions.record_head(
            request.acting, person_id, on=given["on"], basis=given["basis"]
        ),
        basis=given["basis"],
    )


def _split(request: OfficialRequest, view: View, given: dict[str, Any], _form: EventForm) -> Plan:
    person_id = view.person["person_id"]
    who = {name: given[name] for name in ("leave", "head", "stays_head", "on", "basis")}
    return Plan(
        lambda _confirmed: actions.record_split(request.acting, person_id, **who), basis=given["basis"]
    )


def _marriage(request: OfficialRequest, view: View, given: dict[str, Any], _form: EventForm) -> Plan:
    person_id = view.person["person_id"]
    return Plan(
        lambda confirmed: actions.record_marriage(
            request.acting,
            person_id,
            given["spouse"],
            given["on"],
            given["basis"],
            spouse_name=given["name"],
            confirmed=confirmed,
        ),
        basis=given["basis"],
        remarks=[_("%(name)s is not in the register, so only the name is kept.") % {"name": given["name"]}]
        if given["name"]
        else [],
    )


def _birth(request: OfficialRequest, view: View, given: dict[str, Any], form: EventForm) -> Plan:
    person_id = view.person["person_id"]
    known = {"spouse": getattr(form, "spouse_id", None), "number": given["parent"]}
    return Plan(
        lambda confirmed: actions.record_birth(
            request.acting,
            person_id,
            full_name=given["full_name"],
            birth_date=given["on"],
            sex=given["sex"],
            basis=given["basis"],
            other_parent_id=known.get(given["other"]),
            other_parent_name=given["name"] if given["other"] == "name" else "",
            registered_in=given["commune"].area_id if given["commune"] else None,
            confirmed=confirmed,
        ),
        basis=given["basis"],
        said=_("The birth has been recorded. This is the child’s record, with the new personal number."),
        leads_to=lambda child_id: child_id,
    )


KINDS: dict[str, EventKind] = {
    "birth": EventKind(
        gettext_lazy("Birth of a child"),
        gettext_lazy("Creates a record with a personal number, at this person’s home and in their household"),
        gettext_lazy("Birth date"),
        _birth,
        lambda _view: True,
        BirthForm,
    ),
    "marriage": EventKind(
        gettext_lazy("Marriage"),
        gettext_lazy("Both are married from that day"),
        gettext_lazy("Date of marriage"),
        _marriage,
        lambda view: _is_here(view) and not _is_married(view),
        MarriageForm,
    ),
    "divorce": EventKind(
        gettext_lazy("Divorce"),
        gettext_lazy("Ends the marriage for both"),
        gettext_lazy("Day the court’s decision took effect"),
        _divorce,
        lambda view: view.person["status"] != DEAD and _is_married(view),
    ),
    "split": EventKind(
        gettext_lazy("Division of the household"),
        gettext_lazy("Some members leave and form their own household at the same address"),
        gettext_lazy("Date of division"),
        _split,
        lambda view: _is_here(view) and len(view.household) > 1,
        SplitForm,
    ),
    "head": EventKind(
        gettext_lazy("New head of household"),
        gettext_lazy("Makes this person the head, and updates the others’ relationship to the head"),
        gettext_lazy("Head from"),
        _head,
        lambda view: _is_here(view) and bool(view.household) and view.person["relation"] != 1,
    ),
    "death": EventKind(
        gettext_lazy("Death"),
        gettext_lazy("Ends residences; the husband or wife becomes widowed"),
        gettext_lazy("Date of death"),
        _death,
        lambda view: view.person["status"] != DEAD,
    ),
    "missing": EventKind(
        gettext_lazy("Declared missing"),
        gettext_lazy("By a court. Home, household and marriage do not change"),
        gettext_lazy("Missing since"),
        _missing,
        _is_here,
    ),
    "return": EventKind(
        gettext_lazy("Return"),
        gettext_lazy(
            "Of someone declared missing, or recorded as dead but alive. Restores their home, household and "
            "marriage"
        ),
        gettext_lazy("Date of return"),
        _return,
        lambda view: view.person["status"] in (DEAD, MISSING),
    ),
}
