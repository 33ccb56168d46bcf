"""A part's records with what became of each: the columns of the result file.

`outcome` is that of the report of March 2022: does what was declared agree with whoever holds the number?
What was not sent is not compared, as for another system that asks (docs/api.md); where no name was, the
number's holder is `found` at most: without one nothing agrees. `answer` is the engine's: who is meant,
whatever the number says.
"""

import polars as pl

from dancu.linkage.model.model import MISSING
from dancu.matching.answers import AnswerKind
from dancu.matching.batch.cascade import BatchMatches
from dancu.matching.batch.orders import prepared_in_order_of
from dancu.matching.batch.records import WELL_FORMED
from dancu.matching.batch.weighing import PairScorer
from dancu.matching.policy import agreeing
from dancu.register.lookups import ALIVE, DEAD

AGREES, DISAGREES, FOUND, NOT_FOUND, UNREADABLE = "agrees", "disagrees", "found", "not_found", "unreadable"
NOBODY = "nobody"  # of a row that names none: a hamlet, a total, the header again
COLUMNS = {
    "row": pl.UInt32,
    "record_id": pl.String,
    "sender": pl.String,
    "province": pl.String,
    "outcome": pl.String,
    "answer": pl.String,
    "person_id": pl.Int64,
    "person_pin": pl.String,
    "score": pl.Float64,
    "found_by": pl.String,
    "differing": pl.List(pl.String),
    "number_disagrees": pl.List(pl.String),
    "waterfall": pl.String,
    "reason": pl.String,
}
_AGREEING = agreeing("batch")
_PAIR = ["n", "person_id", "led_by", "lives_in"]
_NEEDED = {
    "name": "full_name",
    "birth": "birth",
}  # where the record says them, and the register or nobody can read them, they differ
DETAILS = ("phone", "home", "cmnd")  # may differ in what agrees otherwise


def result_rows(records: pl.DataFrame, matches: BatchMatches, weighing: PairScorer) -> pl.DataFrame:
    """One row for each record, with the columns COLUMNS."""
    answers = matches.answers.filter(pl.col("answer") != str(AnswerKind.NONE))
    best = matches.ranked.unique("n", keep="first", maintain_order=True).join(
        answers, on="n", how="semi", maintain_order="left"
    )
    pairs = pl.concat([best, matches.holders.select(best.columns)]).unique(
        _PAIR, keep="first", maintain_order=True
    )
    compared = pairs.select(_PAIR).hstack(_compared(records, pairs, weighing))
    of_best = best.select(*_PAIR, person_pin="pin", score=pl.col("score").round(4), found_by="found_by")
    of_best = of_best.join(compared, on=_PAIR, how="left", nulls_equal=True, maintain_order="left").drop(
        "decisive", "led_by", "lives_in"
    )
    of_holder = matches.holders.select(_PAIR).join(
        compared, on=_PAIR, how="left", nulls_equal=True, maintain_order="left"
    )
    of_holder = of_holder.select("n", number_disagrees="decisive")
    rows = records.join(matches.answers, on="n", how="left", maintain_order="left")
    rows = rows.join(of_best, on="n", how="left", maintain_order="left").join(
        of_holder, on="n", how="left", maintain_order="left"
    )
    outcome = (
        pl.when(pl.col("number_is") != WELL_FORMED)
        .then("number_is")
        .when(pl.col("number_disagrees").is_null())
        .then(pl.lit(NOT_FOUND))
        .when(pl.col("number_disagrees").list.len() > 0)
        .then(pl.lit(DISAGREES))
        .when(_sent("full_name"))
        .then(pl.lit(AGREES))
        .otherwise(pl.lit(FOUND))
    )
    return rows.with_columns(outcome=outcome).select(
        pl.col(name).cast(dtype) for name, dtype in COLUMNS.items()
    )


def _sent(field: str) -> pl.Expr:
    """Whether a record says anything in a field, be it that it was too long to be read (files.py)."""
    return (pl.col(field).str.strip_chars() != "") | pl.col("reason").str.contains(
        rf"\b{field}: has \d+ characters"
    )


def unreadable_rows(rows: list[tuple[int, str]], outcome: str = UNREADABLE) -> pl.DataFrame:
    """Rows of the result for rows of the file (number, reason) that are no records at all, or name nobody."""
    said = pl.DataFrame(rows, schema={"row": pl.UInt32, "reason": pl.String}, orient="row")
    said = said.with_columns(
        outcome=pl.lit(outcome), answer=pl.lit(str(AnswerKind.NONE)), sender=pl.lit(""), province=pl.lit("")
    )
    empty = [pl.lit(None, dtype).alias(name) for name, dtype in COLUMNS.items() if name not in said.columns]
    return said.with_columns(empty).select(pl.col(name).cast(dtype) for name, dtype in COLUMNS.items())


