import datetime as dt

import pytest

from dancu.areas import lookups as areas
from dancu.credentials import qr
from dancu.web import paper

QR = "DC1:" + "6BFOXN%TSMAHN-H3TWMATLG72YB8UBOX9H6DNOQ" * 7


@pytest.fixture
def shown(published_areas: None, db: None) -> dict:
    here, there = (
        areas.find(text, level=areas.COMMUNE)[0].area_id for text in ("Ea M’Droh", "Đặc khu Côn Đảo")
    )
    return {
        "qr_text": QR,
        "pass_id": 123_456_789_012_345,
        "full_name": "Nguyễn Phước Ửng",
        "birth_year": 1985,
        "number": "079185001234",
        "origin_area": here,
        "destination_area": there,
        "plate": "51F-12345",
        "expires_at": dt.datetime(2021, 8, 14, 3, 5, tzinfo=dt.UTC),
    }


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_code_on_the_slip_can_be_scanned(shown, language):
    assert qr.read(paper.pass_png(shown, language)) == [QR]


def test_the_slip_is_one_page_of_a6_with_its_fonts_inside(shown):
    slip = paper.pass_pdf(shown, "vi")
    assert slip.startswith(b"%PDF-")
    assert slip.count(b"/Type /Page\n") + slip.count(b"/Type/Page\n") + slip.count(b"/Type /Page ") <= 1
    assert b"/Count 1" in slip
    assert b"297.6" in slip
    assert b"419.5" in slip
    assert b"LibertinusSerif" in slip


def test_each_language_has_its_slip(shown):
    assert paper.pass_png(shown, "vi") != paper.pass_png(shown, "en")


def test_the_longest_name_and_route_still_fit_one_page(shown):
    longest = max(areas.communes(dt.date(2024, 1, 1)), key=lambda area: len(area.path))
    name = " ".join(["Nguyễn Phước Công Tằng Tôn Nữ Hoàng Thị"] * 3)[:100]
    slip = paper.pass_pdf(
        shown | {"full_name": name, "origin_area": longest.area_id, "destination_area": longest.area_id}, "vi"
    )
    assert b"/Count 1" in slip


def test_what_a_name_holds_is_never_taken_for_a_command(shown):
    name = '#read("/etc/passwd") $x$ *b* \\ @a <l>'
    assert qr.read(paper.pass_png(shown | {"full_name": name}, "vi")) == [QR]


def test_a_pass_without_a_number_or_a_plate_has_a_slip(shown):
    assert paper.pass_pdf(shown | {"number": "", "plate": ""}, "en").startswith(b"%PDF-")
