"""What was decided before, as a kind of rules gives it so that a draft can be tried on it
(`RuleKind.past`): how a fact was is known, or nobody kept it and it may have been several things.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from dancu.accounts.lookups import Acting


@dataclass(frozen=True)
class DecidedPlace:
    """Where things are decided, and in which unit that is."""

    number: int
    name: str
    area_id: int


class Decided(NamedTuple):
    """One thing that was decided: its number, what was known of it as one text (`known`: `Past.facts`), where
    and when, and by what it belongs to others ("": nothing), such as the plate of a bus.
    """

    number: int
    known: str
    place: int
    at: dt.datetime
    together: str


@dataclass(frozen=True)
class Alike:
    """What was known where a thing was decided. `facts`: as they were; a fact that is in neither, nobody
    kept. `unsure`: facts that nobody kept, with what each may have been. `ruled_by`: by what it was decided
    (Decision.brief), "" where that was not kept, with facts that were otherwise for it (`for_that`).
    """

    facts: Mapping[str, Any]
    unsure: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    ruled_by: str = ""
    for_that: Mapping[str, Any] = field(default_factory=dict)


class Past(Protocol):
    """What a kind gives. Places are those that `places` gave; a time is from `since` until before `until`."""

    def places(self, acting: Acting) -> Sequence[DecidedPlace]:
        """Those of the official's jurisdiction, also where nothing is decided any more."""
        ...

    def count(self, places: Collection[int], since: dt.datetime, until: dt.datetime) -> int:
        """How many were decided there then."""
        ...

    def decided(self, places: Collection[int], since: dt.datetime, until: dt.datetime) -> Iterable[Decided]:
        """Each that still counts."""
        ...

    def facts(self, known: str) -> Alike:
        """What was known, and what was not kept."""
        ...

    def together_in_words(self, together: str) -> str:
        """“59B-123.45 (bus)”."""
        ...

    def named(self, acting: Acting, numbers: Sequence[int]) -> Mapping[int, str]:
        """What these are called, by their numbers. What is shown is written to the audit."""
        ...
