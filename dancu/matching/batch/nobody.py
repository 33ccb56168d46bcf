"""Rows of a list that name nobody: the hamlet above its people, the header that stands on each page
again, the total, who signs.
"""

import re
from collections.abc import Iterator, Mapping

import polars as pl

from dancu.text.asides import aside

_OF_A_PERSON = ("number", "birth", "sex", "phone", "male", "female", "birth_day", "birth_month", "birth_year")
_PLACE = r"^\(?(?:\d{1,2}|[A-Z])\)?$"  # of a row that numbers the columns
HEADER, LINE = "it repeats the header", "it is a line of the list: a hamlet, a total, or who signs"


def names_nobody(frame: pl.DataFrame, columns: Mapping[str, str]) -> pl.Series:
    """Why a row names nobody, null where it names somebody. `frame`: the fields of a mapping as text, and
    `full_name`; `columns`: its headings.
    """
    there = [name for name in columns if name in frame.columns]
    given = {name: pl.col(name).fill_null("").str.strip_chars() for name in there}
    filled = pl.sum_horizontal((value != "").cast(pl.Int8) for value in given.values())
    repeats = [
        (value == "") | value.str.to_lowercase().is_in(sorted(_parts(columns[name])))
        for name, value in given.items()
    ]
    numbers = [(value == "") | value.str.contains(_PLACE) for value in given.values()]
    is_header = (filled > 1) & (pl.all_horizontal(repeats) | pl.all_horizontal(numbers))
    first = there.index("full_name") if "full_name" in there else 0
    some = frame.with_row_index("@at").filter(
        repeats[first] | numbers[first]
    )  # most rows are told by one column
    is_one = pl.int_range(pl.len()).is_in(some.filter(is_header)["@at"].implode())
    return frame.select(
        pl.when(is_one).then(pl.lit(HEADER)).when(_is_line(frame, there)).then(pl.lit(LINE))
    ).to_series()


def _is_line(frame: pl.DataFrame, there: list[str]) -> pl.Series:
    """Of a row with nothing of a person's but perhaps a name, whether that, or what stands in its stead,
    is a line of a list.
    """
    own = [pl.col(name).fill_null("") for name in there if name in _OF_A_PERSON]
    bare = [~value.str.contains(r"\d{4}") for value in own]
    looked = frame.select(maybe=pl.all_horizontal(bare) if bare else pl.lit(value=True)).to_series()
    if len(looked) == 1:
        looked = pl.repeat(looked[0], len(frame), dtype=pl.Boolean, eager=True)
    lines = [False] * len(frame)
    for at, row in _rows(frame, looked):
        name = row["full_name"] or ""
        own_texts = [
            text for field in there if field in _OF_A_PERSON and (text := (row[field] or "").strip())
        ]
        label = row.get("record_id") or ""
        heads = (
            [name] if name else [label, *own_texts] if re.search(r"[^\W\d_]{2}", label) or own_texts else []
        )
        lines[at] = (
            bool(heads) and any(map(_is_of_a_list, heads)) and all(_is_of_a_list(text) for text in own_texts)
        )
    return pl.Series(lines, dtype=pl.Boolean)


def _rows(frame: pl.DataFrame, looked: pl.Series) -> Iterator[tuple[int, dict[str, str | None]]]:
    few = frame.with_row_index("@at").filter(looked)
    for row in few.iter_rows(named=True):
        yield row["@at"], row


def _is_of_a_list(text: str) -> bool:
    return aside(text) == "line"


def _parts(heading: str) -> set[str]:
    """A heading in lower case, and of one of two rows each of both: "năm sinh nam", "năm sinh", "nam"."""
    words = heading.lower().split()
    return (
        {heading.lower()}
        | {" ".join(words[:at]) for at in range(1, len(words))}
        | {" ".join(words[at:]) for at in range(1, len(words))}
    )
