"""Addresses as people really type them: none but the commune that is meant, and most of them."""

import random
from collections.abc import Callable
from datetime import date

import pytest
from vietnamadminunits import parse_address as peers_parse_address

from dancu.areas import lookups
from dancu.areas.lookups import Area
from dancu.text.folding import fold

from .factories import BEFORE, SINCE
from .noisy import Noisy, noisy_addresses

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]
HCM, HN = "Thành phố Hồ Chí Minh", "Thành phố Hà Nội"

# Written by hand, not made by noisy.py.
TYPED = [
    ("P.13 Q Tan binh tphcm", f"Phường 13, Quận Tân Bình, {HCM}"),
    ("p tan phong q7 hcm", f"Phường Tân Phong, Quận 7, {HCM}"),
    ("X. Tan Kien H Binh Chanh TPHCM", f"Xã Tân Kiên, Huyện Bình Chánh, {HCM}"),
    ("P13Q.TB", f"Phường 13, Quận Tân Bình, {HCM}"),
    ("45/2 cmt8 f.5 q.tân bình sg", f"Phường 5, Quận Tân Bình, {HCM}"),
    ("F.07, Q6", f"Phường 7, Quận 6, {HCM}"),
    ("357/28,Ng-T- Thuật,P1,Q3,TP.HồChíMinh.", f"Phường 1, Quận 3, {HCM}"),
    ("KP3, Tân Phong, Quận 7", f"Phường Tân Phong, Quận 7, {HCM}"),
    ("K.P 3 P. Tân Phong Q7 SG", f"Phường Tân Phong, Quận 7, {HCM}"),
    ("chung cu 4S, linh dong, tp thu duc", f"Phường Linh Đông, Thành phố Thủ Đức, {HCM}"),
    ("thôn Đoài xã Nam Hồng huyện Đông Anh", f"Xã Nam Hồng, Huyện Đông Anh, {HN}"),
    ("Thôn Đoài Nam Hồng, Đông Anh, Hà Nội", f"Xã Nam Hồng, Huyện Đông Anh, {HN}"),
    ("tổ 17 Cụm 3 Phú Thượng, Tây Hồ, HN", f"Phường Phú Thượng, Quận Tây Hồ, {HN}"),
    ("12 Xã Đàn, Nam Đồng, Đống Đa, Hà Nội", f"Phường Nam Đồng, Quận Đống Đa, {HN}"),
    ("P.401 CT5, Mỹ Đình 1, Nam Từ Liêm, HN", f"Phường Mỹ Đình 1, Quận Nam Từ Liêm, {HN}"),
    ("Phường Trung Liệt quận Đ.Đa", f"Phường Trung Liệt, Quận Đống Đa, {HN}"),
    ("x5 xã Nghi Phú, TP Vinh", "Phường Nghi Phú, Thành phố Vinh, Tỉnh Nghệ An"),
    ("XTân Nghia  Di Linh Lâm ĐồnG", "Xã Tân Nghĩa, Huyện Di Linh, Tỉnh Lâm Đồng"),
    ("Xã Sơn Thuỷ H. Le Thủy Tỉnh Quảng Bình", "Xã Sơn Thủy, Huyện Lệ Thủy, Tỉnh Quảng Bình"),
    ("TT Chợ Lầu,H.Bắc Bình,T.Bình Thuận", "Thị trấn Chợ Lầu, Huyện Bắc Bình, Tỉnh Bình Thuận"),
    ("Thị trấn, Dương Minh Châu, Tây Ninh", "Thị trấn Dương Minh Châu, Huyện Dương Minh Châu, Tỉnh Tây Ninh"),
    ("P. Long Bình Tân Biên Hòa Đồng Nai", "Phường Long Bình Tân, Thành phố Biên Hòa, Tỉnh Đồng Nai"),
    ("phường hòa cường bắc hải châu đn", "Phường Hòa Cường Bắc, Quận Hải Châu, Thành phố Đà Nẵng"),
    ("xã Tân Hiệp A, h Tân Hiệp, K.Giang", "Xã Tân Hiệp A, Huyện Tân Hiệp, Tỉnh Kiên Giang"),
    ("An Cựu, Huế", "Phường An Cựu, Quận Thuận Hóa, Thành phố Huế"),
    ("F.TÂN MAI TPBIÊN HÒA", "Phường Tân Mai, Thành phố Biên Hòa, Tỉnh Đồng Nai"),
    ("nghi phú - tpvinh - t.nghệ an", "Phường Nghi Phú, Thành phố Vinh, Tỉnh Nghệ An"),
    ("Thôn 5, Xã Ea Drông, Buôn Hồ, Đăk Lăk", "Xã Ea Drông, Thị xã Buôn Hồ, Tỉnh Đắk Lắk"),
]
NONE = [
    "Xã Không Có, Huyện Đông Anh, Thành phố Hà Nội",
    "Xã Không Có, Đông Anh, Hà Nội",
    "Phường Không Có, Quận 1, TP HCM",
    "Phường 99, Tân Bình, HCM",
    "Tổ 5, phường Không Có, TP Thủ Đức, TP HCM",
    "Xã Không Có, Thị xã Sơn Tây, Hà Nội",
    "Xã Nam Hồng, Huyện Không Có, Thành phố Hà Nội",
    "Xã Nam Hồng, Huyện Đông Anh, Tỉnh Không Có",
    "Xã Tân Thành C, Huyện Tân Hồng, Đồng Tháp",
    "Ấp 3 Xã An Bình",
    "Khu phố 2 phường Tân Phong",
    "12 Lê Lợi, Thành phố Vinh, Nghệ An",
    "12 Lê Lợi Vinh Nghệ An",
    "số 5 đường Trần Phú Hà Tĩnh",
    "P. 5",
    "Q.TB",
]  # fmt: skip


