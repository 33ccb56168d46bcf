"""The levels of risk of a journey's ends, as rules of passage read them."""

import datetime as dt

from dancu.checkpoints.rows import PassInFull
from dancu.checkpoints.rule_kinds import DESTINATION_LEVEL, ORIGIN_LEVEL
from dancu.risk import lookups as risk
from dancu.rules.rule import Rule


def level_facts(rule: Rule, shown: PassInFull, at: dt.datetime) -> dict[str, int | None]:
    """The levels of origin and destination at that moment; nothing, and nothing is asked of the database,
    where the rule does not read them.
    """
    if not rule.reads & {ORIGIN_LEVEL, DESTINATION_LEVEL}:
        return {}
    origin, destination = shown["origin_area"], shown["destination_area"]
    levels = risk.levels_of({origin, destination}, at)
    return {ORIGIN_LEVEL: levels[origin], DESTINATION_LEVEL: levels[destination]}
