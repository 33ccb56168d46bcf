"""Whole columns of commune codes and of addresses to communes."""

import datetime as dt

import polars as pl

from dancu.areas import lookups as areas
from dancu.matching.normalising.encodings import legible

_AREA = {"area_id": pl.Int32}


def communes_of_codes(codes: pl.Series, on: dt.date) -> pl.DataFrame:
    """`commune_code` and its `area_id`: the commune that bears the code on that day, else the last that bore it.

    A zero that a spreadsheet dropped is added. Null where no commune has it.
    """
    rows = [(code, _commune(code.strip().removesuffix(".0").zfill(5), on)) for code in codes]
    return pl.DataFrame(rows, schema={"commune_code": pl.String, **_AREA}, orient="row")


def communes_of_addresses(addresses: pl.Series, on: dt.date) -> pl.DataFrame:
    """`address` and its `address_area`: the commune that it names; null where it cannot be told for sure."""
    rows = [(address, _named(address, on)) for address in addresses]
    return pl.DataFrame(rows, schema={"address": pl.String, "address_area": pl.Int32}, orient="row")


def _commune(code: str, on: dt.date) -> int | None:
    borne = [area for area in areas.units(code) if area.level == areas.COMMUNE]
    standing = [area for area in borne if area.stood(on)]
    return (standing or borne)[-1].area_id if borne else None


def _named(address: str, on: dt.date) -> int | None:
    if not address.strip():
        return None
    named = areas.parse_address(legible(address)[0], on).area
    return named.area_id if named else None
