"""A draft tried on what was decided before: how many would have been answered otherwise than by what is in
force, where, by which clause, and of how many nobody knows. docs/decisions/0034-trying-a-rule-on-the-past.md
"""

import datetime as dt
from collections import Counter, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any, cast

from django.utils import timezone

from dancu import modules
from dancu.accounts.lookups import Acting
from dancu.audit import actions as audit
from dancu.rules import errors, lookups
from dancu.rules.kinds import Answer
from dancu.rules.past import Decided, DecidedPlace, Past
from dancu.rules.rule import Rule
from dancu.rules.supposing import Supposed, suppose

LONGEST = dt.timedelta(days=7)
MOST = 500_000  # decisions that are looked at in one request
MOST_TOGETHER, MOST_EXAMPLES = 10, 10
A_PIECE = dt.timedelta(hours=2)  # is asked of the database at once: no statement may take long


@dataclass(frozen=True)
class AnswerChange:
    """How many would have been answered `after` instead of `before`."""

    before: Answer
    after: Answer
    count: int


@dataclass(frozen=True)
class ChangedAt:
    """How many at one place."""

    place: DecidedPlace
    count: int


@dataclass(frozen=True)
class ChangedExample:
    """One that would have been answered otherwise."""

    name: str
    at: dt.datetime
    place: DecidedPlace
    before: Answer
    after: Answer


@dataclass(frozen=True)
class Replayed:
    """What came of it. `looked_at`: how many were decided; `same`: of how many both rules say the same;
    `not_known`: of how many it is not known, by the facts for want of which; `unexplained`: what is known of
    them does not lead to what was decided. `by_line`: changes by the number of the draft's clause (0: none of
    them; None: not known which); `together`: of what belongs together, such as one bus, the most.
    """

    since: dt.datetime
    until: dt.datetime
    places: Sequence[DecidedPlace]
    looked_at: int
    same: int = 0
    not_known: int = 0
    for_want_of: Mapping[str, int] = field(default_factory=dict)
    unexplained: int = 0
    changes: Sequence[AnswerChange] = ()
    by_place: Sequence[ChangedAt] = ()
    by_line: Sequence[tuple[int | None, int]] = ()
    together: Sequence[tuple[str, int]] = ()
    examples: Sequence[ChangedExample] = ()

    @property
    def changed(self) -> int:
        return sum(each.count for each in self.changes)


def can_be_replayed(rule: Rule) -> bool:
    """Whether what was decided before is kept for its kind."""
    return bool(rule.kind.past)


def replay(
    acting: Acting, draft: Rule, since: dt.datetime, until: dt.datetime, only: int | None = None
) -> Replayed:
    """What was decided from `since` until before `until`, within the official's jurisdiction and where the
    draft would count (`only`: at that place), by the draft and by what is in force now. On the record. Raises
    BadSpan, TooMuchAtOnce.
    """
    if not since < until <= since + LONGEST:
        raise errors.BadSpan(LONGEST.days)
    past = _past(draft)
    there = {each.number: each for each in where(acting, draft) if only in (None, each.number)}
    count = past.count(list(there), since, until) if there else 0
    if count > MOST:
        raise errors.TooMuchAtOnce(f"{count:,}", f"{MOST:,}")
    audit.record(acting, "rules.replayed", detail=f"{draft.id} {draft.version}: {count}")
    tally = _Tally(draft, there, past)
    for begins, ends in _pieces(since, until) if count else ():
        for each in past.decided(list(there), begins, ends):
            tally.add(each)
    return tally.told(acting, since, until)


def where(acting: Acting, draft: Rule) -> list[DecidedPlace]:
    """The places of the official's jurisdiction where the draft would decide: those of its area, but where a
    smaller one has a rule of its own.
    """
    reached = _Reached(draft)
    return [place for place in _past(draft).places(acting) if reached.is_so(place.area_id)]


