"""The columns of a population file, made from positions, numbers and days.

A position of -1 stands for null; days are counted from 1970.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from dancu.register.codes import FEMALE, MALE
from dancu.synthetic.population import faith, names, numbering, papers
from dancu.synthetic.population.addresses import addresses
from dancu.synthetic.population.fates import ALIVE, DEAD
from dancu.synthetic.population.households import Drawn
from dancu.synthetic.population.kinship import YEAR
from dancu.synthetic.population.lineage import Descent, Households
from dancu.synthetic.population.parents import absent_parents
from dancu.synthetic.population.places import born_after_reform, places
from dancu.synthetic.population.residence import Residence

_WITHOUT_PIN = 0.003
_PIN_DISAGREES = 0.001
_MAIL = ("@example.com", "@example.org", "@example.net")  # reserved for examples: RFC 2606


@dataclass(frozen=True)
class Births:
    """Birth dates (days since 1970), their years, and how much of each is known: 0 the day, 1 the month,
    2 the year.
    """

    day: np.ndarray
    year: np.ndarray
    precision: np.ndarray


@dataclass(frozen=True)
class Chunk:
    """All that has been decided about a chunk's people. `part`: which part of a divided commune each
    household is in.
    """

    seed: int
    number: int
    today: int
    people: Drawn
    births: Births
    homes: Households
    descent: Descent
    residence: Residence
    status: np.ndarray
    status_day: np.ndarray
    marital: np.ndarray
    part: np.ndarray

    def code(self, commune: np.ndarray, day: np.ndarray | int) -> pl.Series:
        """The code of each old commune, or on days since the reform, of the commune it went into."""
        return _or_null(places().codes, self.place(commune, day))

    def place(self, commune: np.ndarray, day: np.ndarray | int) -> np.ndarray:
        known = np.maximum(commune, 0)
        new = np.broadcast_to(born_after_reform(np.asarray(day)), len(commune))
        return np.where(commune >= 0, places().in_era(known, self.part, new), -1)


Columns = dict[str, pl.Series]


def identity(rng: np.random.Generator, chunk: Chunk) -> Columns:
    """Numbers and names: of the person, the parents and the spouse."""
    people, births, descent = chunk.people, chunk.births, chunk.descent
    n = len(people)
    pins = _pins(rng, chunk)
    residence = chunk.residence
    late_comer = residence.since - births.day > 16 * YEAR
    card_place = np.where(late_comer, residence.registered, chunk.homes.home[people.household])
    cmnds = numbering.cmnds(chunk.seed, chunk.number, places().province[card_place])
    province = places().province[descent.native]
    full = names.name(rng, descent.surname, descent.ethnicity, people.sex, births.year, province)
    text = full.text()
    absent = absent_parents(rng, people, births.year, descent, places())
    return {
        "pin": pins,
        "cmnd": _or_null(cmnds, np.where(papers.has_cmnd(rng, births.year), np.arange(n), -1)),
        "full_name": text,
        "father_pin": _or_null(pins, descent.father),
        "mother_pin": _or_null(pins, descent.mother),
        "spouse_pin": _or_null(pins, people.spouse),
        "father_name": _named(absent["father_name"], text, descent.father, pins),
        "mother_name": _named(absent["mother_name"], text, descent.mother, pins),
        "email": _emails(rng, chunk, full),
    }


def traits(rng: np.random.Generator, chunk: Chunk) -> Columns:
    """What people are: born when and where, of which group and faith, in what state."""
    people, births, descent = chunk.people, chunk.births, chunk.descent
    n = len(people)
    believes = faith.faiths(rng, places().province[chunk.homes.home], descent.ethnicity[people.first])[
        people.household
    ]
    believes = np.where(rng.random(n) < 0.03, faith.NONE, believes)
    codes = pl.Series([f"{code:02}" for code in range(100)])
    return {
        "birth_date": _dates(births.day),
        "birth_precision": pl.Series(["D", "M", "Y"]).gather(births.precision),
        "sex": pl.Series(people.sex),
        "birth_registered_code": chunk.code(chunk.residence.registered, births.day),
        "native_code": chunk.code(descent.native, births.day),
        "ethnicity": codes.gather(descent.ethnicity),
        "religion": _or_null(codes, np.where(believes == faith.NONE, -1, believes)),
        "nationality": pl.repeat("VNM", n, eager=True),
        "blood_group": _or_null(pl.Series(papers.BLOOD_GROUPS), papers.blood(rng, n)),
        "marital_status": pl.Series(chunk.marital),
        "status": pl.Series(chunk.status),
        "status_on": _dates(chunk.status_day, chunk.status != ALIVE),
        "household_no": numbering.household_numbers(chunk.number, len(people.first)).gather(people.household),
        "relation_to_head": pl.Series(people.relation),
    }


def contact(rng: np.random.Generator, chunk: Chunk) -> Columns:
    """Telephones and cards. The dead have none of the former."""
    people, n = chunk.people, len(chunk.people)
    has = papers.has_phone(rng, people.age) & (chunk.status != DEAD)
    numbers = numbering.phones(chunk.seed, chunk.number, n)
    whose = np.where(has, papers.whose_phone(rng, people, has), -1)
    issued = papers.cards_issued(rng, chunk.births.day, chunk.today)
    return {
        "phone": _or_null(numbers, whose),
        "card_issued_on": _dates(issued, (issued >= 0) & (issued <= chunk.status_day)),
    }


def residences(rng: np.random.Generator, chunk: Chunk) -> Columns:
    """Permanent, temporary, current and former residence."""
    people, residence, homes = chunk.people, chunk.residence, chunk.homes
    home = homes.home[people.household]
    at_home = _addresses(rng, homes.home, chunk.descent.ethnicity[people.first]).gather(people.household)
    temporary = _elsewhere(rng, chunk, residence.temporary)
    visiting = np.where(residence.current == residence.temporary, -1, residence.current)
    current = pl.select(
        pl.when(pl.Series(residence.current >= 0)).then(
            pl.coalesce(_elsewhere(rng, chunk, visiting), temporary)
        )
    ).to_series()
    away = residence.temporary >= 0
    return {
        "permanent_code": chunk.code(home, chunk.today),
        "permanent_address": at_home,
        "permanent_since": _dates(residence.since),
        "temporary_code": chunk.code(residence.temporary, chunk.today),
        "temporary_address": temporary,
        "temporary_since": _dates(residence.temporary_since, away),
        "temporary_until": _dates(residence.temporary_until, away),
        "current_code": chunk.code(residence.current, chunk.today),
        "current_address": current,
        "former_code": chunk.code(residence.former, residence.since - 1),
        "former_address": _elsewhere(rng, chunk, residence.former),
        "former_since": _dates(residence.former_since, residence.former >= 0),
        "former_until": _dates(residence.since, residence.former >= 0),
    }


def _pins(rng: np.random.Generator, chunk: Chunk) -> pl.Series:
    """PINs of the province where the birth was registered, a few given for a wrong sex or year, a few
    people without.
    """
    n, births = len(chunk.people), chunk.births
    slip, wrong_sex = rng.random(n) < _PIN_DISAGREES, rng.random(n) < 0.3
    sex = np.where(slip & wrong_sex, MALE + FEMALE - chunk.people.sex, chunk.people.sex)
    year = births.year - np.where(slip & ~wrong_sex, rng.choice([1, 2, 10], n), 0)
    province = places().province_of(chunk.place(chunk.residence.registered, births.day))
    pins = numbering.pins(chunk.seed, chunk.number, province, sex, year)
    return _or_null(pins, np.where(rng.random(n) < _WITHOUT_PIN, -1, np.arange(n)))


def _named(absent: pl.Series, names_: pl.Series, parent: np.ndarray, pins: pl.Series) -> pl.Series:
    """A parent's name where there is no PIN to find it by."""
    without = (parent >= 0) & pins.is_null().to_numpy()[parent]
    return pl.select(pl.coalesce(absent, _or_null(names_, np.where(without, parent, -1)))).to_series()


