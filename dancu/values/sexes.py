"""A sex by its number, as the tables and the standards say it (ISO/IEC 5218), and the words that people
write for it.
"""

import polars as pl
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dancu.text.folding import fold
from dancu.values.columns import column_of
from dancu.values.errors import BadSex

UNKNOWN, MALE, FEMALE = 0, 1, 2

WORDS = {
    **dict.fromkeys(("1", "m", "male", "nam", "trai", "ong"), MALE),
    **dict.fromkeys(("2", "f", "female", "nu", "gai", "ba"), FEMALE),
}
"""What is written for each, without its marks."""

SEX_NAMES = frozenset(("nam", "nữ", "nu", "male", "female"))
"""Of these the words that stand for a sex by themselves, in a line of text."""

LABELS: dict[int, str | Promise] = {MALE: _("Male"), FEMALE: _("Female")}


def parse_sex(text: str | int | None) -> int:
    """MALE or FEMALE; UNKNOWN where nothing is written, or 0. Raises BadSex."""
    said = fold(str(text or "")).strip(" .")
    if said in ("", "0"):
        return UNKNOWN
    if said not in WORDS:
        raise BadSex(str(text).strip()[:40])
    return WORDS[said]


def sex_of(text: str | int | None) -> int:
    """The same; UNKNOWN too where it cannot be read."""
    try:
        return parse_sex(text)
    except BadSex:
        return UNKNOWN


def sexes_column(values: pl.Series) -> pl.Series:
    """A column of them as `parse_sex` reads each; null where that refuses, or nothing is written."""
    return column_of(values, parse_sex, pl.Int16)


def sex_label(sex: int) -> str | Promise:
    """In the reader's language; "" of UNKNOWN."""
    return LABELS.get(sex, "")
