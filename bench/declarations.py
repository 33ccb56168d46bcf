"""Declarations with faults (dancu.synthetic.corruption) against the bench's register: who is found, who
is taken for another, in what time.
"""

import time
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
from django.db import connection
from django.utils import timezone

from bench import country
from bench.figures import percentile
from dancu.areas import lookups as areas
from dancu.db.embedded import HOME
from dancu.matching import lookups as matching
from dancu.synthetic import corruption as noise
from dancu.text.sounds import given_key
from dancu.values.errors import BadValue

TUNING_SEED, REPORTED_SEED = 2026, 2027
"""An even and an odd one: the noise generator draws nobody with both. Thresholds and weights are chosen
with the first only.
"""
OUTSIDERS = 0.05
_UNUSABLE = ("number_missing", "relatives_number", "number_of_another", "digit_wrong")
_SEXES = {"Nam": 1, "1": 1, "M": 1, "Nữ": 2, "2": 2, "F": 2}
_WARMING = 200  # declarations answered before the clock starts


@dataclass(frozen=True)
class Answered:
    """What came of one declaration. `truth`: the person meant, None for an outsider; `first`: who was ranked
    first, matched or not; `has_commune`, `has_number`: whether one was declared that can be used; `ms`: from
    its text to the answer."""

    kind: str
    truth: int | None
    first: int | None
    ranked: Sequence[int]
    candidates: int
    ms: float
    has_commune: bool
    has_number: bool
    faults: Sequence[str]
    outsider: str = ""

    @property
    def is_match(self) -> bool:
        return self.kind == "match"

    @property
    def is_right(self) -> bool:
        return self.is_match and self.truth is not None and self.first == self.truth


@dataclass
class Outcome:
    """The answers to the declarations of one profile."""

    profile: str
    answers: list[Answered] = field(default_factory=list)

    def recall(self, of: Iterable[Answered] | None = None) -> float:
        """Of the people who are in the register, the share whom an automatic match found."""
        within = [one for one in (self.answers if of is None else of) if one.truth is not None]
        return sum(one.is_right for one in within) / max(1, len(within))

    def found(self, of: Iterable[Answered] | None = None) -> float:
        """The share who were matched, or are among those whom a clerk is shown."""
        within = [one for one in (self.answers if of is None else of) if one.truth is not None]
        return sum(one.is_right or (not one.is_match and one.truth in one.ranked) for one in within) / max(
            1, len(within)
        )

    @property
    def precision(self) -> float:
        """Of the automatic matches, the share that is right."""
        matches = [one for one in self.answers if one.is_match]
        return sum(one.is_right for one in matches) / max(1, len(matches))

    @property
    def matches(self) -> int:
        return sum(one.is_match for one in self.answers)

    @property
    def with_commune(self) -> list[Answered]:
        return [one for one in self.answers if one.has_commune]

    @property
    def with_number(self) -> list[Answered]:
        return [one for one in self.answers if one.has_number]

    @property
    def candidates(self) -> float:
        return sum(one.candidates for one in self.answers) / max(1, len(self.answers))

    def ms(self, share: float) -> float:
        return percentile([one.ms for one in self.answers], share)

    def missed(self) -> list[tuple[str, int, int]]:
        """By fault: how many of those who are in the register and had it were not matched, and how many
        had it.
        """
        within = [one for one in self.answers if one.truth is not None]
        had = Counter(fault for one in within for fault in one.faults or ["none"])
        lost = Counter(fault for one in within if not one.is_right for fault in one.faults or ["none"])
        return sorted(((code, lost[code], had[code]) for code in had), key=lambda row: -row[1])

    def as_rows(self) -> pl.DataFrame:
        """Every answer, in the order of the declarations, to look into."""
        return pl.DataFrame([vars(one) for one in self.answers], infer_schema_length=None)

    def mistaken(self) -> Counter[str]:
        """Who was matched with somebody else: the kind of outsider, or "person"."""
        return Counter(one.outsider or "person" for one in self.answers if one.is_match and not one.is_right)


class RegisterIsAnother(Exception):
    """The register does not hold the bench's population, so that nothing measured on it would be right."""


