"""What the form of every step can do: lay itself out, be kept in a draft, and tell its answers back."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from crispy_forms_gds.layout import Field, Size
from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dancu.web.forms import CommuneField, helper

Words = str | Promise
Answers = dict[str, dict[str, Any]]  # cleaned answers by step
Kept = dict[str, list[str]]  # what a step's page sent

LONGEST = 2000  # characters kept of one input
MOST_CHOSEN = 20  # values kept of one
PARTS = ("", "_0", "_1", "_2", "_id", "_choice")  # the inputs of a date and of a commune


class StepForm(forms.Form):
    """The question or few questions of one step. `answers` are the cleaned answers of the steps before.

    A form with one field asks with that field's label; others have a `title` above.
    """

    title: Words = ""
    template = "citizen/step.html"
    submit: Words = gettext_lazy("Continue")
    widths: dict[str, Any] = {}
    named: frozenset[str] = frozenset()

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        answers: Answers | None = None,
        remembered: dict[str, Kept] | None = None,
    ) -> None:
        super().__init__(data, files)
        self.answers = answers or {}
        self.remembered = remembered or {}  # the identity that this device was asked to remember
        self.prepare()
        self.helper = helper(*map(self._laid_out, self.fields), submit=self.submit)

    def prepare(self) -> None:
        """Fit fields and first values to the answers before."""

    rechecked = True  # whether checking again what was typed finds the same faults

    def kept(self) -> Kept:
        """What the draft keeps of this page, so that the form can be filled and checked again."""
        return self.typed()

    def typed(self) -> Kept:
        """What was sent for the fields of this page."""
        data: QueryDict = self.data  # type: ignore[assignment]
        names = {f"{field}{part}" for field in self.fields for part in PARTS}
        return {
            name: [value[:LONGEST] for value in data.getlist(name)[:MOST_CHOSEN]]
            for name in data
            if name in names
        }

    def fills(self) -> dict[str, Kept]:
        """What this step answers of other steps, such as a card that was scanned."""
        return {}

    def told(self) -> str:
        """What the next page says of what was answered here; "" for nothing."""
        return ""

    def outdates(self) -> Iterable[str]:
        """The steps whose answers no longer belong to this one's, such as another traveller's number."""
        return ()

    @property
    def asks(self) -> Words:
        """The question of the page."""
        return self.title or next(iter(self.fields.values())).label or ""

    @property
    def asks_for_commune(self) -> bool:
        """Whether the page needs the script that suggests communes."""
        return any(isinstance(field, CommuneField) for field in self.fields.values())

    @property
    def has_heading(self) -> bool:
        """Whether the field's own label is the page's heading."""
        return not self.title

    def read_back(self) -> list[Words]:
        """The answers in words, a line each; those of `named` with their question, for “Yes” alone says
        nothing.
        """
        lines: list[Words] = []
        for name, field in self.fields.items():
            answer = self.in_words(name)
            if answer:
                lines.append(_with_question(field.label, answer) if name in self.named else answer)
        return lines or [_("Not given")]

    def in_words(self, name: str) -> Words:
        """One answer as a person reads it."""
        return in_words(self.cleaned_data[name], self.fields[name])

    def _laid_out(self, name: str) -> Field:
        field, alone = self.fields[name], self.has_heading
        size, tag = (Size.LARGE, "h1") if alone else (Size.SMALL, None)
        if isinstance(field.widget, forms.RadioSelect):
            return Field.radios(name, legend_size=size, legend_tag=tag)
        if isinstance(field.widget, forms.CheckboxSelectMultiple):
            return Field.checkboxes(name, legend_size=size, legend_tag=tag)
        if isinstance(field.widget, forms.MultiWidget):
            return Field(name, context={"legend_size": Size.for_legend(size), "legend_tag": tag})
        if isinstance(field.widget, forms.Textarea):
            return Field.textarea(name, rows=4, label_size=size, label_tag=tag)
        if isinstance(field.widget, forms.Select):
            return Field(name, context={"label_size": Size.for_label(size), "label_tag": tag})
        return Field.text(name, label_size=size, label_tag=tag, field_width=self.widths.get(name))


def bound(kept: Kept) -> QueryDict:
    """What a page sent, as a form takes it."""
    data = QueryDict(mutable=True)
    for name, values in kept.items():
        data.setlist(name, values)
    return data


def _with_question(question: Words | None, answer: Words) -> str:
    return f"{question} {answer}" if str(question).endswith("?") else f"{question}: {answer}"


def in_words(value: Any, field: forms.Field) -> Words:
    """An answer as a person reads it."""
    if isinstance(field, forms.ChoiceField):
        words = {str(choice[0]): choice[1] for choice in field.choices}  # type: ignore[union-attr]
        chosen = value if isinstance(value, list) else [value]
        return ", ".join(str(words[str(code)]) for code in chosen if str(code) in words)
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return "" if value is None else str(value)
