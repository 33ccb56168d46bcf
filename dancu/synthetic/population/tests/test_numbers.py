"""Numbers of synthetic people: valid, and nobody's twice."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from dancu.areas.published import REFORM, units
from dancu.register.importing.population_file import COLUMNS
from dancu.synthetic.population import SCHEMA, make_chunk, numbering
from dancu.synthetic.population.tests.sample import sample
from dancu.values.numbers import check_cmnd, check_pin


def test_every_pin_is_valid_and_hardly_any_disagrees_with_the_record():
    found = [
        problem.kind
        for pin, sex, born in sample().select("pin", "sex", "birth_date").drop_nulls("pin").rows()
        for problem in check_pin(pin, sex, born)
    ]
    assert "error" not in found
    assert 10 < len(found) < 120  # 0.1 % of 50,000


def test_pins_and_telephones_and_household_numbers_are_nobody_elses():
    two = pl.concat([make_chunk(5, 0, 20_000, date(2026, 7, 1)), make_chunk(5, 1, 20_000, date(2026, 7, 1))])
    assert two["pin"].drop_nulls().is_unique().all()
    assert two["cmnd"].drop_nulls().is_unique().all()
    own_phone = two["phone"].drop_nulls().n_unique() / two["phone"].count()
    assert 0.95 < own_phone < 1  # a few give the number of the head of household
    assert two["household_no"].n_unique() == two.filter(pl.col("relation_to_head") == 1).height


def test_serials_of_a_cell_are_never_given_twice_in_all_chunks():
    one = np.ones(40, int)
    everything = pl.concat(
        [numbering.pins(9, chunk, one * 79, one, one * 1990) for chunk in (0, 1, 999, 1_952)]
    )
    assert everything.is_unique().all()
    assert everything.str.starts_with("079090").all()


def test_more_people_in_a_cell_than_it_has_numbers_are_refused():
    one = np.ones(600, int)
    with pytest.raises(numbering.TooManyInOneCell):
        numbering.pins(9, 0, one, one, one * 1990)


def test_the_pin_begins_with_the_province_of_birth_registration():
    everywhere = units().filter(pl.col("level") == 3)
    old = everywhere.filter(pl.col("valid_to").is_not_null()).select("code", district="parent_code")
    districts = units().filter(pl.col("level") == 2).select(district="code", province="parent_code")
    born = (
        sample().filter(pl.col("birth_date") < REFORM).drop_nulls("pin")
        .join(old.join(districts, on="district"), left_on="birth_registered_code", right_on="code")
    )  # fmt: skip
    assert len(born) > 48_000
    assert (born["pin"].str.slice(0, 3) == "0" + born["province"]).all()
    new = everywhere.filter(pl.col("valid_to").is_null()).select("code", province="parent_code")
    lately = sample().filter(pl.col("birth_date") >= REFORM).drop_nulls("pin")
    lately = lately.join(new, left_on="birth_registered_code", right_on="code")
    assert len(lately) == len(sample().filter(pl.col("birth_date") >= REFORM).drop_nulls("pin"))
    assert (lately["pin"].str.slice(0, 3) == "0" + lately["province"]).all()


def test_old_card_numbers_have_nine_digits_and_their_provinces_first_ones():
    numbers = sample()["cmnd"].drop_nulls()
    assert not any(check_cmnd(number) for number in numbers.head(2_000))
    stayed = sample().filter(
        (pl.col("pin").str.slice(0, 3) == "040") & (pl.col("permanent_since") == pl.col("birth_date"))
    )
    assert stayed["cmnd"].drop_nulls().str.starts_with("18").all()


def test_telephones_are_vietnamese_mobile_numbers():
    assert sample()["phone"].drop_nulls().str.contains(r"^0[35789]\d{8}$").all()


def test_mail_goes_nowhere():
    assert sample()["email"].drop_nulls().str.contains(r"^[a-z.]+\d+@example\.(com|org|net)$").all()


def test_the_columns_are_those_of_a_population_file():
    assert set(SCHEMA) == set(COLUMNS)
