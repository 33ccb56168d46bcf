"""How much the system behind a token may ask for in a day, and how often for what is not there: enough for what it is for, too little for a copy of
the register.

Each process takes a few hundred at a time from the count that all share, so that an identification costs no statement more.
"""

import threading

from django.conf import settings

from dancu.accounts.lookups import Acting
from dancu.accounts.throttle import allow
from dancu.audit import actions as audit

DAY = 24 * 3600
_AT_A_TIME = 200
_lock = threading.Lock()
_taken: dict[str, int] = {}  # what this process has taken and not spent


class QuotaSpent(Exception):
    """The system has asked for all that a day allows; `args`: numbers or misses, and how many."""


def spend(acting: Acting, kind: str, asked: int) -> None:
    """Count what a system asked for (`kind`: numbers, or misses for those that nobody holds). Raises QuotaSpent, and writes to the audit on the
    first day's refusal that it was stopped.
    """
    most = {"numbers": settings.TOKEN_NUMBERS_A_DAY, "misses": settings.TOKEN_MISSES_A_DAY}[kind]
    bucket = f"token {kind} of {acting.official_id} under {acting.grant_id}"
    with _lock:
        left = _taken.get(bucket, 0)
        if asked <= left:
            _taken[bucket] = left - asked
            return
    take = max(asked - left, min(_AT_A_TIME, most // 10))
    if allow(bucket, most, DAY, take):
        with _lock:
            _taken[bucket] = _taken.get(bucket, 0) + take - asked
        return
    if allow(f"alarm {bucket}", 1, DAY):
        audit.record_system(
            "accounts.token_stopped", detail=f"official {acting.official_id}, {kind} {most}", purpose="administration"
        )
    raise QuotaSpent(kind, most)


def forget() -> None:
    """What this process took counts as spent."""
    with _lock:
        _taken.clear()
