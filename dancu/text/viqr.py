"""Vietnamese written in plain letters and signs (VIQR, RFC 1456): "Nguye^~n Va(n DDa.t" is Nguyễn Văn Đạt.

Mail and lists of before Unicode have it. An apostrophe or a full stop alone tells nothing: O'Brien and "Ngoc
A." are names.
"""

import re
import unicodedata

from dancu.text.own_names import FAMILIES
from dancu.text.syllables import is_plausible, is_syllable

_HATS = {"^": "\u0302", "(": "\u0306", "+": "\u031b", "*": "\u031b"}
_TONES = {
    "'": "\u0301",
    "’": "\u0301",
    "´": "\u0301",
    "`": "\u0300",
    "?": "\u0309",
    "~": "\u0303",
    ".": "\u0323",
}
_KEYS = re.compile(r"([AEIOUYaeiouyĂÂÊÔƠƯăâêôơư])([\^(+*]?)(['’´`?~.]?)([\^(+*]?)")
_SURE = re.compile(r"[AEOUaeou](?:\^|\(|[+*])|[AEIOUYaeiouy][\^(+*]?[`~]")
_MAYBE = re.compile(r"[AEIOUYaeiouy][\^(+*]?['’´]")
SIGNS = r"[A-Za-z][\^(+*`~'’´][A-Za-z^(+*`'’´?~.]*|[A-Za-z][\^(+*`~'’´]"
"""What stands in some word of such a name, for a regular expression, Python's or polars's."""
_SIGNS = re.compile(SIGNS)


def from_viqr(text: str) -> str | None:
    """The text with its marks, where it is certain that its signs stand for them; else None."""
    if not _SIGNS.search(text):
        return None
    words = text.split()
    meant = [word if is_plausible(word) else _word(word) for word in words]
    if meant == words or not all(map(is_plausible, meant)):
        return None
    became = [word for word, right in zip(words, meant, strict=True) if word != right]
    is_sure = any(map(_SURE.search, became))
    is_likely = any(map(_MAYBE.search, became)) and meant[0].lower() in FAMILIES
    return " ".join(meant) if is_sure or is_likely else None


def _word(word: str) -> str:
    """A word with its marks; as it stands where its signs make no syllable."""
    letters = re.sub("^(?:DD|Dd|dD|D-)", "Đ", re.sub("^(?:dd|d-)", "đ", word))
    meant = unicodedata.normalize("NFC", _KEYS.sub(_letter, letters))
    return meant if is_syllable(meant) else word


def _letter(found: re.Match[str]) -> str:
    vowel, before, tone, after = found.groups()
    if before and after:
        return found[0]
    hat = before or after
    if hat and vowel.lower() not in {"^": "aeo", "(": "a"}.get(hat, "ou"):
        return found[0]
    return vowel + _HATS.get(hat, "") + _TONES.get(tone, "")
