"""What somebody who declares signs of an illness gets: an ordinary pass, a marked one, or none; by a dated policy (health-policy.toml)."""

import datetime as dt
import functools
import itertools
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils import timezone

from dancu.checkpoints.errors import BadHealthPolicy
from dancu.checkpoints.journeys import SYMPTOMS, Journey

ORDINARY, MARK, WITHHOLD = "", "mark", "withhold"
FILE = Path(__file__).with_name("health-policy.toml")

_SIGNS = ("symptoms", "contact", "positive")
_KNOWN = {"valid_from", "valid_to", "citation", "symptom", *_SIGNS}


@dataclass(frozen=True)
class Policy:
    """What each sign is answered with from `valid_from` to `valid_to` (None: until further notice). `symptom`: symptoms that are answered
    otherwise than `symptoms` says.
    """

    valid_from: dt.date
    valid_to: dt.date | None
    citation: str
    symptoms: str
    contact: str
    positive: str
    symptom: Mapping[str, str]

    def answer(self, journey: Journey) -> str:
        """ORDINARY, MARK or WITHHOLD: the gravest answer to any sign that was declared."""
        answers = {self.symptom.get(symptom, self.symptoms) for symptom in journey.symptoms}
        answers |= {self.contact} if journey.contact else set()
        answers |= {self.positive} if journey.test_result == "positive" else set()
        return WITHHOLD if WITHHOLD in answers else MARK if answers else ORDINARY


# Where no policy says that a pass may be withheld, none is.
NO_POLICY = Policy(dt.date.min, None, "", MARK, MARK, MARK, {})


def on(day: dt.date) -> Policy:
    """The policy of that day; outside every entry the one that withholds nothing and marks every sign."""
    standing = (policy for policy in _policies() if policy.valid_from <= day <= (policy.valid_to or dt.date.max))
    return next(standing, NO_POLICY)


def withholds(journey: Journey) -> bool:
    """Whether somebody who declares this today is given no pass."""
    return on(timezone.localdate()).answer(journey) == WITHHOLD


def read(text: str) -> Sequence[Policy]:
    """The policies of a file's text, the oldest first. Raises BadHealthPolicy with what is wrong and where."""
    try:
        entries = tomllib.loads(text).get("policy", [])
    except tomllib.TOMLDecodeError as problem:
        raise BadHealthPolicy(str(problem)) from problem
    policies = sorted((_policy(entry, nth) for nth, entry in enumerate(entries, 1)), key=lambda one: one.valid_from)
    for before, after in itertools.pairwise(policies):
        if (before.valid_to or dt.date.max) >= after.valid_from:
            raise BadHealthPolicy(
                f"the entry of {before.valid_from} has not ended when that of {after.valid_from} begins"
            )
    return policies


def _policy(entry: dict[str, Any], nth: int) -> Policy:
    if unknown := entry.keys() - _KNOWN:
        raise BadHealthPolicy(f"entry {nth} has {', '.join(sorted(unknown))}, which is nothing of a policy")
    if missing := {"valid_from", "citation", *_SIGNS} - entry.keys():
        raise BadHealthPolicy(f"entry {nth} lacks {', '.join(sorted(missing))}")
    valid_from, valid_to = entry["valid_from"], entry.get("valid_to")
    if not _is_day(valid_from) or not (valid_to is None or _is_day(valid_to)):
        raise BadHealthPolicy(f"entry {nth}: valid_from and valid_to are days, such as 2026-07-01")
    if valid_to and valid_to < valid_from:
        raise BadHealthPolicy(f"entry {nth} ends before it begins")
    each = entry.get("symptom", {})
    if unknown := each.keys() - SYMPTOMS.keys():
        raise BadHealthPolicy(f"entry {nth} answers {', '.join(sorted(unknown))}, which nobody can declare")
    for sign, answer in {sign: entry[sign] for sign in _SIGNS}.items() | each.items():
        if answer not in (MARK, WITHHOLD):
            raise BadHealthPolicy(f"entry {nth} answers {sign} with “{answer}”: it can be “{MARK}” or “{WITHHOLD}”")
    if not str(entry["citation"]).strip():
        raise BadHealthPolicy(f"entry {nth} does not say on what law it rests")
    return Policy(valid_from, valid_to, entry["citation"], **{sign: entry[sign] for sign in _SIGNS}, symptom=each)


def _is_day(value: Any) -> bool:
    return isinstance(value, dt.date) and not isinstance(value, dt.datetime)


@functools.cache
def _policies() -> Sequence[Policy]:
    return read(FILE.read_text(encoding="utf-8"))