def _compared(records: pl.DataFrame, people: pl.DataFrame, weighing: PairScorer) -> pl.DataFrame:
    """Beside each of these people (with the `n` of their record) what differs, which of it decides, and
    the waterfall.
    """
    sent = records[people["n"]]
    left = prepared_in_order_of(sent, people, weighing)
    right = weighing.prepared_people(people)
    explained = weighing.explain(left, right)
    lone = {name: left[name].is_null() != right[name].is_null() for name in _columns(weighing)}
    frame = explained.with_columns(
        *(one_sided.alias(f"lone_{name}") for name, one_sided in lone.items()),
        *(
            people[name].alias(f"of_{name}")
            for name in ("pin", "cmnd", "led_by", "status", "birth_precision")
        ),
        *(sent.select(_sent(column)).to_series().alias(f"sent_{field}") for field, column in _NEEDED.items()),
        year_fits=_year_fits(sent, right),
        either=sent["either"] if "either" in sent.columns else pl.lit(value=False),
    )
    differing = [
        (weighing.field_of(each), each.field, _differs(each.field, weighing))
        for each in weighing.model.comparisons
    ]
    said = [expression for _field, _name, expression in differing]
    is_former = (
        pl.col("of_led_by").is_not_null()
        & (pl.col("of_led_by") != pl.coalesce("of_pin", pl.lit("")))
        & (pl.col("of_led_by") != pl.coalesce("of_cmnd", pl.lit("")))
    )
    former = pl.when(is_former).then(pl.lit("number:former"))
    status = pl.when(pl.col("of_status") != ALIVE).then(
        pl.when(pl.col("of_status") == DEAD)
        .then(pl.lit("status:dead"))
        .otherwise(pl.lit("status:missing_person"))
    )
    swapped = pl.any_horizontal(
        pl.col(f"level_{name}") == "swapped" for of, name, _said in differing if of == "birth"
    )
    unknown = {
        "birth": pl.col("year_fits") | (pl.col("either") & swapped)
    }  # what was sent may well be what is held
    decide = {
        field: pl.any_horizontal(said.is_not_null() for of, _name, said in differing if of == field)
        & ~unknown.get(field, pl.lit(value=False)).fill_null(value=False)
        for field in dict.fromkeys(field for field, _name, _said in differing)
        if field not in (*DETAILS, "number", "sex")
    }
    decide |= {
        "sex": pl.col("level_sex").is_in(["different"]),
        "number": is_former,
        "status": pl.col("of_status") != ALIVE,
    }
    return frame.select(
        differing=pl.concat_list(*said, former, status).list.drop_nulls(),
        decisive=pl.concat_list(
            pl.when(so).then(pl.lit(field)) for field, so in decide.items()
        ).list.drop_nulls(),
        waterfall=_waterfall(weighing),
    )


def _year_fits(sent: pl.DataFrame, people: pl.DataFrame) -> pl.Series:
    """Where a year alone was sent, or a year and a month, whether they are the person's: that differs in
    nothing.
    """
    no_day, month = sent["year"].is_not_null() & sent["day"].is_null(), sent["month"]
    same_month = month.is_null() | (month == people["birth_month"]).fill_null(value=True)
    return (no_day & (sent["year"] == people["birth_year"]) & same_month).fill_null(value=False)


def _columns(weighing: PairScorer) -> set[str]:
    """The columns whose lack on one side counts as a difference."""
    return {
        column
        for comparison in weighing.model.comparisons
        if weighing.field_of(comparison) in _NEEDED
        for column in comparison.missing.columns
    }


def _differs(name: str, weighing: PairScorer) -> pl.Expr:
    """`field:level` where a comparison does not agree, else null."""
    comparison = next(each for each in weighing.model.comparisons if each.field == name)
    level = pl.col(f"level_{name}")
    is_so = ~level.is_in(list(_AGREEING))
    if weighing.field_of(comparison) in _NEEDED:
        is_so = is_so | (
            (level == MISSING)
            & pl.col(f"sent_{weighing.field_of(comparison)}")
            & pl.any_horizontal(pl.col(f"lone_{column}") for column in sorted(comparison.missing.columns))
        )
    if weighing.field_of(comparison) == "birth":  # of whom the register knows no more either
        is_so = is_so & ~((level == "year_only") & (pl.col("of_birth_precision") != "D"))
    return pl.when(is_so).then(pl.format(f"{name}:{{}}", level))


def _waterfall(weighing: PairScorer) -> pl.Expr:
    """ "prior -26.6; family_name same +1.4; …" """
    steps = [pl.lit(f"prior {weighing.scorer.prior:+.1f}")]
    for comparison in weighing.model.comparisons:
        level, bits = pl.col(f"level_{comparison.field}"), pl.col(f"bits_{comparison.field}").round(1)
        sign = pl.when(bits >= 0).then(pl.lit("+")).otherwise(pl.lit(""))
        steps.append(
            pl.when(level != MISSING).then(pl.format(f"{comparison.field} {{}} {{}}{{}}", level, sign, bits))
        )
    return pl.concat_str(steps, separator="; ", ignore_nulls=True)
