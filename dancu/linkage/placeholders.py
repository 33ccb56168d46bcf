"""Placeholders, which stand for a missing value: 0.0, 999-9999, "unknown", 1900-01-01, a@b.c. Two records
that share one have nothing in common.

Where the mapping does not name them, they are detected on a sample. Words such as "not known" always count.
In a column whose values tell records apart, a value counts if it has a shape that no real value has (zero,
one digit throughout, 12345678, the first day of a calendar) and is more frequent than chance and duplicates
make real values; and so does any value that is many times as frequent as the next.
"""

import re
from collections import Counter
from collections.abc import Mapping as Dictionary
from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from dancu.linkage.mapping import KINDS, MappedColumn, Mapping
from dancu.linkage.model.kinds import KINDS as MODEL_KINDS
from dancu.linkage.model.kinds_anywhere import plain

_WORDS = frozenset(
    map(
        plain,
        "unknown, not known, not available, not applicable, not given, not stated, no data, no information, "
        "missing, unspecified, undefined, blank, "
        "to be determined, không rõ, chưa rõ, không biết, không có, chưa có, chưa xác định, không xác định, "
        "inconnu, desconocido, unbekannt, xxx, xxxx".split(","),
    )
)
_SHORT = frozenset(
    {"none", "nil", "null", "nan", "na", "n a", "tbd", "empty", "khong"}
)  # elsewhere a name, or one of a few
_NAMES = frozenset({"name", "full_name"})
_NOBODY = frozenset(
    "a b c d x y z no none na nil null test abc xyz example email mail noemail nomail unknown com net org "
    "vn khong co khongco".split()
)
_FIRST_DAYS = frozenset(
    {"00010101", "11111111", "17530101", "18991230", "18991231", "19000101", "19700101", "99991231"}
)
_TELLING = frozenset(
    {"identifier", "telephone", "email", "date", "amount"}
)  # of these any value may stand out; of postcodes, a town's own
_LEAST, _LEAST_SHARE, _TIMES = (
    20,
    0.01,
    8,
)  # rows, share and how many times the next, of a value that has no such shape
_DISTINCT, _TELLS = 20, 0.05  # values, and values a record, of a column that tells records apart
_FIRST = 5  # values that may stand out together


@dataclass(frozen=True)
class Placeholder:
    """`value`: in its most frequent spelling; `share`: of the rows in the sample."""

    column: str
    value: str
    share: float


