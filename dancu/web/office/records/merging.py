"""A data steward makes two records of one person into one: which other record, field by field, what will
move, done; and takes it back.
"""

from typing import Any
from uuid import UUID

from crispy_forms_gds.layout import Field, Fluid
from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from dancu.accounts.caller import OfficialRequest
from dancu.accounts.lookups import Acting
from dancu.checkpoints import actions as checkpoints
from dancu.db.transactions import whole
from dancu.register import actions, lookups
from dancu.register.errors import AskFirst, CloseRelatives, NoSuchMerge, RegisterError
from dancu.register.lookups import RegisteredPerson, View
from dancu.values.errors import BadValue
from dancu.web.access import duty
from dancu.web.forms import helper
from dancu.web.kit.confirming import question
from dancu.web.kit.people import PersonField, ask_for_people
from dancu.web.office.records import merge_labels as merge_words
from dancu.web.office.records.merge_labels import MergeRow
from dancu.web.office.records.register import seen
from dancu.web.office.records.steps import asked_of
from dancu.web.office.sign_in.forms import sent
from dancu.web.shared.belongings import belongings

_NUMBERS = {"pin", "cmnd"}  # they lead to the record that stays, whatever was chosen
_TEXT = {"autocomplete": "off", "spellcheck": "false"}
_BASIS_HELP = gettext_lazy(
    "The document, its number and date, or how you established that both are the same person"
)
_UNDO_HELP = gettext_lazy(
    "The document, its number and date, or how you established that they are two people"
)


def _basis(help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Basis"),
        help_text=help_text,
        max_length=300,
        min_length=5,
        widget=forms.TextInput(_TEXT),
        error_messages={
            "required": gettext_lazy("Enter the basis"),
            "min_length": gettext_lazy("Enter the document, its number and date"),
        },
    )


def _reason() -> forms.CharField:
    return forms.CharField(
        label=_("Why they are still the same person"),
        max_length=300,
        min_length=15,
        error_messages={
            "required": _("Enter why they are still the same person"),
            "min_length": _("Explain the difference in one sentence"),
        },
    )


class OtherForm(forms.Form):
    """Which other record is the same person's."""

    def __init__(self, acting: Acting, person_id: int, data: Any = None) -> None:
        super().__init__(data)
        self.fields["other"] = PersonField(
            label=_("The other record"),
            help_text=_(
                "Name and birth date, personal number, old card number, or # and the record number, which "
                "stands under the name on its page"
            ),
            error_messages={"nobody": _("No other record was found in your area.")},
        )
        ask_for_people(self, acting, but=[person_id])
        self.helper = helper("other", submit=_("Compare the two records"))


class MergeForm(forms.Form):
    """Which record stays, which values stay, and on what basis."""

    def __init__(
        self, left: View, right: View, rows: list[MergeRow], data: Any = None, is_unlikely: bool = False
    ) -> None:
        ids = [str(view.person["person_id"]) for view in (left, right)]
        stays = ids[_better(left.person, right.person)]
        super().__init__(
            data, initial={"keep": stays} | {row.field: _fuller(row, ids, stays) for row in rows}
        )
        self.ids, self.rows = ids, [row for row in rows if row.differs]
        required = {
            "required": _("Choose which record to keep"),
            "invalid_choice": _("Choose which record to keep"),
        }
        self.fields["keep"] = forms.ChoiceField(
            choices=[(each, each) for each in ids], error_messages=required
        )
        for row in self.rows:
            wrong = _("Choose which value to keep: %(field)s") % {"field": row.label}
            choices = [(each, each) for each in ids]
            said = {"required": wrong, "invalid_choice": wrong}
            self.fields[row.field] = forms.ChoiceField(label=row.label, choices=choices, error_messages=said)
        self.fields["basis"] = _basis(_BASIS_HELP)
        if is_unlikely:
            self.fields["sure"] = forms.BooleanField(
                error_messages={"required": _("Tick this if it is true. If not, do not merge the records")}
            )
            self.fields["reason"] = _reason()

    @property
    def keep_id(self) -> int:
        return int(self.cleaned_data["keep"])

    @property
    def other_id(self) -> int:
        return next(int(each) for each in self.ids if each != self.cleaned_data["keep"])

    @property
    def taken(self) -> list[str]:
        """The fields of which the other record's value stays."""
        return [row.field for row in self.rows if self.cleaned_data[row.field] != self.cleaned_data["keep"]]

    @property
    def whole_basis(self) -> str:
        """The basis, with the reason why they are one person though they do not look it."""
        return "; ".join(filter(None, (self.cleaned_data["basis"], self.cleaned_data.get("reason"))))

    def chosen(self, field: str) -> str:
        """The record whose value is marked, before anything is sent the fuller one."""
        return self.data.get(field, "") if self.is_bound else self.initial[field]


