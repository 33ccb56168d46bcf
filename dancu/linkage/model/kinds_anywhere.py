"""Kinds of field for files of any country: names in whatever order and script, dates, addresses,
organisations, numbers.

What is prepared is meant for comparing, not for showing: without marks, capitals and punctuation. Dates that
no calendar has stay comparable by their digits. A kind may take words in brackets: `date(dmy)`, `words(the,
ltd)`.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

import polars as pl

from dancu.text.folding import fold

Value = str | int | bool | None
LONGEST = 200  # characters of one value that are compared; a longer one is told to whoever reads the file

_NO_LETTER = re.compile(r"[^\w]+|_+")
_JOINED = re.compile(r"(?<=\w)['’ʼ`´](?=\w)")


@lru_cache(maxsize=1 << 16)
def plain(value: Any) -> str:
    """Words in lower case without marks or punctuation, one space between: "O'Brien-Smith " → "obrien
    smith".
    """
    text = fold(str(value)[:LONGEST]) if value is not None else ""
    return _NO_LETTER.sub(" ", _JOINED.sub("", text)).strip()


_OPENINGS = (("kn", "n"), ("gn", "n"), ("wr", "r"), ("ps", "s"), ("mc", "mac"), ("wh", "w"))
_SAME_SOUND = (
    ("ph", "f"),
    ("sch", "s"),
    ("sh", "s"),
    ("ch", "k"),
    ("ck", "k"),
    ("gh", "g"),
    ("dg", "g"),
    ("th", "t"),
    ("x", "ks"),
)
_ONE_LETTER = str.maketrans({"c": "k", "q": "k", "z": "s", "v": "f", "w": "f", "j": "g", "d": "t", "b": "p"})


@lru_cache(maxsize=1 << 16)
def consonants(word: str) -> str:
    """A rough key of how a word in Latin letters sounds: its first letter and its consonants, alike ones as
    one.

    Any other script: its first four letters.
    """
    word = word.replace(" ", "")
    if not word.isascii():
        return word[:4]
    for written, heard in _OPENINGS:
        if word.startswith(written):
            word = heard + word[len(written) :]
    for written, heard in _SAME_SOUND:
        word = word.replace(written, heard)
    opening = "a" if word[:1] in "aeiouy" else word[:1]
    rest = re.sub(r"[aeiouyhw]", "", word[1:].translate(_ONE_LETTER))
    return re.sub(r"(.)\1+", r"\1", opening.translate(_ONE_LETTER) + rest)[:6]


def name(value: Any) -> tuple[Value, ...]:
    """One part of a name, given or family: itself, its first word, how it sounds, its beginning."""
    text = plain(value)
    if not text:
        return (None,) * 4
    return text, text.split(" ")[0], consonants(text) or text, text[:3]


_TITLES = frozenset("mr mrs ms miss dr prof sir dame lord lady rev revd jr sr esq phd md".split())


def full_name(value: Any) -> tuple[Value, ...]:
    """A whole name: all of it, first word, last word, the words between, sounds of both ends, all words
    sorted.

    "Doe, Jane M" is read as "Jane M Doe" where one comma parts two and no title follows it.
    """
    raw = str(value) if value is not None else ""
    before, comma, after = raw.partition(",")
    if (
        comma
        and "," not in after
        and plain(after)
        and not any(word.isdigit() or word[:1].isdigit() for word in after.split())
    ):
        raw = f"{after} {before}" if len(before.split()) <= 2 else f"{before} {after}"
    words = [word for word in plain(raw).split(" ") if word and word not in _TITLES] or plain(raw).split(" ")
    if not words[0]:
        return (None,) * 8
    first, last = words[0], words[-1] if len(words) > 1 else None
    middle = " ".join(words[1:-1]) or None
    return (
        " ".join(words),
        first,
        last,
        middle,
        consonants(first) or first,
        (consonants(last) or last) if last else None,
        last[:3] if last else None,
        " ".join(sorted(set(words))),
    )


_YEAR_FIRST, _YEAR_LAST = (
    re.compile(r"(\d{4})\D(\d{1,2})\D(\d{1,2})\b"),
    re.compile(r"(\d{1,2})\D(\d{1,2})\D(\d{4}|\d{2})\b"),
)
_MONTHS = {
    month: number for number, month in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)
}
_WORD_MONTH = re.compile(r"\b(\d{1,2})?\W*([a-z]{3})[a-z]*\W+(?:(\d{1,2})\W+)?(\d{4})\b")


def date_of(order: str) -> Callable[[Any], tuple[Value, ...]]:
    """Reads dates whose parts stand in `order`, ymd, dmy or mdy, where the year stands last; a year may
    stand alone.
    """

    @lru_cache(maxsize=1 << 16)
    def read(value: Any) -> tuple[Value, ...]:
        parts = _date_parts(str(value).strip().casefold() if value is not None else "", order)
        if parts is None:
            return (None,) * 7
        year, month, day = parts
        if month is None:
            return (None, year, None, None, None, None, True)
        digits = f"{year:04}{month:02}{day:02}"
        return (
            digits,
            year,
            month,
            day,
            _days(year, month, day),
            f"{year:04}{month:02}",
            (month, day) == (1, 1),
        )

    return read


def _date_parts(text: str, order: str) -> tuple[int, int | None, int] | None:
    text = re.sub(r"\.0$|[t ]00:00(:00)?(\.0+)?z?$", "", text)
    if text.isdigit() and len(text) in (4, 8):
        if len(text) == 4:
            return int(text), None, 0
        if order == "ymd":
            return int(text[:4]), int(text[4:6]), int(text[6:])
        one, two, year = int(text[:2]), int(text[2:4]), int(text[4:])
        return (year, two, one) if order == "dmy" else (year, one, two)
    if found := _YEAR_FIRST.match(text):
        year, month, day = (int(part) for part in found.groups())
        return year, month, day
    if found := _YEAR_LAST.match(text):
        one, two, year = (int(part) for part in found.groups())
        if len(found[3]) == 2:
            year += 2000 if year <= date.today().year % 100 else 1900  # noqa: DTZ011
        month_first = (order == "mdy" and one <= 12) or (two > 12 >= one)
        return (year, one, two) if month_first else (year, two, one)
    if (found := _WORD_MONTH.search(text)) and found[2] in _MONTHS:
        return int(found[4]), _MONTHS[found[2]], int(found[1] or found[3] or 1)
    if found := re.fullmatch(r"(\d{4})\D(\d{1,2})", text):
        return int(found[1]), int(found[2]), 1
    digits = re.sub(r"\D", "", text)
    return (int(digits), None, 0) if len(digits) == 4 else None


def _days(year: int, month: int, day: int) -> int | None:
    try:
        return date(year, month, day).toordinal()
    except ValueError:
        return None


def year(value: Any) -> tuple[Value, ...]:
    """A year, or any whole number that is near or far: 1985, "1985.0"."""
    found = re.search(r"\d{1,6}", str(value)) if value is not None else None
    return (int(found[0]) if found else None,)


def amount(value: Any) -> tuple[Value, ...]:
    """A price or a measure: itself in full, and 20 times its natural logarithm, so that within(…, 2)
    means a tenth more or less.
    """
    from math import log

    text = re.sub(r"[^\d.]", "", str(value).replace(",", "")) if value is not None else ""
    try:
        number = float(text)
    except ValueError:
        return None, None
    return f"{number:g}", round(20 * log(number)) if number > 0 else None


def postcode(value: Any) -> tuple[Value, ...]:
    """A postcode without spaces, its area (what stands before the last three, or the first three of
    digits only), its beginning.
    """
    code = re.sub(r"[\W_]+", "", fold(str(value))) if value is not None else ""
    code = code[: -len("0")] if re.fullmatch(r"\d{3,5}\.0", str(value)) else code
    code = (
        code[:5] if re.fullmatch(r"\d{9}", code) else code
    )  # a ZIP+4 code, where only some have the last four
    if not code:
        return (None,) * 3
    area = code[:3] if code.isdigit() or len(code) < 5 else code[:-3]
    return code, area, code[:2]


def place(value: Any) -> tuple[Value, ...]:
    """A town, a suburb, a country: its words, how they sound, their beginning."""
    text = plain(value)
    return (text, consonants(text) or text, text[:4]) if text else (None,) * 3


# what stands for the same thing in addresses of several languages, shortest first
_STREET_WORDS = {
    "street": "st",
    "str": "st",
    "saint": "st",
    "avenue": "av",
    "ave": "av",
    "road": "rd",
    "boulevard": "bl",
    "blvd": "bl",
    "blv": "bl",
    "drive": "dr",
    "lane": "ln",
    "place": "pl",
    "court": "ct",
    "crescent": "cr",
    "cres": "cr",
    "circuit": "cct",
    "close": "cl",
    "highway": "hwy",
    "parade": "pde",
    "terrace": "tce",
    "square": "sq",
    "north": "n",
    "south": "s",
    "east": "e",
    "west": "w",
    "apartment": "apt",
    "building": "bldg",
    "suite": "ste",
    "floor": "fl",
    "strasse": "st",
    "straße": "st",
    "first": "1st",
    "second": "2nd",
    "third": "3rd",
    "fourth": "4th",
    "fifth": "5th",
    "sixth": "6th",
    "seventh": "7th",
    "eighth": "8th",
    "ninth": "9th",
    "tenth": "10th",
}


def address(value: Any) -> tuple[Value, ...]:
    """An address or a part of one: all of it, its first number, its longest word, all words sorted."""
    words = [_STREET_WORDS.get(word, word) for word in plain(value).split(" ") if word]
    if not words:
        return (None,) * 4
    number = next(
        (word for word in words if word[0].isdigit() and not word.endswith(("st", "nd", "rd", "th"))), None
    )
    named = [word for word in words if not word[0].isdigit()] or words
    return " ".join(words), number, max(named, key=len), " ".join(sorted(set(words)))


def words_without(*common: str) -> Callable[[Any], tuple[Value, ...]]:
    """A title, an organisation, a description: all of it, its words that are not `common`, of those the
    first, the last, the two longest.
    """
    left_out = frozenset(common)

    def read(value: Any) -> tuple[Value, ...]:
        words = plain(value).split(" ")
        if not words[0]:
            return (None,) * 6
        rare = [word for word in words if word not in left_out] or words
        longest = sorted(set(rare), key=lambda word: (-len(word), word))
        return (
            " ".join(words),
            " ".join(sorted(set(rare))),
            rare[0],
            rare[-1],
            longest[0],
            longest[1] if longest[1:] else None,
        )

    return read


def identifier(value: Any) -> tuple[Value, ...]:
    """A number that names one person or thing: letters and digits only; its first and last four for wide
    keys.
    """
    code = re.sub(r"[\W_]+", "", fold(str(value))[:LONGEST]) if value is not None else ""
    code = re.sub(r"0$", "", code) if value is not None and re.fullmatch(r"\d+\.0", str(value)) else code
    return (code, code[:4], code[-4:]) if code and code.strip("0") else (None,) * 3


def telephone(value: Any) -> tuple[Value, ...]:
    """A telephone number of any country: its digits without what leads them, at most the last nine; the
    last six.
    """
    digits = (
        re.sub(r"\D", "", re.sub(r"(?i)\s*(ext|x)\.?\s*\d+$", "", str(value))) if value is not None else ""
    )
    digits = digits.lstrip("0")[-9:]
    return (digits, digits[-6:]) if len(digits) >= 5 else (None, None)


def email(value: Any) -> tuple[Value, ...]:
    """An e-mail address in small letters, what stands before the @, and that without digits and signs."""
    text = str(value).strip().casefold()[:LONGEST] if value is not None else ""
    user = text.partition("@")[0]
    return (text, user or None, re.sub(r"[\W\d_]+", "", user) or None) if text else (None,) * 3


_SEXES = {
    word: sex
    for sex, words in {
        "m": "m male man boy masculin homme h hombre nam trai mann maschio 1 mr",
        "f": "f female woman girl w weiblich frau femme mujer nu gai femmina 2 mrs ms miss",
    }.items()
    for word in words.split()
}


def sex(value: Any) -> tuple[Value, ...]:
    """m, f, or what else was written."""
    text = plain(value)
    return (_SEXES.get(text, text) or None,)


def category(value: Any) -> tuple[Value, ...]:
    """One of a few: an occupation, a state, a cuisine; its words."""
    return (plain(value) or None,)


def text_columns(*endings: str) -> dict[str, Any]:
    return dict.fromkeys(("", *endings), pl.String)


DATE_COLUMNS: Mapping[str, Any] = {
    "": pl.String,
    "_year": pl.Int32,
    "_month": pl.Int32,
    "_day": pl.Int32,
    "_days": pl.Int32,
    "_yearmonth": pl.String,
    "_vague": pl.Boolean,
}
# kind: (what the prepared columns end in, the function that prepares)
ANYWHERE: dict[str, tuple[Mapping[str, Any], Callable[[Any], tuple[Value, ...]]]] = {
    "name": (text_columns("_first", "_sound", "_start"), name),
    "full_name": (
        text_columns("_first", "_last", "_middle", "_first_sound", "_last_sound", "_last_start", "_words"),
        full_name,
    ),
    "date": (DATE_COLUMNS, date_of("ymd")),
    "year": ({"": pl.Int32}, year),
    "amount": ({"": pl.String, "_scale": pl.Int32}, amount),
    "postcode": (text_columns("_area", "_start"), postcode),
    "place": (text_columns("_sound", "_start"), place),
    "address": (text_columns("_number", "_longest", "_words"), address),
    "words": (text_columns("_words", "_first", "_last", "_longest", "_second"), words_without()),
    "identifier": (text_columns("_start", "_end"), identifier),
    "telephone": (text_columns("_end"), telephone),
    "email": (text_columns("_user", "_letters"), email),
    "sex": (text_columns(), sex),
    "category": (text_columns(), category),
}
# kind that takes words in brackets: a function of those words
WITH_WORDS: dict[str, tuple[Mapping[str, Any], Callable[..., Callable[[Any], tuple[Value, ...]]]]] = {
    "date": (DATE_COLUMNS, date_of),
    "words": (text_columns("_words", "_first", "_last", "_longest", "_second"), words_without),
}
