"""Whether a reading of an address is sure, or a guess that something else in it speaks against."""

from . import run_together
from .address_parts import Reading, SplitAddress
from .hasty import is_hamlet
from .index import Area, Index
from .kinds import level_kind_at, names_a_commune


def sure(index: Index, address: SplitAddress, readings: list[Reading]) -> list[Reading]:
    """Those of the best readings that are no guess; none where all are.

    A name without its kind is a guess where a district or province is called so too ("Đông Anh, Hà Nội" may
    be all that was read of an address in that district), where another commune is named before it by its kind
    (which then tells even of a district's name with a commune's kind: "P. Phong Cốc, ị xã Quảng Yên"), where
    a commune is named in the part before it, which makes it a district that nobody knows, and where it stands
    alone in a longer text. What was left out between the commune and what is above it must not say that it is
    a unit.
    """
    return [reading for reading in readings if not _is_guess(index, address, reading)]


def _is_guess(index: Index, address: SplitAddress, reading: Reading) -> bool:
    if reading.rank.skipped:
        if reading.rank.levels == 1:
            return True  # what is above it stands there, and could not be read
        left_out = address.words[reading.stop : reading.stop - reading.rank.skipped]
        says_kind = any(level_kind_at(left_out, at) for at in range(len(left_out)))
        harmless = is_hamlet(left_out) and not says_kind and not _is_a_district(index, left_out)
        if not harmless and not _is_above(index, left_out, reading.area, says_kind):
            return True  # a district, it may be mistyped
    said = address.words[reading.start : reading.stop]
    of_district = _names_what_is_above(index, said) and (
        not reading.in_district
        or (reading.rank.levels == 2 and (reading.start > 0 or _in_its_province(index, address, reading)))
    )
    if reading.with_kind and not of_district:
        return False
    if any(names_a_commune(address.words, address.parts, at) for at in range(reading.start)):
        return True
    if reading.with_kind:
        return False
    if reading.alone:
        return (
            len(address.words) > reading.stop - reading.start
            or level_kind_at(address.words, reading.start) > 0
        )
    if is_of_a_former_district(index, address, reading):
        if not reading.rank.in_own_province:
            return True  # the province is one of the time of that district: 12 Lê Lợi, Thuận An, Bình Dương
        return run_together.may_name_a_commune_of(index, said, address.text[: address.starts[reading.start]])
    return (
        of_district
        or _ends_a_districts_name(index, address, reading)
        or _is_of_an_unknown_district(index, address, reading)
    )


def is_of_a_former_district(index: Index, address: SplitAddress, reading: Reading) -> bool:
    """Whether a commune of a time without districts is named without its kind, and a district was called
    so.
    """
    if reading.with_kind or reading.in_district or reading.alone or reading.area.district_id is not None:
        return False
    said = address.words[reading.start : reading.stop]
    return reading.start in address.commas and (2, " ".join(said)) in index.by_name


def _ends_a_districts_name(index: Index, address: SplitAddress, reading: Reading) -> bool:
    """Whether a name that stands alone in its part is the end of a district's: Lát, of Đà Lạt."""
    if reading.in_district or reading.start in address.parts:
        return False
    begins = range(max(0, reading.start - 2), reading.start)
    return any((2, " ".join(address.words[start : reading.stop])) in index.by_name for start in begins)


def _in_its_province(index: Index, address: SplitAddress, reading: Reading) -> bool:
    """Whether what was read as a commune and its district may be a district and its province: Chi Lăng,
    Lạng Sơn.
    """
    said, after = (
        " ".join(words)
        for words in (address.words[reading.start : reading.stop], address.words[reading.stop :])
    )
    provinces = {province.area_id for province in index.by_name.get((1, after), ())}
    return any(district.province_id in provinces for district in index.by_name.get((2, said), ()))


def _is_of_an_unknown_district(index: Index, address: SplitAddress, reading: Reading) -> bool:
    """Whether a commune of a time with districts stands where its district should, after what is a
    commune's name.
    """
    if reading.in_district or reading.area.district_id is None or reading.start not in address.commas:
        return False
    begins = max((part for part in address.commas if part < reading.start), default=reading.start)
    return (3, " ".join(address.words[begins : reading.start])) in index.by_name


def _names_what_is_above(index: Index, words: list[str]) -> bool:
    """Whether a district or province is called so too, whatever kind is before it."""
    names = (" ".join(words[kind:]) for kind in range(min(3, len(words))))
    return any((level, name) in index.by_name for name in names for level in (1, 2))


def _is_a_district(index: Index, words: list[str]) -> bool:
    return (2, " ".join(words)) in index.by_name


def _is_above(index: Index, words: list[str], area: Area, with_kind: bool) -> bool:
    """Whether these words name what the unit lies in, or lay in once: TP. Huế, which is the province now.

    Without a kind, what it was made from may have lain there, too. A city that is called as its province is
    the city: Lũng Cú, Hà Giang, Hà Giang is nowhere.
    """
    name, provinces = " ".join(words), {area.province_id, *index.related(area.province_id)}
    if districts := {
        each.area_id for each in index.by_name.get((2, name), ()) if each.province_id in provinces
    }:
        return index.lay_in(area, districts) if with_kind else index.ever_lay_in(area, districts)
    lay = {
        area.province_id,
        *(index.areas[old].province_id for old in index.predecessors.get(area.area_id, ())),
    }
    return any(province.area_id in lay for province in index.by_name.get((1, name), ()))
