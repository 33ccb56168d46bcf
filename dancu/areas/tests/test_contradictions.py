"""What else an address says speaks against a commune: marks, the kind of another unit, a longer name, another district."""

import random
from collections.abc import Iterator

import pytest

from dancu.areas import index, lookups
from dancu.areas.folding import key
from dancu.areas.lookups import Area
from dancu.folding import fold

from .factories import BEFORE, SINCE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]
NO_COMMUNE = [
    "Đức Thuận, Hàm Tân, Bình Thuận",  # which lies in Tánh Linh
    "Lũng Cú, Hà Giang, Hà Giang",  # which lies in Đồng Văn, not in the city
    "12 Lê Lợi, Long Hưng, Gò Công Đông, Tiền Giang",
    "Mỹ Thạnh An, Ba Tri, Bến Tre",  # no Mỹ Thạnh
]  # fmt: skip


@pytest.mark.parametrize("day", [BEFORE, SINCE])
@pytest.mark.parametrize("written", NO_COMMUNE)
def test_what_speaks_against_a_commune_leaves_none(written, day) -> None:
    assert {text: path for text in (written, fold(written)) if (path := told(text, day))} == {}
    assert lookups.communes_in([written], day) == {written: None}


@pytest.mark.parametrize("day", [BEFORE, SINCE])
def test_a_commune_is_not_read_below_another_district_of_its_province(day) -> None:
    written = list(in_another_district(200))

    wrong = {text: path for text in written if (path := told(text, day)) and not is_todays(path, text)}

    assert len(wrong) <= 0.01 * len(written), wrong


def told(text: str, day) -> str | None:
    area = lookups.parse_address(text, day).area
    return area and area.path


def districts(count: int) -> list[Area]:
    return random.Random(41).sample([area for area in index.current().areas.values() if area.level == 2], count)


def in_another_district(count: int) -> Iterator[str]:
    """Addresses as cards print them, each with a district of the commune's province in which none is or was called so."""
    known, dice = index.current(), random.Random(42)
    communes, places = lookups.communes(BEFORE), districts(696)
    while count:
        commune, district = dice.choice(communes), dice.choice(places)
        called = {name for below in known.below[district.area_id] for name in known.areas[below].search_key.split("|")}
        if (
            district.province_id == commune.province_id
            and not known.lay_in(commune, {district.area_id})
            and key(commune.short_name) not in called
        ):
            count -= 1
            yield f"{commune.short_name}, {district.short_name}, {lookups.get(commune.province_id).short_name}"


def is_todays(path: str, written: str) -> bool:
    """Whether it is the commune of today that is called as the district was: what is before it may be a hamlet."""
    return len(path.split(", ")) == 2 and key(path.split(", ")[0]).endswith(key(written.split(", ")[1]))
