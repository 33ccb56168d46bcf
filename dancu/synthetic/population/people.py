"""One chunk of the population as rows of a population file."""

from datetime import date

import numpy as np
import polars as pl

from dancu.synthetic.population import columns
from dancu.synthetic.population.columns import Births, Chunk
from dancu.synthetic.population.fates import ALIVE, DEAD, fates
from dancu.synthetic.population.households import Drawn, draw
from dancu.synthetic.population.kinship import YEAR
from dancu.synthetic.population.lineage import Descent, settle
from dancu.synthetic.population.places import places
from dancu.synthetic.population.residence import Residence, reside

_YEAR_ONLY, _MONTH_ONLY = 0.02, 0.025  # of those of 60 and over, running

SCHEMA: dict[str, type[pl.DataType]] = {
    "pin": pl.String,
    "cmnd": pl.String,
    "full_name": pl.String,
    "birth_date": pl.Date,
    "birth_precision": pl.String,
    "sex": pl.Int8,
    "birth_registered_code": pl.String,
    "native_code": pl.String,
    "ethnicity": pl.String,
    "religion": pl.String,
    "nationality": pl.String,
    "marital_status": pl.Int8,
    "blood_group": pl.String,
    "status": pl.Int8,
    "status_on": pl.Date,
    "phone": pl.String,
    "email": pl.String,
    "card_issued_on": pl.Date,
    "household_no": pl.String,
    "relation_to_head": pl.Int8,
    "father_pin": pl.String,
    "mother_pin": pl.String,
    "spouse_pin": pl.String,
    "father_name": pl.String,
    "mother_name": pl.String,
    "permanent_code": pl.String,
    "permanent_address": pl.String,
    "permanent_since": pl.Date,
    "temporary_code": pl.String,
    "temporary_address": pl.String,
    "temporary_since": pl.Date,
    "temporary_until": pl.Date,
    "current_code": pl.String,
    "current_address": pl.String,
    "former_code": pl.String,
    "former_address": pl.String,
    "former_since": pl.Date,
    "former_until": pl.Date,
}
"""The columns of a population file, as docs/population-file.md describes them."""


def make_chunk(seed: int, number: int, people: int, on: date) -> pl.DataFrame:
    """`people` people in whole households: the columns of SCHEMA.

    The same for a seed, number, count and day, whatever else is made; no other chunk of the seed has their
    numbers.
    """
    rng = np.random.Generator(np.random.SFC64(np.random.SeedSequence([seed, number])))
    today = int(np.datetime64(on, "D").astype(int))
    drawn = draw(rng, people)
    births = _births(rng, drawn, today)
    homes, descent = settle(rng, drawn, births.day, places(), today)
    status, status_day, marital = fates(rng, drawn, births.day, today)
    residence = reside(rng, drawn, births.day, homes, descent, places(), status == ALIVE, today)
    status_day = np.where(
        status == DEAD, np.maximum(status_day, _lived_until(births, descent, residence)), status_day
    )
    part = rng.random(len(drawn.first))[drawn.household]
    chunk = Chunk(
        seed, number, today, drawn, births, homes, descent, residence, status, status_day, marital, part
    )
    made = {
        **columns.identity(rng, chunk),
        **columns.traits(rng, chunk),
        **columns.contact(rng, chunk),
        **columns.residences(rng, chunk),
    }
    return pl.DataFrame([made[column].cast(kind).alias(column) for column, kind in SCHEMA.items()])


def _lived_until(births: Births, descent: Descent, residence: Residence) -> np.ndarray:
    """The last day of which it is known that somebody lived: they moved, or a child of theirs was born."""
    last = residence.since.copy()
    for parents in (descent.mother, descent.father):
        known = parents >= 0
        np.maximum.at(last, parents[known], births.day[known])
    return last


def _births(rng: np.random.Generator, people: Drawn, today: int) -> Births:
    """A birth date for each age; twins share theirs; of some old people only the year or the month is
    known.
    """
    day = today - (people.age * YEAR).astype(int) - 1 - rng.integers(0, 364, len(people))
    day = np.minimum(day, today)[people.twin_of]
    calendar = day.astype("datetime64[D]")
    vague = np.where(people.age >= 60, rng.random(len(people)), 1)
    precision = np.where(vague < _YEAR_ONLY, 2, np.where(vague < _MONTH_ONLY, 1, 0))
    calendar = np.where(precision == 2, calendar.astype("datetime64[Y]").astype("datetime64[D]"), calendar)
    calendar = np.where(precision == 1, calendar.astype("datetime64[M]").astype("datetime64[D]"), calendar)
    return Births(calendar.astype(int), calendar.astype("datetime64[Y]").astype(int) + 1970, precision)
