"""What devices may send, and where they may belong, as the modules announce it (`inbox` and `device_places`
of their module.py).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import msgspec

from dancu import modules
from dancu.devices.values import Place, SentItem
from dancu.modules import Words


@dataclass(frozen=True, eq=False)
class ItemKind:
    """Something that devices send. `words`: what it is, to people. `payload`: what it looks like; `take`
    records it, or raises a TranslatedError: then it is kept for people; NotHereYet: it is to come again. It
    gives what is to be seen of what was taken, as a code of `remarks`, or "". It may be called again with an
    item that it took before, and changes nothing then. `duty`: that whoever did it had; `places`: kinds of
    place whose devices send it.
    """

    code: str
    words: Words
    payload: type[msgspec.Struct]
    take: Callable[[SentItem, Any], str]
    duty: str
    places: tuple[str, ...]
    remarks: Mapping[str, Words] = field(default_factory=dict)

    def read(self, text: bytes | str) -> msgspec.Struct:
        """The payload. Raises msgspec.DecodeError."""
        return msgspec.json.decode(text, type=self.payload)


@cache
def item_kinds() -> Mapping[str, ItemKind]:
    """Each kind of item, by code."""
    return {code: modules.at(at) for code, at in modules.brought(lambda module: module.inbox).items()}


def places() -> Sequence[tuple[Place, str]]:
    """Where devices may be enrolled, and what each place is called."""
    by_kind = modules.brought(lambda module: module.device_places)
    return [
        (Place(kind, number), words) for kind, at in by_kind.items() for number, words in modules.at(at)()
    ]
