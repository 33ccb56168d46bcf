"""How much the system behind a token may ask for in a day, and how often for what is not there: enough for
what it is for, too little for a copy of the register; and how often it may be wrong about one person whom it
is not shown: enough for slips, too little to try birth dates.

Each process takes some hundreds at a time from the count that all share, for batches the next eight, so that
an identification costs no statement more. What is compared of people who are not shown is counted at once, in
one statement for all of a request.
"""

import threading
from collections import Counter
from collections.abc import Collection

from django.conf import settings

from dancu.accounts.lookups import Acting
from dancu.accounts.throttle import allow, count_each
from dancu.audit import actions as audit

DAY = 24 * 3600
WRONG_ABOUT_ONE = ((5, DAY), (20, 30 * DAY))  # comparisons that disagreed, by all tokens of a system together
_AT_A_TIME, _BATCHES = 200, 8
_lock = threading.Lock()
_taken: dict[str, int] = {}  # what this process has taken and not spent
_stopped: set[str] = set()  # whom this process has seen stopped


class QuotaSpent(Exception):
    """The system has asked for all that a day allows; `args`: numbers or misses, and how many."""


def spend(acting: Acting, kind: str, asked: int) -> None:
    """Count what a system asked for (`kind`: numbers, or misses for those that nobody holds). Raises
    QuotaSpent, and writes to the audit on the first day's refusal that it was stopped.
    """
    most, bucket = _most(kind), _bucket(acting, kind)
    with _lock:
        left = _taken.get(bucket, 0)
        if asked <= left:
            _taken[bucket] = left - asked
            return
    take = max(asked - left, min(max(_AT_A_TIME, _BATCHES * asked), most // 10))
    if allow(bucket, most, DAY, take):
        with _lock:
            _taken[bucket] = _taken.get(bucket, 0) + take - asked
            _stopped.discard(bucket)
        return
    _stopped.add(bucket)
    if allow(f"alarm {bucket}", 1, DAY):
        audit.record_system(
            "accounts.token_stopped",
            detail=f"official {acting.official_id}, {kind} {most}",
            purpose="administration",
        )
    raise QuotaSpent(kind, most)


def refuse_stopped(acting: Acting, kind: str) -> None:
    """Whoever has spent a kind is told nothing more, be it there or not: the difference would say what
    the count is to hide. Raises QuotaSpent.
    """
    if _bucket(acting, kind) in _stopped:
        spend(acting, kind, 1)


def tried_too_often(acting: Acting, tries: Collection[tuple[int, bool]]) -> set[int]:
    """Count what a system compared with people whom it is not shown (person, and whether that agreed), and
    give those of whom it may be told nothing more for now, be it right or wrong: it was wrong about them
    WRONG_ABOUT_ONE. Written to these people's audit on the window's first refusal.
    """
    wrong: Counter[int] = Counter()
    for person_id, agreed in tries:
        wrong[person_id] += not agreed
    right = {person_id for person_id, agreed in tries if agreed}
    spent: set[int] = set()
    for (
        most,
        seconds,
    ) in WRONG_ABOUT_ONE:  # what one window refuses is told to nobody, and counts in no longer one
        of = {
            (f"system {acting.official_id} wrong about {one} in {seconds}", seconds): one
            for one in wrong.keys() - spent
        }
        counted = count_each({bucket: wrong[person_id] for bucket, person_id in of.items()})
        refused = {of[bucket] for bucket, times in counted.items() if times > most - (of[bucket] in right)}
        _alarm(acting, refused, most, seconds)
        spent |= refused
    return spent


def _most(kind: str) -> int:
    return {"numbers": settings.TOKEN_NUMBERS_A_DAY, "misses": settings.TOKEN_MISSES_A_DAY}[kind]


def _bucket(acting: Acting, kind: str) -> str:
    return f"token {kind} of {acting.official_id} under {acting.grant_id}"


def _alarm(acting: Acting, refused: Collection[int], most: int, seconds: int) -> None:
    of = {
        (f"alarm system {acting.official_id} wrong about {person_id} in {seconds}", seconds): person_id
        for person_id in refused
    }
    if new := [of[bucket] for bucket, times in count_each(dict.fromkeys(of, 1)).items() if times == 1]:
        detail = f"official {acting.official_id}, {most} in {seconds // DAY} days"
        audit.record_system("accounts.comparing_stopped", new, detail=detail, purpose="administration")


def forget() -> None:
    """What this process took counts as spent."""
    with _lock:
        _taken.clear()
        _stopped.clear()
