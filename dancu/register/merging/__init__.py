"""Two records of one person become one, and can become two again (actions.py), or are refused it
(refusing.py); which person a number means since (lookups.py).

What hangs on a person is found in the database's catalogue (catalogue.py) and carried along (carrying.py).
docs/decisions/0007-merging.md
"""

from dancu.register.merging.actions import merge_marriage, merge_people, merge_questions, settle, undo_merge
from dancu.register.merging.carrying import carry_some, hanging_on, hanging_on_many
from dancu.register.merging.lookups import (
    MERGE_FIELDS,
    TOGETHER,
    Merge,
    current_ids,
    ids_of,
    merge_of,
    merged_into,
    merges_of,
    undone_merges,
)
from dancu.register.merging.refusing import refuse_relatives

__all__ = [
    "MERGE_FIELDS",
    "TOGETHER",
    "Merge",
    "carry_some",
    "current_ids",
    "hanging_on",
    "hanging_on_many",
    "ids_of",
    "merge_marriage",
    "merge_of",
    "merge_people",
    "merge_questions",
    "merged_into",
    "merges_of",
    "refuse_relatives",
    "settle",
    "undo_merge",
    "undone_merges",
]