class MergeUndoForm(forms.Form):
    """On what basis the two records are two people's after all."""

    basis = _basis(_UNDO_HELP)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(Field.text("basis", field_width=Fluid.FULL), submit=_("Undo merge"))


@duty("correct")
@sensitive_post_parameters()
def find(request: OfficialRequest, person_id: int) -> HttpResponse:
    """Which other record is the same person's."""
    view, form = seen(request, person_id), OtherForm(request.acting, person_id, sent(request))
    if form.is_valid():
        return redirect("office:person-merge", person_id, form.cleaned_data["other"])
    context: dict[str, Any] = {"form": form, "person": view.person}
    if not form.is_bound:
        context["duplicates"] = merge_words.duplicates(request.acting, person_id)
    return render(request, "office/merge_find.html", context, status=422 if form.errors else 200)


@duty("correct")
@sensitive_post_parameters()
def merge(request: OfficialRequest, person_id: int, other_id: int) -> HttpResponse:
    """The two records side by side; then what will be done; then it is done."""
    if person_id == other_id:
        raise Http404
    left, right = seen(request, person_id), seen(request, other_id)
    try:
        lookups.refuse_relatives(left.person, right.person)
    except CloseRelatives as refused:
        told = {"refused": str(refused), "left": left.person, "sides": _sides(left, right)}
        return render(
            request, "office/merge_refused.html", told, status=200 if request.method == "GET" else 422
        )
    rows = merge_words.beside(left, right)
    likely = merge_words.likeness(left.person, right.person)
    form = MergeForm(left, right, rows, sent(request), likely["is_unlikely"])
    context: dict[str, Any] = {
        "form": form,
        "left": left.person,
        "right": right.person,
        "lines": _lines(form, rows),
    }
    context |= {
        "keep": form.chosen("keep"),
        "basis": form.data.get("basis", ""),
        "sides": _sides(left, right),
    } | likely
    context |= {"reason": form.data.get("reason", ""), "sure": form.data.get("sure", "")}
    if not form.is_valid() or "edit" in request.POST:
        return render(request, "office/merge.html", context, status=422 if form.errors else 200)
    given = [(name, form.cleaned_data[name]) for name in form.fields]
    told = [(view.person["person_id"], view.person["recorded_at"].isoformat()) for view in (left, right)]
    plan = context | _plan(form, left, right) | {"person": left.person}
    answered = set(request.POST.getlist("answer"))
    try:
        questions = actions.merge_questions(form.keep_id, form.other_id, form.taken)
        plan["questions"] = asked_of(request.acting, questions, answered)
        seen_so = [*told, *(each.key for each in questions)]
        is_open = not all(each.is_answered for each in plan["questions"])
        if asked := question(request, "office/merge_confirm.html", plan, given, seen_so, is_open=is_open):
            return asked
        _merge(request, form, answered)
    except (RegisterError, BadValue) as refused:
        form.add_error(None, str(refused))
        return render(request, "office/merge.html", context, status=422)
    messages.success(
        request, _("The two records have been merged into record no. %(number)s.") % {"number": form.keep_id}
    )
    return redirect("office:person", form.keep_id)


