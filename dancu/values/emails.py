"""E-mail addresses."""

import re

import polars as pl

from dancu.values.columns import column_of
from dancu.values.errors import BadEmail

EMAIL = r"^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$"
_EMAIL = re.compile(EMAIL.strip("^$"))


def parse_email(text: str) -> str:
    """An address as it is written. Raises BadEmail."""
    address = text.strip()
    if not _EMAIL.fullmatch(address):
        raise BadEmail(address[:60])
    return address


def emails_column(values: pl.Series) -> pl.Series:
    """A column of them as `parse_email` reads each; null where that refuses."""
    return column_of(values, parse_email, pl.String)
