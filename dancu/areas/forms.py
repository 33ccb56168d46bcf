"""Labels of forms and English kinds, written as an address has them usually: "Xã/phường: Đại Mạch", "Sai Gon
Ward", "District 1".

What is written anew is as long as what was there, so that every place in the text stays its own.
"""

import re

_COMMUNES, _DISTRICTS, _PROVINCES = (
    r"x[ãa]|ph[ưu][ờo]ng|th[ịi]\s+tr[ấa]n|đ[ặa]c\s+khu|x|p|tt",
    r"qu[ậa]n|huy[ệe]n|th[ịi]\s+x[ãa]|th[àa]nh\s+ph[ốo]|q|h|tx|tp",
    r"t[ỉi]nh|t",
)
_KIND = rf"(?:{_COMMUNES}|{_DISTRICTS}|{_PROVINCES})\b\.?"
_SPELLED = rf"(?:(?:{_COMMUNES}|{_DISTRICTS}|{_PROVINCES})(?<=\w\w)\b)"
_LABEL = re.compile(
    rf"(?<!\w)(?P<kinds>{_SPELLED}(?:\s*/\s*{_SPELLED})+\s*:?|{_KIND}(?:\s*[/,(–-]\s*{_KIND})+\s*\)?\s*:)"
    rf"\s*(?P<value>{_KIND}|\d*)",
    re.IGNORECASE,
)
_LEVELS = (
    (re.compile(rf"\b(?:{_COMMUNES})\b", re.I), "", "P."),
    (re.compile(rf"\b(?:{_PROVINCES})\b", re.I), "T.", "T."),
)
_SLASH = re.compile(r"/\s*[^\W\d_]")  # between words, as in no house's number
_NUMBERED = re.compile(r"\b(ward|district|dist\.?)\s*(?:no\.?\s*)?(?=\d{1,2}\b)", re.IGNORECASE)
_NAMED = re.compile(
    r"[^\W\d_][^,;\n()]*?\s(?P<kind>ward|commune|township|district|special\s+zone|province|city|town)\b\.?",
    re.IGNORECASE,
)
_CITY = re.compile(
    r"\b(?P<name>ho chi minh|hồ chí minh|hcm|ha ?noi|hà nội|da ?nang|đà nẵng|hai ?phong|can ?tho|hue) city\b",
    re.IGNORECASE,
)
_SHORT = {
    "ward": "P.",
    "commune": "X.",
    "township": "TT.",
    "district": "H.",
    "province": "T.",
    "city": "TP.",
    "town": "",
}
_OWN_KIND = re.compile(rf"\s*(?:{_KIND})", re.IGNORECASE)
_HOUSE = re.compile(r"\d")
_LAST_DASH = re.compile(r".*\s[-–]\s", re.DOTALL)


def usual(text: str) -> str:
    """A text in NFC with the kinds of its labels and its English kinds where and how an address has them
    usually.
    """
    if ":" in text or ("/" in text and _SLASH.search(text)):
        text = _LABEL.sub(_without_label, text)
    lower = text.lower()
    if has_english_kinds(lower):
        return _NAMED.sub(_named, _NUMBERED.sub(_numbered, text))
    return _CITY.sub(_city, text) if " city" in lower else text


def has_english_kinds(lower: str) -> bool:
    """Whether a text in lower case names a unit's kind in English; a city is not enough, there are houses
    called so.
    """
    return (
        "ward" in lower
        or "commune" in lower
        or "district" in lower
        or "province" in lower
        or "township" in lower
        or "special zone" in lower
    )


def _without_label(label: re.Match[str]) -> str:
    """Its kind before what is a number, or a district's or province's name without a kind; only a comma
    before what has its kind.
    """
    kinds, value = label["kinds"], label["value"]
    named, numbered = next(
        ((named, numbered) for level, named, numbered in _LEVELS if level.search(kinds)), ("H.", "Q.")
    )
    kind = numbered if value.isdigit() else "" if value else named
    return _as_long(("," if label.start() else "") + kind, label.start("value") - label.start()) + value


def _numbered(kind: re.Match[str]) -> str:
    return _as_long("P." if kind[1][0] in "wW" else "Q.", len(kind[0]))


def _named(unit: re.Match[str]) -> str:
    """A kind before the name that it is written after; after a house's number it is left out, as the
    name's beginning is not known.
    """
    name, kind = unit[0][: unit.start("kind") - unit.start()], unit["kind"].lower()
    aside = _LAST_DASH.match(name)
    before = aside[0] if aside and _HOUSE.search(aside[0]) else ""
    named = name.removeprefix(before).rstrip()
    short = "" if _HOUSE.search(named) or _OWN_KIND.match(named) else _SHORT.get(kind, "ĐK.")
    return _as_long(f"{before}{short}{named},", len(unit[0]))


def _city(city: re.Match[str]) -> str:
    return _as_long(f"TP.{city['name']}", len(city[0]))


def _as_long(text: str, length: int) -> str:
    return text.ljust(length)[:length]
