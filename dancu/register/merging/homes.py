"""Two records' homes become one person's: of two of one kind the earlier ended when the later one began,
and with a death all do.
"""

import datetime as dt
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from dancu.db.queries import Queries
from dancu.register.codes import DEAD, PERMANENT

_sql = Queries(__file__)

NOWHERE = {"home_since": None, "home_address": None}


@dataclass(frozen=True)
class MergedHome:
    """What a merge changes about the kept record's home, since when that is so, and a home that is a
    former one now.
    """

    values: dict[str, Any] = field(default_factory=dict)
    since: dt.date = dt.date.min
    former: dict[str, Any] | None = None


def of_both(keep: Mapping[str, Any], other: Mapping[str, Any], fields: Collection[str]) -> MergedHome:
    """What becomes of two homes. `fields`: of which the other's value was chosen; rows as JSON has them.

    A home that cannot have been before the one that stays (it began on the same day or later) is no former
    one: it was wrong, and stays in the merge's record alone. Who lives, lives where one of the two says so,
    whichever was chosen. Nobody lived anywhere before the birth that was chosen.
    """
    return _since_birth(
        keep, _of_both(keep, other, fields), (other if "birth_date" in fields else keep)["birth_date"]
    )


def died_on(keep: Mapping[str, Any], other: Mapping[str, Any], fields: Collection[str]) -> dt.date | None:
    """When the person died, if the merge says that they did; rows and `fields` as for `of_both`."""
    row = other if "status" in fields else keep
    return dt.date.fromisoformat(row["status_on"]) if row["status"] == DEAD and row["status_on"] else None


def keep_former(person_id: int, home: MergedHome) -> list[dict[str, Any]]:
    """The home that is a former one now gets a row; return what was written, as `carrying` tells it."""
    rows = [home.former] if home.former else []
    added = _sql.all("add_former_homes", person_id=person_id, homes=json.dumps(rows, cls=DjangoJSONEncoder))
    keys = [{name: json.loads(row["record"])[name] for name in ("kind", "valid_from")} for row in added]
    return [{"table": "residence", "column": "person_id", "keys": keys}] if keys else []


def end_others(keep_id: int, died: dt.date | None) -> list[dict[str, Any]]:
    """What lasts beside the permanent home ends: with a death all of it, else of each kind all but what
    began last. Return what ended.
    """
    return _sql.all("end_homes", person_id=keep_id, died_on=died)


