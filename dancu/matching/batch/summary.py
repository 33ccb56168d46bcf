"""What became of a file, in the form of the report of March 2022, and what the engine adds to it.

That report (76,625,823 vaccination records compared with the population register) counted: sent; without a
number, or with a malformed one; of those with a number: agree, disagree, not found. The rest is ours: by
field, by sender and province, and of those whose number did not lead to the right person how many were found
all the same.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

import polars as pl
from rich.console import Group
from rich.table import Table

from dancu.matching.answers import AnswerKind
from dancu.matching.batch.records import MALFORMED, NO_NUMBER
from dancu.matching.batch.results import AGREES, DISAGREES, FOUND, NOBODY, NOT_FOUND, UNREADABLE

_OUTCOMES = (NO_NUMBER, MALFORMED, AGREES, DISAGREES, FOUND, NOT_FOUND, UNREADABLE, NOBODY)
_MOST_SHOWN = 20
_FEW_SWAPPED = 3  # birth dates, which may be slips


@dataclass
class Counts:
    """Records by outcome, and, of those that do not agree, by the engine's answer."""

    outcomes: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_OUTCOMES, 0))
    answers: dict[str, int] = field(default_factory=lambda: {str(kind): 0 for kind in AnswerKind})

    @property
    def sent(self) -> int:
        return sum(number for outcome, number in self.outcomes.items() if outcome != NOBODY)

    @property
    def with_number(self) -> int:
        return sum(self.outcomes[name] for name in (AGREES, DISAGREES, FOUND, NOT_FOUND))


@dataclass
class Summary:
    """`by_field`: of the records that disagree with the holder of their number, how many do in each field;
    one may in several. `columns`: which column each field was read from; `not_taken`: the other columns;
    `warnings`: why the figures may say less than they seem to.
    """

    all: Counts
    by_field: dict[str, int]
    by_province: dict[str, Counts]
    by_sender: dict[str, Counts]
    warnings: list[str] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    not_taken: list[str] = field(default_factory=list)

    @property
    def sent(self) -> int:
        return self.all.sent

    def as_dict(self) -> dict[str, Any]:
        """Counts and percentages, as the JSON beside the result has them."""
        return {
            "columns": self.columns,
            "not_taken": self.not_taken,
            "warnings": self.warnings,
            **_told(self.all),
            "disagree_by_field": self.by_field,
            "by_province": {name: _told(counts) for name, counts in self.by_province.items()},
            "by_sender": {name: _told(counts) for name, counts in self.by_sender.items()},
        }

    def as_json(self) -> str:
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=1) + "\n"

    def as_tables(self) -> Group:
        """For a terminal."""
        return Group(
            *(
                table
                for table in (_report(self), _by("province", self.by_province), _by("sender", self.by_sender))
                if table
            )
        )


def sum_up(rows: pl.LazyFrame) -> Summary:
    """The summary of result rows (results.COLUMNS), in one pass over them."""
    keys = ["province", "sender", "outcome", "answer"]
    counted = rows.group_by(keys).len("records").collect(engine="streaming")
    fields = (
        rows.filter(pl.col("outcome") == DISAGREES)
        .select(pl.col("number_disagrees").explode())
        .group_by("number_disagrees")
        .len("records")
        .collect(engine="streaming")
        .sort("records", descending=True)
    )
    all_, by_province, by_sender = Counts(), {}, {}
    for row in counted.sort("province", "sender").iter_rows(named=True):
        for counts in (
            all_,
            by_province.setdefault(row["province"], Counts()),
            by_sender.setdefault(row["sender"], Counts()),
        ):
            counts.outcomes[row["outcome"]] += row["records"]
            if row["outcome"] not in (AGREES, FOUND, NOBODY):
                counts.answers[row["answer"]] += row["records"]
    by_field = dict(fields.drop_nulls().iter_rows())
    return Summary(all_, by_field, by_province, by_sender, list(_warnings(rows, by_field)))


