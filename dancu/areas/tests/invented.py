"""Addresses of communes that are not there: invented names, and those of elsewhere, in districts and
provinces that are.

A name is made of two syllables of communes' names, or is one that stands in another district; no unit below
the one that is named after it bears it, nor one of a province that this one came from or became. The same
seed makes the same list.
"""

import random

from dancu.areas import index
from dancu.areas.folding import key
from dancu.areas.lookups import Area

WRITTEN_OUT = (
    "Không Tên",
    "Bịa Đặt",
    "Tân Lạ",
    "Mây Hồng",
    "Chẳng Có",
    "Trăng Khuyết",
    "Tên Giả",
    "Ngôi Sao",
    "Cầu Vồng",
)
PLACES = ("", "", "12 Lê Lợi, ", "Thôn 2, ", "Tổ 5, ", "Ấp Phú Hữu, ")


def invented_addresses(count: int, seed: int) -> list[str]:
    """So many addresses, each written in full: Xã Tân Lạ, Huyện Vũng Liêm, Tỉnh Vĩnh Long."""
    dice, areas = random.Random(seed), index.current().areas
    communes = [area for area in areas.values() if area.level == 3 and not area.short_name[-1].isdigit()]
    above = [area for area in areas.values() if area.level == 2 or (area.level == 1 and dice.random() < 0.5)]
    syllables = sorted({word for area in communes for word in area.short_name.split() if word.isalpha()})
    written: list[str] = []
    while len(written) < count:
        unit = dice.choice(above)
        elsewhere = dice.choice(communes).short_name
        name = dice.choice(
            [" ".join(dice.sample(syllables, 2)), dice.choice(WRITTEN_OUT), elsewhere, elsewhere]
        )
        kind = dice.choice(
            ["Phường"] if unit.kind in ("Quận", "Thị xã", "Thành phố") else ["Xã", "Xã", "Phường"]
        )
        if is_nobodys(name, unit):
            written.append(f"{dice.choice(PLACES)}{kind} {name}, {unit.path}")
    return written


def is_nobodys(name: str, unit: Area) -> bool:
    """Whether nothing below the unit, or below one it came from or became, is called so, with whatever
    kind and marks.
    """
    known = index.current()
    within = {unit.area_id, *(known.related(unit.area_id) if unit.level == 1 else ())}
    if (
        unit.level == 2
    ):  # namesakes, and a town or city that is told from the district of its name by the kind alone
        within |= {same.area_id for same in known.by_name[2, key(unit.short_name)]}
    named = key(name)
    return not any(
        named in known.areas[each].search_key.split("|") for above in within for each in known.below[above]
    )
