"""A data steward changes a record: a form, then a page that shows old and new, then it is done."""

from collections.abc import Collection
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from dancu.accounts.caller import OfficialRequest
from dancu.areas import lookups as areas
from dancu.checkpoints import actions as checkpoints
from dancu.db.transactions import whole
from dancu.register import actions
from dancu.register.lookups import PERMANENT, View
from dancu.register.words import RESIDENCES
from dancu.values.masking import mask
from dancu.values.numbers import check_pin
from dancu.web.access import duty
from dancu.web.office.records.correcting import CORRECTABLE, CorrectionForm, MoveForm, NewPinForm
from dancu.web.office.records.event_labels import ChangeLine
from dancu.web.office.records.record import FIELDS, value
from dancu.web.office.records.register import seen
from dancu.web.office.records.steps import Plan, Steps
from dancu.web.office.sign_in.forms import sent
from dancu.web.templatetags.dancu import day, pin

WHO_THEY_ARE = frozenset({"full_name", "birth_date", "birth_precision", "sex", "phone", "cmnd"})


@duty("correct")
@sensitive_post_parameters()
def correct(request: OfficialRequest, person_id: int, field: str) -> HttpResponse:
    """Correct a field that was always wrong."""
    view = seen(request, person_id)
    if field not in CORRECTABLE:
        raise Http404
    form = CorrectionForm(field, view.person, sent(request))

    def plan() -> Plan:
        changes = form.changes
        known = areas.get_many(
            {area for area in (view.person[field], changes[field]) if isinstance(area, int)}
        )
        old, new = (value(field, row[field], row, known) for row in (view.person, {**view.person, **changes}))
        basis = form.cleaned_data["basis"]
        return Plan(
            lambda confirmed: _correct(request, person_id, changes, basis, confirmed),
            [ChangeLine(FIELDS[field], old, new)],
            basis,
            remarks=_remarks({**view.person, **changes}),
        )

    title = _("Correct: %(field)s") % {"field": FIELDS[field]}
    return Steps(request, view, title).answer(form, plan)


@duty("correct")
@sensitive_post_parameters()
def move(request: OfficialRequest, person_id: int) -> HttpResponse:
    """Record that the person moved."""
    view = seen(request, person_id)
    form = MoveForm(request.acting, view.household, person_id, sent(request))

    def plan() -> Plan:
        given = form.cleaned_data
        kind = given["kind"]
        return Plan(
            lambda confirmed: actions.record_move(
                request.acting,
                person_id,
                area_id=given["commune"].area_id,
                address=given["address"],
                moved_on=given["moved_on"],
                basis=given["basis"],
                kind=kind,
                until=given["until"],
                whole_household=given.get("who") == "all",
                joins=given["joins"],
                confirmed=confirmed,
            ),
            None if kind == PERMANENT else _temporary(view, given),
            given["basis"],
        )

    return Steps(request, view, _("Record a move")).answer(form, plan)


@whole
def _correct(
    request: OfficialRequest, person_id: int, changes: dict[str, Any], basis: str, confirmed: Collection[str]
) -> None:
    """Who turns out to have another name, birth date or sex is no more whom the stations took them for."""
    actions.correct(request.acting, person_id, changes, basis, confirmed)
    if WHO_THEY_ARE.intersection(changes):
        checkpoints.regrouped(person_id)


def _temporary(view: View, given: dict[str, Any]) -> list[ChangeLine]:
    kind, commune = given["kind"], given["commune"]
    present = [row for row in view.residences if row["kind"] == kind and row["valid_to"] is None]
    old = [_home(row["address"], view.areas.get(row["area_id"])) for row in present]
    lines = [
        ChangeLine(RESIDENCES[kind], "; ".join(old), _home(given["address"], commune)),
        ChangeLine(
            _("Date of moving in"),
            "; ".join(day(row["valid_from"]) for row in present),
            day(given["moved_on"]),
        ),
    ]
    return [*lines, ChangeLine(_("Temporary until"), "", day(given["until"]))] if given["until"] else lines


@duty("correct")
@sensitive_post_parameters()
def new_pin(request: OfficialRequest, person_id: int) -> HttpResponse:
    """Cancel the personal number and establish another."""
    view = seen(request, person_id)
    form = NewPinForm(sent(request))

    def plan() -> Plan:
        given = form.cleaned_data
        return Plan(
            lambda _confirmed: actions.replace_pin(
                request.acting, person_id, given["pin"], given["on"], given["basis"]
            ),
            [
                ChangeLine(FIELDS["pin"], mask(view.person["pin"] or ""), pin(given["pin"])),
                ChangeLine(_("Date it was established"), "", day(given["on"])),
            ],
            given["basis"],
            remarks=_remarks(view.person | {"pin": given["pin"]}),
        )

    return Steps(request, view, _("Replace the personal number")).answer(form, plan)


def _remarks(row: dict[str, Any]) -> list[str]:
    """Where the number would disagree with the record."""
    return (
        [problem.message for problem in check_pin(row["pin"], row["sex"], row["birth_date"])]
        if row["pin"]
        else []
    )


def _home(address: str, area: areas.Area | None) -> str:
    return ", ".join(part for part in (address, area.path if area else "") if part)
