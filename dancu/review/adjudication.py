"""How many answers decide a case, and what follows where they disagree. No tables here: the rule alone."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

SAME, DIFFERENT, NOT_SURE = DECISIONS = ("same", "different", "not_sure")
OPEN, WAITING, DISPUTED, DECIDED = ("open", "waiting", "disputed", "decided")
_MOST = 3  # the third sees what the first two answered, and decides


class CaseDecision(NamedTuple):
    """`person_id`: who it is, of an answer "same"."""

    decision: str
    person_id: int | None = None


class CaseStanding(NamedTuple):
    """The case's status, and the answer where it is decided."""

    status: str
    answer: CaseDecision | None = None


def standing(answers: Sequence[CaseDecision], eyes: int) -> CaseStanding:
    """Where a case stands after these answers, each by another official, the oldest first. `eyes`: how many
    have to agree, 1 or 2.

    Who is not sure leaves the case to a second official. Two who disagree leave it to a third, whose answer
    counts whatever it is. With one pair of eyes "not sure" disagrees with nothing: the one sure answer
    decides.
    """
    if not answers:
        return CaseStanding(OPEN)
    if len(answers) >= _MOST:
        return CaseStanding(DECIDED, answers[-1])
    counted = Counter(answers)
    for answer in answers:
        if counted[answer] >= (2 if answer.decision == NOT_SURE else eyes):
            return CaseStanding(DECIDED, answer)
    return CaseStanding(WAITING if len(answers) == 1 else DISPUTED)