def _warnings(rows: pl.LazyFrame, by_field: dict[str, int]) -> Iterator[str]:
    """Where most birth dates that disagree are the right day and month exchanged: that is how the file
    was written rather than many mistakes.
    """
    wrong = by_field.get("birth", 0)
    if wrong < _FEW_SWAPPED:
        return
    disagree = pl.col("number_disagrees").list.contains("birth") & pl.col("differing").list.contains(
        "birth_date:swapped"
    )
    swapped = (
        rows.filter((pl.col("outcome") == DISAGREES) & disagree)
        .select(pl.len())
        .collect(engine="streaming")
        .item()
    )
    if swapped * 2 > wrong:
        yield (
            f"in {swapped} of the {wrong} records that disagree in the birth date, day and month are "
            f"exchanged: a spreadsheet may have done "
            "that; where the file writes the month first, --order mdy reads it so"
        )


def _told(counts: Counts) -> dict[str, Any]:
    with_number = counts.with_number
    return {
        "sent": counts.sent,
        "no_or_malformed_number": counts.outcomes[NO_NUMBER] + counts.outcomes[MALFORMED],
        "with_number": with_number,
        **asdict(counts),
        "percent": {
            "no_or_malformed_number": _percent(
                counts.outcomes[NO_NUMBER] + counts.outcomes[MALFORMED], counts.sent
            ),
            **{
                name: _percent(counts.outcomes[name], with_number)
                for name in (AGREES, DISAGREES, FOUND, NOT_FOUND)
            },
        },
    }


def _report(summary: Summary) -> Table:
    counts, outcomes = summary.all, summary.all.outcomes
    table = Table("", "records", "%", title="Compared with the register", title_justify="left")
    unusable = outcomes[NO_NUMBER] + outcomes[MALFORMED]
    lines = [
        ("sent", counts.sent, None),
        ("without a number, or a malformed one", unusable, counts.sent),
        ("  without", outcomes[NO_NUMBER], counts.sent),
        ("  malformed", outcomes[MALFORMED], counts.sent),
        ("unreadable rows", outcomes[UNREADABLE], counts.sent),
        ("(rows that name nobody: hamlets, totals)", outcomes[NOBODY], None),
        ("with a number", counts.with_number, counts.sent),
        ("  agree", outcomes[AGREES], counts.with_number),
        ("  disagree", outcomes[DISAGREES], counts.with_number),
        *((f"    {name}", number, counts.with_number) for name, number in summary.by_field.items()),
        ("  held by somebody, no name sent", outcomes[FOUND], counts.with_number),
        ("  number not in the register", outcomes[NOT_FOUND], counts.with_number),
        ("of those that do not agree", sum(counts.answers.values()), counts.sent),
    ]
    wanting = sum(counts.answers.values())
    words = {
        AnswerKind.MATCH: "found all the same",
        AnswerKind.SEVERAL: "several it may be",
        AnswerKind.REVIEW: "for people to decide",
        AnswerKind.NONE: "nobody found",
    }
    lines += [(f"  {told}", counts.answers[str(kind)], wanting) for kind, told in words.items()]
    for told, number, of in lines:
        table.add_row(told, f"{number:,}", "" if of is None else f"{_percent(number, of):.1f}")
    table.columns[1].justify = table.columns[2].justify = "right"
    return table


def _by(what: str, counted: dict[str, Counts]) -> Table | None:
    if len(counted) < 2:
        return None
    table = Table(what, "sent", "no number %", "agree %", "disagree %", "not found %", "found all the same")
    for column in table.columns[1:]:
        column.justify = "right"
    largest = sorted(counted.items(), key=lambda item: -item[1].sent)
    for name, counts in largest[:_MOST_SHOWN]:
        told = _told(counts)["percent"]
        table.add_row(
            name or "not told",
            f"{counts.sent:,}",
            *(f"{told[key]:.1f}" for key in ("no_or_malformed_number", AGREES, DISAGREES, NOT_FOUND)),
            f"{counts.answers[str(AnswerKind.MATCH)]:,}",
        )
    if len(largest) > _MOST_SHOWN:
        table.caption = f"and {len(largest) - _MOST_SHOWN} more, in the summary file"
    return table


def _percent(number: int, of: int) -> float:
    return round(100 * number / of, 2) if of else 0.0
