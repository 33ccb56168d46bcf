"""Who is it? The people who may be meant, weighed, and what follows: a match, several, one to review, or nobody.

The keys are tried from the surest to the widest, and no further than needed: who is found by number and is certain is not
looked for by name.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from dancu.matching.compare import Declared
from dancu.matching.model.model import Model, load_model
from dancu.matching.model.scoring import Score, Scorer
from dancu.matching.model.weights import Weights, load_weights
from dancu.matching.seeking import Sought, held, sought
from dancu.register import candidates as register
from dancu.register.candidates import Block, Candidate

_HERE = Path(__file__).parent / "model"
MODEL, WEIGHTS = _HERE / "people.toml", _HERE / "people-weights.json"


class Kind(StrEnum):
    """What an answer can be."""

    MATCH = "match"  # one person, above the threshold and well ahead of the next
    SEVERAL = "several"  # several people whom it may be as well
    REVIEW = "review"  # one person, too much differs to be sure
    NONE = "none"  # nobody


@dataclass(frozen=True)
class Weighed:
    """A person and how well they fit."""

    person: Candidate
    score: Score


@dataclass(frozen=True)
class Answer:
    """`ranked`: the people who may be meant, the likeliest first. `candidates`: how many were compared. `capped`: keys under which
    there were more people than are read.
    """

    kind: Kind
    ranked: Sequence[Weighed] = ()
    candidates: int = 0
    capped: Sequence[str] = ()

    @property
    def best(self) -> Weighed | None:
        return self.ranked[0] if self.ranked else None

    @property
    def person_id(self) -> int | None:
        """The person, where the answer is a match."""
        return self.ranked[0].person.person_id if self.kind == Kind.MATCH else None


@cache
def people_model() -> Model:
    """The register's own model."""
    return load_model(MODEL)


@cache
def people_weights() -> Weights:
    """Its weights. Raises NotItsWeights where the model was changed and they were not learnt anew."""
    return load_weights(WEIGHTS, people_model())


@cache
def _scorer(people: int) -> Scorer:
    return Scorer(people_model(), people_weights(), prior=1 / people)


def scorer() -> Scorer:
    """The scorer of the register as large as it is (to the next power of two)."""
    return _scorer(1 << max(10, register.people_about().bit_length()))


def who_is(declared: Declared) -> Answer:
    """The person of the register whom a declaration means, as far as that can be said.

    A match takes both: a weight above the threshold, and so far ahead of the next that it can hardly be them. Both
    thresholds stand in the weights file, with the precision and recall measured at them (docs/matching.md).
    """
    scoring, seeking = scorer(), sought(declared, dict(people_model().fields))
    weighed: dict[int, Weighed] = {}
    capped: list[str] = []
    answer = Answer(Kind.NONE)
    for name, block in _blocks(seeking):
        found = block()
        capped += [name] if found.capped else []
        for person in found.people:
            if person.person_id not in weighed or person.led_by:
                score = scoring.score(seeking.record, held(person, dict(people_model().fields)))
                known = weighed.get(person.person_id)
                if known is None or score.weight > known.score.weight:
                    weighed[person.person_id] = Weighed(person, score)
        if found.people:
            answer = _answer(weighed, capped, scoring.weights)
            if answer.kind == Kind.MATCH:
                break
    return Answer(answer.kind, answer.ranked, len(weighed), tuple(capped))


def _blocks(seeking: Sought) -> Iterator[tuple[str, Callable[[], Block]]]:
    if seeking.numbers or seeking.phones:
        yield "number", lambda: register.holders(seeking.numbers, seeking.phones)
    yield "home_and_born", lambda: register.home_and_born(seeking.areas, seeking.births)
    yield "given_and_born", lambda: register.given_and_born(seeking.given_keys, seeking.births)
    if seeking.numbers:
        yield "repaired_number", lambda: register.holders(seeking.repairs(), [])
    yield "named_at_home", lambda: register.named_at_home(seeking.ends_keys, seeking.areas)
    yield "near", lambda: register.given_and_born(seeking.given_keys, seeking.births_near)


def _answer(weighed: dict[int, Weighed], capped: Sequence[str], weights: Weights) -> Answer:
    limits = weights.thresholds
    ranked = sorted(weighed.values(), key=lambda one: -one.score.weight)
    ranked = [one for one in ranked if one.score.weight >= limits["review"]][:10]
    if not ranked:
        return Answer(Kind.NONE)
    ahead = ranked[0].score.weight - ranked[1].score.weight if len(ranked) > 1 else float("inf")
    if ranked[0].score.weight >= limits["match"] and ahead >= limits["ahead"] and not capped:
        return Answer(Kind.MATCH, ranked)
    if len(ranked) > 1 and ahead < limits["ahead"]:
        return Answer(Kind.SEVERAL, ranked)
    return Answer(Kind.REVIEW, ranked)
