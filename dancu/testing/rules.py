"""Rules of a test's own."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from dancu.rules import lookups
from dancu.rules.documents import read

WORDS = {"vi": "Vì thế", "en": "For that reason"}


def document(kind: str, *clauses: dict[str, Any], otherwise: Any, **said: Any) -> dict[str, Any]:
    """A rule of this kind, in force since 2020 unless `said` otherwise; a clause needs no words."""
    return {
        "id": f"{kind}-of-a-test",
        "version": 1,
        "kind": kind,
        "valid_from": "2020-01-01T00:00:00+07:00",
        "citation": "Quyết định 7",
        "title": {"vi": "Để thử", "en": "For a test"},
        "clauses": [{"words": WORDS, **clause} for clause in clauses],
        "otherwise": {"then": otherwise, "words": WORDS},
        **said,
    }


@contextmanager
def in_force(*documents: dict[str, Any]) -> Iterator[None]:
    """These rules, in place of all others of their kinds."""
    before = lookups.current()
    rules = [read(each) for each in documents]
    kinds = {rule.kind.code for rule in rules}
    others = [rule for rule in lookups.rules() if rule.kind.code not in kinds]
    lookups.keep(lookups.edition_of([*others, *rules]))
    try:
        yield
    finally:
        lookups.keep(before)


@contextmanager
def signing() -> Iterator[None]:
    """What is signed meanwhile counts at once, and afterwards no more."""
    before = lookups.current()
    try:
        yield
    finally:
        lookups.keep(before)
