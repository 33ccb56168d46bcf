"""Whether two who are said to be somebody may be one and the same: their names and birth dates, as people write them."""

from collections.abc import Mapping
from typing import Any

from dancu.folding import fold
from dancu.matching.names import spelling
from dancu.matching.normalising.names import normalise_name
from dancu.register.likeness import Birth, birth_of, is_near, is_nearly_birth, may_be_one_birth
from dancu.sounds import given_key

__all__ = [
    "Birth",
    "birth_of",
    "born_as_declared",
    "is_near",
    "is_nearly_birth",
    "is_one_name",
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


def is_one_name(one: str, other: str) -> bool:
    """Whether two names are surely one: the same words but for marks, order, and y for i, or words between left out.

    Not a letter's slip, and not with another given name: twins have one telephone and one birth date, and are called Gia Hân and Gia Hăng,
    Minh Anh and Anh Minh, Hồng and Hồng Nhung.
    """
    a, b = (fold(spelling(name)).split() for name in (one, other))
    if sorted(a) == sorted(b):
        return bool(a) and (a[0] != b[0] or a[-1] == b[-1])
    fewer, more = sorted((set(a), set(b)), key=len)
    return len(fewer) > 1 and fewer < more and name_key(one) in name_keys(other) and name_key(other) in name_keys(one)


def born_as_declared(row: Mapping[str, Any]) -> Birth:
    """Of a declaration's row."""
    return (row["birth_year"], row["birth_month"], row["birth_day"])
