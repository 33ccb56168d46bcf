"""What a deed would do and what it asks, found by doing it and taking it back: so a page that asks tells
just what will happen.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.db import transaction

from dancu.db.transactions import whole
from dancu.register.asking import noted_afterwards
from dancu.register.errors import AskFirst, Question
from dancu.register.events.recording import Effect, effects

Deed = Callable[[Collection[str]], object]  # takes the keys of the questions that were answered


@dataclass(frozen=True)
class Rehearsal:
    """What would happen to whom, and what is to be confirmed before."""

    effects: list[Effect]
    questions: list[Question]


class _TakenBack(Exception):
    pass


def rehearse(deed: Deed) -> Rehearsal:
    """Nothing of it stays, but that a number was asked for. Raises whatever refuses the deed, but
    AskFirst; TooMuchRead.
    """
    with noted_afterwards():
        return _rehearse(deed)


@whole
def _rehearse(deed: Deed) -> Rehearsal:
    questions: list[Question] = []
    while True:
        seen: list[Effect] = []
        token = effects.set(seen)
        try:
            with transaction.atomic():
                deed({question.key for question in questions})
                raise _TakenBack
        except _TakenBack:
            return Rehearsal(seen, questions)
        except AskFirst as asked:
            questions += asked.questions
        finally:
            effects.reset(token)
