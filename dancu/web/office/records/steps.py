"""What a data steward records goes in three steps: a form, a page that shows old and new and asks what is
unlikely, the deed.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dancu.accounts.caller import OfficialRequest
from dancu.accounts.lookups import Acting
from dancu.register import actions, lookups
from dancu.register.errors import AskFirst, Question, RegisterError
from dancu.register.events.lookups import shown
from dancu.register.lookups import View
from dancu.values.errors import BadValue
from dancu.web.kit.confirming import question
from dancu.web.office.records.event_labels import ChangeLine, lines_of
from dancu.web.shared.people import ListedPerson, listed

_STEPS = ("csrfmiddlewaretoken", "confirmed", "edit", "was", "send", "answer")


@dataclass(frozen=True)
class Plan:
    """What a form asks for. `act` does it, given what was confirmed. `lines`: what changes in words; None: as
    it would turn out. `on`: when it happened, in a line that stands before them where none of them says so.
    """

    act: Callable[[Collection[str]], Any]
    lines: list[ChangeLine] | None = None
    basis: str = ""
    on: ChangeLine | None = None
    remarks: Iterable[str] = ()
    said: str | Promise = ""
    leads_to: Callable[[Any], int] | None = None


@dataclass(frozen=True)
class AskedQuestion:
    """A question with the records it is about, as a list of people shows them, and how many more lie
    outside the area of work.
    """

    key: str
    words: str | Promise
    people: list[ListedPerson]
    elsewhere: int
    is_answered: bool


@dataclass
class Steps:
    """One thing that is recorded of one person. Call `answer` with the form and what it asks for."""

    request: OfficialRequest
    view: View
    title: str
    template: str = "office/change.html"
    back: str = ""
    context: dict[str, Any] = field(default_factory=dict)

    def answer(self, form: forms.Form, planned: Callable[[], Plan]) -> HttpResponse:
        """The form until it is right, then the question, then the deed. What changed under the question
        is asked anew.
        """
        self.context |= {"form": form, "title": self.title, "person": self.view.person}
        if not form.is_valid() or "edit" in self.request.POST:
            return self._form(422 if form.errors else 200)
        try:
            plan = planned()
            told = actions.rehearse(plan.act)
            answered = set(self.request.POST.getlist("answer"))
            if asked := self._question(plan, told, answered):
                return asked
            result = plan.act(answered)
        except AskFirst:  # only since this moment
            return self.answer(form, planned)
        except (RegisterError, BadValue) as refused:
            form.add_error(None, str(refused))
            return self._form(422)
        return self._done(plan, result)

    def _form(self, status: int) -> HttpResponse:
        return render(self.request, self.template, self.context, status=status)

    def _question(self, plan: Plan, told: actions.Rehearsal, answered: set[str]) -> HttpResponse | None:
        post = self.request.POST
        given = [(name, each) for name in post if name not in _STEPS for each in post.getlist(name)]
        effects, elsewhere = self._seen(told.effects)
        lines = lines_of(effects, self.view) if plan.lines is None else plan.lines
        if plan.on and str(plan.on.new) not in [str(line.new) for line in lines]:
            lines = [plan.on, *lines]
        if plan.basis:
            lines = [*lines, ChangeLine(_("Legal basis"), "", plan.basis)]
        asked = asked_of(self.request.acting, told.questions, answered)
        remarks = [*plan.remarks, *([_outside(elsewhere)] if elsewhere else [])]
        context = self.context | {"lines": lines, "remarks": remarks, "questions": asked}
        seen = [[str(line.old) for line in lines], [each.key for each in asked]]
        is_open = not all(each.is_answered for each in asked)
        return question(self.request, "office/change_confirm.html", context, given, seen, is_open=is_open)

    def _seen(self, effects: list[actions.Effect]) -> tuple[list[actions.Effect], int]:
        """What would happen to those whom the official may see, and to how many others something would."""
        own = self.view.person["person_id"]
        others = {
            effect.person_id
            for effect in effects
            if not effect.is_new and effect.person_id != own and (effect.changes or effect.is_gone)
        }
        hidden = others - lookups.may_see_of(self.request.acting, others)
        return [effect for effect in effects if effect.person_id not in hidden], len(hidden)

    def _done(self, plan: Plan, result: Any) -> HttpResponse:
        messages.success(self.request, str(plan.said) or _("The change has been recorded."))
        person_id = plan.leads_to(result) if plan.leads_to else self.view.person["person_id"]
        if not lookups.may_see(
            self.request.acting, person_id
        ):  # moved out of the steward's area, or a record that is no more
            return redirect("office:search")
        return redirect("office:person", person_id)


def asked_of(acting: Acting, questions: Iterable[Question], answered: Collection[str]) -> list[AskedQuestion]:
    """What is unlikely, as office/questions.html asks it. `answered`: the keys of the questions that were
    answered.
    """
    return [_asked(acting, each, answered) for each in questions]


def _asked(acting: Acting, question: Question, answered: Collection[str]) -> AskedQuestion:
    people = listed(shown(acting, question.people))
    elsewhere = len(question.people) - len(people)
    return AskedQuestion(question.key, question.words, people, elsewhere, question.key in answered)


def _outside(many: int) -> str:
    words = ngettext(
        "%(many)s record outside your area is affected.",
        "%(many)s records outside your area are affected.",
        many,
    )
    return words % {"many": many}
