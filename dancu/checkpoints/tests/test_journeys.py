import datetime as dt
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dancu.checkpoints.journeys import Journey, subject_of
from dancu.matching.lookups import PartialDate
from dancu.values.plates import tidy_plate


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("51f 123.45", "51F-12345"),
        ("51F12345", "51F-12345"),
        ("51F-12345", "51F-12345"),
        ("30K-1234", "30K-1234"),
        ("30k1234", "30K-1234"),
        ("51LD12345", "51LD-12345"),
        ("59X112345", "59X1-12345"),
        ("59-X1 123.45", "59X1-12345"),
        ("59-X1-123.45", "59X1-12345"),
        ("59X1-1234", "59X1-1234"),
        ("29-MĐ1 123.45", "29MĐ1-12345"),
        ("80-NG-123-45", "80NG-12345"),
        ("TM-1234", "TM-1234"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_a_number_plate_is_stored_in_one_form_however_it_is_typed(typed, stored):
    assert tidy_plate(typed) == stored


@given(st.text(max_size=20))
def test_a_tidy_plate_stays_as_it_is(text):
    assert tidy_plate(tidy_plate(text)) == tidy_plate(text)


@given(st.uuids(version=4))
def test_someone_whom_the_register_does_not_know_has_a_negative_number_that_fits_a_bigint(declaration_id):
    assert -(1 << 63) <= subject_of(declaration_id) < 0


def test_the_same_declaration_is_about_the_same_unknown_person():
    declaration_id = UUID("018f0000-0000-7000-8000-000000000001")
    assert subject_of(declaration_id) == subject_of(declaration_id)


def test_symptoms_contact_and_a_positive_test_are_what_a_health_officer_hears_of_first():
    healthy = {
        "full_name": "Nguyễn Văn An",
        "birth": PartialDate(2000),
        "number_kind": "pin",
        "number": "",
        "origin_area": 1,
        "destination_area": 2,
        "departs_on": dt.date(2021, 8, 11),
        "arrives_on": dt.date(2021, 8, 11),
        "reason": "home",
        "vehicle": "foot",
    }
    assert Journey(**healthy, test_kind="pcr", test_result="negative").warnings == []
    ill = Journey(**healthy, symptoms=("fever",), contact=True, test_kind="pcr", test_result="positive")
    assert ill.warnings == ["symptoms", "contact", "positive"]
