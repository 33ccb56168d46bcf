"""The register's own rules (register/rules.py, register/names.py) said of whole columns: what cannot be
refuses a row, what is doubtful warns of it.

They are those of the events (register/events/checks.py): what a steward may not record comes in by no file,
and what a steward is asked is told.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from dancu.register.codes import DEAD, MARRIED, MISSING, SINGLE
from dancu.register.rules import (
    DAYS_AFTER_FATHERS_DEATH,
    FEMALE,
    LAST_USUAL_AGE_OF_MOTHER,
    LEAST_AGE_COUNTED_AS_MARRIED,
    LEAST_AGE_OF_PARENT,
    MALE,
    USUAL_AGE_OF_PARENT,
    is_before_birth,
    is_in_the_future,
    least_age_to_marry,
)

LIKE_A_PLACE = r"^(?:Thôn|Bản|Làng)(?: \p{Lu}\p{L}*)+$"
"""A hamlet in a list and, now and then, a person's name."""
MARRIED_AS_CHILD = f"says that someone under {LEAST_AGE_COUNTED_AS_MARRIED} is or was married"
NOBODY, THIS_ONE, ANOTHER, ONE_WHO_DIED = 0, 1, 2, 3  # whom a husband's or wife's own row names

KIN = ("sex", "born", "precision", "status", "gone")
"""What is known of a relative, as whole numbers, 0 where it is not: birth as 19750430, precision 0 (day),
1 (month), 2 (year), gone in days since 1970.
"""


@dataclass(frozen=True)
class Ruling:
    """`bad`: true of a row that breaks it; `field`: the column that is told.

    `mirrored`: field and reason that are told of the relative's row, where only the register knows the other
    one. () : nothing is.
    """

    field: str
    bad: pl.Expr
    reason: str
    mirrored: tuple[str, str] | tuple[()] = ()


def told(rows: pl.DataFrame, rules: Sequence[Ruling]) -> pl.Series:
    """What each row breaks, as "field: reason; field: reason"; "" where it breaks nothing."""
    broken = rows.select(rule.bad.fill_null(value=False).alias(str(nth)) for nth, rule in enumerate(rules))
    hit = (
        broken.select(pl.any_horizontal(pl.all())).to_series()
        if broken.width
        else pl.Series(dtype=pl.Boolean)
    )
    texts = pl.Series("problems", [""], pl.String).new_from_index(0, len(rows))
    if not hit.any():
        return texts
    parts = [pl.when(str(nth)).then(pl.lit(f"{rule.field}: {rule.reason}")) for nth, rule in enumerate(rules)]
    some = broken.filter(hit).select(pl.concat_str(parts, separator="; ", ignore_nulls=True)).to_series()
    return texts.scatter(hit.arg_true(), some)


def impossible(today: date) -> Iterator[Ruling]:
    """What cannot be of one row by itself."""
    died = pl.when(pl.col("status") == DEAD).then(pl.col("status_on"))
    for relative in ("father_pin", "mother_pin", "spouse_pin"):
        yield Ruling(relative, pl.col(relative) == pl.col("pin"), "is the person's own number")
    yield Ruling("mother_pin", pl.col("mother_pin") == pl.col("father_pin"), "is the father's number too")
    for parent in ("father_pin", "mother_pin"):
        yield Ruling("spouse_pin", pl.col("spouse_pin") == pl.col(parent), "is a parent's number too")
    for column in ("permanent_since", "temporary_since", "former_since", "former_until", "card_issued_on"):
        yield Ruling(column, pl.col(column) > died, "is after the death")
        yield Ruling(column, is_in_the_future(pl.col(column), pl.lit(today)), "is in the future")
    yield Ruling(
        "card_issued_on",
        is_before_birth(pl.col("card_issued_on"), pl.col("birth_date")),
        "is before the birth date",
    )
    left = pl.col("former_until") > pl.col("permanent_since")
    yield Ruling("former_until", left, "is after permanent_since, and nobody has two permanent homes at once")
    until = pl.col("temporary_until")
    yield Ruling("temporary_until", until <= pl.col("temporary_since"), "is not after temporary_since")
    yield Ruling(
        "marital_status",
        (pl.col("marital_status") > SINGLE) & (_age(today) < LEAST_AGE_COUNTED_AS_MARRIED),
        MARRIED_AS_CHILD,
    )


