"""Many pairs weighed by the model that weighs one (model/scoring.py), in DuckDB, in the very same conditions
and weights.

`nearest` bounds what a record could reach with anybody at all: whom it excludes need not be weighed.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import duckdb
import polars as pl

from dancu.linkage.model.model import Comparison
from dancu.linkage.model.scoring import Scorer
from dancu.matching.batch.block_query import JUDGED
from dancu.matching.batch.judging import judged
from dancu.matching.batch.other_homes import OtherHomes
from dancu.matching.batch.records import PLAIN_PHONE, homes_today
from dancu.matching.vietnamese_kinds import KINDS, prepare_frame, sexes_told

_AT_ONCE = 500_000  # pairs: about 500 MB beside each other
_MEMORY = "1500MB"


_NOWHERE = -1  # stands for no area
_BIRTH = pl.col("birth_date").to_physical() * 4 + pl.col("birth_precision").replace_strict(
    {"D": 0, "M": 1, "Y": 2}, default=3, return_dtype=pl.Int32
)
_SEX = pl.coalesce(
    pl.when(pl.col("sex_is") > 0).then(pl.col("sex_is")).cast(pl.String),
    sexes_told("name_middle", "name_plain"),
)

Apart = Callable[..., pl.DataFrame]


def in_this_process(function: Callable[..., pl.DataFrame], frame: pl.DataFrame, *given: Any) -> pl.DataFrame:
    """`function` of the frame and what else is given."""
    return function(frame, *given)


def prepared_names(names: pl.DataFrame, kinds: dict[str, str]) -> pl.DataFrame:
    """`_name`, each once, beside the prepared columns of the model's fields that are names."""
    return prepare_frame(kinds, names.with_columns(pl.col("_name").alias(field) for field in kinds))