def answered(profile: str, records: int, seed: int) -> Outcome:
    """Make `records` declarations of a profile from the bench's population and answer each."""
    today = timezone.localdate()
    rows = _declarations(profile, records, seed, today)
    truth = _people(rows)
    outcome = Outcome(profile)
    for row in rows.head(_WARMING).iter_rows(named=True):
        _answer(_declared(row, today))
    for row, person_id in zip(rows.iter_rows(named=True), truth, strict=True):
        began = time.perf_counter()
        declared = _declared(row, today)
        answer = _answer(declared)
        ms = (time.perf_counter() - began) * 1e3
        ranked = [one.person.person_id for one in answer.ranked]
        outcome.answers.append(
            Answered(
                str(answer.kind),
                person_id,
                ranked[0] if ranked else None,
                ranked,
                answer.candidates,
                ms,
                declared.home_area is not None,
                bool(row["number"]) and not set(row["faults"]).intersection(_UNUSABLE),
                row["faults"],
                "" if row["in_register"] else row["kind"],
            )
        )
    return outcome


def _declarations(profile: str, records: int, seed: int, today: date) -> pl.DataFrame:
    """The declarations, made once for this day, population and generator."""
    people, code = country.population(), Path(noise.__file__).parent
    made_by = zlib.crc32(
        b"".join(file.read_bytes() for file in sorted([*code.glob("*.py"), *code.glob("*.toml")]))
    )
    file = HOME / f"declared-{people.stem}-{profile}-{records}-{seed}-{today}-{made_by:08x}.parquet"
    if not file.exists():
        noise.generate(people, records, seed, profile, file, today, OUTSIDERS)
    return pl.read_parquet(file)


def _answer(declared: matching.ClaimedIdentity) -> Any:
    """The engine's answer: `kind` (match, several, review, none), `ranked` people, `candidates` compared.
    The one place that asks it.
    """
    from dancu.matching.answers import who_is

    return who_is(declared)


def _declared(row: dict[str, Any], on: date) -> matching.ClaimedIdentity:
    """What a record says, read as a page or an endpoint would read it; what cannot be read counts as not
    declared.
    """
    try:
        birth = matching.birth_readings(row["birth"], on)[0]
    except BadValue:
        birth = None
    home = areas.unit(row["commune_code"], on) if row["commune_code"] else None
    if home is None and row["address"]:
        home = matching.normalise_address(row["address"], on).commune
    return matching.declared_identity(
        row["number"],
        row["full_name"],
        birth,
        _SEXES.get(row["sex"], 0),
        home.area_id if home else None,
        row["phone"],
    )


def _people(rows: pl.DataFrame) -> list[int | None]:
    """Whom each record means, in the register's own ids. Those without a PIN are known by their row of the
    population file.

    Raises RegisterIsAnother where somebody is not in the register who should be.
    """
    pins = rows["truth_pin"].drop_nulls().to_list()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pin, person_id FROM person WHERE pin = ANY(%s)", [pins])
        by_pin = dict(cursor.fetchall())
        without = _rows_of_files(rows["truth_row"].drop_nulls())
        cursor.execute(
            "SELECT f.place, p.person_id FROM unnest(%s::text[], %s::text[], %s::date[], %s::int[]) AS "
            "f(place, name, born, given_key)"
            " JOIN person p ON p.given_key = f.given_key AND p.birth_date = f.born WHERE p.pin IS NULL AND "
            "p.full_name = f.name",
            [
                *(without[column].to_list() for column in without.columns),
                without["full_name"].map_elements(given_key, pl.Int32).to_list(),
            ],
        )
        by_place = dict(cursor.fetchall())
    truth = [
        by_pin.get(pin) if pin else by_place.get(place)
        for pin, place in rows.select("truth_pin", "truth_row").iter_rows()
    ]
    lost = sum(within and person is None for within, person in zip(rows["in_register"], truth, strict=True))
    if lost:
        raise RegisterIsAnother(
            f"{lost} of {len(rows)} declarations are of people of {country.population()} who are not in the "
            f"register"
        )
    return truth


def _rows_of_files(places: pl.Series) -> pl.DataFrame:
    """The rows of the population's files at these places ("part-0001.parquet:17"): place, name, birth
    date.
    """
    people = country.population()
    found = []
    for name in sorted(set(places.str.split(":").list.first())):
        frame = pl.scan_parquet(people / name if people.is_dir() else people).with_row_index("row", offset=1)
        place = pl.concat_str(pl.lit(f"{name}:"), "row").alias("place")
        rows = [int(at.split(":")[1]) for at in places if at.startswith(f"{name}:")]
        found.append(
            frame.filter(pl.col("row").is_in(rows)).select(place, "full_name", "birth_date").collect()
        )
    return (
        pl.concat(found)
        if found
        else pl.DataFrame(schema={"place": pl.String, "full_name": pl.String, "birth_date": pl.Date})
    )
