"""Whether two who are said to be somebody may be one and the same: their names and birth dates, as people write them."""

from collections.abc import Mapping
from typing import Any

from dancu.matching.lookups import normalise_name
from dancu.register.likeness import Birth, birth_of, is_near, is_nearly_birth, may_be_one_birth
from dancu.sounds import given_key

__all__ = [
    "Birth",
    "birth_of",
    "born_as_declared",
    "is_near",
    "is_nearly_birth",
    "may_be_one_birth",
    "name_key",
    "name_keys",
]


def name_key(full_name: str) -> int:
    """By what a declared name is found again: how its given name sounds, whichever comes first."""
    return given_key(normalise_name(full_name).ordered or full_name)


def name_keys(full_name: str) -> set[int]:
    """By what those of this name are found whichever of its words was written last."""
    words = (normalise_name(full_name).ordered or full_name).split()
    return {name_key(full_name), *(given_key(word) for word in words)}


def born_as_declared(row: Mapping[str, Any]) -> Birth:
    """Of a declaration's row."""
    return (row["birth_year"], row["birth_month"], row["birth_day"])
