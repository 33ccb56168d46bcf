"""Who looked at a citizen's record, told day by day: on a busy day one office may have looked fifty times.
What is seldom done, and tells much, stands first.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from dancu.accounts.duties import PURPOSES, ROLES
from dancu.audit.lookups import Look
from dancu.audit.wording import RARE, words
from dancu.isolation.lookups import reason_in_words
from dancu.web.shared.places import place

Words = str | Promise


@dataclass(frozen=True)
class LookLine:
    """What was done so many times, the last time then, what for, and for what reason where one is asked."""

    at: dt.datetime
    what: Words
    purpose: Words
    times: int
    reason: Words = ""


@dataclass
class Looks:
    """What those of one role in one office did on one day. `entries`: the latest first."""

    day: dt.date
    who: Words
    where: str
    entries: list[LookLine] = field(default_factory=list)

    @property
    def count(self) -> int:
        return sum(entry.times for entry in self.entries)


def by_day(looks: Iterable[Look]) -> list[Looks]:
    """What was done, as a citizen reads it: the latest day first, and of a day who looked last."""
    groups: dict[tuple[Any, ...], Looks] = {}
    places: dict[tuple[str, int], str] = {}
    for look in looks:
        office = (look.jurisdiction_kind, look.jurisdiction_id)
        is_official = look.actor_kind == "official"
        if is_official and office not in places:
            places[office] = str(place(*office))
        where = places[office] if is_official else ""
        group = groups.setdefault(
            (look.day, look.actor_kind, look.actor_role, where), Looks(look.day, _who(look), where)
        )
        purpose, reason = PURPOSES.get(look.purpose, look.purpose), reason_in_words(look.reason)
        group.entries.append(LookLine(look.last, words(look.action), purpose, look.times, reason))
    return list(groups.values())


def rare(looks: Iterable[Look]) -> list[Looks]:
    """Of these what officials seldom do, and what tells much: the number shown, movements, corrections,
    files.
    """
    return by_day(look for look in looks if look.action in RARE and look.actor_kind == "official")


def _who(look: Look) -> Words:
    if look.actor_kind == "official":
        return ROLES[look.actor_role].name if look.actor_role in ROLES else _("An official")
    return _("You") if look.actor_kind == "citizen" else _("The system, automatically")