@pytest.mark.parametrize(("typed", "meant"), TYPED)
def test_what_was_typed_in_haste_is_read(typed: str, meant: str | None) -> None:
    assert path(typed, BEFORE) == meant


@pytest.mark.parametrize("day", [BEFORE, SINCE])
@pytest.mark.parametrize("typed", NONE)
def test_what_names_no_commune_or_one_that_is_not_there_is_none_at_any_time(typed: str, day: date) -> None:
    for written in (typed, fold(typed), typed.upper()):
        parsed = lookups.parse_address(written, day)
        assert (parsed.area, parsed.detail) == (None, written)


def test_a_town_called_as_its_district_is_no_xa_but_the_commune_of_today_that_was_made_from_it_is() -> None:
    for written in ("Xã Đông Anh, Huyện Đông Anh, Hà Nội", "xa dong anh, huyen dong anh, ha noi"):
        assert path(written, BEFORE) is None
        assert path(written, SINCE) == f"Xã Đông Anh, {HN}"


def test_the_name_of_a_district_is_no_commune_while_there_are_districts() -> None:
    for written in ("Đông Anh, Hà Nội", "Thôn 5, Đông Anh, Hà Nội", "Hóc Môn, TP. Hồ Chí Minh"):
        assert lookups.parse_address(written, BEFORE).area is None
    assert path("12 Lê Lợi, Đông Anh, Hà Nội", SINCE) == f"Xã Đông Anh, {HN}"
    assert (
        path("Tổ 4 Nam Hồng, Đông Anh, Hà Nội", SINCE) == f"Xã Nam Hồng, Huyện Đông Anh, {HN}"
    )  # written as of old


@pytest.mark.parametrize(
    ("typed", "day", "meant"),
    [
        ("Dương Xá Gia Lâm Hà Nội", SINCE, f"Xã Dương Xá, Huyện Gia Lâm, {HN}"),
        ("tam xa dong anh ha noi", SINCE, f"Xã Tàm Xá, Huyện Đông Anh, {HN}"),
        ("minh phuong viet tri phu tho", SINCE, "Phường Minh Phương, Thành phố Việt Trì, Tỉnh Phú Thọ"),
        ("xa gia lam ha noi", SINCE, f"Xã Gia Lâm, {HN}"),
        ("thon yen cu thanh thinh cho moi bac kan", BEFORE, "Xã Thanh Thịnh, Huyện Chợ Mới, Tỉnh Bắc Kạn"),
        (
            "chung cu an binh xuan khanh ninh kieu can tho",
            BEFORE,
            "Phường Xuân Khánh, Quận Ninh Kiều, Thành phố Cần Thơ",
        ),
        ("Phường 2, Đồng Tháp", BEFORE, None),  # of Sa Đéc, or of Cao Lãnh?
        ("Phường 2, Đồng Tháp", SINCE, None),
        ("Phường 2, TP Cao Lãnh", BEFORE, "Phường 1, Thành phố Cao Lãnh, Tỉnh Đồng Tháp"),
    ],
)
def test_what_only_looks_like_a_kind_or_a_street_is_part_of_a_name(
    typed: str, day: date, meant: str | None
) -> None:
    area = lookups.communes_in([typed], day)[typed]
    assert path(typed, day) == (area and area.path) == meant


