"""Months written as words: 17-Jun-1973, June 17, 1973, 17 Th6 1973, 17 tháng sáu năm 1973."""

import re

_ENGLISH = "january february march april may june july august september october november december".split()
_VIETNAMESE = "mot,hai,ba,tu,nam,sau,bay,tam,chin,muoi,muoi mot,muoi hai".split(",")
ENGLISH_MONTHS = {
    **{name[:3]: n for n, name in enumerate(_ENGLISH, 1)},
    **{name: n for n, name in enumerate(_ENGLISH, 1)},
    "sept": 9,
}
"""A month's number by its name, whole or short, in small letters."""
_MONTHS = {
    **ENGLISH_MONTHS,
    **{f"thang {name}": n for n, name in enumerate(_VIETNAMESE, 1)},
    "thang gieng": 1, "thang bon": 4, "thang chap": 12,
}  # fmt: skip
_MONTH = re.compile(rf"(?<![a-z])(?:{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?(?![a-z])")
_NUMBERED = re.compile(r"\b(?:thang|thg|th|t)\.?\s*(?=\d)")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")
_DAY = re.compile(r"[\s.,/-]*(\d{1,2})(?=[\s.,/-]+\d{4}\b)")
_BLANKS = re.compile(r"\bngay\W+thang\W+nam\b")  # of a form of which the year alone is filled in


def months_in_digits(plain: str) -> str:
    """A date without marks (folding.fold), its month in digits, and its day before it where it stood
    after it as in English.
    """
    plain = _ORDINAL.sub("", _BLANKS.sub(" ", plain))
    found = _MONTH.search(plain)
    if not found:
        return _NUMBERED.sub(" ", plain)
    before, after = plain[: found.start()].strip(" ,.-/"), plain[found.end() :].strip(" ,.-/")
    month = str(_MONTHS[found[0].rstrip(".")])
    day = None if before else _DAY.match(after)
    parts = (day[1], month, after[day.end() :]) if day else (before, month, after)
    return " ".join(part.strip(" ,.-/") for part in parts if part)
