"""Whose journeys an official sees: residents' all, an arrival's those that touch the communes, and all of
them for a reason that the traveller can read.
"""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dancu.accounts.lookups import Acting
from dancu.audit import actions as audit
from dancu.audit import lookups as audit_entries
from dancu.audit.wording import FOR_A_REASON
from dancu.db.queries import Queries
from dancu.isolation.asking import graded, today
from dancu.isolation.errors import NoSuchArrival, NotSeenYet, ReasonMissing
from dancu.isolation.people import as_it_counts, with_phones
from dancu.isolation.rows import GradedArrival
from dancu.register import lookups as register
from dancu.text.folding import fold
from dancu.text.invisible import visible

_sql = Queries(__file__)

SEEN_FOR = dt.timedelta(days=14)  # how long a commune that a traveller came to, or left, may follow them
ASKED_FOR = dt.timedelta(
    hours=1
)  # how long a reason holds for the official who gave it: reading, calling, writing notes
LONGEST_REASON = 120
REASONS: dict[str, str | Promise] = {
    "contacts": _("To trace the contacts of an ill person"),
    "outbreak": _("To check whether they come from a place with an outbreak"),
    "unreachable": _("Not at the address and cannot be contacted"),
    "asked": _("Requested by a health authority"),
}


class Journeys(NamedTuple):
    """Rows of journeys, latest first. `may_ask`: there may be others, which are shown for a reason."""

    rows: list[GradedArrival]
    may_ask: bool


def journeys(acting: Acting, person_id: int) -> Journeys:
    """The journeys of a person: all of them where the person lives in the official's communes, or where the
    official has given a reason lately; else those that touch the communes. Anybody may declare a journey in
    anybody's name, and that opens no other.

    Raises NoSuchArrival for anyone else. Written to the audit.
    """
    rows, touching, is_resident = _theirs(acting, person_id)
    people = {row["person_id"] for row in rows} or {person_id}
    audit.record(acting, "movements.view", people)
    may_ask = not is_resident and any(_was_here(acting, row) for row in touching)
    is_open = is_resident or (may_ask and _has_given_a_reason(acting, people))
    return Journeys(with_phones(rows if is_open else touching), may_ask and not is_open)


def ask_for_journeys(acting: Acting, declaration_id: UUID, reason: str) -> None:
    """Give the reason for which all journeys of an arrival's traveller are to be seen: one of REASONS, or
    words of one's own. It is on the record, and the traveller can read it.

    Raises NoSuchArrival; NotSeenYet, where nobody else than this official says that they were seen lately, in
    the official's communes or on the way there or from there; ReasonMissing.
    """
    words = visible(" ".join(reason.replace("\0", "").split()))[:LONGEST_REASON]
    if words not in REASONS and not any(letter.isalpha() for letter in fold(words)):
        raise ReasonMissing
    own = register.visible_areas(acting)
    arrival = _sql.one(
        "of_declaration",
        graded(),
        declaration_id=declaration_id,
        areas=own,
        today=today(),
        now=timezone.now(),
    )
    if arrival is None:
        raise NoSuchArrival
    rows, touching, is_resident = _theirs(acting, arrival["person_id"])
    if is_resident:
        return  # who needs none
    if not any(_was_here(acting, row) for row in touching):
        raise NotSeenYet
    audit.record(acting, "movements.all", {row["person_id"] for row in rows}, detail=words)


def reason_in_words(detail: str) -> str | Promise:
    """A reason as the audit has it, in the reader's language."""
    return REASONS.get(detail, detail)


def arrivals_of(person_id: int) -> list[GradedArrival]:
    """A person's journeys, latest first, for modules that answer for the reader themselves.

    Of somebody whom the register does not know, all that the same one declared, whichever of their ids is
    given.
    """
    now = timezone.now()
    rows = _sql.of(GradedArrival).all("of_person", graded(), person_id=person_id, today=today(), now=now)
    return [as_it_counts(row, now) for row in rows]


def _theirs(acting: Acting, person_id: int) -> tuple[list[GradedArrival], list[GradedArrival], bool]:
    """All journeys, those that touch the official's communes, and whether the person lives there. Raises
    NoSuchArrival.
    """
    rows, own = arrivals_of(person_id), register.visible_areas(acting)
    is_resident = person_id > 0 and register.may_see(acting, person_id)
    touching = [
        row for row in rows if own is None or row["origin_area"] in own or row["destination_area"] in own
    ]
    if not touching and not is_resident:
        audit.record(acting, "movements.refused", [person_id])
        raise NoSuchArrival
    return rows, touching, is_resident


def _was_here(acting: Acting, row: GradedArrival) -> bool:
    """Whether somebody else than this official says that it was the traveller of this journey who was seen:
    whoever recorded the crossing; or, of one who was met, they themselves, signed in as they declared, or the
    official who keyed it in from the card.

    Anybody may declare in anybody's name, also the official, who then says alone that they met.
    """
    by, crossed_by = row["vouched_by"], row["crossed_by"]
    seen = [
        row["met_at"] if by is not None and by != acting.official_id else None,
        row["crossed_at"] if crossed_by is not None and crossed_by != acting.official_id else None,
    ]
    return any(at is not None and at > timezone.now() - SEEN_FOR for at in seen)


def _has_given_a_reason(acting: Acting, people: Iterable[int]) -> bool:
    return any(
        audit_entries.done_since(acting, action, people, timezone.now() - ASKED_FOR)
        for action in FOR_A_REASON
    )