@dataclass(frozen=True)
class Placeholders:
    """`keys`: field → the placeholders, each in the one form of all its spellings; `listed`: those that were
    detected rather than named by the mapping.
    """

    kinds: Dictionary[str, str] = field(default_factory=dict)
    keys: Dictionary[str, frozenset[str]] = field(default_factory=dict)
    listed: Sequence[Placeholder] = ()

    def without(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The rows with these values empty."""
        for name, keys in self.keys.items():
            values = frame[name].drop_nulls().unique().to_list()
            if gone := [value for value in values if _key(self.kinds[name], value) in keys]:
                frame = frame.with_columns(pl.col(name).replace(gone, [None] * len(gone)))
        return frame


def placeholders_of(mapping: Mapping, sample: pl.DataFrame) -> Placeholders:
    """The placeholders that the mapping names, and for other columns those detected in the sample. `sample`:
    text, its columns named after the fields.
    """
    kinds, keys, found = {}, {}, []
    for column in mapping.columns:
        kind = kinds[column.field] = KINDS[column.kind][0]
        if column.missing is not None:
            keys[column.field] = frozenset(_key(kind, value) for value in column.missing)
            continue
        seen = _seen(column, kind, sample)
        found += seen.values()
        keys[column.field] = frozenset(seen)
    return Placeholders(
        kinds, {name: of for name, of in keys.items() if of}, sorted(found, key=lambda each: -each.share)
    )


def _seen(column: MappedColumn, kind: str, sample: pl.DataFrame) -> dict[str, Placeholder]:
    """The placeholders of one column by their keys."""
    written = sample[column.field].drop_nulls().value_counts(sort=True)
    counts: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    for value, many in written.iter_rows():
        key = _key(kind, value)
        counts[key] += many
        spelled.setdefault(key, value)
    taken = [key for key, many in counts.items() if many > 1 and _says_nothing(kind, spelled[key])]
    rest = {key: many for key, many in counts.items() if key not in taken}
    taken += _odd_shapes(kind, rest)
    taken += _outstanding(kind, {key: many for key, many in rest.items() if key not in taken})
    return {key: Placeholder(column.left, spelled[key], round(counts[key] / len(sample), 4)) for key in taken}


def _key(kind: str, value: str) -> str:
    """One form for the spellings of a value: 0 and 0.00, 999-9999 and 9999999."""
    text = value.strip().casefold()
    if kind in ("amount", "year"):
        try:
            return f"{float(text):g}"
        except ValueError:
            return text
    if kind in ("identifier", "telephone", "postcode"):
        return re.sub(r"[\W_]+", "", text) or text
    if kind == "date" and (parts := re.fullmatch(r"(\d{1,4})\D(\d{1,2})\D(\d{1,4})(?:\D.*)?", text)):
        one, two, three = parts.groups()
        return f"{one:0>4}{two:0>2}{three:0>2}" if len(one) > 2 else f"{three:0>4}{two:0>2}{one:0>2}"
    return text


def _says_nothing(kind: str, value: str) -> bool:
    words = plain(value)
    if kind == "email":
        return bool(words) and all(word in _NOBODY for word in words.split())
    is_name = kind in _NAMES or MODEL_KINDS[kind].tells == "name"
    return words in _WORDS or (words in _SHORT and not is_name and kind != "category")


def _odd_shapes(kind: str, counts: Dictionary[str, int]) -> list[str]:
    """The values of a shape that no real value has, if they are more frequent than real values usually are;
    for days, more frequent than any other day.
    """
    odd = [key for key in counts if _is_odd(kind, key)]
    others = [many for key, many in counts.items() if key not in odd]
    usual = sum(many * many for many in others) / max(sum(others), 1)
    if kind == "date":
        usual = 2 * max(others, default=0)
    return [key for key in odd if counts[key] > max(2, usual)]


def _is_odd(kind: str, key: str) -> bool:
    if kind == "amount":
        return key in ("0", "-0", "-1") or bool(re.fullmatch(r"-?9{3,}(\.9+)?", key))
    if kind == "year":
        return key in ("0", "1900", "9999")
    if kind == "date":
        return key in _FIRST_DAYS or key.startswith("0000")
    if kind == "postcode":
        return bool(re.fullmatch(r"0+|9{5,}", key))
    if kind in ("identifier", "telephone"):
        digits = key.removesuffix("0") if kind == "identifier" and key.strip("0") == "" else key
        in_order = "01234567890123456789"
        return bool(re.fullmatch(r"(\d)\1{3,}|0*", digits)) or (
            len(digits) > 4 and digits.isdigit() and (digits in in_order or digits[::-1] in in_order)
        )
    return False


def _outstanding(kind: str, counts: Dictionary[str, int]) -> list[str]:
    """The few values that are many times as frequent as any other, in a column whose other values tell
    records apart.
    """
    if kind not in _TELLING:
        return []
    order = sorted(counts, key=lambda key: -counts[key])
    records = sum(counts.values())
    for many in range(min(_FIRST, len(order) - 1), 0, -1):
        last, following = counts[order[many - 1]], counts[order[many]]
        rest = records - sum(counts[key] for key in order[:many])
        tells = len(order) - many >= max(_DISTINCT, _TELLS * rest)
        if tells and last >= max(_LEAST, _LEAST_SHARE * records, _TIMES * following):
            return order[:many]
    return []
