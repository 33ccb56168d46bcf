"""Addresses as people type them in haste, made from the list of units, each with the commune that is meant.

Every fault is one that public lists of such addresses show: kinds shortened, glued or left out, no marks, no
commas, a letter too many, too few, wrong or exchanged, a level left out, a hamlet run together with the
commune. The same seed makes the same list.
"""

import random
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from dancu.areas import lookups
from dancu.areas.lookups import Area
from dancu.text.folding import fold

DETAILS = (
    "12 Lê Lợi",
    "Số 5 ngõ 27 Trần Phú",
    "357/28 Ng T Thuật",
    "A12 Block A2 C/c An Bình",
    "P.401 CT5 KĐT mới",
    "Tổ 8",
    "Thôn 3",
    "Ấp 5",
    "KP 2",
    "Khóm 1",
    "Xóm Đoài",
    "Bản Nà Làng",
    "Thôn Đồng Lực",
    "Ấp Phú Hữu",
    "46/8F Nguyễn Ảnh Thủ",
    "",
    "",
    "",
)
SHORT = {
    "Phường": ("P.", "P", "p", "p.", "F", "Ph.", "phường", "Phường "),
    "Xã": ("X.", "X", "x", "xã", "Xã ", "X. "),
    "Thị trấn": ("TT.", "TT", "tt ", "thị trấn ", "TTr."),
    "Quận": ("Q.", "Q", "q", "quận ", "Q. "),
    "Huyện": ("H.", "H", "h ", "huyện ", "Huyện"),
    "Thị xã": ("TX.", "TX ", "Tx. ", "T.X ", "thị xã "),
    "Thành phố": ("TP.", "TP", "T.P ", "Tp ", "thành phố ", "tp. "),
    "Tỉnh": ("T.", "T ", "tỉnh ", "Tỉnh", ""),
    "Đặc khu": ("đặc khu ", "ĐK "),
}
PROVINCES = {
    "Hồ Chí Minh": ("TPHCM", "HCM", "SG", "Sài Gòn", "TP.HCM", "tphcm"),
    "Hà Nội": ("HN", "Ha Noi", "TP Hà Nội"),
    "Đà Nẵng": ("ĐN", "Da Nang"),
}
LETTERS = "abcdeghiklmnopqrstuvxy"


class Noisy(NamedTuple):
    """What was typed, and the commune that is meant."""

    text: str
    meant: Area


def noisy_addresses(communes: list[Area], count: int, seed: int) -> list[Noisy]:
    """So many addresses in these communes."""
    dice = random.Random(seed)
    return [Noisy(_typed(dice, commune), commune) for commune in dice.choices(communes, k=count)]


def _typed(dice: random.Random, commune: Area) -> str:
    above = [lookups.get(ancestor) for ancestor in reversed(commune.ancestors)]
    if len(above) == 2 and dice.random() < 0.06:
        above.pop()  # the province is left out
    named = [commune, *(unit for unit in above if unit.name != commune.name)]
    parts = [_shortened(dice, unit) for unit in named]
    if dice.random() < 0.3:
        at = dice.randrange(len(parts))
        parts[at] = _mistyped(dice, parts[at])
    detail = dice.choice(DETAILS)
    joint: Callable[[], str] = dice.choice(
        [
            lambda: ", ",
            lambda: ", ",
            lambda: ",",
            lambda: " ",
            lambda: " - ",
            lambda: dice.choice([", ", " ", ","]),
        ]
    )
    text = parts[0]
    for part in parts[1:]:
        text += joint() + part
    if detail:
        text = detail + dice.choice([", ", ", ", " "]) + text
    return dice.choice(
        [str, str, fold, str.lower, str.upper, lambda text: unicodedata.normalize("NFD", text)]
    )(text)


def _shortened(dice: random.Random, unit: Area) -> str:
    if unit.level == 1 and unit.short_name in PROVINCES and dice.random() < 0.5:
        return dice.choice(PROVINCES[unit.short_name])
    number = unit.name.removeprefix(unit.kind).strip()
    if number.isdigit():
        return (
            dice.choice(SHORT[unit.kind]).rstrip()
            + dice.choice(["", "", " "])
            + dice.choice([number, number.zfill(2)])
        )
    if dice.random() < 0.35:
        return unit.short_name
    name = unit.short_name.replace(" ", "") if dice.random() < 0.05 else unit.short_name
    return (dice.choice(SHORT[unit.kind]) if dice.random() < 0.7 else unit.kind + " ") + name


def _mistyped(dice: random.Random, part: str) -> str:
    """With one letter wrong, in the last word of a name that is not a number's."""
    places = [at for at, letter in enumerate(part) if letter.isalpha() and at > len(part) // 2]
    if len(part) < 8 or not places:
        return part
    at, letter = dice.choice(places), dice.choice(LETTERS)
    return dice.choice(
        [part[:at] + letter + part[at + 1 :], part[:at] + part[at + 1 :], part[:at] + letter + part[at:]]
    )
