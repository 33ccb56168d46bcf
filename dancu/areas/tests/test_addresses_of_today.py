"""Addresses as they are written since 2025: the former unit beside the new, forms' labels, English, the
province first, letters mistyped.
"""

import random
import unicodedata
from collections.abc import Callable, Iterator

import pytest

from dancu.areas import index, lookups
from dancu.areas.lookups import Area
from dancu.text.folding import fold

from .factories import BEFORE, SINCE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]
PLACES = (
    "Thôn 3, ",
    "Ấp Bình Hòa, ",
    "Tổ 12, Khu phố 4, ",
    "12/5 Lê Lợi, ",
    "Số nhà 45 ngõ 12, ",
    "Tổ dân phố số 7, ",
    "",
)
ENGLISH = {
    "Phường": "Ward",
    "Xã": "Commune",
    "Quận": "District",
    "Huyện": "District",
    "Thành phố": "City",
    "Tỉnh": "Province",
}
HCM, HN = "Thành phố Hồ Chí Minh", "Thành phố Hà Nội"


class Merger:
    """A commune of before with its district and province, and what most of it became, with its province."""

    def __init__(self, old: Area, new: Area) -> None:
        self.old, self.new = old, new
        self.district, self.province = lookups.get(old.district_id or 0), lookups.get(old.province_id)
        self.of_today = lookups.get(new.province_id)


REMARKS: dict[str, Callable[[Merger], str]] = {
    "(trước là X)": lambda its: f"{its.new.name} (trước là {its.old.name}), {its.of_today.name}",
    "(cũ: X)": lambda its: f"{its.new.name} (cũ: {its.old.name}), {its.of_today.name}",
    "(X cũ)": lambda its: f"{its.new.name} ({its.old.name} cũ), {its.of_today.name}",
    "(X cũ), without its kind": lambda its: f"{its.new.name} ({its.old.short_name} cũ), {its.of_today.name}",
    "(xã cũ: X)": lambda its: f"{its.new.name} (xã cũ: {its.old.short_name}), {its.of_today.name}",
    "(tức X, D cũ)": lambda its: (
        f"{its.new.name} (tức {its.old.name}, {its.district.name} cũ), {its.of_today.name}"
    ),
    "(D cũ)": lambda its: f"{its.new.name} ({its.district.name} cũ), {its.of_today.name}",
    "no brackets": lambda its: f"{its.new.name} trước đây thuộc {its.old.name}, {its.of_today.name}",
    "a part of its own": lambda its: f"{its.new.name} - {its.old.name} cũ - {its.of_today.name}",
    "the province's": lambda its: f"{its.new.name}, {its.of_today.name} ({its.province.short_name} cũ)",
    "(mới)": lambda its: f"{its.new.name} (mới), {its.of_today.name}",
    "mới": lambda its: f"{its.new.name} mới, {its.of_today.name}",
}
OF_BEFORE: dict[str, Callable[[Merger], str]] = {
    "(nay thuộc N)": lambda its: (
        f"{its.old.name} (nay thuộc {its.new.name}), {its.district.name}, {its.province.name}"
    ),
    "(nay là N, P)": lambda its: f"{whole(its)} (nay là {its.new.name}, {its.of_today.name})",
    "nay là N, P": lambda its: f"{whole(its)} nay là {its.new.name}, {its.of_today.name}",
    "D cũ": lambda its: f"{its.old.name}, {its.district.name} cũ, {its.province.name}",
    "labels": lambda its: (
        f"Xã/phường: {its.old.short_name}; Quận/huyện: {its.district.short_name}; Tỉnh/TP: "
        f"{its.province.short_name}"
    ),
    "the province first": lambda its: f"{its.province.name}, {its.district.name}, {its.old.name}",
    "in English": lambda its: ", ".join(map(english, (its.old, its.district, its.province))),
    "in English without marks": lambda its: fold(
        ", ".join(map(english, (its.old, its.district, its.province)))
    ),
}
OF_TODAY: dict[str, Callable[[Area, Area], str]] = {
    "the province first": lambda commune, province: f"{province.name}, {commune.name}",
    "in English": lambda commune, province: f"{english(commune)}, {english(province)}",
    "in English without marks": lambda commune, province: fold(
        f"{english(commune)}, {english(province)}, Vietnam"
    ),
}


def whole(its: Merger) -> str:
    return its.old.path


def english(unit: Area) -> str:
    kind = ENGLISH.get(unit.kind, "")
    named = unit.name.removeprefix(unit.kind).strip()
    return f"{kind} {named}" if named.isdigit() else f"{unit.short_name} {kind}".strip()


def mergers(count: int, seed: int) -> list[Merger]:
    """So many communes of before; the first successor took most of one."""
    known = index.current()
    olds = [area for area in known.areas.values() if area.level == 3 and known.successors.get(area.area_id)]
    sample = random.Random(seed).sample(sorted(olds, key=lambda area: area.code), count)
    return [Merger(old, known.areas[known.successors[old.area_id][0]]) for old in sample]


