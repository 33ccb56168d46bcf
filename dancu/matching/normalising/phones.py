"""Telephone numbers as they were meant, in the register's one form."""

from dancu.matching.errors import NotAPhone
from dancu.register.phones import clean_phone, is_phone


def normalise_phone(text: str) -> str:
    """A telephone number as the register keeps it (register.phones.clean_phone). Raises NotAPhone."""
    number = clean_phone(text)
    if not is_phone(number):
        raise NotAPhone(" ".join(text.split())[:40])
    return number