def one_at_a_time(keep_id: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Nobody has two permanent homes at once, or one before the birth or after the death: of those of both
    records the earlier ended when the later began, or with the death, and one that cannot have been before
    the one that lasts stays in the merge's record alone. Return what ended sooner, as `begin_again` takes it,
    and what went.
    """
    wrong = [json.loads(row["record"]) for row in _sql.all("leave_wrong_homes", person_id=keep_id)]
    return _sql.all("part_homes", person_id=keep_id), wrong


def begin_with_birth(keep_id: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """No home began before the birth: what would have, begins with it. Return what was written, as
    `carrying` tells it, and what went.
    """
    rows = _sql.all("begin_with_birth", person_id=keep_id)
    keys = [{"kind": row["kind"], "valid_from": row["valid_from"]} for row in rows if row["added"]]
    added = [{"table": "residence", "column": "person_id", "keys": keys}] if keys else []
    return added, [json.loads(row["record"]) for row in rows if not row["added"]]


def put_back(wrong: Collection[Mapping[str, Any]]) -> None:
    """What a merge took for wrong hangs on the kept record again, before it goes back to whose it was."""
    if wrong:
        _sql.run("put_homes_back", homes=json.dumps(list(wrong)))


def give_back(kept_id: int, other_id: int, moved: Collection[Mapping[str, Any]]) -> None:
    """The homes beside the permanent one that went back (entries of `carrying`) are as they were: what the
    kept one left or ended since with a move or a death was that one's life. No event of before can have ended
    them: the kept one had none of that kind and day.
    """
    _sql.run("as_before_events", kept_id=kept_id, other_id=other_id, moved=json.dumps(_keys(moved)))


def begin_again(
    kept_id: int, other_id: int, ended: Collection[Mapping[str, Any]], moved: Collection[Mapping[str, Any]]
) -> None:
    """What a merge ended lasts again (or until `was`), where it still stands as the merge left it and its
    person has not died: that of the other one, to whom it went back (entries of `carrying`), or that of the
    kept one.
    """
    others = [(key["kind"], str(key["valid_from"])) for key in _keys(moved)]
    whose = [
        {**home, "person_id": other_id if (home["kind"], str(home["valid_from"])) in others else kept_id}
        for home in ended
    ]
    if whose:
        _sql.run("begin_homes_again", ended=json.dumps(whose, cls=DjangoJSONEncoder))


def lived_there(person_id: int, instead_of: Mapping[str, Any], home: Mapping[str, Any]) -> None:
    """What is recorded as a former home because of a merge, and was the other one's, is this person's
    own; of a merge that is undone.
    """
    for row in _sql.all(
        "take_home", person_id=person_id, began=instead_of["home_since"], area_id=instead_of["home_area"]
    ):
        own = _former(home, row["valid_to"])
        _sql.all(
            "add_former_homes",
            person_id=person_id,
            homes=json.dumps([own] if own else [], cls=DjangoJSONEncoder),
        )


def _of_both(keep: Mapping[str, Any], other: Mapping[str, Any], fields: Collection[str]) -> MergedHome:
    mine, others = _began(keep), _began(other)
    if died := died_on(keep, other, fields):
        return _last(keep, other if "home_area" in fields else keep, died)
    moved, lives = not _same_place(keep, other), (other if "status" in fields else keep)["status"] != DEAD
    if (lives and others and not mine) or ("home_area" in fields and (others or not mine)):
        values = {name: other[name] for name in ("home_area", "home_since", "home_address")}
        if others and (not mine or (moved and mine < others)):
            return MergedHome(values, others, _former(keep, others))
        return MergedHome(values)
    return MergedHome(former=_former(other, mine) if moved and mine else None)


def _since_birth(keep: Mapping[str, Any], home: MergedHome, birth_date: str) -> MergedHome:
    """As a correction of the birth date has it: what began before begins with the birth, and what ended
    before was none.
    """
    born = dt.date.fromisoformat(birth_date)
    since = home.values["home_since"] if "home_since" in home.values else keep["home_since"]
    values = home.values | ({"home_since": birth_date} if since and since < birth_date else {})
    former = home.former
    if former:
        former = (
            former | {"valid_from": max(former["valid_from"], born)} if former["valid_to"] > born else None
        )
    return MergedHome(values, home.since, former)


def _keys(moved: Collection[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [key for entry in moved if entry["table"] == "residence" for key in entry["keys"]]


def _last(keep: Mapping[str, Any], chosen: Mapping[str, Any], died: dt.date) -> MergedHome:
    """Of one who died: nobody lives anywhere any more, and the home that was chosen, if it lasted, was
    the last.
    """
    lasted = next((row for row in (chosen, keep) if _began(row)), None)
    values = {} if chosen is keep else {"home_area": chosen["home_area"]}
    if lasted or values:
        return MergedHome(values | NOWHERE, died, _former(lasted, died) if lasted else None)
    return MergedHome()


def _former(row: Mapping[str, Any], until: dt.date) -> dict[str, Any] | None:
    began = _began(row)
    if began is None or began >= until:
        return None
    address = row["home_address"] or ""
    return {
        "kind": PERMANENT,
        "valid_from": began,
        "valid_to": until,
        "area_id": row["home_area"],
        "address": address,
    }


def _same_place(keep: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return (keep["home_area"], keep["home_address"]) == (other["home_area"], other["home_address"])


def _began(row: Mapping[str, Any]) -> dt.date | None:
    return row["home_since"] and dt.date.fromisoformat(row["home_since"])
