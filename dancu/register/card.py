"""What the QR code on a card says: the chip card's (2021, 2024), or the national personal QR of Decision
1405/QĐ-BTTTT.

    079200001234|025123456|Nguyễn Văn An|15022000|Nam|12 Lê Lợi, Phường Bến Nghé, Quận 1, TP. Hồ Chí
    Minh|25042021 079200001234|NGUYEN VAN AN|2000-02-15|1|QID|EXT

Neither is signed, so what is read here is compared with the register like anything that was typed.
"""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from dancu.register.errors import CardDamaged, CardGarbled, CardNumberWrong, NoCard, NotACard
from dancu.text.garbled import is_undecided, mended, trouble, with_its_d
from dancu.text.invisible import visible
from dancu.text.mistyped import meant, way_of
from dancu.values.days import day_of, moment
from dancu.values.digits import clean_number
from dancu.values.numbers import check_cmnd, check_pin
from dancu.values.passports import is_passport_number
from dancu.values.phones import clean_phone
from dancu.values.sexes import sex_of

LONGEST = 2000  # characters; a QR code holds 2,953 bytes at most, a card uses some 200

_DATE = re.compile(r"(\d{2})[/.-]?(\d{2})[/.-]?(\d{4})")
_ISO_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_SIGNS = re.compile(r"[\^~+*\\{}\[\]=#@%$€£|_]")  # what codes leave in a name


@dataclass(frozen=True)
class Card:
    """What a card's code says. `sex`: 1 male, 2 female, 0 not stated; month and day of birth may be unknown
    (None).

    `number` is a PIN, or where a national QR names another paper a CMND or a passport: see `number_kind`.
    `more`: what follows the fields that are known, as it stands.
    """

    number: str
    full_name: str
    birth_year: int
    birth_month: int | None = None
    birth_day: int | None = None
    sex: int = 0
    cmnd: str = ""
    address: str = ""
    issued_on: dt.date | None = None
    phone: str = ""
    more: tuple[str, ...] = ()

    @property
    def number_kind(self) -> Literal["pin", "cmnd", "passport"]:
        if not self.number.isdecimal():
            return "passport"
        return "pin" if len(self.number) == 12 else "cmnd"


def read_card(text: str) -> Card:
    """Read the text of a card's QR code, scanned or pasted.

    Forgives white space, a date with separators or a time of day, and UTF-8 that a scanner took for another
    alphabet, where it is certain what was meant. Raises NoCard where there is no text, NotACard where it is
    another code, CardGarbled where letters of a card's were lost, CardNumberWrong or CardDamaged where a
    card's cannot be used.
    """
    text, undecided = _tidy(text), is_undecided(mended(text))
    if not text:
        raise NoCard
    if undecided:
        raise CardGarbled
    fields = [field.strip() for field in text.split("|")]
    if (
        len(fields) < 7
        and text[:9].isdecimal()
        and any(trouble(field) in ("lost", "code_page") for field in fields)
    ):
        raise CardGarbled  # the bars between the fields were taken for halves of letters
    if len(text) > LONGEST or len(fields) < 3:
        raise NotACard
    if _ISO_DATE.fullmatch(_day_alone(fields[2])):
        return _national(fields)
    if len(fields) >= 4 and clean_number(fields[0]).isdecimal():
        return _chip_card(fields)
    raise NotACard


def _chip_card(fields: list[str]) -> Card:
    """PIN|old CMND|full name|birth date|Nam or Nữ|permanent address|issue date, and since 2024 more."""
    if len(fields) < 7:
        raise CardDamaged
    number, cmnd, name, born, sex, address, issued, *more = fields
    number, cmnd = clean_number(number), clean_number(cmnd)
    if _wrong(check_pin(number)):
        raise CardNumberWrong
    year, month, day = _parts(_DATE.fullmatch(_day_alone(born)), order=(3, 2, 1))
    cmnd = "" if _wrong(check_cmnd(cmnd)) else cmnd
    return Card(
        number, _name(name), year, month, day, sex_of(sex), cmnd, address, _day(issued), more=tuple(more)
    )


def _national(fields: list[str]) -> Card:
    """Document number|name without marks|YYYY-MM-DD|0 or 1|QID|EXT.

    EXT is declarer's QID<sex<health insurance number<telephone<signature.
    """
    number, name, born, *more = fields
    number = clean_number(number).upper()
    wrong = _wrong(check_pin(number)) and _wrong(check_cmnd(number))
    if wrong and (number.isdecimal() or not is_passport_number(number)):
        raise CardNumberWrong
    year, month, day = _parts(_ISO_DATE.fullmatch(_day_alone(born)), order=(1, 2, 3))
    extension = (more[2] if len(more) > 2 else "").split("<")
    sex, phone = (extension[at].strip() if len(extension) > at else "" for at in (1, 3))
    sex = int(sex) if sex in ("1", "2") else 0
    return Card(number, _name(name), year, month, day, sex, phone=clean_phone(phone), more=tuple(more))


def _tidy(text: str) -> str:
    text = unicodedata.normalize("NFC", mended(text).replace("｜", "|"))
    return visible(
        "".join(" " if unicodedata.category(letter) == "Cc" else letter for letter in text)
    ).strip()


def _name(text: str) -> str:
    name = " ".join(with_its_d(meant(text)).split())
    if trouble(name) or way_of(name) == "viscii" or _SIGNS.search(name):
        raise CardGarbled
    if not 2 <= len(name) <= 100 or not any(letter.isalpha() for letter in name):
        raise CardDamaged
    return name


def _parts(found: re.Match[str] | None, order: tuple[int, int, int]) -> tuple[int, int | None, int | None]:
    """Year, month and day of a birth; 00 and what is left out are unknown."""
    if found is None:
        raise CardDamaged
    year, month, day = (int(found[place] or 0) for place in order)
    try:
        dt.date(year, month or 1, day or 1)
    except ValueError:
        raise CardDamaged from None
    return year, month or None, (day or None) if month else None


def _day_alone(text: str) -> str:
    """A day without the time of day beside it; by the clock of Vietnam, where a zone stands there."""
    written, clock = moment(text)
    day = day_of(text) if clock else None
    return (
        f"{day:%Y-%m-%d}" if day and _ISO_DATE.fullmatch(written) else f"{day:%d/%m/%Y}" if day else written
    )


def _day(text: str) -> dt.date | None:
    found = _DATE.fullmatch(_day_alone(text))
    try:
        return found and dt.date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return None


def _wrong(problems: list) -> bool:
    return any(problem.kind == "error" for problem in problems)
