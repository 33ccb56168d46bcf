"""The digits in a line that an official typed: which words are digits, and which of them are a number, a
telephone, a birth date.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

from django.utils import timezone

from dancu.matching.normalising.numbers import repairs
from dancu.text.folding import fold
from dancu.values.birth_dates import PartialDate, birth_readings
from dancu.values.digits import clean_number
from dancu.values.errors import BadValue
from dancu.values.phones import parse_phone


@dataclass(frozen=True)
class Digits:
    """One reading of all digits of a line. `or_before`: they give an age, so the person was born in that year
    or the one before. `unread`: digits that are none of these, or a second one of a kind, as they were typed.
    """

    number: str = ""
    phone: str = ""
    birth_date: PartialDate | None = None
    or_before: bool = False
    unread: tuple[str, ...] = ()


def split_digits(text: str, is_name: Callable[[str], bool]) -> tuple[list[list[str]], list[str]]:
    """Split a line into runs of digits, and the runs of other words between them and between commas.
    `is_name`: whether words that end with a number are a place's name, so that the number belongs to the
    words.
    """
    digits: list[list[str]] = []
    words: list[str] = []
    for part in re.split(r"[,;\n\r\t|]+(?!\d{1,3}[eE])", text):
        tokens = part.split()
        marked = [
            (_is_digits(token, before) and not _ends_a_name(tokens, at, is_name), token)
            for at, (before, token) in enumerate(pairwise(["", *tokens]))
        ]
        for is_digits, found in groupby(marked, key=lambda one: one[0]):
            run = [token for _is, token in found]
            if is_digits:
                digits.append(run)
            elif any(letter.isalnum() for letter in "".join(run)):
                words.append(_bare(" ".join(run)))
    return digits, words


def of_digits(runs: list[list[str]]) -> list[Digits]:
    """The readings of all digits together, the likeliest first. Each has at most one of each kind; the rest
    is unread.
    """
    best: list[tuple[int, _Told]] = [(0, _Told())]
    for run in runs:
        best = [
            (doubt + more + left_over, with_run)
            for doubt, told in best
            for more, meanings in _partitions(run)
            for left_over, with_run in _with(told, meanings)
        ]
        best = sorted(best, key=lambda one: one[0])[:16]
    lines: dict[Digits, int] = {}
    for doubt, told in best:
        lines.setdefault(_digits(told), doubt)
    least = min(lines.values(), default=0)
    return [line for line, doubt in lines.items() if doubt <= least + _UNREAD - 1]


_VAGUE_DATE = re.compile(r"[\dxX?_]{1,2}[/.-][\dxX?_]{1,2}[/.-]\d{4}")
_AS_ONE_WORD = re.compile(r"(\d{1,3})tuổi")
_OLDEST = 130  # years
_PARTED = re.compile(r"\d[/.\-–]\d")
_AMOUNT = re.compile(r"\d[.,]\d+[eE]\+?\d{1,2}")
_KINDS = {
    "phuong",
    "quan",
    "xa",
    "p",
    "q",
    "x",
    "to",
    "khu",
    "ap",
    "thon",
    "duong",
    "so",
}  # a number after these is part of a place


def _is_digits(token: str, before: str) -> bool:
    bare = token.strip("()'’\"~?:")
    if _VAGUE_DATE.fullmatch(token) or _AS_ONE_WORD.fullmatch(bare) or _AMOUNT.fullmatch(bare):
        return True
    plain = clean_number(bare)
    if plain.lstrip("+").replace("/", "").isdecimal():
        return not (len(plain) <= 2 and fold(before).strip(".") in _KINDS)
    return (
        len(plain) >= 8
        and bool(re.fullmatch(r"[\dOoQDlIi|]+", plain))
        and sum(map(str.isdigit, plain)) * 2 > len(plain)
    )


def _bare(words: str) -> str:
    """Without what stands loose around it; a bracket stays beside its other half."""
    bare = words.strip(_LOOSE + "()")
    return f"{bare})" if bare.count("(") > bare.count(")") and words.rstrip(_LOOSE).endswith(")") else bare


_LOOSE = " .:/-–—*•+?!\"“”«»'’[]{}"


def _ends_a_name(tokens: list[str], at: int, is_name: Callable[[str], bool]) -> bool:
    """Whether the number at this place ends a name that begins at most four words before; not the day of
    a date after it.
    """
    following = tokens[at + 1] if at + 1 < len(tokens) else ""
    if not tokens[at].isdecimal() or len(tokens[at]) > 2 or (following.isdecimal() and len(following) <= 2):
        return False
    return any(is_name(" ".join(tokens[start : at + 1])) for start in range(max(0, at - 4), at))


@dataclass(frozen=True)
class _Meaning:
    """What some digits, as they were typed, are: `kind` is a field of Digits, or "age"; `doubt`: how
    far-fetched.
    """

    kind: str
    value: str | PartialDate
    doubt: int
    typed: str

    @property
    def field(self) -> str:
        return "birth_date" if self.kind == "age" else self.kind


_UNREAD = 20
_KEYS = {"number", "phone"}  # either of two may be the one that the register holds
_Told = dict[str, tuple[_Meaning, ...]]  # by field


def _with(told: _Told, meanings: Sequence[_Meaning]) -> list[tuple[int, _Told]]:
    """What the digits before were read as, and these besides: where there are two of a kind, one of them
    is left over.
    """
    ways: list[tuple[int, _Told]] = [(0, told)]
    for one in meanings:
        ways = [(doubt + more, other) for doubt, way in ways for more, other in _and(way, one)]
    return ways


def _and(told: _Told, one: _Meaning) -> Iterator[tuple[int, _Told]]:
    before = told.get(one.field, ())
    if one.kind == "unread" or not before:
        yield 0, told | {one.field: (*before, one)}
        return
    kept = before[0]
    if _say_the_same(kept, one):
        yield 0, told | {one.field: (min(kept, one, key=lambda each: each.doubt),)}
        return
    unread = told.get("unread", ())
    if one.doubt >= kept.doubt:
        yield _UNREAD, told | {"unread": (*unread, one)}
    if one.doubt < kept.doubt or one.kind in _KEYS:
        yield _UNREAD, told | {one.field: (one,), "unread": (*unread, kept)}


def _say_the_same(one: _Meaning, other: _Meaning) -> bool:
    """Whether they are one, or a birth date and the age that belongs to it: 13/4/1977 (49 tuổi)."""
    if isinstance(one.value, str) or isinstance(other.value, str):
        return one.value == other.value
    if "age" in (one.kind, other.kind):
        return abs(one.value.year - other.value.year) <= 1
    return one.value == other.value


def _digits(told: _Told) -> Digits:
    values: dict[str, Any] = {field: each[0].value for field, each in told.items() if field != "unread"}
    is_age = any(one.kind == "age" for one in told.get("birth_date", ()))
    return Digits(**values, or_before=is_age, unread=tuple(one.typed for one in told.get("unread", ())))


def _partitions(run: list[str]) -> Iterator[tuple[int, list[_Meaning]]]:
    """The ways to part a run of digits into numbers, telephones and dates, each part with what it may
    mean.
    """
    if not run:
        yield 0, []
        return
    for length in range(min(len(run), 6), 0, -1):
        part = " ".join(run[:length])
        meanings = _meanings(part, length) or (
            [_Meaning("unread", part, _UNREAD, part)] if length == 1 else []
        )
        for meaning in meanings:
            for doubt, others in _partitions(run[length:]):
                yield doubt + meaning.doubt + 1, [meaning, *others]


def _meanings(part: str, tokens: int) -> list[_Meaning]:
    bare = part.strip("()'’\"~?:")
    plain = clean_number(bare).replace("(", "").replace(")", "")
    found: list[_Meaning] = []
    if _AMOUNT.fullmatch(bare):  # raises, where a spreadsheet has rounded it
        return [_Meaning("number", number.number, 0, part) for number in repairs(bare)[:1]]
    if age := _AS_ONE_WORD.fullmatch(bare):
        years = int(age[1])
        born = PartialDate(timezone.localdate().year - years)
        return [_Meaning("age", born, 2, f"{years} tuổi")] if years <= _OLDEST else []
    with suppress(BadValue):
        if _may_be_date(bare, plain, tokens):
            is_short = len(plain) == 2 or (len(plain) == 8 and tokens == 1 and not _PARTED.search(bare))
            found.append(_Meaning("birth_date", birth_readings(bare)[0], int(is_short), part))
    with suppress(BadValue):
        is_date = bool(found) and not found[0].doubt
        if "/" not in bare and not is_date and repairs(bare):
            found.append(_Meaning("number", plain, {12: 0, 9: 1}.get(len(plain), 3), part))
    with suppress(BadValue):
        is_pin = len(plain) == 12 and plain.startswith("00")
        if "/" not in bare and len(plain) >= 9 and not is_pin:
            doubt = 0 if plain[0] in "0+" and len(plain) < 12 else 2
            found.append(_Meaning("phone", parse_phone(bare), doubt, part))
    return sorted(found, key=lambda meaning: meaning.doubt)


def _may_be_date(bare: str, plain: str, tokens: int) -> bool:
    """Whether it is written as dates are: parted in day, month and year, or the year, or eight digits in
    one.
    """
    parts = [part for part in re.split(r"[\s/.\-–]+", bare) if part]
    lengths = [len(part) for part in parts]
    if len(parts) == 1:
        return lengths[0] in (4, 8) or (lengths[0] == 2 and tokens == 1)
    if len(parts) == 2:
        return sorted(lengths) in ([1, 4], [2, 4])
    return (
        len(parts) == 3
        and (max(lengths) == 4 or "/" in bare or "." in bare or "-" in bare)
        and sum(lengths) <= 8
        and (lengths[0] in (1, 2, 4) and lengths[1] in (1, 2) and lengths[2] in (1, 2, 4))
    )
