"""How a text was typed: capitals, fonts of before Unicode, keys that reached the paper, marks and spaces."""

import re
import unicodedata
from collections.abc import Callable
from random import Random

from dancu.synthetic.corruption.names import Fault
from dancu.text.fonts import into_tcvn3, into_vni
from dancu.text.syllables import TONES
from dancu.text.telex import into_telex, into_vni_typing

_TONE = f"([{''.join(TONES.values())}])"
_OLD_PLACE = re.compile(rf"(?i)(o){_TONE}([ae])(?![\w\u0300-\u036f])|(u){_TONE}(y)(?![\w\u0300-\u036f])")


def tone_placement(text: str, dice: Random) -> str:
    """Hoà for Hòa, Thuý for Thúy, in every word that can have either."""
    moved = _OLD_PLACE.sub(_further, unicodedata.normalize("NFD", text))
    return unicodedata.normalize("NFC", moved)


def unicode_form(text: str, dice: Random) -> str:
    return unicodedata.normalize("NFD", text)


def font_tcvn3(text: str, dice: Random) -> str:
    return into_tcvn3(text)


def font_vni(text: str, dice: Random) -> str:
    return into_vni(text)


def foreign_d(text: str, dice: Random) -> str:
    return text.replace("Đ", "Ð")


def telex(text: str, dice: Random) -> str:
    """Keys in one word, or in all."""
    return _keyed(text, into_telex, dice)


def vni_typing(text: str, dice: Random) -> str:
    return _keyed(text, into_vni_typing, dice)


def unmarked(text: str, dice: Random) -> str:
    bare = "".join(
        letter for letter in unicodedata.normalize("NFD", text) if unicodedata.category(letter) != "Mn"
    )
    return bare.replace("đ", "d").replace("Đ", "D")


def upper_case(text: str, dice: Random) -> str:
    return text.upper()


def lower_case(text: str, dice: Random) -> str:
    return text.lower()


def double_spaces(text: str, dice: Random) -> str:
    gaps = [at for at, letter in enumerate(text) if letter == " "]
    where = dice.random()
    if where < 0.2 or not gaps:
        return text + " "
    if where < 0.3:
        return " " + text
    at = dice.choice(gaps)
    return text[:at] + dice.choice(["  ", "   ", "\u00a0", " \u00a0"]) + text[at + 1 :]


def _further(found: re.Match[str]) -> str:
    first, tone, second = (part for part in found.groups() if part)
    return first + second + tone


def _keyed(text: str, into: Callable[[str], str], dice: Random) -> str:
    words = text.split()
    marked = [at for at, word in enumerate(words) if not word.isascii()]
    if not marked:
        return text
    for at in marked if dice.random() < 0.5 else [dice.choice(marked)]:
        words[at] = into(words[at])
    return " ".join(words)


CASE: dict[str, Fault] = {"upper_case": upper_case, "lower_case": lower_case}
TYPING: dict[str, Fault] = {
    "tone_placement": tone_placement,
    "unicode_form": unicode_form,
    "font_tcvn3": font_tcvn3,
    "font_vni": font_vni,
    "foreign_d": foreign_d,
    "telex": telex,
    "vni_typing": vni_typing,
    "unmarked": unmarked,
}
NAME_ONLY = ("telex", "vni_typing")
"""Those that leave an address alone: there the list of communes helped."""
SPACES: dict[str, Fault] = {"double_spaces": double_spaces}
