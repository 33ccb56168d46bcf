import random
import unicodedata
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dancu.areas import lookups
from dancu.areas.folding import fold

from .factories import BEFORE, SINCE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]
BEN_NGHE = "Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh"


def read(text: str, on: date = BEFORE) -> tuple[str, str | None]:
    parsed = lookups.parse_address(text, on)
    return parsed.detail, parsed.area and parsed.area.path


@pytest.mark.parametrize(
    "written",
    [
        "12 Lê Lợi, Phường Bến Nghé, Quận 1, TP. Hồ Chí Minh",
        "12 Lê Lợi, P.Bến Nghé, Q.1, TP.HCM",
        "12 Lê Lợi, phường Bến Nghé, Q1, Sài Gòn",
        "12 Lê Lợi, Bến Nghé, Quận 1, Hồ Chí Minh, Việt Nam",
        "12 Lê Lợi - P. Bến Nghé - Q.1 - TPHCM",
        "12 Lê Lợi P Bến Nghé Q1 TP HCM",
        "12 Lê Lợi, Phường Bến Nghé, Quận 1",
    ],
)
def test_a_cards_address_is_read_as_it_is_written(written: str) -> None:
    assert read(written) == ("12 Lê Lợi", BEN_NGHE)


@pytest.mark.parametrize("day", [BEFORE, SINCE])
def test_an_old_address_stays_in_its_time_whenever_it_is_read(day: date) -> None:
    assert read("12 Lê Lợi, Phường Bến Nghé, Quận 1, TP. Hồ Chí Minh", day) == ("12 Lê Lợi", BEN_NGHE)


@pytest.mark.parametrize("day", [BEFORE, SINCE])
def test_a_district_tells_the_time_where_the_ward_kept_its_name(day: date) -> None:
    assert (
        read("Phường Tân Định, Quận 1, TP. HCM", day)[1] == "Phường Tân Định, Quận 1, Thành phố Hồ Chí Minh"
    )


def test_without_a_district_the_day_tells_the_time() -> None:
    assert read("Phường Tân Định, TP. HCM", SINCE)[1] == "Phường Tân Định, Thành phố Hồ Chí Minh"
    assert read("Phường Tân Định, TP. HCM", BEFORE)[1] == "Phường Tân Định, Quận 1, Thành phố Hồ Chí Minh"


@pytest.mark.parametrize(
    ("written", "detail", "path"),
    [
        (
            "Thôn Tân Thành, X. Cẩm Hưng, H. Cẩm Giàng, T. Hải Dương",
            "Thôn Tân Thành",
            "Xã Cẩm Hưng, Huyện Cẩm Giàng, Tỉnh Hải Dương",
        ),
        (
            "Ấp 3, Xã Long Phước, Quận 9, TP.HCM",
            "Ấp 3",
            "Phường Long Phước, Thành phố Thủ Đức, Thành phố Hồ Chí Minh",
        ),
        (
            "5 Hùng Vương, P. Vĩnh Ninh, TP. Huế, Thừa Thiên Huế",
            "5 Hùng Vương",
            "Phường Vĩnh Ninh, Quận Thuận Hóa, Thành phố Huế",
        ),
        ("Khu 2, Huyện Côn Đảo, Bà Rịa - Vũng Tàu", "Khu 2", "Huyện Côn Đảo, Tỉnh Bà Rịa - Vũng Tàu"),
        ("TT. Yên Viên, H. Gia Lâm, Hà Nội", "", "Thị trấn Yên Viên, Huyện Gia Lâm, Thành phố Hà Nội"),
        ("Xã Yên Viên, H. Gia Lâm, Hà Nội", "", "Xã Yên Viên, Huyện Gia Lâm, Thành phố Hà Nội"),
    ],
)
def test_older_names_and_namesakes_are_told_apart(written: str, detail: str, path: str) -> None:
    assert read(written) == (detail, path)


def test_a_new_name_with_a_dash_in_it_is_not_taken_for_an_old_ward_and_its_city() -> None:
    written = "9 Hồ Tùng Mậu, Phường Xuân Hương - Đà Lạt, Tỉnh Lâm Đồng"

    assert read(written, SINCE) == ("9 Hồ Tùng Mậu", "Phường Xuân Hương - Đà Lạt, Tỉnh Lâm Đồng")
    assert read(written, BEFORE) == (written, None)  # no such unit had begun


@pytest.mark.parametrize(
    "written",
    [
        "",
        "12 Lê Lợi",
        "Hà Nội",
        "Quận 1, TP. HCM",
        "Paris, France",
        "12, 12, 12",
        "Xã Tân Phú, Huyện Châu Thành",
    ],
)
def test_where_no_commune_can_be_told_all_stays_in_the_detail(written: str) -> None:
    assert read(written) == (written, None)


FORMS: dict[str, Callable[[str], str]] = {
    "in full": lambda path: f"12 Lê Lợi, {path}",
    "decomposed": lambda path: unicodedata.normalize("NFD", f"Thôn Tân Thành, {path}"),
    "shortened": lambda path: "Tổ 3, " + shortened(path),
    "without commas": lambda path: f"12 Lê Lợi {path}".replace(",", ""),
    "without marks": lambda path: fold(f"12 Lê Lợi, {path}").upper(),
}


@pytest.mark.parametrize("day", [BEFORE, SINCE])
@pytest.mark.parametrize("form", FORMS)
def test_nearly_every_commune_is_read_from_its_address_and_none_taken_for_another(
    form: str, day: date
) -> None:
    communes = random.Random(5).sample(lookups.communes(day), 400)

    read_as = [lookups.parse_address(FORMS[form](commune.path), day).area for commune in communes]

    right = sum(area is commune for area, commune in zip(read_as, communes, strict=True))
    wrong = sum(area not in (None, commune) for area, commune in zip(read_as, communes, strict=True))
    assert right / len(communes) > 0.985
    assert wrong / len(communes) <= 0.005


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(
    text=st.text()
    | st.lists(st.sampled_from(["Xã", "Tân", "Thành", "Châu", ",", "Q.", "1", "TP.", " - ", "Huyện"])).map(
        " ".join
    )
)
def test_no_address_is_too_strange(text: str) -> None:
    parsed = lookups.parse_address(text, SINCE)

    assert (
        unicodedata.normalize("NFC", text).lstrip(" ,;.-–\n\t").startswith(parsed.detail)
        or parsed.area is None
    )
    assert parsed.detail in unicodedata.normalize("NFC", text)
    assert parsed.area is None or parsed.area.level == 3


def shortened(path: str) -> str:
    short = {
        "Phường ": "P.",
        "Xã ": "X. ",
        "Thị trấn ": "TT. ",
        "Quận ": "Q.",
        "Huyện ": "H. ",
        "Thị xã ": "TX. ",
    }
    short |= {"Thành phố ": "TP. ", "Tỉnh ": "T. "}
    for kind, letters in short.items():
        path = path.replace(kind, letters)
    return path