def doubtful(today: date) -> Iterator[Ruling]:
    """What may be of one row by itself, but seldom is."""
    age = _age(today)
    least = (
        pl.when(pl.col("sex") == MALE)
        .then(least_age_to_marry(MALE, today))
        .otherwise(least_age_to_marry(FEMALE, today))
    )
    yield Ruling("full_name", pl.col("full_name").str.contains(LIKE_A_PLACE), "is how a hamlet is called too")
    yield Ruling("pin", disagrees(), "its century, sex or year disagrees with the record")
    yield Ruling(
        "marital_status",
        (pl.col("marital_status") == MARRIED) & (age < least),
        "says that someone is married who is too young for it by the Law on Marriage and Family 2014, art. 8",
    )
    is_single = (pl.col("marital_status") == SINGLE) & pl.col("spouse_pin").is_not_null()
    yield Ruling("marital_status", is_single, "says single, though spouse_pin names someone")


def impossible_kin() -> Iterator[Ruling]:
    """What cannot be of one row beside its relatives', which stand in columns father_…, mother_…,
    spouse_… (KIN).
    """
    for role, sex, days in _PARENTS:
        field, _least, most = f"{role}_pin", *_ages(role)
        known = pl.col(f"{role}_born") > 0
        other_sex = pl.col(f"{role}_sex").is_in([MALE, FEMALE]) & (pl.col(f"{role}_sex") != sex)
        child = "according to the register, a child"
        yield Ruling(field, other_sex, _OF_OTHER_SEX[role], ("sex", f"{child} has this person as the {role}"))
        yield Ruling(
            field,
            known & (most < 0),
            "is the number of someone born later",
            ("birth_date", f"{child} was born before it"),
        )
        yield Ruling(
            field,
            known & most.is_between(0, LEAST_AGE_OF_PARENT - 1),
            f"is the number of someone who was under {LEAST_AGE_OF_PARENT} at this birth",
            ("birth_date", f"{child} was born before this person could be {LEAST_AGE_OF_PARENT}"),
        )
        yield Ruling(
            field,
            _went(role, DEAD, days),
            _DIED[role],
            ("status_on", f"{child} was born{_SINCE[role]} after it"),
        )
    sex = pl.col("spouse_sex")
    same = ("sex", "according to the register, a husband or wife is of the same sex")
    yield Ruling(
        "spouse_pin", (sex > 0) & (sex == pl.col("sex")), "is the number of someone of the same sex", same
    )
    marries = _is_husband_or_wife() & (pl.col("spouse_status") != DEAD)
    taken = (pl.col("spouse_married") & (pl.col("spouse_names") == ANOTHER)) | pl.col("crowded")
    another = ("spouse_pin", FIRST_LIVES)
    yield Ruling(
        "spouse_pin", marries & taken, "is the number of someone who is married to another person", another
    )
    yield Ruling("spouse_pin", marries & ~taken & pl.col("left"), FIRST_LIVES)
    yield Ruling("spouse_pin", marries & pl.col("unwed"), UNWED)


FIRST_LIVES = (
    "according to the register, another husband or wife is alive; ask a steward to record the divorce first"
)

UNWED = (
    "is the number of someone who is not married according to the register; load that one's row "
    "with it, or ask a steward to record the marriage"
)


CLOSE = "is the number of someone related within three generations (Law on Marriage and Family 2014, art. 5)"

IN_LAW = (
    "is the number of someone who was married to a parent or a child of this person (Law on "
    "Marriage and Family 2014, art. 5)"
)


def too_close() -> Ruling:
    """Of one row whether husband and wife are near relatives, where `close` tells it: see
    register/descent.py.
    """
    return Ruling("spouse_pin", _is_husband_or_wife() & pl.col("close"), CLOSE)


