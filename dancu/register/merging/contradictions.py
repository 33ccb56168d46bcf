"""What two records cannot be as one by the rules of the events: born after a child, married to two, their own
forebear.

A merge goes by the same rules as what is recorded of one person: what cannot be is refused, what is unlikely
is asked (docs/decisions/0007-merging.md).
"""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from dancu.register import descent
from dancu.register.codes import ALIVE, DEAD, MARRIED, MISSING, WIDOWED
from dancu.register.errors import (
    AlreadyMarried,
    ForebearOf,
    Question,
    StaysMarried,
    StaysWidowed,
    TooCloseToMarry,
)
from dancu.register.events import checks, kin, lives, marriages, parentage
from dancu.register.likeness import birth_of, is_near, is_nearly_birth
from dancu.register.merging.lookups import TOGETHER
from dancu.register.merging.refusing import refuse_relatives
from dancu.register.rows import MarriageKept

Row = Mapping[str, Any]


def questions(keep: Row, other: Row, fields: Collection[str]) -> list[Question]:
    """What is to be asked before the record `other` becomes part of `keep`. `fields`: of which the other's
    value stays.

    Raises CloseRelatives, ForebearOf, ParentBornLater, ParentTooYoung, ParentDead, InTheFuture, BornTooEarly,
    BeforeBirth, BornAfterEvent, DeathBeforeEvent, AlreadyMarried, TooCloseToMarry, StaysMarried,
    StaysWidowed.
    """
    records = keep, other
    _refuse_relatives(*records)
    after = _chosen(keep, other, fields)
    asked = [
        *_life(after, records),
        *_children(after, records),
        *_parents(after, records),
        *_marriages(after, records),
    ]
    return list({question.key: question for question in asked}.values())


def _refuse_relatives(*records: Row) -> None:
    """One of the two is recorded as a forebear or the spouse of the other: such are two people, or one of
    the links is wrong.
    """
    refuse_relatives(*records)
    lines = kin.lines_of(*records)
    for one, two in (records, reversed(records)):
        if two["person_id"] in descent.forebears(one["person_id"], lines):
            raise ForebearOf(one["person_id"], two["person_id"])


def _life(after: Row, records: tuple[Row, Row]) -> Iterator[Question]:
    """The birth, the sex, the death and the card that stay beside what happened to either, and a death
    that would be lost.
    """
    for record in records:
        lives.refuse(record, after)
    for record in records:
        yield from lives.questions(record, after)
        yield from _lost(after, record)


def _lost(after: Row, record: Row) -> Iterator[Question]:
    """Nobody comes back from the dead by a merge without a word."""
    told = {"name": record["full_name"], "day": checks.told_day(record["status_on"])}
    people = (record["person_id"],)
    if record["status"] == DEAD != after["status"]:
        words = _(
            "One of the records says that %(name)s died on %(day)s, but the values you chose do not. Is the "
            "death wrong?"
        )
        yield Question("death_lost", words % told, people)
    elif record["status"] == MISSING and after["status"] == ALIVE:
        words = _(
            "One of the records says that %(name)s has been missing since %(day)s, but the values you "
            "chose do not. Has the person returned?"
        )
        yield Question("missing_lost", words % told, people)


def _children(after: Row, records: tuple[Row, Row]) -> Iterator[Question]:
    for record in records:
        for child in kin.children(record):
            role = "mother" if child["mother_id"] == record["person_id"] else "father"
            if _differs(after, record):
                yield from parentage.of_pair(child, after, role, was=(child, record))


def _parents(after: Row, records: tuple[Row, Row]) -> Iterator[Question]:
    for role in ("mother", "father"):
        parent = kin.one(after[f"{role}_id"])
        if parent:
            record = next(each for each in records if each[f"{role}_id"] == after[f"{role}_id"])
            if _differs(after, record):
                yield from parentage.of_pair(after, parent, role, was=(record, parent))


def _differs(after: Row, record: Row) -> bool:
    """What stays as this record says it makes nothing doubtful that was not so before."""
    return any(after[name] != record[name] for name in lives.FIELDS if name != "card_issued_on")


