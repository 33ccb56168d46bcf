"""A record that changes beside parents, children, husband or wife: one rule for a correction, an event
undone and a merge undone.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from dancu.db.queries import Queries
from dancu.register.errors import OneSelf, Question, TooCloseToMarry
from dancu.register.events import checks, kin, lives, parentage

_sql = Queries(__file__)

Row = Mapping[str, Any]
Since = tuple[UUID, dt.datetime]

_OF_PARENTS = {"birth_date", "birth_precision", "sex", "status", "status_on"}
_OF_CHILDREN = {"birth_date", "birth_precision"}
_OF_COUPLES = {"sex", "spouse_id", "father_id", "mother_id"}


def questions(person: Row, after: Row, since: Since | None = None) -> Iterator[Question]:
    """What is to be asked where a record becomes `after`. `since`: of what is taken back the id and the
    moment under which it was done. Beside whom nothing was recorded since all is as it was before, and the
    latest deed can always be taken back.

    Raises WrongParent, ParentBornLater, ParentTooYoung, ParentDead, OneSelf, TooCloseToMarry.
    """
    changed = {name for name in after if after[name] != person.get(name)}
    yield from _children(person, after, changed, since)
    yield from _parents(person, after, changed, since)
    if since is None or _sql.all("happened_since", person_id=person["person_id"], deed_id=since[0]):
        yield from lives.questions(person, after)
    yield from _spouse(person, after, changed, since)


def _children(person: Row, after: Row, changed: set[str], since: Since | None) -> Iterator[Question]:
    if changed & _OF_PARENTS:
        for child in kin.children(after):
            role = "mother" if child["mother_id"] == person["person_id"] else "father"
            if not _stood_so(child, since):
                yield from parentage.of_pair(child, after, role, was=(child, person))


def _parents(person: Row, after: Row, changed: set[str], since: Since | None) -> Iterator[Question]:
    for role in ("mother", "father"):
        parent_id, is_new = after[f"{role}_id"], f"{role}_id" in changed
        if parent_id is None or not (is_new or changed & _OF_CHILDREN):
            continue
        if parent_id == person["person_id"]:
            raise OneSelf(person["full_name"])
        parent = kin.one(parent_id)
        if parent is None or _stood_so(parent, since):
            continue
        if is_new:
            yield from checks.parent(after, parent, role)
        else:
            yield from parentage.of_pair(after, parent, role, was=(person, parent))


def _spouse(person: Row, after: Row, changed: set[str], since: Since | None) -> Iterator[Question]:
    spouse = kin.spouse_of(after) if changed & _OF_COUPLES and kin.is_married(after) else None
    if spouse is None or _stood_so(spouse, since):
        return
    if changed & {"sex", "spouse_id"} and spouse["sex"] == after["sex"]:
        words = _("%(spouse)s, recorded as the husband or wife, is of the same sex. Is that right?")
        yield Question("sex_of_spouse", words % {"spouse": spouse["full_name"]}, (spouse["person_id"],))
    was_so = "spouse_id" not in changed and kin.are_close(person, spouse)
    if kin.are_close(after, spouse) and not was_so:
        raise TooCloseToMarry(after["full_name"], spouse["full_name"])


def _stood_so(row: Row, since: Since | None) -> bool:
    """Whether nothing was recorded of this relative since."""
    return since is not None and not _sql.all(
        "recorded_since", person_id=row["person_id"], deed_id=since[0], moment=since[1]
    )
