"""A kind with one letter wrong where a part of an address begins: hTị xã Đức Phổ, Hugện Cẩm Khê, Qận Ninh
Kiều.

Read as it stands, the xã of a mistyped thị xã would be a commune's kind, and what follows the commune that is
called as that town was.
"""

from functools import lru_cache

from rapidfuzz.distance import OSA

from .index import COMMUNE, DISTRICT, Index

_PROVINCE = 1
_LONGEST_NAME = 4  # words
_KINDS = {"phuong": COMMUNE, "quan": DISTRICT, "huyen": DISTRICT, "tinh": _PROVINCE}
_OF_TWO_WORDS = {"xa": ("thi", DISTRICT), "tran": ("thi", COMMUNE), "pho": ("thanh", DISTRICT)}


def mistyped_kinds(index: Index, words: list[str], parts: list[int]) -> dict[int, str]:
    """By its place, what each word must have meant that is nearly a kind, is no word of a unit's name,
    and has one after it.
    """
    meant: dict[int, str] = {}
    for at, end in zip(parts, [*parts[1:], len(words)], strict=True):
        if end - at < 2:
            continue
        if end - at > 2 and (pair := _OF_TWO_WORDS.get(words[at + 1])):
            kind, level = pair
            if (
                words[at] != kind
                and _differ_by_a_letter(words[at], kind)
                and _is_name(index, level, words[at + 2 : end])
            ):
                meant[at] = kind
        elif kind := _nearly(words[at]):
            numbered = kind == "phuong" and words[at + 1].isdigit() and words[at] != "phong"  # a room
            if (numbered or words[at] not in index.syllables) and _is_name(
                index, _KINDS[kind], words[at + 1 : end], kind
            ):
                meant[at] = kind
    return meant


def _is_name(index: Index, level: int, words: list[str], kind: str = "") -> bool:
    """Whether these words begin with the name of a unit of that level, which a number is only with its
    kind.
    """
    if words[0].isdigit():
        return (level, f"{kind} {words[0]}") in index.by_name
    lengths = range(1, min(len(words), _LONGEST_NAME) + 1)
    return any((level, " ".join(words[:length])) in index.by_name for length in lengths)


@lru_cache(maxsize=1 << 14)
def _nearly(word: str) -> str | None:
    return next((kind for kind in _KINDS if word != kind and _differ_by_a_letter(word, kind)), None)


def _differ_by_a_letter(word: str, kind: str) -> bool:
    return len(word) > 1 and OSA.distance(word, kind, score_cutoff=1) == 1