def doubtful_kin() -> Iterator[Ruling]:
    """What may be of one row beside its relatives', but seldom is."""
    for role, _sex, days in _PARENTS:
        least, _most = _ages(role)
        known = pl.col(f"{role}_born") > 0
        yield Ruling(
            f"{role}_pin",
            known & (least < USUAL_AGE_OF_PARENT),
            f"is the number of someone who may have been under {USUAL_AGE_OF_PARENT} at this birth",
            (
                "birth_date",
                f"according to the register, a child was born when this person may have been under "
                f"{USUAL_AGE_OF_PARENT}",
            ),
        )
        if role == "mother":
            late = f"is the number of someone who was over {LAST_USUAL_AGE_OF_MOTHER} at this birth"
            over = (
                "birth_date",
                f"according to the register, a child was born when this person was over "
                f"{LAST_USUAL_AGE_OF_MOTHER}",
            )
            yield Ruling("mother_pin", known & (least > LAST_USUAL_AGE_OF_MOTHER), late, over)
        gone = "is the number of someone who was missing before this birth"
        later = ("status_on", "according to the register, a child was born after this person was missing")
        yield Ruling(f"{role}_pin", _went(role, MISSING, days), gone, later)
    is_known = pl.col("spouse_status") > 0
    died = pl.col("spouse_status") == DEAD
    yield Ruling(
        "spouse_pin",
        is_known & _is_husband_or_wife() & died,
        "is the number of someone who died: the marital status would be widowed",
    )
    not_married = is_known & _is_husband_or_wife() & ~died & ~pl.col("spouse_married")
    single = (
        "marital_status",
        "according to the register, a husband or wife is married to this person still",
    )
    yield Ruling(
        "spouse_pin", not_married, "is the number of someone who is not married by their own row", single
    )


ABSENT = (
    "is the number of nobody in the register or in a row that was loaded; load this row again "
    "once that person is in the register, to link the two"
)


def absent() -> Iterator[Ruling]:
    """Of one row the numbers of relatives who are in no file, where `father_absent`, `mother_absent` and
    `spouse_absent` tell it. The number of a parent is kept beside the name that the row gives.
    """
    for role in ("father", "mother"):
        yield Ruling(f"{role}_pin", pl.col(f"{role}_absent") & pl.col(f"{role}_name").is_null(), ABSENT)
    yield Ruling("spouse_pin", pl.col("spouse_absent"), ABSENT)


_PARENTS = (("father", MALE, DAYS_AFTER_FATHERS_DEATH), ("mother", FEMALE, 0))
_OF_OTHER_SEX = {"father": "is a woman's number", "mother": "is a man's number"}
_SINCE = {"father": f" more than {DAYS_AFTER_FATHERS_DEATH} days", "mother": ""}
_DIED = {
    "father": f"is the number of someone who died more than {DAYS_AFTER_FATHERS_DEATH} days before this "
    f"birth",
    "mother": "is the number of someone who died before this birth",
}


def as_number(day: pl.Expr) -> pl.Expr:
    """A day as 19750430: full years between two such numbers are their difference by ten thousand."""
    return day.dt.year() * 10_000 + day.dt.month().cast(pl.Int32) * 100 + day.dt.day().cast(pl.Int32)


def _age(today: date) -> pl.Expr:
    """Full years that one has at most, or had at death."""
    last = pl.when(pl.col("status") == DEAD).then(pl.col("status_on")).otherwise(pl.lit(today))
    return (as_number(last) - as_number(pl.col("birth_date"))) // 10_000


def disagrees() -> pl.Expr:
    """A number of another century, sex or year: it occurs, since numbers were given for wrong records."""
    number = pl.col("pin").str.to_integer(strict=False)
    year = pl.col("birth_date").dt.year().cast(pl.Int64)
    mark = (year // 100 - 19) * 2 + pl.col("sex") - 1
    return (number // 100_000_000 % 10 != mark) | (number // 1_000_000 % 100 != year % 100)


def _ages(role: str) -> tuple[pl.Expr, pl.Expr]:
    """The least and the greatest age that the parent may have had at the birth."""
    born, precision = pl.col("born"), pl.col("precision")
    theirs, known_to = pl.col(f"{role}_born"), pl.col(f"{role}_precision")
    return (born - _last(theirs, known_to)) // 10_000, (_last(born, precision) - theirs) // 10_000


def _last(born: pl.Expr, precision: pl.Expr) -> pl.Expr:
    """The last day on which one may have been born."""
    of_year, of_month = born // 10_000 * 10_000 + 1231, born // 100 * 100 + 31
    return pl.when(precision == 2).then(of_year).when(precision == 1).then(of_month).otherwise(born)


def _went(role: str, status: int, days: int) -> pl.Expr:
    """Whether the parent was dead or missing so many days before the birth."""
    return (pl.col(f"{role}_status") == status) & (pl.col(f"{role}_gone") + days < pl.col("born_days"))


def _is_husband_or_wife() -> pl.Expr:
    return pl.col("married") & (pl.col("status") != DEAD)
