"""What the environment says of a setting in words that are known. Any other word is refused at the start:
nobody shall believe in a control that a slip has left out.
"""

import os
from collections.abc import Collection, Mapping

from django.core.exceptions import ImproperlyConfigured


def flag(name: str) -> bool:
    """Whether the variable is 1. Raises ImproperlyConfigured where it is neither 1 nor 0 nor empty."""
    value = os.environ.get(name, "").strip()
    if value not in ("", "0", "1"):
        raise ImproperlyConfigured(f"{name}={value}: set it to 1, or leave it out.")
    return value == "1"


def words(name: str, known: Collection[str]) -> frozenset[str]:
    """The words of the variable, with commas between. Raises ImproperlyConfigured where one of them is
    not known.
    """
    given = frozenset(filter(None, (word.strip() for word in os.environ.get(name, "").split(","))))
    if unknown := sorted(given.difference(known)):
        raise ImproperlyConfigured(
            f"{name}: there is no “{', '.join(unknown)}”. Give one or more of {', '.join(known)}, with "
            f"commas between."
        )
    return given


def numbers(name: str, least: Mapping[str, int]) -> dict[str, int]:
    """The whole numbers that the variable gives to words, as in “audit_entry=120”, with commas between.
    `least`: the words that are known, each with the smallest number. Raises ImproperlyConfigured where a word
    is not known, or its number is none or smaller.
    """
    found: dict[str, int] = {}
    for given in filter(None, (part.strip() for part in os.environ.get(name, "").split(","))):
        word, _equals, number = (part.strip() for part in given.partition("="))
        if word not in least:
            known = ", ".join(sorted(least)) or "none"
            raise ImproperlyConfigured(
                f"{name}: no number may be set for “{word}”. Those for which one may: {known}."
            )
        if not (number.isascii() and number.isdigit() and least[word] <= int(number) < 10_000):
            raise ImproperlyConfigured(
                f"{name}: {word}={number}: give a whole number from {least[word]} to 9999."
            )
        found[word] = int(number)
    return found
