"""Which passes a device asks about: of whose bearer the desk may remember something, or may say otherwise
than the pass. It is wider than the desk's memory and never narrower, but for what a station alone knows (a
slip of two letters) and two hands with one code (docs/decisions/0031-green-without-the-network.md).
"""

import hashlib
from base64 import urlsafe_b64encode
from functools import lru_cache
from typing import Any

from django.utils import timezone

from dancu.checkpoints import memory
from dancu.checkpoints.codes import pass_code
from dancu.db.queries import Queries
from dancu.isolation import lookups as isolation
from dancu.isolation.health_policy import LONGEST
from dancu.matching.likeness import name_keys
from dancu.register import lookups as register

_sql = Queries(__file__, "ask_list.sql")

REMEMBERED, UNCONFIRMED = 1, 2  # why a pass is asked about
_LETTERS = 5  # of a key: one stranger in a thousand has that of somebody among a million
_PARTS = {name: _sql.part(name) for name in ("told", "may_be_one", "is_one_day")}
_REMEMBERED = {
    "remembered": _sql.part("remembered").format(**_PARTS, **memory.PARTS),
}


def to_ask_about(_kind: str = "", _number: int = 0) -> dict[str, int]:
    """By key, passes that have time left and of whose bearer something may be remembered, whose journey has
    ended, or whose declaration did not agree with the register in full: who meets one asks, and refuses
    nobody for it. A key is a part of a hash of the pass's code: it tells nothing to whoever has not seen the
    code, and once in a while two passes have one.
    """
    travelling = _sql.all("travelling")[0]
    if travelling["since"] is None:
        return {}
    now = timezone.now()
    times = {"ill_since": now - LONGEST, "lately": now - memory.WAITING}
    strangers = _sql.all("strangers", _REMEMBERED, **times)
    people = [*_holders(strangers), *register.not_alive(travelling["holders"] or [])]
    rows = _sql.all(
        "to_ask_about",
        _PARTS | _REMEMBERED,
        people=people,
        ended=isolation.ended_since(travelling["since"]),
        **times,
        **_otherwise(strangers),
    )
    rows.sort(key=lambda row: row["is_remembered"])  # where two have one key, it is the graver
    return {
        asking_key(pass_code(row["pass_id"])): REMEMBERED if row["is_remembered"] else UNCONFIRMED
        for row in rows
    }


def asking_key(code: str) -> str:
    """Under which key a pass is asked about, by its code as printed (as in assets/checkpoint/passage.js)."""
    digest = hashlib.sha256(f"dancu-ask\t{code}".encode()).digest()
    return urlsafe_b64encode(digest).decode()[:_LETTERS]


def _holders(strangers: list[dict[str, Any]]) -> list[int]:
    """Whose the numbers or telephones are, as the register has them, that unknown ones gave."""
    numbers = {row["number"] for row in strangers} - {""}
    phones = {row[name] for row in strangers for name in ("phone", "declarer_phone")} - {""}
    found = [one.person_id for several in register.by_numbers(numbers).values() for one in several]
    return found + register.with_telephones(phones)


def _otherwise(strangers: list[dict[str, Any]]) -> dict[str, list[Any]]:
    """By which other names unknown ones may be found: whichever of their words was written last."""
    rows = [(row, key) for row in strangers for key in _keys(row["full_name"])]
    return {
        "otherwise_people": [row["person_id"] for row, _key in rows],
        "otherwise_names": [row["full_name"] for row, _key in rows],
        "otherwise_years": [row["birth_year"] for row, _key in rows],
        "otherwise_months": [row["birth_month"] for row, _key in rows],
        "otherwise_days": [row["birth_day"] for row, _key in rows],
        "otherwise_keys": [key for _row, key in rows],
    }


@lru_cache(maxsize=200_000)
def _keys(full_name: str) -> tuple[int, ...]:
    return tuple(name_keys(full_name))
