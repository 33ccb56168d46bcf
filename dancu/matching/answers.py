"""Who is it? Candidates are weighed, and the answer is a match, several people, one to review, or nobody.

Keys are tried from the surest to the widest, and no further than needed: somebody who is found by number for
certain is not looked up by name.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from dancu.linkage.model.model import Model, load_model
from dancu.linkage.model.scoring import Score, Scorer
from dancu.linkage.model.ways import any_holds
from dancu.linkage.model.weights import Weights, load_weights
from dancu.matching import policy
from dancu.matching.compare import ClaimedIdentity
from dancu.matching.query import Query, query_for, register_record
from dancu.matching.standing import CandidateStanding, is_aside, second_weight, standing
from dancu.matching.vietnamese_kinds import MODEL, WEIGHTS
from dancu.register import candidates as register
from dancu.register.candidates import Block, Candidate

MOST_RANKED = 10
NUMBER = "number"


class AnswerKind(StrEnum):
    """What an answer can be."""

    MATCH = "match"  # one person, above the threshold and well ahead of the next
    SEVERAL = "several"  # several people who fit equally well
    REVIEW = "review"  # one person, too much differs to be sure
    NONE = "none"  # nobody


@dataclass(frozen=True)
class ScoredCandidate:
    """A candidate and how well they fit. `standing`: what decides besides the score; None for one too unlike
    to go to review. `exact_afar`: one whose score is too low for review although name, birth date and sex
    agree exactly.
    """

    person: Candidate
    score: Score
    standing: CandidateStanding | None = None
    exact_afar: bool = False


@dataclass(frozen=True)
class Answer:
    """`ranked`: the likely people, the likeliest first; those who only share a telephone or a home with a
    much better candidate come last. `candidates`: how many people were compared. `capped`: the keys that had
    more people than are read.
    """

    kind: AnswerKind
    ranked: Sequence[ScoredCandidate] = ()
    candidates: int = 0
    capped: Sequence[str] = ()

    @property
    def best(self) -> ScoredCandidate | None:
        return self.ranked[0] if self.ranked else None

    @property
    def is_settled(self) -> bool:
        """Whether it is a match that ends the search."""
        standing = self.ranked[0].standing if self.kind == AnswerKind.MATCH else None
        return standing is not None and standing.settled

    @property
    def person_id(self) -> int | None:
        """The person, where the answer is a match."""
        return self.ranked[0].person.person_id if self.kind == AnswerKind.MATCH else None


@cache
def people_model() -> Model:
    """The register's own model."""
    return load_model(MODEL)


def people_weights() -> Weights:
    """The weights of that model. Raises NotItsWeights where the model changed and they were not learnt
    again.
    """
    return _others[-1] if _others else _learnt()


def use(weights: Weights) -> None:
    """Let this process weigh by these weights, to measure their effect."""
    _others.append(weights)
    _scorer.cache_clear()


@cache
def _learnt() -> Weights:
    return load_weights(WEIGHTS, people_model())


_others: list[Weights] = []


@cache
def _scorer(people: int) -> Scorer:
    return Scorer(people_model(), people_weights(), prior=1 / people)


def scorer() -> Scorer:
    """The scorer, with a prior by the register's size to two digits."""
    return _scorer(int(float(f"{max(1000, register.people_about()):.1e}")))


def who_is(
    declared: ClaimedIdentity, visible: Callable[[Collection[int]], Collection[int]] | None = None
) -> Answer:
    """The person of the register whom a declaration means, as far as can be said.

    A match takes three things: a weight above the threshold; enough distance from the next candidate; and
    agreement in what decides (people.toml), which no shared telephone, home or number replaces. Both
    thresholds are in the weights file, with the precision and recall measured at them
    (docs/figures/matching.md).

    `visible`: gives, of some people, those whom the reader may see. The others count as if they had not been
    found, so that a commune's officer is not left with the ten likeliest people of the country.
    """
    search = _Search(scorer())
    seeking = query_for(declared, search.fields)
    if not search.settled_by(seeking, _blocks(seeking)) or seeking.is_guess:
        for reading in seeking.other_readings():
            if search.settled_by(reading, _blocks_by_name(reading)) and not seeking.is_guess:
                break
    if visible:
        seen = visible(search.weighed.keys())
        search.weighed = {person_id: one for person_id, one in search.weighed.items() if person_id in seen}
    return search.answer()


