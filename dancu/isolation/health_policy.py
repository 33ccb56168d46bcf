"""What somebody who declares signs of an illness gets: an ordinary pass, a marked one, or none; and how long
each sign counts, at the stations and on the communes' lists alike. By the rules of the day ("illness" and
"illness-days", docs/decisions/0015-what-a-sick-citizen-gets.md).
"""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any, Protocol

from django.utils import timezone

from dancu.isolation.rule_kinds import ILLNESS, ILLNESS_DAYS, WITHHOLD
from dancu.isolation.signs import SIGNS, warnings_in, without
from dancu.matching.sameness import SAME_NAME_FOR
from dancu.rules import lookups as rules

LONGEST = dt.timedelta(days=ILLNESS_DAYS.most)


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


def answer(journey: Said, at: dt.datetime | None = None) -> str:
    """ORDINARY, MARK or WITHHOLD: what whoever declares this then (None: now) gets."""
    return _answer(
        journey.symptoms, journey.contact, journey.test_result, journey.tested_on, at or timezone.now()
    )


def withholds(journey: Said) -> bool:
    """Whether somebody who declares this now is given no pass."""
    return answer(journey) == WITHHOLD


def refuses(declared: Mapping[str, Any]) -> bool:
    """Whether somebody who declared this (a declaration's row) is to stay where they are, by the rule of
    that moment.
    """
    said = (declared[name] for name in ("symptoms", "contact", "test_result", "tested_on", "declared_at"))
    return _answer(*said) == WITHHOLD


def counts_until(
    signs: Collection[str], declared_at: dt.datetime, tested_on: dt.date | None
) -> dict[str, dt.datetime]:
    """Until when each of these signs that were declared then is remembered, by the rule of that moment: a
    test from its day, if that is known, and no longer, so that who has recovered may say so; all else from
    the declaration. It may be over when it is declared.
    """
    return {sign: _counts_until(sign, declared_at, tested_on) for sign in signs}


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
    """How long these signs are remembered (none named: any) by the rule that remembers them longest."""
    days = (rules.longest_answer(ILLNESS_DAYS.code, {"sign": sign}) for sign in signs or SIGNS)
    return dt.timedelta(days=max(days))


def recognised_for() -> dt.timedelta:
    """How long a telephone, or a name and birth date, leads to who declared it: as long as anything of an
    illness is remembered, at least.
    """
    return max(SAME_NAME_FOR, longest())


def _answer(
    symptoms: Collection[str], contact: bool, test_result: str, tested_on: dt.date | None, at: dt.datetime
) -> str:
    is_positive = test_result == "positive" and _counts_until("positive", at, tested_on) > at
    facts = {"symptoms": symptoms, "contact": contact, "positive": is_positive}
    return str(rules.answer(ILLNESS.code, facts, at))


def _counts_until(sign: str, declared_at: dt.datetime, tested_on: dt.date | None) -> dt.datetime:
    days = dt.timedelta(days=int(rules.answer(ILLNESS_DAYS.code, {"sign": sign}, declared_at)))
    if sign == "positive" and tested_on:
        return dt.datetime.combine(tested_on, dt.time.max, timezone.get_current_timezone()) + days
    return declared_at + days
