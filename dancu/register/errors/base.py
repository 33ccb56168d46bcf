"""Refusals and questions of the whole register. An exception's docstring is its message."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from dancu.errors import TranslatedError


class RegisterError(TranslatedError):
    """The register could not be changed."""


class NoSuchPerson(RegisterError):
    """There is no person no. {0} in the register."""


class NothingChanged(RegisterError):
    """The record already says this."""


@dataclass(frozen=True)
class Question:
    """Something unlikely, though possible, about what is to be recorded. `people`: the records that it is
    about, to be shown.
    """

    code: str
    words: str | Promise
    people: tuple[int, ...] = ()

    @property
    def key(self) -> str:
        """What one who has looked at it hands back in `confirmed`; about other people it is another
        question.
        """
        return ":".join([self.code, *(str(person_id) for person_id in sorted(self.people))])


class AskFirst(RegisterError):
    """This must be confirmed first: {0}"""

    def __init__(self, questions: Sequence[Question]) -> None:
        super().__init__(" ".join(str(question.words) for question in questions))
        self.questions = list(questions)


class ChangedMeanwhile(RegisterError):
    """Someone else has just changed one of these records. Look at it again."""


class NoBasis(RegisterError):
    """Enter the basis: the document, its number and date, or how you established this."""


class OutsideJurisdiction(RegisterError):
    """The record that would come back is outside your area. A data steward for that area can undo the merge."""


class NotYourArea(RegisterError):
    """This area is outside yours. Choose one within your area."""
