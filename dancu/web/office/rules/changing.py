"""What the buttons of the form do: lines and conditions are added, removed and moved."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from dancu.web.office.rules.forming import ClauseFields, PartFields, RuleFields

_BUTTON = re.compile(r"clause-(\d{1,4})-(?:part-(\d{1,4})-)?(add|remove|up|down|below)")
_Each = TypeVar("_Each")


def changed(form: RuleFields, button: str) -> tuple[RuleFields, str]:
    """The form after this button, and the id of the element where whoever pressed it goes on ("": none)."""
    clauses = list(form.clauses)
    if button == "add-clause":
        return form.with_clauses([*clauses, ClauseFields()]), f"clause-{len(clauses)}-part-0-fact"
    pressed = _BUTTON.fullmatch(button)
    nth = int(pressed[1]) if pressed else 0
    if pressed is None or nth >= len(clauses):
        return form, ""
    if pressed[2] is not None:
        clause, there = _part_removed(clauses[nth], int(pressed[2]), nth)
        return form.with_clauses([*clauses[:nth], clause, *clauses[nth + 1 :]]), there
    if pressed[3] == "add":
        parts = clauses[nth].parts
        clauses[nth] = replace(clauses[nth], parts=[*parts, PartFields()])
        return form.with_clauses(clauses), f"clause-{nth}-part-{len(parts)}-fact"
    if pressed[3] == "below":
        more = [*clauses[: nth + 1], ClauseFields(), *clauses[nth + 1 :]]
        return form.with_clauses(more), f"clause-{nth + 1}-part-0-fact"
    if pressed[3] == "remove":
        del clauses[nth]
        return form.with_clauses(clauses), f"clause-{min(nth, len(clauses) - 1)}" if clauses else "add-clause"
    to = nth - 1 if pressed[3] == "up" else nth + 1
    if 0 <= to < len(clauses):
        clauses[nth], clauses[to] = clauses[to], clauses[nth]
        return form.with_clauses(clauses), f"clause-{to}"
    return form, f"clause-{nth}"


def _part_removed(clause: ClauseFields, part: int, nth: int) -> tuple[ClauseFields, str]:
    left: Sequence[PartFields] = [each for at, each in enumerate(clause.parts) if at != part] or [
        PartFields()
    ]
    return replace(clause, parts=left), f"clause-{nth}-part-{min(part, len(left) - 1)}-fact"
