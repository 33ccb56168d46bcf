"""People who are in no register: strangers, and namesakes, twins, relatives, children and newborns of
people who are in it.
"""

import tempfile
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import polars as pl

from dancu.matching.normalising.parts import name_parts
from dancu.register.codes import FEMALE, MALE
from dancu.synthetic import population as synthetic
from dancu.synthetic.corruption.drawing import PEOPLE, Population
from dancu.synthetic.corruption.rates import Rates
from dancu.text.syllables import as_written, is_syllable, parted, toned

_APART = 1_000_000_007  # added to the seed: nobody generates a population with such a one
_LIVING = 0.95  # of a synthetic population at least
_SAME_MIDDLE = 0.5  # of twins, the share with one middle name; estimated
_SAME_DAY, _SAME_YEAR = 0.15, 0.65  # of namesakes: born on the very day; or else in the same year; estimated
_PHONE_PREFIXES = ["055", "059", "087", "099"]  # a synthetic population has none of these
_NUMBERS_TRIED = 4
_OF_A_PARENT = (
    "outsider_child",
    "outsider_newborn",
)  # who declare the telephone of the parent who declares for them
_OF_AGE = 18
_OLDEST_PARENT = 42  # when a child is born
_SAME_NAME, _NEARLY_SAME = (
    0.10,
    0.25,
)  # of children, the share with the parent's name, and with one that sounds so; estimated
_NEARLY = {"ư": "u", "ơ": "o", "â": "a", "ă": "a", "ê": "e", "u": "ư", "o": "ô", "a": "â", "e": "ê"}
_DAYS_WITHOUT_A_NAME = 60  # a birth is registered within that time (Law on civil status, article 15)
_NEWBORN = {
    MALE: ["Con ông {}", "Con anh {}", "Con của {}", "Bé trai con anh {}"],
    FEMALE: [
        "Con bà {}",
        "CB {}",
        "Con chị {}",
        "Con của {}",
        "Bé gái con chị {}",
        "CON BÀ {}",
        "Sơ sinh con bà {}",
        "con ba {}",
    ],
}


def make_outsiders(
    hosts: pl.DataFrame, population: Population, rates: Rates, seed: int, on: date
) -> pl.DataFrame:
    """As many outsiders as `hosts` has rows: columns of PEOPLE (`truth` null), `kind`, `like_pin` and
    `another_pin`.

    `hosts`: people of the register whom they are like, if their kind is; strangers are like nobody. Numbers
    and telephones are nobody's.
    """
    n = len(hosts)
    rng = np.random.Generator(np.random.SFC64(np.random.SeedSequence([seed, 3])))
    dice = Random(seed)  # noqa: S311
    kinds = list(rates["outsiders"])
    shares = np.array(list(rates["outsiders"].values()))
    drawn = [kinds[at] for at in rng.choice(len(kinds), n, p=shares / shares.sum())]
    strangers, living = _strangers(n, seed, on), hosts.to_dicts()
    parents = [host for host in living if _years(host["birth"], on) >= _OF_AGE and host["phone"]] or living
    spare = strangers["full_name"].to_list()
    rows = []
    for kind, stranger, host in zip(drawn, strangers.to_dicts(), living, strict=True):
        row = stranger | {"kind": kind, "like_pin": None, "relatives_pin": None, "relatives_phone": None}
        host = dice.choice(parents) if kind in _OF_A_PARENT else host
        if kind != "outsider":
            row |= {"like_pin": host["pin"]}
        if kind == "outsider_namesake":
            row |= {
                "full_name": host["full_name"],
                "sex": host["sex"],
                "birth": _near(host["birth"], dice, on),
                "precision": "D",
            }
        elif kind != "outsider":
            row |= {name: host[name] for name in ("home_code", "home_address", "away_code", "away_address")}
            row |= {"relatives_pin": host["pin"], "relatives_phone": host["phone"]}
            row["full_name"] = _of_one_family(host["full_name"], row["full_name"], kind, spare, dice)
            if kind == "outsider_twin":
                row |= {"birth": host["birth"], "precision": host["precision"]}
            if kind in _OF_A_PARENT:
                row |= _child(host, row, kind, dice, on)
        rows.append(row)
    made = pl.DataFrame(rows, schema=PEOPLE | {"kind": pl.String, "like_pin": pl.String})
    others = hosts["pin"].gather(rng.permutation(n))
    phones = pl.Series([f"{dice.choice(_PHONE_PREFIXES)}{dice.randrange(10**7):07}" for _ in range(n)])
    return made.with_columns(
        pin=_nobodys_numbers(made, population, rng),
        phone=pl.when(pl.col("kind").is_in(_OF_A_PARENT))
        .then("phone")
        .when(pl.col("phone").is_not_null())
        .then(phones),
        cmnd=pl.lit(None, pl.String),
        another_pin=others,
    )