@pytest.mark.parametrize("way", REMARKS)
def test_the_new_commune_is_meant_that_is_named_first_and_never_a_namesake_of_the_former(way):
    for at, its in enumerate(mergers(150, seed=51)):
        written = PLACES[at % len(PLACES)] + REMARKS[way](its)
        area = lookups.parse_address(written, SINCE).area
        assert area is its.new or (way == "mới" and area is None), written
        assert lookups.communes_in([written], SINCE) == {written: area}


@pytest.mark.parametrize("way", OF_BEFORE)
def test_a_commune_of_before_is_read_in_whatever_way_it_is_written(way):
    read = [
        (written := OF_BEFORE[way](its), lookups.parse_address(written, SINCE).area, its)
        for its in mergers(150, 52)
    ]

    wrong = [written for written, area, its in read if area not in (None, its.old, its.new)]
    assert wrong == []
    assert sum(area is not None for _, area, _ in read) >= 0.97 * len(read)
    assert lookups.communes_in([written for written, *_ in read], SINCE) == {
        written: area for written, area, _ in read
    }


@pytest.mark.parametrize("way", OF_TODAY)
def test_so_is_one_of_today(way):
    for commune in random.Random(53).sample(lookups.communes(SINCE), 150):
        written = OF_TODAY[way](commune, lookups.get(commune.province_id))
        area = lookups.parse_address(written, SINCE).area
        assert area in (None, commune), written
        assert lookups.communes_in([written], SINCE) == {written: area}
        assert (
            area
            or commune.kind not in ENGLISH
            or commune.short_name == lookups.get(commune.province_id).short_name
        )


def test_a_new_commune_is_read_below_the_district_that_it_was_made_from():
    read = []
    for its in mergers(200, seed=54):
        for province in (its.of_today, its.province):
            written = f"{its.new.name}, {its.district.name}, {province.name}"
            read.append((written, lookups.parse_address(written, SINCE).area, its))

    others = [
        written
        for written, area, its in read
        if area not in (None, its.new) and its.new.area_id not in index.current().successors_of(area.area_id)
    ]
    assert len(others) <= 0.02 * len(read), (
        others
    )  # a commune of before that was called so in that very district
    assert sum(area is not None for _, area, _ in read) >= 0.97 * len(read)


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("Phường Sài Gòn, Quận 1, TP. Hồ Chí Minh", f"Phường Sài Gòn, {HCM}"),
        ("Phường Bến Nghé, Quận 3, TP. Hồ Chí Minh", None),
        ("Phường Long Đức (cũ: Phường 4), Tỉnh Vĩnh Long", "Phường Long Đức, Tỉnh Vĩnh Long"),
        ("Xã Tân Thành (Huyện Cao Lộc cũ), Tỉnh Lạng Sơn", "Xã Tân Thành, Huyện Cao Lộc, Tỉnh Lạng Sơn"),
        ("Xã Tân Thành cũ, Tỉnh Lạng Sơn", None),  # of which district?
        ("Thôn 3 (xã Đại Mạch cũ), Huyện Đông Anh, Hà Nội", f"Xã Đại Mạch, Huyện Đông Anh, {HN}"),
        ("Long Haa (Long Tân cũ), Đồng Nai", None),
        ("Hà Nội - Đông Anh - Đại Mạch - Thôn 1", f"Xã Đại Mạch, Huyện Đông Anh, {HN}"),
        ("Hà Nội, Đông Anh, Đại Mạnh", None),
        ("Tỉnh Nghệ An, Xã Sông Lô", None),
        ("Ward 4, District 3, HCMC", f"Phường 4, Quận 3, {HCM}"),
        ("Phường/xã: 4, Quận/Huyện: 3, Tỉnh/Thành phố: TP HCM", f"Phường 4, Quận 3, {HCM}"),
        ("Thôn Đoài, Đại Mạnh, Đông Anh, Hà Nội", None),
        ("Không Có, Đông Anh, Hà Nội", None),
        ("Cao Plong, Sông Lô, Vĩnh Phúc", None),
        ("12 Lê Lợi, Đông Anh, Hà Nội", f"Xã Đông Anh, {HN}"),
        ("Xã Phổ Cường, hTị xã Đức Phổ, Quảng Ngãi", "Xã Phổ Cường, Thị xã Đức Phổ, Tỉnh Quảng Ngãi"),
        ("Tổ 5, Phuonh 2, Duyên Hải, Trà Vinh", "Phường 2, Thị xã Duyên Hải, Tỉnh Trà Vinh"),
        ("Tổ 12, Pùng Xá, Mỹ Đức, Hà Nội", f"Xã Phùng Xá, Huyện Mỹ Đức, {HN}"),
        ("Long Điền Đôn, Đông Hải, Bạc Liêu", None),
        ("Khu đô thị mới, Phường Sài Gòn, TP HCM", f"Phường Sài Gòn, {HCM}"),
        ("Xã Hòa Bình,H.Chợ Mới,T.An Giang", "Xã Hòa Bình, Huyện Chợ Mới, Tỉnh An Giang"),
    ],
)
def test_what_is_certain_is_read_and_nothing_else(written, path):
    area = lookups.parse_address(written, SINCE).area
    assert (area and area.path) == path
    assert lookups.communes_in([written], SINCE) == {written: area}


