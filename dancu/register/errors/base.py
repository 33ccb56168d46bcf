"""Refusals and questions of the whole register. An exception's docstring is its message."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from dancu.errors import TranslatedError


class RegisterError(TranslatedError):
    """The register refused."""


class NoSuchPerson(RegisterError):
    """There is no person {0} in the register."""


class NothingChanged(RegisterError):
    """The record says so already."""


@dataclass(frozen=True)
class Question:
    """Something unlikely, though possible, about what is to be recorded. `people`: the records that it is about, to be shown."""

    code: str
    words: str | Promise
    people: tuple[int, ...] = ()

    @property
    def key(self) -> str:
        """What one who has looked at it hands back in `confirmed`; about other people it is another question."""
        return ":".join([self.code, *(str(person_id) for person_id in sorted(self.people))])


class AskFirst(RegisterError):
    """This has to be confirmed first: {0}"""

    def __init__(self, questions: Sequence[Question]) -> None:
        super().__init__(" ".join(str(question.words) for question in questions))
        self.questions = list(questions)


class ChangedMeanwhile(RegisterError):
    """Someone else changed one of these records at this moment. Look at it again."""


class NoBasis(RegisterError):
    """Enter the basis: the paper, its number and date, or how it was established."""


class OutsideJurisdiction(RegisterError):
    """The record that would come back belongs to an area outside your work. A data steward of that area can undo the merge."""


class NotYourArea(RegisterError):
    """This area lies outside your work. Choose one within it."""
