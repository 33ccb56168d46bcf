"""Numbers that no two people share, however many chunks are made and in whatever order.

Each chunk of people owns a stretch of every series of numbers; a permutation that depends on the seed
scatters them.
"""

import numpy as np
import polars as pl

from dancu.synthetic.population.communes import rows

CHUNK_PEOPLE = 100_000
# of one birth province, sex and year in one chunk: at most 120 were seen in the census's largest province
_PER_CELL = 512
_SERIALS = 1_000_000
MAX_PEOPLE = _SERIALS // _PER_CELL * CHUNK_PEOPLE
_CMND_CHUNKS = 1_000
_MOBILE = [
    "032",
    "033",
    "034",
    "035",
    "036",
    "037",
    "038",
    "039",
    "086",
    "096",
    "097",
    "098",
    "081",
    "082",
    "083",
    "084",
    "085",
    "088",
    "091",
    "094",
    "070",
    "076",
    "077",
    "078",
    "079",
    "089",
    "090",
    "093",
    "056",
    "058",
    "092",
]


def pins(seed: int, chunk: int, province: np.ndarray, sex: np.ndarray, birth_year: np.ndarray) -> pl.Series:
    """A PIN `PPP G YY RRRRRR` for each; `province`: the code of birth registration as a number. Raises
    TooManyInOneCell.
    """
    mark = (birth_year // 100 - 19) * 2 + sex - 1
    cell = (province * 10 + mark) * 100 + birth_year % 100
    rank = _rank(cell)
    if rank.max(initial=0) >= _PER_CELL:
        raise TooManyInOneCell(TooManyInOneCell.__doc__)
    serial = ((chunk * _PER_CELL + rank) * 618_033 + _scattered(seed, cell)) % _SERIALS
    return _digits(cell * _SERIALS + serial, 12)


class TooManyInOneCell(Exception):
    """More people of one province, sex and birth year in a chunk than it has numbers for."""


def cmnds(seed: int, chunk: int, province: np.ndarray) -> pl.Series:
    """An old card number for each, by issuing province (a number). They repeat only past 100 million
    people, as real ones do.
    """
    prefixes = _cmnd_prefixes()
    rank = _rank(province)
    text = np.empty(len(province), np.int64)
    for code in np.unique(province):
        here = np.flatnonzero(province == code)
        starts = np.array([int(prefix.ljust(9, "0")) for prefix in prefixes[code]])
        room = 10 ** (9 - len(prefixes[code][0]))
        step = room * len(starts) // _CMND_CHUNKS
        order = (chunk * step + rank[here] % step) * 7_368_787 + _scattered(seed, np.array([code]))
        order %= room * len(starts)
        text[here] = starts[order // room] + order % room
    return _digits(text, 9)


def phones(seed: int, chunk: int, n: int) -> pl.Series:
    """A mobile number for each of the chunk's people."""
    numbers = len(_MOBILE) * 10_000_000
    person = chunk * CHUNK_PEOPLE + np.arange(n)
    place = (person * 161_803_399 + _scattered(seed, np.array([0]))) % numbers
    prefix = pl.Series(_MOBILE).gather(place // 10_000_000)
    return pl.select(pl.concat_str(prefix, _digits(place % 10_000_000, 7))).to_series()


def household_numbers(chunk: int, households: int) -> pl.Series:
    """Numbers of household files: nine digits, in order."""
    return _digits(chunk * CHUNK_PEOPLE + 1 + np.arange(households), 9)


def _rank(cell: np.ndarray) -> np.ndarray:
    """How many with the same cell stand before each."""
    order = np.argsort(cell, kind="stable")
    new = np.diff(cell[order], prepend=-1) != 0
    starts = np.maximum.accumulate(np.where(new, np.arange(len(cell)), 0))
    rank = np.empty(len(cell), np.int64)
    rank[order] = np.arange(len(cell)) - starts
    return rank


def _scattered(seed: int, cell: np.ndarray) -> np.ndarray:
    """A number that looks random for each cell and seed (the finaliser of splitmix64)."""
    mixed = cell.astype(np.uint64) + np.uint64((seed * 0x9E3779B97F4A7C15) % 2**64)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return ((mixed ^ (mixed >> np.uint64(31))) % np.uint64(_SERIALS)).astype(np.int64)


def _digits(numbers: np.ndarray, length: int) -> pl.Series:
    return pl.Series(numbers).cast(pl.String).str.zfill(length)


def _cmnd_prefixes() -> dict[int, list[str]]:
    return {int(row["province_code"]): row["prefixes"].split(" ") for row in rows("old-card-prefixes.csv")}
