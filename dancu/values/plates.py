"""Number plates, as they are kept and compared, and as they are painted. A foreign one, or none at all,
is what is written.
"""

import re

import polars as pl

from dancu.values.columns import column_of
from dancu.values.errors import BadPlate

_PLATE = re.compile(
    r"(?P<series>\d\d[A-ZĐ]{1,2}\d?)(?P<number>\d{5}|(?<!\d)\d{4})"
)  # province, series, four or five digits


def parse_plate(text: str) -> str:
    """A number plate in its one form. Raises BadPlate where there is neither a letter nor a digit."""
    plate = tidy_plate(text)
    if not any(letter.isalnum() for letter in plate):
        raise BadPlate(" ".join(text.split())[:40])
    return plate


def plates_column(values: pl.Series) -> pl.Series:
    """A column of them as `parse_plate` reads each; null where that refuses."""
    return column_of(values, parse_plate, pl.String)


def tidy_plate(plate: str) -> str:
    """A number plate as it is stored and compared: "51f 123.45" and "51F12345" → "51F-12345", "59-X1 123.45"
    → "59X1-12345".

    Of an old motorbike plate written without its dash ("59X11234") nobody can tell series from number; it is
    read as a car's.
    """
    letters = "".join(letter for letter in plate.upper() if letter.isalnum() or letter == "-")
    series, dash, number = letters.rpartition("-")
    if dash and len(series) > 2 and len(number) > 3 and number.isdigit():
        return f"{series.replace('-', '')}-{number}"
    civil = _PLATE.fullmatch(letters.replace("-", ""))
    return f"{civil['series']}-{civil['number']}" if civil else letters


def shown_plate(plate: str) -> str:
    """A stored number plate as it is painted: "59X1-12345" → "59X1-123.45"; one of four digits, and any
    other, as it is.
    """
    series, dash, number = plate.rpartition("-")
    return f"{series}-{number[:3]}.{number[3:]}" if dash and len(number) == 5 and number.isdigit() else plate