def _marriages(after: Row, records: tuple[Row, Row]) -> Iterator[Question]:
    """Nobody has two living husbands or wives, and whoever says to be married to either of the two is
    married to the one that stays.
    """
    wed = {
        spouse["person_id"]: (spouse, record) for record in records for spouse in marriages.married_to(record)
    }
    _refuse_widowed(after, records)
    for spouse, record in wed.values():
        lines = kin.lines_of({**after, "person_id": record["person_id"]}, spouse)
        if after["sex"] == spouse["sex"] != record["sex"]:
            words = _("%(spouse)s, recorded as the husband or wife, is of the same sex. Is that right?")
            yield Question("sex_of_spouse", words % {"spouse": spouse["full_name"]}, (spouse["person_id"],))
        if descent.are_close(record["person_id"], spouse["person_id"], lines) and not kin.are_close(
            record, spouse
        ):
            raise TooCloseToMarry(after["full_name"], spouse["full_name"])
        _refuse_descent(records, spouse)
        if after["status"] == DEAD != record["status"] and kin.is_spouse_of(spouse, record):
            raise StaysMarried(spouse["full_name"])
    if len(wed) > 1:
        couple = [spouse for spouse, _record in wed.values()]
        if after["status"] != DEAD and not all(_may_be_one(couple[0], each) for each in couple[1:]):
            raise AlreadyMarried(
                after["full_name"],
                _(", to %(name)s") % {"name": ", ".join(each["full_name"] for each in couple)},
            )
        words = _(
            "Each of the two records has a husband or wife: %(names)s. Are these also one person, whose "
            "records still have to be merged?"
        )
        names = ", ".join(_named(each) for each in couple)
        yield Question("spouse_id", words % {"names": names}, tuple(wed))
    elif wed and after["status"] != DEAD:
        ((spouse, record),) = wed.values()
        if not kin.is_married(after) or after["spouse_id"] not in (spouse["person_id"], None):
            words = _(
                "%(spouse)s is recorded as the husband or wife, but the values you chose show no such "
                "marriage. Are these values right?"
            )
            if kin.is_spouse_of(spouse, record):
                words = _(
                    "%(spouse)s is recorded as the husband or wife, but the values you chose show no such "
                    "marriage. It stays with the merged record unless a divorce is recorded. Is that right?"
                )
            yield Question("marital_status", words % {"spouse": spouse["full_name"]}, (spouse["person_id"],))


def marriage_kept(keep: Row, other: Row, fields: Collection[str]) -> MarriageKept:
    """The marital status and the spouse that the merged record has whatever was chosen: whoever is
    married to one of the two stays married to it.
    """
    after = _chosen(keep, other, fields)
    wed = {
        spouse["person_id"]: (spouse, record)
        for record in (keep, other)
        for spouse in marriages.married_to(record)
    }
    if after["status"] == DEAD or len(wed) != 1:
        return {}
    ((spouse, record),) = wed.values()
    if not kin.is_spouse_of(spouse, record) or (
        kin.is_married(after) and after["spouse_id"] == spouse["person_id"]
    ):
        return {}
    status = next((row["marital_status"] for row in (after, record) if kin.is_married(row)), MARRIED)
    return {"marital_status": status, "spouse_id": spouse["person_id"]}


def _chosen(keep: Row, other: Row, fields: Collection[str]) -> Row:
    taken = [part for name in fields for part in (name, *TOGETHER.get(name, ()))]
    return {**keep, **{part: other[part] for part in taken if part in other}}


def _refuse_widowed(after: Row, records: tuple[Row, Row]) -> None:
    """Who was widowed of the one that died is not widowed of one who lives."""
    for record in records:
        if record["status"] == DEAD != after["status"]:
            for each in kin.who_name(record):
                if each["marital_status"] == WIDOWED and not kin.is_dead(each):
                    raise StaysWidowed(each["full_name"], record["full_name"])


def _refuse_descent(records: tuple[Row, Row], spouse: Mapping[str, Any]) -> None:
    """A husband or wife of the one is no forebear and no descendant of the other."""
    ids = {record["person_id"] for record in records}
    lines = kin.lines_of(*records, spouse)
    if ids & descent.forebears(spouse["person_id"], lines) or any(
        spouse["person_id"] in descent.forebears(each, lines) for each in ids
    ):
        raise TooCloseToMarry(records[0]["full_name"], spouse["full_name"])


def _may_be_one(one: Mapping[str, Any], two: Mapping[str, Any]) -> bool:
    births = [birth_of(row) for row in (one, two)]
    return (
        one["sex"] == two["sex"] and is_near(one["full_name"], two["full_name"]) and is_nearly_birth(*births)
    )


def _named(row: Mapping[str, Any]) -> str:
    born: dt.date = row["birth_date"]
    return f"{row['full_name']} ({checks.told_day(born)})"
