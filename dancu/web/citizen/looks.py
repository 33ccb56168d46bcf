"""Who looked at a citizen's record, told day by day: on a busy day one office may have looked fifty times."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from dancu.accounts.duties import PURPOSES, ROLES
from dancu.audit.lookups import SeenByCitizen
from dancu.audit.wording import words
from dancu.web.office.places import place

Words = str | Promise


@dataclass
class Looks:
    """What those of one role in one office did on one day. `entries`: (when, what, what for), the latest first."""

    day: dt.date
    who: Words
    where: str
    entries: list[tuple[dt.datetime, Words, Words]] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.entries)


def by_day(entries: Iterable[SeenByCitizen]) -> list[Looks]:
    """The entries of the audit as a citizen reads them, the latest day first, and of a day who looked last."""
    groups: dict[tuple[Any, ...], Looks] = {}
    places: dict[tuple[str, int], str] = {}
    for entry in entries:
        at = timezone.localtime(entry.at)
        office = (entry.jurisdiction_kind, entry.jurisdiction_id)
        is_official = entry.actor_kind == "official"
        if is_official and office not in places:
            places[office] = str(place(*office))
        where = places[office] if is_official else ""
        key = (at.date(), entry.actor_kind, entry.actor_role, where)
        group = groups.setdefault(key, Looks(at.date(), _who(entry), where))
        group.entries.append((entry.at, words(entry.action), PURPOSES.get(entry.purpose, entry.purpose)))
    return list(groups.values())


def _who(entry: SeenByCitizen) -> Words:
    if entry.actor_kind == "official":
        return ROLES[entry.actor_role].name if entry.actor_role in ROLES else _("An official")
    return _("You") if entry.actor_kind == "citizen" else _("This system itself")