class PairScorer:
    """Weighs pairs of records (read_records) and people (many_candidates.PEOPLE) once both are prepared."""

    def __init__(self, scorer: Scorer, apart: "Apart | None" = None) -> None:
        """`apart`: does what takes long in other processes."""
        self.homes = OtherHomes()
        self.scorer, self.model, self.apart = scorer, scorer.model, apart or in_this_process
        self._known = prepared_names(pl.DataFrame(schema={"_name": pl.String}), self.names)
        self._homes = homes_today([]).vstack(
            homes_today([]).clear(1).with_columns(area_id=pl.lit(_NOWHERE, pl.Int32))
        )
        self._database = duckdb.connect(
            config={"threads": 2, "memory_limit": _MEMORY, "preserve_insertion_order": True}
        )

    @property
    def review(self) -> float:
        """The score below which nobody is put before people."""
        return self.scorer.weights.thresholds["review"]

    @cached_property
    def names(self) -> dict[str, str]:
        """The fields that take long to prepare, a name's, with their kinds."""
        return {field: kind for field, kind in self.model.fields.items() if kind.endswith("_name")}

    @cached_property
    def costly(self) -> list[Comparison]:
        """The comparisons of those fields."""
        return [
            comparison for comparison in self.model.comparisons if self.field_of(comparison) in self.names
        ]

    @cached_property
    def cheap(self) -> list[Comparison]:
        """All others."""
        return [comparison for comparison in self.model.comparisons if comparison not in self.costly]

    @cached_property
    def of_home(self) -> list[Comparison]:
        """Those that where somebody lives for now can make better."""
        return [comparison for comparison in self.cheap if "home_other" in set(_columns(comparison))]

    def field_of(self, comparison: Comparison) -> str:
        """The model's field that a comparison is about."""
        columns = comparison.missing.columns
        fits = [
            field
            for field in self.model.fields
            if any(column == field or column.startswith(f"{field}_") for column in columns)
        ]
        return max(fits, key=len)

    def prepared_records(self, records: pl.DataFrame) -> pl.DataFrame:
        """What of the model's columns read_records has not made yet, and frequencies."""
        number, digits = pl.col("given"), pl.col("given").str.len_bytes()
        return self._prepared(
            self._with_births(records).with_columns(
                home_other="home",
                number=pl.when(digits == 12).then(number),
                cmnd=pl.when(digits == 9).then(number),
                phone="phone_is",
                sex=_SEX,
            )
        )

    def prepared_people(self, people: pl.DataFrame, with_names: bool = True) -> pl.DataFrame:
        """People (and `lives_in`, where for now) with the model's columns. A number that they held before
        counts as theirs if it led to them.
        """
        led, digits = pl.col("led_by"), pl.col("led_by").str.len_bytes()
        frame = self._prepared(
            self._placed(people).with_columns(
                pl.col("sex").cast(pl.String),
                number=pl.when(digits == 12).then(led).otherwise("pin"),
                cmnd=pl.when(digits == 9).then(led).otherwise("cmnd"),
            )
        )
        return self.with_names(frame) if with_names else frame

    def _placed(self, people: pl.DataFrame) -> pl.DataFrame:
        """People with the columns of their births and homes; what several share is prepared once."""
        births = people.select("birth_date", "birth_precision", key=_BIRTH)
        known = self.births(births.unique("key").sort("key")).drop("birth_date", "birth_precision")
        return (
            people.hstack(_of_key(births["key"], known))
            .hstack(self._homes_of(people["home_area"]))
            .hstack(self._homes_of(people["lives_in"]).select(home_other="home"))
        )

    def births(self, born: pl.DataFrame) -> pl.DataFrame:
        """Birth dates and precisions with the model's columns of them."""
        day, exact = pl.col("birth_date").dt, pl.col("birth_precision")
        born = born.with_columns(
            year=day.year(), month=pl.when(exact != "Y").then(day.month().cast(pl.Int32)),
            day=pl.when(exact == "D").then(day.day().cast(pl.Int32)),
        )  # fmt: skip
        return self._with_births(born).drop("year", "month", "day")

    def homes_of_all(self, area_ids: pl.Series) -> pl.DataFrame:
        """`area_id` of each of these with the model's columns of the commune that it is today."""
        area_ids = area_ids.unique().drop_nulls()
        return area_ids.alias("area_id").to_frame().hstack(self._homes_of(area_ids))

    def _with_births(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The model's columns of a birth whose year, month and day are known as numbers."""
        fields = [field for field, kind in self.model.fields.items() if kind == "vietnamese_birth"]
        return frame.with_columns(each for field in fields for each in _birth(field))

    def _homes_of(self, area_ids: pl.Series) -> pl.DataFrame:
        """The commune of today of each of these areas."""
        new = area_ids.unique().drop_nulls()
        new = new.filter(~new.is_in(self._homes["area_id"].implode()))
        if len(new):
            self._homes = pl.concat([self._homes, homes_today(new)], how="diagonal").sort("area_id")
        return _of_key(area_ids.fill_null(_NOWHERE), self._homes.rename({"area_id": "key"}))

    def with_names(self, people: pl.DataFrame) -> pl.DataFrame:
        """People whose other columns are prepared, with those of their names."""
        return self._with_frequencies(self._named(people, "full_name"))

    def remember(self, records: pl.DataFrame) -> None:
        """The names of these records are prepared already: nearly all of the people meant have them too.
        Forgets what it knew.
        """
        self._known = records.select(pl.col("ordered").alias("_name"), *self._of_names).unique("_name")

    def prepared_names(self, new: pl.DataFrame | None = None) -> pl.DataFrame:
        """`_name` of each of these (or of those that are known) with the model's columns of it."""
        made = self._known if new is None else self.apart(prepared_names, new, self.names)
        return self._with_frequencies(made)

    def _named(self, frame: pl.DataFrame, column: str) -> pl.DataFrame:
        new = frame.select(pl.col(column).unique().alias("_name")).join(self._known, on="_name", how="anti")
        if len(new):
            made = self.apart(prepared_names, new, self.names)
            self._known = pl.concat([self._known, made.select(self._known.columns)])
        return frame.join(self._known, left_on=column, right_on="_name", how="left", maintain_order="left")

    @cached_property
    def _of_names(self) -> list[str]:
        return [name + suffix for name, kind in self.names.items() for suffix in KINDS[kind].columns]

    def named_otherwise(self, prepared: pl.DataFrame, records: pl.DataFrame) -> pl.DataFrame:
        """Prepared records with the names that `ordered` of these records has; of these alone."""
        renamed = prepared.drop(column for column in prepared.columns if self._is_of_name(column)).join(
            records.select("n", "ordered"), on="n", maintain_order="left"
        )
        return self._with_frequencies(self._named(renamed, "ordered").with_columns(sex=_SEX))

    def _is_of_name(self, column: str) -> bool:
        return column.removeprefix("tf_") in self._of_names or column == "ordered"

    def _prepared(self, frame: pl.DataFrame) -> pl.DataFrame:
        for field, kind in self.model.fields.items():
            if kind == "phone":
                frame = frame.with_columns(one_form(frame[field]))
        return self._with_frequencies(frame)

    def _with_frequencies(self, frame: pl.DataFrame) -> pl.DataFrame:
        frequencies = self.scorer.weights.frequencies
        return frame.with_columns(
            frame[column]
            .replace_strict(dict(frequencies[column]), default=None, return_dtype=pl.Float64)
            .alias(f"tf_{column}")
            for column in self.model.frequency_columns
            if column in frame.columns
        )

    def bound(
        self, records: pl.DataFrame, comparisons: Sequence[Comparison], but: Collection[str] = ()
    ) -> pl.Series:
        """The most that these comparisons can give each prepared record, in bits, whoever it is compared
        with. `but`: fields whose level "same" is known not to hold.
        """
        terms = [self._most(comparison, comparison.field in but) for comparison in comparisons]
        return records.select(most=pl.sum_horizontal(pl.lit(0.0), *terms))["most"]

    def _most(self, comparison: Comparison, is_not_same: bool) -> pl.Expr:
        weights, field = self.scorer.weights, comparison.field
        reach: list[pl.Expr] = [pl.lit(0.0)]
        for level in comparison.levels:
            if level.frequency:
                often = pl.col(f"tf_{level.frequency}").fill_null(weights.rarest(level.frequency))
                reach.append(self.scorer.commonly(field, level) - often.log(2))
            elif not (is_not_same and level.name == "same"):
                reach.append(pl.lit(weights.bits(field, level.name)))
        unknown = pl.any_horizontal(pl.col(column).is_null() for column in sorted(comparison.missing.columns))
        return pl.when(unknown).then(0.0).otherwise(pl.max_horizontal(*reach))

    @cached_property
    def columns(self) -> list[str]:
        """The prepared columns that weighing and judging a pair reads."""
        return sorted({*columns_of(self.model.comparisons), *self.model.deciding_columns})

    def weigh(self, left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
        """Of each pair of rows the columns JUDGED."""
        return self._asked(
            left, right, self.columns, ", ".join(JUDGED), JUDGED, judged(self.scorer, "FROM pairs")
        )

    def weigh_by(
        self, left: pl.DataFrame, right: pl.DataFrame, comparisons: Sequence[Comparison]
    ) -> pl.Series:
        """What these comparisons alone say of each pair of rows, in bits."""
        bits = f"{self.summed(comparisons)} AS bits"
        return self._asked(left, right, columns_of(comparisons), bits, {"bits": pl.Float64})["bits"]

    def explain(self, left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
        """For each pair of rows, of each comparison its level and its bits: `level_birth_date`,
        `bits_birth_date` …
        """
        every = self.model.comparisons
        types: dict[str, Any] = {f"level_{each.field}": pl.String for each in every} | {
            f"bits_{each.field}": pl.Float64 for each in every
        }
        columns = [f"{self.scorer.level_sql(each)} AS level_{each.field}" for each in every]
        columns += [f"{self.scorer.sql(each)} AS bits_{each.field}" for each in every]
        return self._asked(left, right, columns_of(every), ", ".join(columns), types)

    def summed(self, comparisons: Sequence[Comparison]) -> str:
        """The SQL of what these comparisons say together, in bits, over columns `…_l` and `…_r`."""
        return " + ".join(f"({self.scorer.sql(comparison)})" for comparison in comparisons)

    def most(self, comparisons: Sequence[Comparison]) -> str:
        """Likewise, of the most that they may say, as far as can be told at once."""
        return " + ".join(f"({self.scorer.most_sql(comparison)})" for comparison in comparisons)

    def _asked(
        self,
        left: pl.DataFrame,
        right: pl.DataFrame,
        columns: Sequence[str],
        selected: str,
        types: dict[str, Any],
        source: str = "FROM pairs",
    ) -> pl.DataFrame:
        answers = [pl.DataFrame(schema=types)]
        for start in range(0, len(left), _AT_ONCE):
            sides = [
                side[start : start + _AT_ONCE].select(columns).rename(lambda name, end=end: name + end)
                for side, end in ((left, "_l"), (right, "_r"))
            ]
            pairs = sides[0].hstack(sides[1]).with_row_index("place")
            self._database.register("pairs", pairs.to_arrow())
            # Into a table first: what is asked for as a frame is planned twice, longer than weighing takes
            self._database.execute(
                f"CREATE OR REPLACE TABLE weighed AS SELECT {selected} FROM ({source}) ORDER BY place"
            )
            answers.append(self._database.sql("FROM weighed").pl().cast(types))
            self._database.unregister("pairs")
        return pl.concat(answers)


def columns_of(comparisons: Sequence[Comparison]) -> list[str]:
    """The prepared columns that these comparisons read."""
    return sorted({column for comparison in comparisons for column in _columns(comparison)})


def _columns(comparison: Comparison) -> Iterator[str]:
    yield from comparison.missing.columns
    for level in comparison.levels:
        yield from level.when.columns
        if level.frequency:
            yield f"tf_{level.frequency}"


def _of_key(keys: pl.Series, known: pl.DataFrame) -> pl.DataFrame:
    """The row of `known`, in the order of its `key`, for each of these keys, all of which are among them."""
    return known.drop("key")[known["key"].search_sorted(keys)]


def _birth(field: str) -> list[pl.Expr]:
    """The kind vietnamese_birth, of year, month and day as numbers."""
    year, month, day = pl.col("year"), pl.col("month"), pl.col("day")
    whole = year.is_not_null() & month.is_not_null() & day.is_not_null()
    digits = pl.format(
        "{}{}{}", *(part.cast(pl.String).str.zfill(n) for part, n in ((year, 4), (month, 2), (day, 2)))
    )
    made: Mapping[str, Any] = {
        "": pl.when(whole).then(digits),
        "_year": year,
        "_month": month,
        "_day": pl.when(whole).then(day),
        "_days": pl.when(whole).then((year * 12 + month) * 31 + day),
        "_vague": pl.when(year.is_not_null()).then(
            day.is_null() | month.is_null() | ((day == 1) & (month == 1))
        ),
        "_exact": pl.when(whole & ((day != 1) | (month != 1))).then(pl.lit(value=True)),
    }
    types = KINDS["vietnamese_birth"].columns
    return [expression.cast(types[suffix]).alias(field + suffix) for suffix, expression in made.items()]


def one_form(numbers: pl.Series) -> pl.Series:
    """The kind phone; nearly all are in its one form already."""
    odd = numbers.filter(~numbers.str.contains(PLAIN_PHONE)).unique().to_list()
    return numbers.replace({number: KINDS["phone"].prepare(number)[0] for number in odd}) if odd else numbers
