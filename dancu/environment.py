"""What the environment says of a setting in words that are known. Any other word is refused at the start:
nobody shall believe in a control that a slip has left out.
"""

import os
from collections.abc import Collection

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
