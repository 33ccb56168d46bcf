"""A field by which an official says who is meant: they type a name, a number or a card's code, see who that
may be in their area, and choose. What a form gets is somebody whom they were shown.

With scripts “Find” brings the people without leaving the page; without them the form comes back with them.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol, cast

from django.core import signing
from django.core.exceptions import ValidationError
from django.forms import Field, Form, TextInput
from django.utils.translation import gettext_lazy as _

from dancu.accounts.lookups import Acting
from dancu.matching import lookups as matching
from dancu.matching.lookups import BadValue, Hit, PersonCandidates
from dancu.matching.wording import differences_in_words
from dancu.register.lookups import FoundPerson
from dancu.web.access import LONGEST_SESSION
from dancu.web.shared.people import listed

LONGEST = 500  # the text of a card
_HELP = _("Name and birth date, personal number, or scan the code on the identity card")


class PeopleSource(Protocol):
    """Where people are looked for, and who `asks`: what one was offered another cannot choose."""

    @property
    def asks(self) -> str: ...

    def candidates(self, text: str) -> PersonCandidates:
        """Who may be meant. Raises BadValue, TooMuchRead."""
        ...

    def may_choose(self, person_id: int) -> int | None:
        """The person as they are kept now; None where they cannot be chosen."""
        ...

    def chosen(self, person_id: int) -> FoundPerson | None:
        """Them, to be shown."""
        ...


@dataclass(frozen=True)
class RegisterPeople:
    """Those of the register who live in this official's jurisdiction. `but`: who it cannot be."""

    acting: Acting
    but: Collection[int] = ()

    @property
    def asks(self) -> str:
        """The official."""
        return str(self.acting.official_id)

    def candidates(self, text: str) -> PersonCandidates:
        """Each is written to the audit."""
        return matching.candidates_for(self.acting, text, self.but)

    def may_choose(self, person_id: int) -> int | None:
        """Whoever lives in the jurisdiction now."""
        now = matching.may_choose(self.acting, person_id)
        return None if now in self.but else now

    def chosen(self, person_id: int) -> FoundPerson | None:
        """Written to the audit."""
        return matching.chosen(self.acting, person_id)


def ask_for_people(form: Form, acting: Acting, but: Collection[int] = ()) -> None:
    """Each person of this form is looked for within this official's jurisdiction. `but`: who it cannot be."""
    for field in form.fields.values():
        if isinstance(field, PersonField):
            field.source = RegisterPeople(acting, but)


class PersonInput(TextInput):
    """What is typed, and below it the people to choose from. Its value is what was typed, the choice, and
    whether people are only asked for.
    """

    template_name = "kit/person.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        plain = {"class": "govuk-input", "autocomplete": "off", "spellcheck": "false", "maxlength": LONGEST}
        super().__init__(plain | {"data-person": ""} | (attrs or {}))
        self.people: Callable[[], list[dict[str, Any]]] = list  # read where they are shown
        self.told = ""  # above them, where people were only asked for

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value[0] if isinstance(value, tuple) else value, attrs)
        context["widget"] |= {"people": self.people(), "told": self.told}
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> tuple[str, str, bool]:
        text, choice = (str(data.get(part) or "").replace("\0", "") for part in (name, f"{name}_choice"))
        return text.strip()[:LONGEST], choice, f"{name}_find" in data


class PersonField(Field):
    """Cleans to a person_id, of whoever was chosen among those whom this official was shown, and lives in
    their jurisdiction still; None where it may be left empty. Of a record that was merged meanwhile: the one
    that stays.

    The form says who asks: `ask_for_people(self, acting)`.
    """

    widget = PersonInput
    source: PeopleSource
    default_error_messages = {
        "required": _("Enter a name and birth date, or a number"),
        "one": _("Check that this is the person you mean, and continue."),
        "several": _("Choose the person you mean."),
        "cut": _("Choose the person you mean. Others may fit too: enter more of what you know."),
        "nobody": _(
            "Nobody in your area was found. Check what you entered, or try the name with the birth date."
        ),
    }

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _HELP)
        super().__init__(**options)

    def clean(self, value: tuple[str, str, bool] | None) -> int | None:
        text, choice, is_question = value or ("", "", False)
        if not text and (self.required or is_question):
            raise self._problem("required", is_question)
        if not text:
            return None
        person_id = None if is_question else self._chosen(text, choice)
        if person_id is None:
            raise self._problem(self.find(text), is_question)
        return person_id

    def find(self, text: str) -> str:
        """Show who may be meant by this text; gives which of the field's messages says how many. What
        cannot be read is the message itself. Raises TooMuchRead.
        """
        try:
            found = self.source.candidates(text)
        except BadValue as wrong:
            return str(wrong)
        self._input.people = partial(self._shown, text, found)
        if not found.hits:
            return "nobody"
        return "one" if found.one else "cut" if found.is_cut else "several"

    @property
    def _input(self) -> PersonInput:
        return cast(PersonInput, self.widget)

    def _chosen(self, text: str, choice: str) -> int | None:
        """Who was chosen, if it was by this official, below this text."""
        try:
            person_id = int(self._seal(text).unsign(choice, max_age=LONGEST_SESSION))
        except (signing.BadSignature, ValueError):
            return None
        now = self.source.may_choose(person_id)
        if now is not None:
            self._input.people = partial(self._again, text, now)
        return now

    def _again(self, text: str, person_id: int) -> list[dict[str, Any]]:
        """Who was chosen, where the form is shown once more."""
        person = self.source.chosen(person_id)
        return self._shown(text, PersonCandidates([Hit(person, exact=True)] if person else []))

    def _shown(self, text: str, found: PersonCandidates) -> list[dict[str, Any]]:
        seal = self._seal(text)
        rows = listed([hit.person for hit in found.hits])
        return [
            {
                **row,
                "choice": seal.sign(str(row["person_id"])),
                "is_chosen": found.one is hit,
                "unlike": differences_in_words(hit.waterfall or []),
            }
            for row, hit in zip(rows, found.hits, strict=True)
        ]

    def _seal(self, text: str) -> signing.TimestampSigner:
        return signing.TimestampSigner(salt=f"dancu.web.kit.people {self.source.asks} {text}")

    def _problem(self, code: str, is_question: bool) -> ValidationError:
        said = self.error_messages.get(code, code)
        if is_question:
            self._input.told = str(said)
        return ValidationError(said, code=code if code in self.error_messages else "invalid")
