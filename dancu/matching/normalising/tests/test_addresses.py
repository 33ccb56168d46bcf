import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings

from dancu.matching.normalising.addresses import normalise_address
from dancu.testing.people import BEFORE, BEN_THANH, CAU_GIAY, DICH_VONG, area
from dancu.testing.words import ANY_TEXT
from dancu.text.fonts import into_tcvn3, into_vni

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

NOW = dt.date(2025, 9, 1)


def test_an_address_in_old_units_leads_to_the_communes_of_both_eras():
    address = normalise_address("12 Xuân Thủy, Phường Dịch Vọng, Quận Cầu Giấy, Hà Nội", BEFORE)
    assert address.detail == "12 Xuân Thủy"
    assert {area(DICH_VONG, on=BEFORE), area(CAU_GIAY)} <= address.area_ids


def test_an_address_in_new_units_leads_to_the_communes_of_both_eras():
    address = normalise_address("12 Xuân Thủy, Phường Cầu Giấy, Thành phố Hà Nội", NOW)
    assert {area(DICH_VONG, on=BEFORE), area(CAU_GIAY)} <= address.area_ids
    assert address.area_ids < address.province_ids


@pytest.mark.parametrize(
    "text",
    [
        "12 Lê Lợi, P. Bến Thành, Q.1, TP.HCM",
        "12 Lê Lợi, P.Bến Thành, Q1, Tp Hồ Chí Minh",
        "12 le loi, p ben thanh, quan 1, T.P HCM",
        "12 Lê Lợi, Phường Bến Thành, Quận 1, Sài Gòn",
    ],
)
def test_abbreviations_and_the_old_name_of_the_city_are_understood(text):
    address = normalise_address(text, BEFORE)
    assert area(BEN_THANH) in address.area_ids
    assert address.detail.lower().startswith("12 l")


@pytest.mark.parametrize("into", [into_tcvn3, into_vni])
def test_an_address_in_an_old_font_is_read(into):
    text = "Phường Dịch Vọng, Quận Cầu Giấy, Hà Nội"
    assert area(CAU_GIAY) in normalise_address(into(text), BEFORE).area_ids


def test_an_address_without_a_commune_has_no_area():
    address = normalise_address("12 đường không tên", NOW)
    assert (address.commune, address.area_ids) == (None, frozenset())


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ANY_TEXT)
def test_any_text_has_an_answer(text):
    assert normalise_address(text, NOW).area_ids >= frozenset()