class _Search:
    """The candidates weighed so far, and the keys that had too many people."""

    def __init__(self, scoring: Scorer) -> None:
        self.scoring, self.fields = scoring, dict(scoring.model.fields)
        self.weighed: dict[int, ScoredCandidate] = {}
        self.capped: list[str] = []

    def settled_by(self, seeking: Query, blocks: Iterator[tuple[str, Callable[[], Block]]]) -> bool:
        """Weigh the candidates of each block, the surest block first, until one is a match that nobody can
        surpass; gives whether there is one.
        """
        for name, block in blocks:
            found = block()
            self.capped += [name] if found.capped else []
            for person in found.people:
                self._weigh(person, seeking)
            self._weigh_where_they_live(seeking, found.people)
            if self.weighed and self.answer(self._rival(name, seeking)).is_settled:
                return True
        return False

    def answer(self, rival: float | None = None) -> Answer:
        """The answer so far. `rival`: the most that somebody not looked up yet may weigh."""
        return _answer(self.weighed, self.capped, self.scoring, rival)

    def _rival(self, block: str, seeking: Query) -> float | None:
        """The most that somebody with the same telephone may weigh, before the telephone is looked up. A
        holder of the number who is well ahead even of that is certain, however many people share the
        telephone.
        """
        return (
            self.scoring.most(seeking.record, but=("number", "cmnd"))
            if block == NUMBER and seeking.phones
            else None
        )

    def _weigh(self, person: Candidate, seeking: Query, lives_in: int | None = None) -> None:
        """Weigh a candidate, and keep the score if it is their best so far: a later block may bring the
        number that led to them, or another reading of the name.
        """
        other = register_record(person, self.fields, lives_in)
        score = self.scoring.score(seeking.record, other)
        known = self.weighed.get(person.person_id)
        if known is None or score.weight > known.score.weight:
            is_near = score.weight >= self.scoring.weights.thresholds["review"]
            model, pair = self.scoring.model, (seeking.record, other)
            stands = standing(model, score, *pair) if is_near else None
            is_afar = not is_near and any_holds(model.exact, score.levels, *pair)
            self.weighed[person.person_id] = ScoredCandidate(person, score, stands, is_afar)

    def _weigh_where_they_live(self, seeking: Query, people: Sequence[Candidate]) -> None:
        """Weigh likely candidates who are registered elsewhere by their other homes too: they may live in the
        declared commune. Homes are read for those candidates only.
        """
        if not seeking.areas:
            return
        weigh, least = self.weighed, self.scoring.weights.thresholds["review"] - _MOST_BY_HOME
        elsewhere = {
            person.person_id: person
            for person in people
            if person.home_area not in seeking.areas and weigh[person.person_id].score.weight > least
        }
        for person_id, area_ids in register.other_homes(elsewhere).items():
            for area_id in area_ids:
                self._weigh(elsewhere[person_id], seeking, area_id)


_MOST_BY_HOME = 20.0  # bits that a commune can be worth more than another province


def _blocks(seeking: Query) -> Iterator[tuple[str, Callable[[], Block]]]:
    """The blocks in the order of the policy, without those for which nothing was declared."""
    find = {
        "phone": lambda: register.with_phone(seeking.phones),
        NUMBER: lambda: register.holders(seeking.numbers),
        "home_and_born": lambda: register.home_and_born(seeking.areas, seeking.births),
        "given_and_born": lambda: register.given_and_born(seeking.given_keys, seeking.births),
        "repaired_number": lambda: register.holders(seeking.repairs()),
        "named_at_home": lambda: register.named_at_home(seeking.ends_keys, seeking.areas),
        "near": lambda: register.given_and_born(seeking.given_keys, seeking.births_a_year_off),
    }
    empty = set(() if seeking.phones else ("phone",)) | set(
        () if seeking.numbers else (NUMBER, "repaired_number")
    )
    return ((block.name, find[block.name]) for block in policy.BLOCKS if block.name not in empty)


def _blocks_by_name(seeking: Query) -> Iterator[tuple[str, Callable[[], Block]]]:
    again = {block.name for block in policy.BLOCKS if block.again}
    return ((name, block) for name, block in _blocks(seeking) if name in again)


def kind_of(
    best: float | None, second: float | None, may_be: bool, limits: Mapping[str, float]
) -> AnswerKind:
    """The answer that the two highest weights give. `may_be`: whether the best may be a match without people
    deciding; `limits`: the thresholds of the weights file. The second weight counts only above the threshold
    of review.
    """
    if best is None or best < limits["review"]:
        return AnswerKind.NONE
    ahead = best - second if second is not None and second >= limits["review"] else float("inf")
    if may_be and best >= limits["match"] and ahead >= limits["ahead"]:
        return AnswerKind.MATCH
    return AnswerKind.SEVERAL if ahead < limits["ahead"] else AnswerKind.REVIEW


def _answer(
    weighed: dict[int, ScoredCandidate], capped: Sequence[str], scoring: Scorer, rival: float | None = None
) -> Answer:
    limits = scoring.weights.thresholds
    near = [(one, one.standing) for one in weighed.values() if one.standing]
    near.sort(key=lambda both: -both[1].weight)
    every = [stands for _one, stands in near]
    aside = [is_aside(stands, every, limits) for stands in every]
    meant = [stands for stands, last in zip(every, aside, strict=True) if not last]
    ranked = [
        one
        for is_last in (False, True)
        for (one, _stands), last in zip(near, aside, strict=True)
        if last == is_last
    ]
    second = max(
        (one for one in (second_weight(meant, limits) if meant else None, rival) if one is not None),
        default=None,
    )
    may_be = not capped and bool(meant) and meant[0].may_be
    kind = kind_of(meant[0].weight if meant else None, second, may_be, limits)
    if kind is AnswerKind.MATCH and not meant[0].named:
        afar = sorted((one for one in weighed.values() if one.exact_afar), key=lambda one: -one.score.weight)
        kind = AnswerKind.SEVERAL if afar else kind
        ranked[len(meant) : len(meant)] = afar
    return Answer(kind, ranked[:MOST_RANKED], len(weighed), tuple(dict.fromkeys(capped)))
