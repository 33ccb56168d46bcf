"""A merge that is undone makes of neither record what an event could not: no child of a child, nobody married
to the dead, widowed of the living.

What came since the merge stays with the kept record. Where it was about a marriage that goes back to the
other one, it has to be undone first.
"""

from collections.abc import Collection, Mapping
from typing import Any

from dancu.accounts.lookups import Acting
from dancu.db.queries import Queries
from dancu.register import counting
from dancu.register.errors import EventReachesOutside, EventSinceMerge, MarriageContradicts, Question
from dancu.register.events import beside, checks, kin, lives
from dancu.register.visibility import may_see_of
from dancu.register.words import EVENTS

_sql = Queries(__file__)

_KINDS = ["marriage", "divorce", "death", "spouse_death", "return", "spouse_return", "correction"]


class Parting:
    """Two records that are about to be parted: made before, asked afterwards. `named`: whose records will
    name the other one again.
    """

    def __init__(self, acting: Acting, merge: Mapping[str, Any], named: Collection[int]) -> None:
        self._acting, self._merge, self._named = acting, merge, named
        self._kept_id, self._other_id = merge["kept_id"], merge["other_id"]
        self._was = kin.people([self._kept_id])[self._kept_id]
        self._before = {
            (each.wrong, each.person_id, each.other_id) for each in counting.between({self._kept_id, *named})
        }

    def questions(self) -> list[Question]:
        """What is to be asked of the two as they are now.

        Raises EventSinceMerge and MarriageContradicts of a marriage, EventReachesOutside where it is of
        people outside the jurisdiction, BornAfterEvent, DeathBeforeEvent and whatever else refuses such a
        record (see beside.py).
        """
        now, since = (
            kin.people([self._kept_id, self._other_id]),
            (self._merge["merge_id"], self._merge["merged_at"]),
        )
        kept, other = now[self._kept_id], now[self._other_id]
        self._refuse_marriages(kept, other)
        lives.refuse(self._was, kept)
        asked = [
            *beside.questions(self._was, kept, since),
            *beside.questions({**other, **_told(self._was)}, other, since),
        ]
        return list({question.key: question for question in asked}.values())

    def _refuse_marriages(self, kept: Mapping[str, Any], other: Mapping[str, Any]) -> None:
        people = {self._kept_id, self._other_id, *self._named, kept["spouse_id"], other["spouse_id"]} - {None}
        for each in sorted(counting.between(people), key=lambda each: (each.wrong, each.person_id)):
            if (
                each.wrong in counting.OF_MARRIAGES
                and (each.wrong, each.person_id, each.other_id) not in self._before
            ):
                self._refuse(each.person_id, each.other_id)

    def _refuse(self, person_id: int, other_id: int | None) -> None:
        """What stands in the way, where it came since; what contradicted before the merge does so again."""
        couple = {person_id, other_id} - {None}
        found = _sql.one(
            "since_merge", person_ids=sorted(couple | {self._kept_id}), couple=sorted(couple), kinds=_KINDS,
            merge_id=self._merge["merge_id"],
        )  # fmt: skip
        people = kin.people(couple)
        changed = any(
            row["recorded_at"] > self._merge["merged_at"]
            for each, row in people.items()
            if each != self._kept_id
        )
        if not found and not changed:
            return
        if couple - may_see_of(self._acting, couple):
            raise EventReachesOutside
        if found:
            name = (kin.one(found["person_id"]) or {"full_name": ""})["full_name"]
            raise EventSinceMerge(EVENTS[found["kind"]], checks.told_day(found["happened_on"]), name)
        raise MarriageContradicts(
            *(people[each]["full_name"] if each in people else "" for each in (person_id, other_id))
        )


def _told(row: Mapping[str, Any]) -> dict[str, Any]:
    """What the rules look at of the record as it was while both were one."""
    return {name: row[name] for name in (*lives.FIELDS, "father_id", "mother_id", "spouse_id") if name in row}
