"""A commune typed where one is asked for: taken only where it is meant for sure."""

from collections import defaultdict

import pytest

from dancu.areas import index, lookups
from dancu.areas.folding import key, with_marks

from .factories import BEFORE, SINCE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]
BEN_NGHE = "Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh"
SAI_GON = "Phường Sài Gòn, Thành phố Hồ Chí Minh"


def taken(typed, on=SINCE):
    area = lookups.named(typed, on).area
    return area and area.path


def offered(typed, on=SINCE, limit=10):
    return [each.label for each in lookups.named(typed, on, limit).offered]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Phường Sài Gòn", SAI_GON),
        ("phuong sai gon, tphcm", SAI_GON),
        ("P.Sài Gòn, TP.HCM, Việt Nam", SAI_GON),
        ("12 Lê Lợi, Phường Sài Gòn, Hồ Chí Minh", SAI_GON),
        ("Phường Sài Gòn, Quận 1", SAI_GON),
        ("Xã/phường: Bát Tràng; Tỉnh/Thành phố: Hà Nội", "Xã Bát Tràng, Thành phố Hà Nội"),
        ("Sai Gon Ward, Ho Chi Minh City", SAI_GON),
        ("Ninh Kieu Ward, Can Tho City", "Phường Ninh Kiều, Thành phố Cần Thơ"),
        ("Lý Sơn", "Đặc khu Lý Sơn, Tỉnh Quảng Ngãi"),  # the district was nothing else
        ("Xã Tuyên Quang", "Xã Tuyên Quang, Tỉnh Lâm Đồng"),
        ("Tuyên Quang, Lâm Đồng", "Xã Tuyên Quang, Tỉnh Lâm Đồng"),
        ("Bát Tràng", "Xã Bát Tràng, Thành phố Hà Nội"),
        ("Hoà Hiệp, Đăk Lăk", "Phường Hòa Hiệp, Tỉnh Đắk Lắk"),
    ],
)
def test_a_commune_that_is_meant_for_sure_is_taken(typed, meant):
    assert taken(typed) == meant


@pytest.mark.parametrize(
    ("typed", "became"),
    [
        (BEN_NGHE, SAI_GON),
        ("ben nghe", SAI_GON),
        ("Bát Trang", "Xã An Trường, Thành phố Hải Phòng"),
        ("Hưng Lợi, Ninh Kiều, Cần Thơ", "Phường Tân An, Thành phố Cần Thơ"),
    ],
)
def test_a_former_commune_is_what_it_became_as_a_whole(typed, became):
    assert taken(typed) == became


def test_what_was_divided_is_not_one_of_its_parts():
    assert taken("Ward 4, District 3") is None
    assert offered("Ward 4, District 3")[:2] == [
        "Phường Bàn Cờ, Thành phố Hồ Chí Minh",
        "Phường Xuân Hòa, Thành phố Hồ Chí Minh",
    ]


@pytest.mark.parametrize(
    ("typed", "among"),
    [
        ("Hưng Lợi", "Phường Tân An, Thành phố Cần Thơ"),
        ("hung loi", "Phường Tân An, Thành phố Cần Thơ"),
        ("An Đồng", "Phường An Hải, Thành phố Hải Phòng"),
        ("Bến Nghê", SAI_GON),  # other marks
        ("Phường Sài Gòn, Hồ Chí Mnh", SAI_GON),  # a letter off
        ("Phường Sài Gòn, Cần Thơ", SAI_GON),  # not there
        ("bến ngh", SAI_GON),
        ("Chợ Bến Thành", "Phường Bến Thành, Thành phố Hồ Chí Minh"),
        ("Tuyên Quang", "Xã Tuyên Quang, Tỉnh Lâm Đồng"),
        ("Long An", "Phường Long An, Tỉnh Tây Ninh"),
        ("Vĩnh Phúc", "Phường Vĩnh Phúc, Tỉnh Phú Thọ"),
        ("Sóc Trăng", "Phường Sóc Trăng, Thành phố Cần Thơ"),
        ("Sài Gòn", SAI_GON),  # Hồ Chí Minh City as well
        ("Ninh Kiều", "Phường Ninh Kiều, Thành phố Cần Thơ"),
        ("Ninh Kieu District", "Phường Cái Khế, Thành phố Cần Thơ"),
        ("Gia Lam District, Hanoi", "Xã Gia Lâm, Thành phố Hà Nội"),
        ("Ba Đình, Hà Nội", "Phường Hồng Hà, Thành phố Hà Nội"),  # where a part of the district is now
        ("Ấp Thới Hòa, Bến Cầu, Tây Ninh", "Xã Bến Cầu, Tỉnh Tây Ninh"),
        ("xóm 3 Bát Tràng", "Xã Bát Tràng, Thành phố Hà Nội"),
        ("Xã Tân Lập", "Xã Tân Lập, Tỉnh Quảng Trị"),
    ],
)
def test_where_there_is_a_doubt_those_who_may_be_meant_are_offered(typed, among):
    assert taken(typed) is None
    assert among in offered(typed)


@pytest.mark.parametrize("typed", ["", " ", "Atlantis", "…", "\x00", "Q" * 5000, ", , ,"])
def test_nonsense_is_nothing(typed):
    assert lookups.named(typed, SINCE) == lookups.NamedCommune(None, [])


def other_marks():
    """Communes that are no more whose letters, but not whose marks, are those of a commune of today."""
    now, before = defaultdict(set), []
    for area in index.current().areas.values():
        if area.level == 3 and area.valid_to is None:
            now[key(area.short_name)].add(with_marks(area.short_name))
        elif area.level == 3:
            before.append(area)
    return [area for area in before if with_marks(area.short_name) not in now[key(area.short_name)] != set()]


def test_a_former_name_is_never_taken_for_todays_namesake_with_other_marks():
    former = other_marks()

    assert len(former) > 250
    for area in former:
        became = index.current().successors_of(area.area_id)
        for typed in (
            area.short_name,
            area.name,
            area.path,
            area.path.replace("Tỉnh ", "").replace("Thành phố ", ""),
        ):
            found = lookups.named(typed, SINCE, limit=30)
            if found.area:
                assert found.area.area_id in became, typed
            else:
                assert became & {each.area.area_id for each in found.offered}, typed


@pytest.mark.parametrize(("on", "every"), [(SINCE, 9), (BEFORE, 25)])
def test_a_whole_path_is_its_commune(on, every):
    for area in lookups.communes(on)[::every]:
        found = lookups.named(area.path, on)
        assert found.area == area or (found.area is None and area in [each.area for each in found.offered]), (
            area.path
        )


def test_what_is_taken_is_what_an_address_tells():
    for area in [*lookups.communes(BEFORE)[::200], *lookups.communes(SINCE)[::60]]:
        for typed in (
            area.short_name,
            area.name,
            area.path,
            area.path.lower(),
            area.search_key.split("|")[0],
        ):
            told, found = lookups.parse_address(typed, SINCE).area, lookups.named(typed, SINCE)
            if found.area:
                assert told is not None, typed
                assert found.area.area_id in {told.area_id, *index.current().successors_of(told.area_id)}, (
                    typed
                )
