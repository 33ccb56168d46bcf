"""Whole columns of commune codes and of addresses to communes."""

import datetime as dt

import polars as pl

from dancu.areas import lookups as areas
from dancu.text.fonts import legible

_AREA = {"area_id": pl.Int32}


def communes_of_codes(codes: pl.Series, on: dt.date) -> pl.DataFrame:
    """`commune_code` and its `area_id`: the commune that has the code on that day, else the last one that had
    it; null where no commune has had it. A leading zero that a spreadsheet dropped is added.
    """
    rows = [(code, _commune(code.strip().removesuffix(".0").zfill(5), on)) for code in codes]
    return pl.DataFrame(rows, schema={"commune_code": pl.String, **_AREA}, orient="row")


def communes_of_addresses(addresses: pl.Series, on: dt.date) -> pl.DataFrame:
    """`address` and its `address_area`: the commune that it names; null where that is not certain."""
    read = {address: legible(address)[0] for address in addresses if address.strip()}
    named = areas.communes_in(read.values(), on)
    rows = [(address, commune.area_id) for address, text in read.items() if (commune := named[text])]
    return pl.DataFrame(rows, schema={"address": pl.String, "address_area": pl.Int32}, orient="row")


def _commune(code: str, on: dt.date) -> int | None:
    borne = [area for area in areas.units(code) if area.level == areas.COMMUNE]
    standing = [area for area in borne if area.stood(on)]
    return (standing or borne)[-1].area_id if borne else None
