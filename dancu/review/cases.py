"""Cases as they are proposed: by the batch, by dedupe, by declarations."""

import datetime as dt
import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dancu.linkage.model.scoring import EvidenceStep

RECORD, DECLARATION, DUPLICATE = KINDS = ("record", "declaration", "duplicate")
MOST_CANDIDATES = 5  # one key each
IDENTITY = ("number", "full_name", "birth", "sex", "phone", "commune_code", "address")


@dataclass(frozen=True)
class CaseCandidate:
    """A person who may be meant. `score`: bits; `waterfall`: what adds up to it."""

    person_id: int
    score: float
    waterfall: Sequence[EvidenceStep] = ()


@dataclass(frozen=True)
class Case:
    """A question for review: is this the same person?

    `declared`: what was sent, the fields IDENTITY and any other; empty for a duplicate, whose left side is
    the register's person `left_person`. `record_id`: the sender's own id of the record; several records of
    one sender that declare the same identity are one case. `area_id`: the declared commune, used where no
    candidate has a home. `threshold`: the score, in bits, above which it would have been a match without
    review. `value`: how many records depend on the answer, where that is more than the records that were
    sent.
    """

    kind: str
    candidates: Sequence[CaseCandidate]
    declared: Mapping[str, Any] = field(default_factory=dict)
    left_person: int | None = None
    record_id: str = ""
    source: str = ""
    sender: str = ""
    province: str = ""
    area_id: int | None = None
    threshold: float = 0.0
    value: int = 1

    @property
    def question(self) -> str:
        """A digest of what the case asks: cases with the same digest are one."""
        identity = {name: self.declared[name] for name in IDENTITY if name in self.declared}
        asked: list[Any] = [self.kind, self.sender, _in_one_form(identity or self.declared)]
        if self.kind == DUPLICATE:
            asked.append(sorted([self.left_person or 0, *(one.person_id for one in self.candidates)]))
        return hashlib.sha256(json.dumps(asked, ensure_ascii=False).encode()).hexdigest()

    @property
    def best_first(self) -> list[CaseCandidate]:
        return sorted(self.candidates, key=lambda candidate: -candidate.score)[:MOST_CANDIDATES]

    @property
    def nearness(self) -> float:
        """Bits between the best score and the threshold; an answer teaches the more, the nearer it is."""
        return min(
            (abs(candidate.score - self.threshold) for candidate in self.candidates),
            default=abs(self.threshold),
        )


def plain(declared: Mapping[str, Any]) -> dict[str, Any]:
    """The declared fields as JSON can hold them: days as ISO text, no characters that PostgreSQL refuses."""
    return {name: _plain(value) for name, value in declared.items() if value is not None and value != ""}


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    return value if isinstance(value, int | float) else str(value).replace("\0", "")


def _in_one_form(declared: Mapping[str, Any]) -> list[tuple[str, str]]:
    return sorted(
        (name, " ".join(unicodedata.normalize("NFC", str(value)).casefold().split()))
        for name, value in plain(declared).items()
    )
