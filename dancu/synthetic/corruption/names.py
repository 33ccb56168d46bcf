"""What is left out of a name, and in which order its parts stand.

Each takes a name as the register has it, and dice; it gives back the same name where the fault cannot befall
it.
"""

from collections.abc import Callable
from random import Random

from dancu.matching.normalising.parts import name_parts
from dancu.matching.normalising.word_lists import is_surely_surname, may_be_surname

Fault = Callable[[str, Random], str]

_SHORT = {
    "Nguyễn": "Ng.",
    "Trần": "Tr.",
    "Phạm": "Ph.",
    "Hoàng": "H.",
    "Huỳnh": "H.",
    "Đặng": "Đ.",
    "Trương": "Tr.",
}
_REGIONAL = {"Hoàng": "Huỳnh", "Huỳnh": "Hoàng", "Vũ": "Võ", "Võ": "Vũ"}
_PREFIXES = ("A", "Y", "Ka", "Ya", "Ma")


def given_first(name: str, dice: Random) -> str:
    """An Nguyễn Văn, or An Văn Nguyễn."""
    words = name.split()
    if len(words) < 2 or not may_be_surname(words[0]) or _of_a_minority(name):
        return name
    first, *middle, last = words
    return " ".join([last, first, *middle] if dice.random() < 0.5 else [last, *middle, first])


def middle_dropped(name: str, dice: Random) -> str:
    """All that stands between surname and given name, or one word of it."""
    words = name.split()
    if len(words) < 3 or _of_a_minority(name):
        return name
    if len(words) == 3 or dice.random() < 0.5:
        return f"{words[0]} {words[-1]}"
    gone = dice.randrange(1, len(words) - 1)
    return " ".join(words[:gone] + words[gone + 1 :])


def thi_dropped(name: str, dice: Random) -> str:
    words = name.split()
    return " ".join(word for word in words if word != "Thị") if "Thị" in words[1:-1] else name


def thi_initial(name: str, dice: Random) -> str:
    """Nguyễn T. Hòa, Nguyễn T Hòa, Nguyễn T.Hòa."""
    if "Thị" not in name.split()[1:-1]:
        return name
    return name.replace(" Thị ", dice.choice([" T. ", " T ", " T."]), 1)


def surname_abbreviated(name: str, dice: Random) -> str:
    surname, _, rest = name.partition(" ")
    short = _SHORT.get(surname)
    if not short or not rest:
        return name
    return short.rstrip(".") + dice.choice([". ", ".", " "]) + rest


def both_abbreviated(name: str, dice: Random) -> str:
    """Ngt. Hòa for Nguyễn Thị Hòa, Ng.V.An for Nguyễn Văn An."""
    words = name.split()
    if len(words) < 3 or words[0] != "Nguyễn" or words[1] not in ("Thị", "Văn"):
        return name
    rest = " ".join(words[2:])
    initial = "T" if words[1] == "Thị" else "V"
    return dice.choice([f"Ng{initial.lower()}. {rest}", f"Ng. {initial}. {rest}", f"Ng.{initial}.{rest}"])


def surname_regional(name: str, dice: Random) -> str:
    surname, _, rest = name.partition(" ")
    return f"{_REGIONAL[surname]} {rest}" if rest and surname in _REGIONAL else name


def dual_shortened(name: str, dice: Random) -> str:
    """Of two surnames (the mother's second), or of one of two words, the first alone."""
    words = name.split()
    if len(words) >= 4 and is_surely_surname(words[0]) and is_surely_surname(words[1]):
        return " ".join([words[0], *words[2:]])
    surname = name_parts(words).surname.split()
    if len(surname) > 1 and words[: len(surname)] == surname and not _of_a_minority(name):
        return " ".join([surname[0], *words[len(surname) :]])
    return name


def one_word(name: str, dice: Random) -> str:
    return name.split()[-1]


def minority_reordered(name: str, dice: Random) -> str:
    """Niê Y Blô for Y Blô Niê, Lềnh A for A Lềnh, H'Nham Rơ Châm for Rơ Châm H'Nham, H Hen Niê for H'Hen
    Niê.
    """
    words = name.split()
    if not _of_a_minority(name):
        return name
    surname = name_parts(words).surname.split()
    if surname and words[-len(surname) :] == surname and len(words) > len(surname):
        if "'" in name and dice.random() < 0.3:
            return name.replace("'", dice.choice([" ", "", "’"]))
        return " ".join([*surname, *words[: -len(surname)]])
    if surname and words[: len(surname)] == surname and len(words) > len(surname):
        return " ".join([*words[len(surname) :], *surname])
    return " ".join([*words[1:], words[0]])


def _of_a_minority(name: str) -> bool:
    """Whether the name is built otherwise than surname, middle, given."""
    words = name.split()
    if len(words) < 2:
        return False
    prefixed = words[0] in _PREFIXES or "'" in name
    surname = name_parts(words).surname.split()
    return prefixed or (len(surname) > 1 and "Tôn" not in surname and "Âu" not in surname)


FORMS: dict[str, Fault] = {
    "given_first": given_first,
    "middle_dropped": middle_dropped,
    "thi_dropped": thi_dropped,
    "thi_initial": thi_initial,
    "surname_abbreviated": surname_abbreviated,
    "both_abbreviated": both_abbreviated,
    "surname_regional": surname_regional,
    "dual_shortened": dual_shortened,
    "one_word": one_word,
    "minority_reordered": minority_reordered,
}
