"""Two records beside each other, field by field, with what differs marked letter by letter and digit by
digit.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.functional import Promise

from dancu.areas import lookups as areas
from dancu.linkage.model.scoring import EvidenceStep
from dancu.matching.lookups import PartialDate
from dancu.matching.wording import field_in_words, in_bits, level_in_words
from dancu.register.lookups import ALIVE
from dancu.register.words import SEXES, STATUSES, meaning
from dancu.values.digits import clean_number
from dancu.values.masking import mask
from dancu.values.sexes import sex_of
from dancu.web.office.review.labels import FIELDS

Words = str | Promise

_NUMBERS = ("number", "cmnd", "phone")
_BY_WORDS = ("commune_code", "address")
_ALIKE = 0.5  # of two texts that have less in common single letters tell nothing


@dataclass(frozen=True)
class DiffPiece:
    """A run of text; `unlike`: the other side has something else there."""

    text: str
    unlike: bool


@dataclass(frozen=True)
class ComparedRow:
    """One field. `state`: "same", "unlike", or "alone" where only one side says something."""

    label: Words
    left: list[DiffPiece]
    right: list[DiffPiece]
    state: str


@dataclass(frozen=True)
class WaterfallStep:
    """One step of a waterfall: from where to where its bar goes, in hundredths of the width. `kind`:
    start, for, against or nothing.
    """

    field: Words
    level: Words
    weight: str
    kind: str
    begins: float
    width: float


def beside(left: Mapping[str, str], right: Mapping[str, str]) -> list[ComparedRow]:
    """The fields of both in the order of FIELDS, what only one side has below them."""
    fields = [*FIELDS, *(name for name in left if name not in FIELDS)]
    rows = [
        _row(name, left.get(name, ""), right.get(name, ""))
        for name in fields
        if left.get(name) or right.get(name)
    ]
    return sorted(rows, key=lambda row: row.state == "alone")


def declared(record: Mapping[str, object]) -> dict[str, str]:
    """What was sent, as text; a commune by its name."""
    shown = {name: unicodedata.normalize("NFC", str(value)).strip() for name, value in record.items()}
    shown |= {"birth": day(shown.get("birth", "")), "sex": sex(shown.get("sex", ""))}
    if code := shown.get("commune_code"):
        shown["commune_code"] = str(next(reversed(areas.units(code)), code))
    return {name: value for name, value in shown.items() if value}


def register_side(
    person: Mapping[str, Any], other: Mapping[str, str] | None = None, shown_anyway: str = ""
) -> dict[str, str]:
    """What the register says of a person (a row), as text. A number that the `other` side has none of is
    masked, but `shown_anyway`.
    """
    known = PartialDate.of(person["birth_date"], person["birth_precision"])
    home = areas.get_many([person["home_area"]]).get(person["home_area"])
    shown = {
        "number": person["pin"] or "",
        "cmnd": person["cmnd"] or "",
        "full_name": person["full_name"],
        "birth": str(known),
        "sex": str(meaning(SEXES, person["sex"])),
        "phone": person["phone"] or "",
        "commune_code": home.path if home else "",
        "address": person.get("home_address") or "",
        "father_name": person.get("father_name") or "",
        "mother_name": person.get("mother_name") or "",
        "status": "" if person["status"] == ALIVE else str(meaning(STATUSES, person["status"])),
    }
    if other is not None:
        given = clean_number(other.get("number", ""))
        if (
            len(given) == 9 and shown["cmnd"]
        ):  # an old card number was given for the personal one: they are what is compared
            shown |= {"number": shown["cmnd"], "cmnd": ""}
        shown |= {
            name: mask(shown[name])
            for name in ("number", "cmnd")
            if shown[name] and not other.get(name) and name != shown_anyway
        }
    return {name: value for name, value in shown.items() if value}


def pieces(text: str, other: str, by_words: bool = False) -> list[DiffPiece]:
    """The text in runs that the other side has too and runs that it has not; all of it alike where there is
    no other side.

    `by_words`: whole words are told apart, as in addresses, and not letters.
    """
    if not text or not other or text == other:
        return [DiffPiece(text, False)] if text else []
    ours, theirs = (_words(text), _words(other)) if by_words else (text, other)
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    if not by_words and matcher.ratio() < _ALIKE:
        return [DiffPiece(text, True)]
    runs = matcher.get_opcodes()
    return [
        DiffPiece("".join(ours[begin:end]), kind != "equal")
        for kind, begin, end, _from, _to in runs
        if end > begin
    ]


def steps(waterfall: Sequence[EvidenceStep]) -> list[WaterfallStep]:
    """The waterfall in words, each bar beginning where the one above it ends; what was not given says
    nothing and is left out.
    """
    waterfall = [step for step in waterfall if step["weight"] or step["level"] != "missing"]
    sums = list(_sums(waterfall))
    lowest, highest = min([0, *sums]), max([0, *sums])
    span = (highest - lowest) or 1
    made = []
    for step, end in zip(waterfall, sums, strict=True):
        weight = step["weight"]
        left, right = sorted((end - weight, end))
        kind = (
            "start"
            if step["field"] == "prior"
            else "for"
            if weight > 0
            else "against"
            if weight < 0
            else "nothing"
        )
        begins, width = 100 * (left - lowest) / span, max(100 * (right - left) / span, 0.6)
        words = field_in_words(step["field"]), level_in_words(step["level"])
        made.append(
            WaterfallStep(*words, in_bits(weight), kind, round(min(begins, 99.4), 2), round(width, 2))
        )
    return made


def day(text: str) -> str:
    """A declared date as we write days; what is no year-month-day or day-month-year stays as it is."""
    parts = re.split(r"[-/.]", text.split("T")[0])
    if [len(part) for part in parts] == [4, 2, 2]:
        parts.reverse()
    is_day = (
        len(parts) == 3 and len(parts[2]) == 4 and all(part.isascii() and part.isdigit() for part in parts)
    )
    return "/".join(part.zfill(2) for part in parts) if is_day else text


def sex(text: str) -> str:
    """The sex that is told, in the reader's word; any other text as it is."""
    return str(meaning(SEXES, told)) if (told := sex_of(text)) else text


def _row(field: str, left: str, right: str) -> ComparedRow:
    is_same = left == right or (field in _NUMBERS and clean_number(left) == clean_number(right) != "")
    state = "same" if is_same else "unlike" if left and right else "alone"
    if is_same:  # however a number is grouped, no digit of it is marked
        return ComparedRow(
            FIELDS.get(field, field), [DiffPiece(left, False)], [DiffPiece(right, False)], state
        )
    by_words = field in _BY_WORDS
    return ComparedRow(
        FIELDS.get(field, field), pieces(left, right, by_words), pieces(right, left, by_words), state
    )


def _words(text: str) -> list[str]:
    """Words and what stands between them."""
    return re.findall(r"[^\s,]+|[\s,]+", text)


def _sums(waterfall: Sequence[EvidenceStep]) -> Iterator[float]:
    total = 0.0
    for step in waterfall:
        total += step["weight"]
        yield total