def _emails(rng: np.random.Generator, chunk: Chunk, full: names.DrawnNames) -> pl.Series:
    n = len(chunk.people)
    has = papers.has_email(rng, chunk.people.age) & (chunk.status == ALIVE)
    person = pl.Series(chunk.number * numbering.CHUNK_PEOPLE + np.arange(n)).cast(pl.String)
    host = pl.Series(_MAIL).gather(rng.integers(0, len(_MAIL), n))
    return pl.select(pl.when(pl.Series(has)).then(pl.concat_str(full.mailbox(), person, host))).to_series()


def _elsewhere(rng: np.random.Generator, chunk: Chunk, commune: np.ndarray) -> pl.Series:
    """An address in each commune, null where there is none."""
    away = np.flatnonzero(commune >= 0)
    place = np.full(len(commune), -1)
    place[away] = np.arange(len(away))
    return _or_null(_addresses(rng, commune[away], chunk.descent.ethnicity[away]), place)


def _addresses(rng: np.random.Generator, commune: np.ndarray, ethnicity: np.ndarray) -> pl.Series:
    return addresses(rng, places().urban[commune], places().province[commune], ethnicity)


def _or_null(values: pl.Series, position: np.ndarray) -> pl.Series:
    return values.extend_constant(None, 1).gather(np.where(position >= 0, position, len(values)))


def _dates(days: np.ndarray, known: np.ndarray | bool = True) -> pl.Series:
    return pl.Series(np.where(known, days.astype("datetime64[D]"), np.datetime64("NaT", "D")))
