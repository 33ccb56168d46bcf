"""What somebody who declares signs of an illness gets: an ordinary pass, a marked one, or none; and how long
each sign counts, at the stations and on the communes' lists alike. By a dated policy (health-policy.toml).
"""

import datetime as dt
import functools
import itertools
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from django.utils import timezone

from dancu.isolation.errors import BadHealthPolicy
from dancu.isolation.signs import SIGNS, SYMPTOMS, warnings_in, without
from dancu.matching.sameness import SAME_NAME_FOR

ORDINARY, MARK, WITHHOLD = "", "mark", "withhold"
FILE = Path(__file__).with_name("health-policy.toml")

_KNOWN = {"valid_from", "valid_to", "citation", "symptom", "counts_for", *SIGNS}
_LEAST = dt.timedelta(days=3)  # as long as a pass: nobody is well a minute after saying that they are ill
_COUNTS_FOR: Mapping[str, int] = dict.fromkeys(SIGNS, _LEAST.days)  # where a policy says nothing
LONGEST = dt.timedelta(days=60)


class Said(Protocol):
    """What a journey says of an illness."""

    @property
    def symptoms(self) -> Collection[str]: ...
    @property
    def contact(self) -> bool: ...
    @property
    def test_result(self) -> str: ...
    @property
    def tested_on(self) -> dt.date | None: ...


@dataclass(frozen=True)
class Policy:
    """What each sign is answered with from `valid_from` to `valid_to` (None: until further notice).
    `symptom`: symptoms that are answered otherwise than `symptoms` says. `counts_for`: for how many days each
    sign is remembered, whatever is declared afterwards.
    """

    valid_from: dt.date
    valid_to: dt.date | None
    citation: str
    symptoms: str
    contact: str
    positive: str
    symptom: Mapping[str, str]
    counts_for: Mapping[str, int]

    def answer(self, journey: Said, day: dt.date | None = None) -> str:
        """ORDINARY, MARK or WITHHOLD: the gravest answer to any sign that is declared on that day (None:
        today) and counts then.
        """
        is_positive = journey.test_result == "positive" and self._counts_on(
            day or timezone.localdate(), journey.tested_on
        )
        return self._answer(journey.symptoms, journey.contact, is_positive)

    def refuses(self, declared: Mapping[str, Any]) -> bool:
        """Whether whoever declared this (a declaration's row) is to stay where they are."""
        then = timezone.localdate(declared["declared_at"])
        is_positive = declared["test_result"] == "positive" and self._counts_on(then, declared["tested_on"])
        return self._answer(declared["symptoms"], declared["contact"], is_positive) == WITHHOLD

    def counts_until(self, sign: str, declared_at: dt.datetime, tested_on: dt.date | None) -> dt.datetime:
        """Until when this sign is remembered: a test from its day, if that is known, and no longer, so that
        who has recovered may say so; all else from the declaration. It may be over when it is declared.
        """
        days = dt.timedelta(days=self.counts_for[sign])
        if sign == "positive" and tested_on:
            return dt.datetime.combine(tested_on, dt.time.max, timezone.get_current_timezone()) + days
        return declared_at + max(_LEAST, days)

    def _counts_on(self, day: dt.date, tested_on: dt.date | None) -> bool:
        return tested_on is None or day <= tested_on + dt.timedelta(days=self.counts_for["positive"])

    def _answer(self, symptoms: Collection[str], contact: bool, is_positive: bool) -> str:
        answers = {self.symptom.get(symptom, self.symptoms) for symptom in symptoms}
        answers |= {self.contact} if contact else set()
        answers |= {self.positive} if is_positive else set()
        return WITHHOLD if WITHHOLD in answers else MARK if answers else ORDINARY


# Where no policy says that a pass may be withheld, none is.
NO_POLICY = Policy(dt.date.min, None, "", MARK, MARK, MARK, {}, _COUNTS_FOR)


def on(day: dt.date) -> Policy:
    """The policy of that day; outside every entry the one that withholds nothing and marks every sign."""
    standing = (
        policy for policy in _policies() if policy.valid_from <= day <= (policy.valid_to or dt.date.max)
    )
    return next(standing, NO_POLICY)


def withholds(journey: Said) -> bool:
    """Whether somebody who declares this today is given no pass."""
    return on(timezone.localdate()).answer(journey) == WITHHOLD


def refuses(declared: Mapping[str, Any]) -> bool:
    """Whether somebody who declared this (a declaration's row) is to stay where they are, by the policy
    of that day.
    """
    return on(timezone.localdate(declared["declared_at"])).refuses(declared)