def _strangers(n: int, seed: int, on: date) -> pl.DataFrame:
    """People of another synthetic population, in random order: columns of PEOPLE."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "strangers.parquet"
        synthetic.generate(int(n / _LIVING * 1.2) * 2 + 2 * 2_000, seed + _APART, file, on)
        rng = np.random.Generator(np.random.SFC64(np.random.SeedSequence([seed, 4])))
        return Population((file,)).draw(n, seed, rng).with_columns(truth=pl.lit(None, pl.String))


def _near(born: date, dice: Random, on: date) -> date:
    """The birth date of a namesake: the very day, another of the same year, or of a year near it."""
    kind = dice.random()
    if kind < _SAME_DAY:
        return born
    if kind < _SAME_YEAR:
        return min(on, date(born.year, 1, 1) + timedelta(dice.randrange(365)))
    return min(on, born + timedelta(dice.choice([-1, 1]) * dice.randrange(366, 1500)))


def _child(parent: dict[str, Any], row: dict[str, Any], kind: str, dice: Random, on: date) -> dict[str, Any]:
    """What a child in no register, or a newborn without a name, has of its own and of the parent."""
    born = {"phone": parent["phone"], "precision": "D"}
    if kind == "outsider_newborn":
        day = on - timedelta(dice.randrange(_DAYS_WITHOUT_A_NAME))
        return born | {
            "full_name": dice.choice(_NEWBORN[parent["sex"]]).format(parent["full_name"]),
            "birth": day,
            "pin": None,
        }
    oldest = max(_OF_AGE, min(_OLDEST_PARENT, _years(parent["birth"], on)))
    day = min(on, parent["birth"] + timedelta(dice.randrange(_OF_AGE * 365, oldest * 365 + 1)))
    name, alike = row["full_name"], dice.random()
    if alike < _SAME_NAME:
        name = parent["full_name"]
    elif alike < _NEARLY_SAME:
        name = _nearly(parent["full_name"])
    return born | {"full_name": name, "birth": day}


def _nearly(name: str) -> str:
    """The name with a given name that differs in marks only: Hùng, Hưng; the same where there is none
    such.
    """
    rest, space, given = name.rpartition(" ")
    if not is_syllable(given):
        return name
    bare, tone = parted(given)
    others = [bare.replace(one, other, 1) for one, other in _NEARLY.items() if one in bare]
    near = next((other for other in others if is_syllable(other + tone)), "")
    return f"{rest}{space}{as_written(toned(near, tone), given)}" if near else name


def _years(born: date, on: date) -> int:
    return (on - born).days // 365


def _of_one_family(host: str, own: str, kind: str, spare: list[str], dice: Random) -> str:
    """The host's surname, with a middle and a given name that are not the host's."""
    theirs = name_parts(host.split())
    if not theirs.surname or not host.startswith(theirs.surname):
        return own if own != host else dice.choice(spare)
    middle = theirs.middle if kind == "outsider_twin" and dice.random() < _SAME_MIDDLE else None
    for name in [own, *(dice.choice(spare) for _ in range(20))]:
        parts = name_parts(name.split())
        words = [theirs.surname, middle if middle is not None else parts.middle, parts.given]
        if parts.given and parts.given != theirs.given:
            return " ".join(word for word in words if word)
    return own


def _nobodys_numbers(made: pl.DataFrame, population: Population, rng: np.random.Generator) -> pl.Series:
    """A PIN for each that suits sex and birth year and that nobody in the population has; null for those
    who have none.
    """
    century_and_sex = (pl.col("birth").dt.year() // 100 - 19) * 2 + pl.col("sex") - MALE
    year = (pl.col("birth").dt.year() % 100).cast(pl.String).str.zfill(2)
    start = made.select(
        pl.concat_str(pl.col("pin").str.slice(0, 3), century_and_sex.cast(pl.String), year)
    ).to_series()
    tries = [
        start + pl.Series(rng.integers(0, 10**6, len(made))).cast(pl.String).str.zfill(6)
        for _ in range(_NUMBERS_TRIED)
    ]
    taken = population.taken(pl.concat(tries).drop_nulls()).implode()
    free = [pl.when(~pl.Series(tried).is_in(taken)).then(tried) for tried in tries]
    return made.select(pl.coalesce(free)).to_series()
