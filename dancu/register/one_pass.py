"""The register read once, from its first page to its last: for more keys than are worth looking up one by one.

A join with each kind of key would cost the server as much again as reading. So it is given a sieve for each: bits, of which
those are set that a sought key falls on. What comes through, whoever asked joins with their keys.
"""

from collections.abc import Iterator, Mapping

import numpy as np
import polars as pl

from dancu.db.queries import Queries
from dancu.register.many_candidates import COLUMNS, PEOPLE, PIECE, answer

_sql = Queries(__file__, "one_pass.sql")

SIFTED = {**PEOPLE, "given_key": pl.Int32, "ends_key": pl.Int32}
"""The columns of the people who come through, with their types."""
KEYS = {
    "home_and_born": ("home_area", "birth_date"),
    "given_and_born": ("given_key", "birth_date"),
    "named_at_home": ("ends_key", "home_area"),
}
"""The columns of each block's keys."""
_BITS = 1 << 24  # two megabytes, which stay in a processor's cache; half a million keys set one in 34
_FACTORS = ((1_000_003, 7_919), (7_368_787, 15_485_863))
"""Two places for each key: of other people one in a thousand falls on both."""


def people_under(sought: Mapping[str, pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """Everybody whom one of these keys leads to, and a few others, in pieces with the columns SIFTED.

    `sought`: the keys of home_and_born (home_area, birth_date), given_and_born (given_key, birth_date) and named_at_home (ends_key,
    home_area), as in many_candidates.py.
    """
    sieves = " OR ".join(_sieve(KEYS[block], keys) for block, keys in sought.items())
    yield from answer(_sql, "people", {"columns": COLUMNS, "sieves": sieves}, SIFTED, 4 * PIECE)


def other_homes() -> pl.DataFrame:
    """Where anybody lives for now, away from their permanent residence: person_id and lives_in, an area."""
    types = {"person_id": pl.Int64, "lives_in": pl.Int32}
    return pl.concat([pl.DataFrame(schema=types), *answer(_sql, "other_homes", {}, types)])


def _sieve(columns: tuple[str, str], keys: pl.DataFrame) -> str:
    """The condition that a person's key falls on bits that one of these keys sets."""
    high, low = (keys[column].cast(pl.Int32).cast(pl.Int64).to_numpy() for column in columns)
    holes = np.zeros(_BITS, bool)
    for first, second in _FACTORS:
        holes[(high * first + low * second) & (_BITS - 1)] = True
    bits = np.packbits(holes, bitorder="little").tobytes().hex()
    a, b = (f"(p.{column} - DATE '1970-01-01')" if column == "birth_date" else f"p.{column}" for column in columns)
    places = (f"({a}::bigint * {first} + {b}::bigint * {second}) & {_BITS - 1}" for first, second in _FACTORS)
    return "(" + " AND ".join(f"get_bit('\\x{bits}'::bytea, {place}) = 1" for place in places) + ")"
