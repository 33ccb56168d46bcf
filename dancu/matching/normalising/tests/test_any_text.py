"""Whatever stands in a field, it is read, read in part, or refused with a reason: no reader of one fails."""

import datetime as dt

import polars as pl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dancu.api.people import IdentifyRequest, unreadable
from dancu.discrepancies.differences import birth_of, differing_fields
from dancu.matching.batch.mapping import WHOLE
from dancu.matching.batch.records import read_records
from dancu.matching.lookups import read_line
from dancu.matching.normalising.names import normalise_name
from dancu.matching.normalising.numbers import repairs
from dancu.testing.words import ANY_TEXT, DATE_LIKE, NUMBER_LIKE
from dancu.values.birth_dates import birth_readings
from dancu.values.days import day_of
from dancu.values.errors import BadValue
from dancu.values.phones import parse_phone
from dancu.values.sexes import sex_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]
TEXT = ANY_TEXT | DATE_LIKE | NUMBER_LIKE
PERSON = {
    "pin": "001085000011",
    "cmnd": None,
    "full_name": "Nguyễn Văn An",
    "birth_date": dt.date(1985, 3, 12),
    "birth_precision": "D",
    "sex": 1,
    "phone": None,
    "home_area": None,
}
slowly = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(TEXT)
@example("1995.0")
@example("1995/")
@example("1995-")
@example("1995/00")
def test_each_reader_reads_or_refuses(text):
    for read in (birth_readings, parse_phone, repairs):
        try:
            read(text)
        except BadValue as refusal:
            assert str(refusal)
    assert sex_of(text) in (0, 1, 2)
    name = normalise_name(text)
    assert (name.problem is None) == bool(name.text)
    assert birth_of(text) is None or birth_of(text).year >= 1890
    day = day_of(text)
    assert day is None or isinstance(day, dt.date)


@given(TEXT, TEXT, TEXT)
@example("001085000011", "An", "1956/")
def test_another_system_is_told_what_cannot_be_read(number, name, birth):
    for field, message in unreadable(IdentifyRequest(number, name, birth)).items():
        assert field in ("number", "full_name", "birth_date")
        assert message


@slowly
@given(TEXT)
@example("1995.0")
def test_a_line_of_an_official_is_read_or_told_to_be_none(text):
    try:
        assert len(read_line(text)) <= 4
    except BadValue as refusal:
        assert str(refusal)


@slowly
@given(st.lists(st.fixed_dictionaries(dict.fromkeys(WHOLE, TEXT)), min_size=1, max_size=4))
def test_a_row_of_a_file_never_stops_the_file(rows):
    raw = pl.DataFrame(rows, schema=dict.fromkeys(WHOLE, pl.String)).with_row_index("row", offset=1)
    read = read_records(raw.with_columns(reason=pl.lit("")), {"name": "vietnamese_name"}, dt.date(2025, 9, 1))
    assert read["row"].to_list() == list(range(1, len(rows) + 1))


@slowly
@given(
    st.fixed_dictionaries(
        dict.fromkeys(("number", "full_name", "birth", "sex", "phone", "commune_code"), TEXT)
    )
)
def test_what_a_site_holds_is_compared_whatever_it_says(declared):
    assert set(differing_fields(declared, PERSON)) <= set(declared)
