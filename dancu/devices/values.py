"""What a device is known by, and what it sends."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from dancu.accounts.duties import place_in_words
from dancu.accounts.lookups import Acting
from dancu.values.base32 import ALPHABET, VALUE


class Place(NamedTuple):
    """Where a device belongs: a kind of jurisdiction and its number."""

    kind: str
    number: int

    @property
    def words(self) -> str:
        return place_in_words(self.kind, self.number)


NOWHERE = Place("", 0)  # of what all devices carry alike


@dataclass(frozen=True)
class SentItem:
    """Something that was done with a device. `acting`: whoever worked with it then; `at`: when."""

    device_id: UUID
    item_id: UUID
    place: Place
    acting: Acting
    at: dt.datetime


def code_in_groups(letters: str) -> str:
    """“7K3M-9QX2”."""
    return f"{letters[:4]}-{letters[4:]}"


def code_as_typed(text: str) -> str:
    """The letters of an enrolment code, however it was typed."""
    return "".join(ALPHABET[VALUE[letter]] for letter in text.upper() if letter in VALUE)


def hash_of(code: str) -> bytes:
    """What is kept of an enrolment code."""
    return hashlib.sha256(code_as_typed(code).encode()).digest()


def in_iso(at: dt.datetime) -> str:
    """2026-11-30T07:05:00.123Z"""
    return at.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