def test_what_stands_before_the_commune_or_after_it_is_kept_as_it_was_written():
    details = {
        "12 Lê Lợi, Xã/phường: Đại Mạch; Quận/huyện: Đông Anh; Tỉnh/TP: Hà Nội": "12 Lê Lợi",
        "Thôn 3 (xóm cũ), Xã Long Hà (trước là Xã Long Tân), Tỉnh Đồng Nai": "Thôn 3 (xóm cũ)",
        "12 Le Loi, Ben Nghe Ward, District 1, Ho Chi Minh City": "12 Le Loi",
        "Xóm Mới, Xã Bạch Hạ, Huyện Phú Xuyên, Hà Nội": "Xóm Mới",
        "TP. Hồ Chí Minh, Quận 1, Phường Bến Nghé, 12 Lê Lợi": "12 Lê Lợi",
    }
    assert {written: lookups.parse_address(written, SINCE).detail for written in details} == details


@pytest.mark.parametrize(("without_marks", "letters", "least"), [(False, 1, 0.65), (True, 2, 0.2)])
def test_a_mistyped_commune_is_itself_or_none_and_not_the_one_that_is_called_as_its_district(
    without_marks, letters, least
):
    dice, right, wrong = random.Random(55), 0, []
    written = list(mistyped(dice, 500, letters, without_marks))
    for text, meant in written:
        area = lookups.parse_address(text, SINCE).area
        right += area is meant
        if area not in (None, meant) and not related(area, meant):
            wrong.append((text, area.path))
    assert len(wrong) <= 0.006 * len(written), wrong
    assert right >= least * len(written)
    texts = [text for text, _ in written]
    alone = {text: lookups.parse_address(text, SINCE) for text in texts}
    assert lookups.communes_in(texts, SINCE) == {
        text: None if one.alone else one.area for text, one in alone.items()
    }


def test_remarks_and_labels_and_foreign_words_are_never_too_strange():
    said = [
        "(",
        ")",
        "cũ",
        "mới",
        "(cũ)",
        "nay là",
        "trước đây",
        "Ward",
        "District 1",
        "Xã/phường:",
        "/",
        ":",
        ",",
        " - ",
        "Hà Nội",
        "Tỉnh",
        "Xã",
        "thị",
        "hTị xã",
        "4",
        "Đông Anh",
    ]
    dice = random.Random(56)
    for _ in range(400):
        text = dice.choice(["", " "]).join(dice.choices(said, k=dice.randrange(1, 7)))
        parsed = lookups.parse_address(text, SINCE)
        assert parsed.detail in unicodedata.normalize("NFC", text)
        assert lookups.communes_in([text], SINCE) == {text: None if parsed.alone else parsed.area}


def mistyped(
    dice: random.Random, count: int, letters: int, without_marks: bool
) -> Iterator[tuple[str, Area]]:
    """Communes of before, written without kinds, with so many letters of the commune's name (or, without
    marks, of anything) wrong.
    """
    for commune in dice.sample(lookups.communes(BEFORE), count):
        above = [lookups.get(ancestor).short_name for ancestor in reversed(commune.ancestors)]
        parts = [commune.short_name, *above]
        wrong = 0 if not without_marks else dice.randrange(len(parts))
        for _ in range(letters):
            parts[wrong] = slipped(dice, parts[wrong])
        text = dice.choice(PLACES) + ", ".join(parts)
        yield (fold(text) if without_marks else text), commune


def slipped(dice: random.Random, name: str) -> str:
    at = dice.choice([at for at, letter in enumerate(name) if letter.isalnum()])
    letter = dice.choice("abcdeghiklmnoprstuvxy")
    return dice.choice(
        [
            name[:at] + name[at + 1 :],
            name[:at] + letter + name[at + 1 :],
            name[:at] + name[at] + name[at:],
            name[:at] + name[at + 1 : at + 2] + name[at] + name[at + 2 :],
        ]
    )


def related(one: Area, other: Area) -> bool:
    known = index.current()
    return bool(
        {one.area_id, *known.successors_of(one.area_id)}
        & {other.area_id, *known.successors_of(other.area_id)}
    )
