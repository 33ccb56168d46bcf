"""Many addresses are read as each alone is."""

import datetime as dt
import random
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dancu.areas import lookups
from dancu.text.folding import fold

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]
ON = dt.date(2026, 7, 1)
PARTS = [
    "12 Lê Lợi",
    "Thôn 3",
    "Tổ 5",
    "Ấp Tân Hòa",
    "Số 7 ngõ 3",
    "Khu phố 2",
    "Lê Lợi",
    "Đường 3 - Khu B",
    "Thành",
    "khu Thành",
    "P. Bến Nghé",
    "Bến Nghé",
    "Phường 5",
    "phố Thị",
    "xã Tân Thành",
    "Tân Thành",
    "Yên Hòa",
    "P.Yên Hòa",
    "Q.1",
    "Quận 1",
    "H. Củ Chi",
    "TX. Sơn Tây",
    "Cầu Giấy",
    "Bắc Giang",
    "Bắc Ninh",
    "12/3 Lê Lợi",
    "2 Bảo Lộc",
    "0 Bảo Lộc",
    "1 - Khu B",
    "7 Bến Nghé",
    "PHƯỜNG BẾN NGHÉ",
    "phuong ben nghe",
    "Xã Tân Thạnh",
    "XA TAN THANH",
    "T. P",
    "Đồng Nai",
    "P13Q.TB",
    "KP3",
    "xã Không Có",
    "XTân Lập",
    "H Củ Chi",
    "tan phong q7 hcm",
    "Thôn Đoài Nam Hồng",
    "Đông Anh",
    "huyện Đông Anh",
    "T Gia Lai",
    "TỉnhLâm Đồng",
    "SG",
    "TP.HCM",
    "TP. Hồ Chí Minh",
    "Sài Gòn",
    "Hà Nội",
    "Tỉnh Bà Rịa - Vũng Tàu",
    "Việt Nam",
    "phố Huế",
    "Huế",
    "",
    "đâu đó",
    "Xã",
    "Đặc",
    "khu Phú Quốc",
]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(st.lists(st.sampled_from(PARTS), max_size=6), st.sampled_from([", ", ",", "; ", " - ", " "]))
def test_very_many_addresses_are_read_as_each_alone_is(parts, joint):
    text = joint.join(parts)
    alone = lookups.parse_address(text, ON)
    assert lookups.communes_in([text], ON) == {text: None if alone.alone else alone.area}


def test_every_commune_is_read_among_many_as_alone_however_it_is_written():
    communes = [
        area
        for day in (dt.date(2025, 6, 1), ON)
        for area in random.Random(4).sample(lookups.communes(day), 150)
    ]
    ways = [
        str,
        str.upper,
        fold,
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace("Phường ", "P.").replace("Tỉnh ", ""),
    ]
    written = [f"{at}/2 Lê Lợi, {way(commune.path)}" for at, commune in enumerate(communes) for way in ways]
    alone = {text: lookups.parse_address(text, ON) for text in written}
    assert lookups.communes_in(written, ON) == {
        text: None if one.alone else one.area for text, one in alone.items()
    }