def counts_until(
    signs: Collection[str], declared_at: dt.datetime, tested_on: dt.date | None
) -> dict[str, dt.datetime]:
    """Until when each of these signs that were declared then is remembered, by the policy of that day."""
    policy = on(timezone.localdate(declared_at))
    return {sign: policy.counts_until(sign, declared_at, tested_on) for sign in signs}


def still_counting(declared: Mapping[str, Any], now: dt.datetime) -> dict[str, Any]:
    """What was declared (a row), without the signs of an illness that are remembered no more: each counts for
    its own time, whatever was declared beside it.
    """
    until = counts_until(warnings_in(declared), declared["declared_at"], declared["tested_on"])
    return without(declared, {sign for sign, end in until.items() if end <= now})


def as_declared(declared: Mapping[str, Any]) -> dict[str, Any]:
    """What was declared (a row, with `declared_at`), without a test that was over already."""
    return still_counting(declared, declared["declared_at"])


def still_counts(declared: Mapping[str, Any], now: dt.datetime) -> bool:
    """Whether any illness that was declared so (a row) is remembered still."""
    return bool(warnings_in(still_counting(declared, now)))


def longest(*signs: str) -> dt.timedelta:
    """How long these signs are remembered (none named: any) by the policy that remembers them longest."""
    policies = (NO_POLICY, *_policies())
    return max(
        _LEAST,
        *(dt.timedelta(days=policy.counts_for[sign]) for policy in policies for sign in signs or SIGNS),
    )


def recognised_for() -> dt.timedelta:
    """How long a telephone, or a name and birth date, leads to who declared it: as long as anything of an
    illness is remembered, at least.
    """
    return max(SAME_NAME_FOR, longest())


def read(text: str) -> Sequence[Policy]:
    """The policies of a file's text, the oldest first. Raises BadHealthPolicy with what is wrong and
    where.
    """
    try:
        entries = tomllib.loads(text).get("policy", [])
    except tomllib.TOMLDecodeError as problem:
        raise BadHealthPolicy(str(problem)) from problem
    policies = sorted(
        (_policy(entry, nth) for nth, entry in enumerate(entries, 1)), key=lambda one: one.valid_from
    )
    for before, after in itertools.pairwise(policies):
        if (before.valid_to or dt.date.max) >= after.valid_from:
            raise BadHealthPolicy(
                f"the entry of {before.valid_from} has not ended when that of {after.valid_from} begins"
            )
    return policies


def _policy(entry: dict[str, Any], nth: int) -> Policy:
    if unknown := entry.keys() - _KNOWN:
        raise BadHealthPolicy(f"entry {nth} has {', '.join(sorted(unknown))}, which is nothing of a policy")
    if missing := {"valid_from", "citation", *SIGNS} - entry.keys():
        raise BadHealthPolicy(f"entry {nth} lacks {', '.join(sorted(missing))}")
    valid_from, valid_to = entry["valid_from"], entry.get("valid_to")
    if not _is_day(valid_from) or not (valid_to is None or _is_day(valid_to)):
        raise BadHealthPolicy(f"entry {nth}: valid_from and valid_to are days, such as 2026-07-01")
    if valid_to and valid_to < valid_from:
        raise BadHealthPolicy(f"entry {nth} ends before it begins")
    each = entry.get("symptom", {})
    if unknown := each.keys() - SYMPTOMS.keys():
        raise BadHealthPolicy(f"entry {nth} answers {', '.join(sorted(unknown))}, which nobody can declare")
    for sign, answer in {sign: entry[sign] for sign in SIGNS}.items() | each.items():
        if answer not in (MARK, WITHHOLD):
            raise BadHealthPolicy(
                f"entry {nth} answers {sign} with “{answer}”: it can be “{MARK}” or “{WITHHOLD}”"
            )
    if not str(entry["citation"]).strip():
        raise BadHealthPolicy(f"entry {nth} does not say on what law it rests")
    days = entry.get("counts_for", {})
    if unknown := days.keys() - set(SIGNS):
        raise BadHealthPolicy(
            f"entry {nth} counts the days of {', '.join(sorted(unknown))}, which is no sign"
        )
    if wrong := [
        sign for sign, long in days.items() if type(long) is not int or not 0 < long <= LONGEST.days
    ]:
        raise BadHealthPolicy(
            f"entry {nth}: counts_for {', '.join(wrong)} is a number of days from 1 to {LONGEST.days}"
        )
    return Policy(
        valid_from,
        valid_to,
        entry["citation"],
        **{sign: entry[sign] for sign in SIGNS},
        symptom=each,
        counts_for={**_COUNTS_FOR, **days},
    )


def _is_day(value: Any) -> bool:
    return isinstance(value, dt.date) and not isinstance(value, dt.datetime)


@functools.cache
def _policies() -> Sequence[Policy]:
    return read(FILE.read_text(encoding="utf-8"))
