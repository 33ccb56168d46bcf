"""Vietnamese text without its marks: what searches and indexes compare.

`fold` and `folded` do the same to one text and to a polars column; a hypothesis test keeps them equal, for
every character that the running Python knows (polars may know some of a later Unicode).
"""

import unicodedata

import polars as pl

_MARKS = r"\p{Mn}"
_SPACE = r"[\s\x1c-\x1f]+"  # Python counts the four separators among white space, polars does not
_BARRED = {
    "đ": "d",
    "Đ": "d",
    "Ð": "d",
    "ð": "d",
}  # do not decompose; Ð U+00D0 is typed for Đ U+0110 (docs/domain.md)


class _Bare(dict[int, str | None]):
    """What each letter is without marks, for str.translate; filled as letters come by."""

    def __missing__(self, code: int) -> str | None:
        letter = chr(code)
        self[code] = None if unicodedata.category(letter) == "Mn" else _BARRED.get(letter, letter)
        return self[code]


_BARE = _Bare()


def fold(text: str) -> str:
    """`text` in lower case, without marks, đ as d, runs of white space as one space: "Nguyễn  ĐỨC" →
    "nguyen duc".
    """
    return " ".join(unicodedata.normalize("NFD", text).translate(_BARE).lower().split())


def folded(column: pl.Expr) -> pl.Expr:
    """The same as `fold`, for a polars column of text."""
    return (
        column.str.normalize("NFD")
        .str.replace_all(_MARKS, "")
        .str.replace_many(_BARRED)
        .str.to_lowercase()
        .str.replace_all(_SPACE, " ")
        .str.strip_chars(" ")
    )