@duty("correct")
@sensitive_post_parameters()
def undo(request: OfficialRequest, person_id: int, merge_id: UUID) -> HttpResponse:
    """What would go back, on what basis; then it goes back."""
    view, form = seen(request, person_id), MergeUndoForm(sent(request))
    try:
        made = lookups.merge_of(merge_id)
    except NoSuchMerge as missing:
        raise Http404 from missing
    if made.person_id != person_id:
        raise Http404
    context = {
        "form": form,
        "person": view.person,
        "merge": made,
        "hanging": belongings(made.counts),
    }
    if form.is_valid() and "edit" not in request.POST:
        basis, answered = form.cleaned_data["basis"], request.POST.getlist("answer")
        try:
            stops = _part(request, made, basis, answered)
        except AskFirst as first:
            context["questions"] = asked_of(request.acting, first.questions, answered)
            context["given"] = [("basis", basis), *(("answer", key) for key in answered)]
            context["unanswered"] = "confirmed" in request.POST
            status = 422 if context["unanswered"] else 200
            return render(request, "office/merge_undo_confirm.html", context, status=status)
        except (RegisterError, BadValue) as refused:
            form.add_error(None, str(refused))
        else:
            told = _("The merge has been undone. Record no. %(number)s is separate again.")
            messages.success(request, told % {"number": made.other_id})
            if stops:
                messages.warning(request, merge_words.stand_again(stops))
            return redirect("office:person", person_id)
    return render(request, "office/merge_undo.html", context, status=422 if form.errors else 200)


@whole
def _merge(request: OfficialRequest, form: MergeForm, answered: set[str]) -> None:
    ids = form.keep_id, form.other_id
    actions.merge_people(request.acting, *ids, basis=form.whole_basis, fields=form.taken, confirmed=answered)
    checkpoints.regrouped(form.keep_id)


@whole
def _part(request: OfficialRequest, made: lookups.Merge, basis: str, answered: list[str]) -> int:
    """Returns how many stops stand again."""
    actions.undo_merge(request.acting, made.merge_id, basis=basis, confirmed=answered)
    return checkpoints.parted(request.acting, made.merge_id)


def _better(left: RegisteredPerson, right: RegisteredPerson) -> int:
    """0 or 1: the record that stays unless the steward says otherwise, the one with a personal number,
    then the older one.
    """
    if bool(left["pin"]) != bool(right["pin"]):
        return 0 if left["pin"] else 1
    return 0 if left["person_id"] < right["person_id"] else 1


def _fuller(row: MergeRow, ids: list[str], stays: str) -> str:
    if row.left and row.right:
        return stays
    return ids[0] if row.left else ids[1]


def _sides(*views: View) -> list[dict[str, Any]]:
    return [
        {"person_id": each["person_id"], "record": str(each["person_id"]), "full_name": each["full_name"]}
        for each in (view.person for view in views)
    ]


def _lines(form: MergeForm, rows: list[MergeRow]) -> list[dict[str, Any]]:
    """Each field with its two values, and of those that differ which one is marked."""
    return [
        {
            "row": row,
            "chosen": form.chosen(row.field) if row.differs else "",
            "errors": form.errors.get(row.field) if row.differs else None,
            "kind": row.field if row.field in _NUMBERS else "",
            "sides": [
                {"record": record, "value": value, "first": record == form.ids[0]}
                for record, value in zip(form.ids, (row.left, row.right), strict=True)
            ],
        }
        for row in rows
    ]


def _plan(form: MergeForm, left: View, right: View) -> dict[str, Any]:
    """What the page that asks tells."""
    keep, other = (left, right) if form.ids[0] == form.cleaned_data["keep"] else (right, left)
    by_side = [(row.left, row.right) if keep is left else (row.right, row.left) for row in form.rows]
    told = [(row.field, row.label, *pair) for row, pair in zip(form.rows, by_side, strict=True)]
    taken = set(form.taken)
    for name, value in actions.merge_marriage(form.keep_id, form.other_id, form.taken).items():
        taken = taken - {name} if keep.person[name] == value else taken | {name}
    return {
        "stays": keep.person,
        "leaves": other.person,
        "changes": [line[1:] for line in told if line[0] in taken],
        "left_behind": [line[1:] for line in told if line[0] not in taken | _NUMBERS],
        "hanging": belongings(lookups.hanging_on(form.other_id)),
    }
