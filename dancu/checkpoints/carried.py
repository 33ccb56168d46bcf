"""What a device at a station carries, by key: passes that were withdrawn, the rules of passage, communes,
reasons (docs/devices.md); whom to ask about, see ask_list.py.
"""

from typing import Any

from django.utils import timezone, translation

from dancu.areas import lookups as areas
from dancu.checkpoints.codes import pass_code
from dancu.checkpoints.memory import Memory
from dancu.checkpoints.reasons import OTHER_PERSON, REASONS
from dancu.checkpoints.rule_kinds import PASSAGE
from dancu.checkpoints.stations import station
from dancu.db.queries import Queries
from dancu.rules.abroad import travelling

_sql = Queries(__file__, "carried.sql")
_OF = {"through": "override", "secondary": "secondary", "back": "back"}
_NEEDS_MEMORY = {OTHER_PERSON}  # it answers what the device does not know


def withdrawn_passes(_kind: str, _number: int) -> dict[str, str]:
    """By code, why a pass that has time left counts no more: revoked or superseded."""
    return {pass_code(row["pass_id"]): row["why"] for row in _sql.all("withdrawn_passes")}


def rules_of_passage(_kind: str, number: int) -> dict[str, Any]:
    """The rules by which a code has its colour at that station, now and in the next days; and what
    remembering nothing comes to.
    """
    return {
        PASSAGE.code: travelling(PASSAGE.code, station(number)["area_id"]),
        "nothing-remembered": Memory([], []).colour,
    }


def communes(_kind: str, _number: int) -> dict[str, list[str]]:
    """By code, the name of a commune of today and of what is on top of it."""
    return {
        area.code: [area.name, area.path.rsplit(", ", 1)[-1]] for area in areas.communes(timezone.localdate())
    }


def reasons(_kind: str, _number: int) -> dict[str, list[list[object]]]:
    """By decision, the reasons for it: code, and words in both languages."""
    return {
        decision: [
            [code, {language: _in(language, words) for language in ("vi", "en")}]
            for code, words in REASONS[kind].items()
            if code not in _NEEDS_MEMORY
        ]
        for decision, kind in _OF.items()
    }


def _in(language: str, words: object) -> str:
    with translation.override(language):
        return str(words)