def test_a_province_of_the_future_is_in_no_address() -> None:
    for written in ("Xã Tân Hội Đông, Đồng Tháp", "Phường Tân An, Tỉnh Lâm Đồng"):
        assert path(written, BEFORE) is None
        assert path(written, SINCE)


def test_no_unit_is_told_that_had_not_begun() -> None:
    born = [
        area
        for area in lookups.communes(SINCE)
        if not any(old.name == area.name for old in lookups.units(area.code)[:-1])
    ]

    for commune in random.Random(8).sample(born, 300):
        for written in (commune.path, f"12 Lê Lợi {commune.path}", fold(commune.path).replace(",", "")):
            area = lookups.parse_address(written, BEFORE).area
            assert area is None or area.stood(BEFORE), written


def test_what_stands_before_the_commune_is_kept_as_it_was_typed() -> None:
    assert (
        lookups.parse_address("357/28,Ng-T- Thuật,P1,Q3,TP.HồChíMinh.", BEFORE).detail == "357/28,Ng-T- Thuật"
    )
    assert lookups.parse_address("Tổ 5 KP2 p tan phong q7", BEFORE).detail == "Tổ 5 KP2"


def test_noisy_addresses_are_read_as_well_as_by_the_peer_and_no_commune_taken_for_another() -> None:
    written = noisy_addresses(lookups.communes(BEFORE), 1500, seed=20)
    codes = {area.code: area for area in lookups.communes(BEFORE)}

    ours = Measured(written, lambda text: lookups.parse_address(text, BEFORE).area)
    theirs = Measured(
        written, lambda text: codes.get(peers_parse_address(text, mode="LEGACY").ward_code or "")
    )

    assert ours.precision >= max(0.995, theirs.precision)
    assert ours.recall >= max(0.94, theirs.recall)


def test_noisy_addresses_of_today_are_read_as_well_as_by_the_peer_too() -> None:
    written = noisy_addresses(lookups.communes(SINCE), 1500, seed=21)
    codes = {area.code: area for area in lookups.communes(SINCE)}

    ours = Measured(written, lambda text: lookups.parse_address(text, SINCE).area)
    theirs = Measured(
        written, lambda text: codes.get(peers_parse_address(text, mode="FROM_2025").ward_code or "")
    )

    assert ours.precision >= max(0.99, theirs.precision)
    assert ours.recall >= max(0.8, theirs.recall)


def test_noisy_addresses_are_read_among_many_as_each_alone() -> None:
    texts = [
        each.text for day in (BEFORE, SINCE) for each in noisy_addresses(lookups.communes(day), 300, seed=22)
    ]
    alone = {text: lookups.parse_address(text, SINCE) for text in texts}

    assert lookups.communes_in(texts, SINCE) == {
        text: None if one.alone else one.area for text, one in alone.items()
    }


def path(text: str, on: date) -> str | None:
    area = lookups.parse_address(text, on).area
    return area and area.path


class Measured:
    """How many of those told are right (precision), and how many of all are told rightly (recall)."""

    def __init__(self, written: list[Noisy], read: Callable[[str], Area | None]) -> None:
        told = [(read(each.text), each.meant) for each in written]
        right = sum(area is meant for area, meant in told)
        self.precision = right / max(1, sum(area is not None for area, _ in told))
        self.recall = right / len(told)


@pytest.mark.parametrize("typed", ["Ấp 3, Đức Huệ", "12 Tỉnh lộ 838, Đức Huệ", "Thị trấn Đông Thành Đức Huệ"])
@pytest.mark.parametrize("on", [date(2024, 1, 1), date(2026, 1, 1)], ids=["before", "after"])
def test_a_name_of_two_words_is_no_commune_of_the_province_that_one_of_them_sounds_like(typed, on):
    told = [lookups.parse_address(typed, on).area, lookups.communes_in([typed], on)[typed]]
    assert all(area is None or "Huế" not in area.path for area in told)


def test_a_commune_of_one_word_is_found_with_its_own_marks_or_none():
    on = date(2026, 1, 1)
    for typed in ("Đúc, Huế", "phường Đúc Huế", "P. Duc Hue"):
        assert "Đúc" in lookups.parse_address(typed, on).area.path