class _Reached:
    """Whether the draft would decide somewhere, asked of many places."""

    def __init__(self, draft: Rule) -> None:
        self._draft = draft
        self._edition = lookups.current()
        self._own = self._edition.rules.get(draft.kind.code, {})

    def is_so(self, area_id: int) -> bool:
        at = max(self._draft.valid_from, timezone.now())
        for code in lookups.around(area_id) if self._own.keys() | {self._draft.area} != {""} else ():
            if code == self._draft.area:
                return True
            if self._edition.in_force(self._draft.kind.code, at, code):
                return False
        return not self._draft.area


class _Tally:
    def __init__(self, draft: Rule, there: Mapping[int, DecidedPlace], past: Past) -> None:
        self._draft, self._there, self._past = draft, there, past
        now = timezone.now()
        by_area = cache(partial(lookups.in_force, draft.kind.code, now))
        differs = lookups.differ_by_area(draft.kind.code)
        self._now = {place.number: by_area(place.area_id if differs else None) for place in there.values()}
        self._versions = {f"{rule.id} {rule.version}": rule for rule in lookups.rules()}
        self._said: dict[tuple[str, int | None], Supposed] = {}
        self._count: Counter[tuple[Supposed, int]] = Counter()
        self._together: Counter[str] = Counter()
        self._examples: deque[tuple[Decided, Supposed]] = deque(maxlen=MOST_EXAMPLES)

    def add(self, decided: Decided) -> None:
        """What it comes to is worked out once for each that was known so, however often that was."""
        now = self._now[decided.place]
        known = (decided.known, id(now))
        said = self._said.get(known)
        if said is None:
            alike = self._past.facts(decided.known)
            ruled_by = self._versions.get(" ".join(alike.ruled_by.split(" ")[:2]))
            said = self._said[known] = suppose(alike, now, self._draft, ruled_by)
        self._count[said, decided.place] += 1
        if said.is_change:
            self._examples.append((decided, said))
            if decided.together:
                self._together[decided.together] += 1

    def told(self, acting: Acting, since: dt.datetime, until: dt.datetime) -> Replayed:
        found: dict[str, Counter[Any]] = {
            name: Counter() for name in ("all", "changes", "places", "lines", "for_want_of")
        }
        for (said, place), count in self._count.items():
            kind = "unexplained" if said.is_unexplained else "same" if said.is_known else "not_known"
            found["all"]["change" if said.is_change else kind] += count
            found["for_want_of"].update(dict.fromkeys(said.for_want_of, count))
            if said.is_change:
                found["changes"][said.before, said.after] += count
                found["places"][place] += count
                found["lines"][said.line] += count
        together = [each for each in self._together.most_common(MOST_TOGETHER) if each[1] > 1]
        return Replayed(
            since,
            until,
            list(self._there.values()),
            found["all"].total(),
            found["all"]["same"],
            found["all"]["not_known"],
            dict(found["for_want_of"].most_common()),
            found["all"]["unexplained"],
            [AnswerChange(before, after, count) for (before, after), count in found["changes"].most_common()],
            [ChangedAt(self._there[at], count) for at, count in found["places"].most_common()],
            found["lines"].most_common(),
            [(self._past.together_in_words(each), count) for each, count in together],
            self._named(acting),
        )

    def _named(self, acting: Acting) -> list[ChangedExample]:
        """The latest first."""
        latest = sorted(self._examples, key=lambda each: each[0].at, reverse=True)
        names = self._past.named(acting, [each.number for each, _said in latest]) if latest else {}
        return [
            ChangedExample(
                names[each.number], each.at, self._there[each.place], *cast(Any, (said.before, said.after))
            )
            for each, said in latest
            if each.number in names
        ]


def _pieces(since: dt.datetime, until: dt.datetime) -> list[tuple[dt.datetime, dt.datetime]]:
    found = []
    while since < until:
        found.append((since, min(since + A_PIECE, until)))
        since += A_PIECE
    return found


def _past(rule: Rule) -> Past:
    if not rule.kind.past:
        raise errors.NothingKept
    return modules.at(rule.kind.past)
