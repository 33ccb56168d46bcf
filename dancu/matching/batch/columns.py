"""The columns of a file: which are used, what the unused ones contain, and the rows with our fields."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import polars as pl

from dancu.files.source import SourceFile, column_key
from dancu.matching.batch.birth_order import BirthOrder
from dancu.matching.batch.errors import NamesNotTaken, NumbersNotTaken
from dancu.matching.batch.headings import sex_codes
from dancu.matching.batch.mapping import IN_PARTS, OF_ONE_SEX, WHOLE, FileMapping
from dancu.matching.batch.nobody import names_nobody
from dancu.matching.normalising.word_lists import may_be_surname
from dancu.text.garbled import mended
from dancu.text.mistyped import meant
from dancu.text.syllables import is_plausible
from dancu.values.numbers import PIN, check_pin

_SEPARATORS = {"full_name": " ", "birth": "/"}
_UNKNOWN = {"birth_year": ""}  # 00 would be 2000
_BORN = r"\d.*\d"  # a year or a date; a mark is an x, or 1
_NO_MARK = ("0", "không", "Không", "false", "False")
_SEX = {"male": "Nam", "female": "Nữ"}


@dataclass
class Columns:
    """The columns of a file under a mapping. `taken`: field → column; `not_taken`: the other columns, of
    which `numbers` contain personal numbers; `titles`: how many lines stand above the header; `has_mapping`:
    whether a mapping file was given; `births`: the columns of birth dates as they stand, batch by batch.
    """

    taken: dict[str, str]
    not_taken: list[str]
    numbers: list[str]
    titles: int
    has_mapping: bool
    has_births: bool
    births: Iterator[pl.Series] = field(repr=False)

    def notices(self) -> Iterator[str]:
        """What a command prints about the columns, one line each."""
        if self.titles:
            yield f"header: line {self.titles + 1}; the lines above it are ignored"
        if not self.has_mapping and (
            taken := [f"{name}: {column}" for name, column in self.taken.items() if name != column]
        ):
            yield f"columns used: {', '.join(taken)}"
        if self.not_taken:
            named = (
                f"{name} (12-digit numbers)" if name in self.numbers else name for name in self.not_taken
            )
            yield f"columns not used: {', '.join(named)}"


def inspect_columns(source: SourceFile, mapping: FileMapping, *, has_mapping: bool) -> Columns:
    """The columns of a file. Without a mapping file (`has_mapping`), raises NumbersNotTaken and NamesNotTaken
    where no column is used for the number or the name although an unused one contains such values.
    """
    taken = {column_key(column) for column in mapping.columns.values()}
    not_taken = [name for name in source.columns if column_key(name) not in taken]
    first = next(source.as_it_stands(not_taken), None) if not_taken else None
    numbers = [
        name
        for name in not_taken
        if first is not None and name in first.columns and _holds_numbers(first[name])
    ]
    if numbers and not has_mapping and not mapping.of("number"):
        raise NumbersNotTaken(source.path.name, ", ".join(numbers), numbers[0])
    if not has_mapping and not mapping.of("full_name"):
        names = [
            name
            for name in not_taken
            if first is not None and name in first.columns and _holds_names(first[name])
        ]
        if names:
            raise NamesNotTaken(source.path.name, ", ".join(names), names[0])
    births = [
        source.column(mapping.columns[name]) for name in ("birth", *OF_ONE_SEX) if name in mapping.columns
    ]
    looked = (
        batch[name] for batch in (source.as_it_stands(births) if births else ()) for name in batch.columns[1:]
    )
    named = [name for name in not_taken if name in source.names]  # a column without a name has its place's
    return Columns(dict(mapping.columns), named, numbers, source.titles, has_mapping, bool(births), looked)


def _holds_numbers(values: pl.Series) -> bool:
    """Whether most of a column's values are personal numbers, perhaps without the leading zeros that a
    spreadsheet drops.
    """
    some = (
        values.drop_nulls()
        .str.strip_chars(" '")
        .filter(values.drop_nulls().str.strip_chars(" '") != "")
        .head(2_000)
    )
    digits = some.str.replace(r"\.0$", "").str.replace_all(r"[ .]", "")
    numbers = digits.filter(digits.str.contains(rf"{PIN}|^[1-9]\d{{9,10}}$")).str.zfill(12)
    right = sum(not any(problem.kind == "error" for problem in check_pin(number)) for number in numbers)
    return right > 0 and right * 2 >= len(some)


def _holds_names(values: pl.Series) -> bool:
    """Whether most of a column's values are Vietnamese names, in whatever encoding."""
    some = [text for text in values.drop_nulls().str.strip_chars().head(2_000) if text]
    return sum(map(_is_a_name, some)) * 2 > len(some)


def _is_a_name(text: str) -> bool:
    words = meant(mended(text)).split()
    return 1 < len(words) < 7 and may_be_surname(words[0]) and all(map(is_plausible, words[1:]))


def field_rows(
    source: SourceFile,
    mapping: FileMapping,
    order: BirthOrder,
    sender: str = "",
    nobody: Callable[[int, str], None] = lambda row, why: None,
) -> Iterator[pl.DataFrame]:
    """The file's rows, batch by batch: the fields of mapping.WHOLE as text, `row`, `either` (BirthOrder), and
    in `reason` what was changed on reading. `sender`: who sent the file, instead of what its rows say.
    `nobody`: called with the number of each row that names nobody (nobody.py) and why; such rows are left
    out.
    """
    told, codes = 0, sex_codes(mapping.columns.get("sex", ""))
    for batch in source.batches(mapping.columns, long=("address",)):
        new, told = source.troubles.kept[told:], len(source.troubles.kept)
        reasons = (
            pl.DataFrame(
                [
                    (trouble.row, f"{trouble.column}: {trouble.reason}.")
                    for trouble in new
                    if not trouble.left_out
                ],
                schema={"row": batch.schema["row"], "reason": pl.String},
                orient="row",
            )
            .group_by("row")
            .agg(pl.col("reason").str.join(" "))
        )
        whole = batch.with_columns(_whole(field, mapping) for field in WHOLE)
        why = names_nobody(whole, mapping.columns)
        for row, reason in zip(whole["row"].filter(why.is_not_null()), why.drop_nulls(), strict=True):
            nobody(row, reason)
        frame = whole.filter(why.is_null())
        if codes:
            frame = frame.with_columns(pl.col("sex").str.replace(r"\.0$", "").replace(codes))
        frame = frame.join(reasons, on="row", how="left", maintain_order="left")
        frame = order.read(_of_one_sex(frame, mapping).select("row", *WHOLE, "reason"))
        yield _sent_by(sender, frame) if sender else frame


def _sent_by(sender: str, frame: pl.DataFrame) -> pl.DataFrame:
    """The rows with this sender; where a row names another one, its `reason` says so."""
    other = (pl.col("sender") != "") & (pl.col("sender") != sender)
    told = pl.format(
        'Sender: the row says "{}", the file is from "{}".', pl.col("sender").str.slice(0, 40), pl.lit(sender)
    )
    reason = pl.concat_str("reason", pl.when(other).then(told), separator=" ", ignore_nulls=True)
    return frame.with_columns(reason=reason, sender=pl.lit(sender))


def _whole(field: str, mapping: FileMapping) -> pl.Expr:
    """A field, put together from its parts where the file has those. A missing day or month becomes 00; a
    missing year becomes nothing, since 00 would be read as 2000.
    """
    named = [name for name, _column in mapping.of(field)]
    if not named:
        return pl.lit("").alias(field)
    if named[0] == field:
        return pl.col(field).fill_null("")
    parts = [pl.col(name) for name in IN_PARTS[field] if name in named]
    if field == "birth":
        given = pl.any_horizontal(part.is_not_null() for part in parts)
        filled = [
            pl.col(name).fill_null(_UNKNOWN.get(name, "00")) for name in IN_PARTS[field] if name in named
        ]
        return pl.when(given).then(pl.concat_str(filled, separator="/")).otherwise(pl.lit("")).alias(field)
    return pl.concat_str(parts, separator=_SEPARATORS[field], ignore_nulls=True).alias(field)


def _of_one_sex(frame: pl.DataFrame, mapping: FileMapping) -> pl.DataFrame:
    """With sex and birth from the columns "male" and "female", one of which is filled, unless other columns
    give them.
    """
    there = [name for name in OF_ONE_SEX if name in mapping.columns]
    if not there:
        return frame
    filled = {name: pl.col(name).is_not_null() & ~pl.col(name).is_in(_NO_MARK) for name in there}
    both = pl.all_horizontal(filled.values()) if len(there) > 1 else pl.lit(value=False)
    sex = pl.coalesce(*(pl.when(filled[name] & ~both).then(pl.lit(_SEX[name])) for name in there), pl.lit(""))
    born = pl.coalesce(*(pl.when(pl.col(name).str.contains(_BORN)).then(name) for name in there), pl.lit(""))
    reason = pl.concat_str(
        "reason",
        pl.when(both).then(pl.lit("Sex: both columns are filled.")),
        separator=" ",
        ignore_nulls=True,
    )
    return frame.with_columns(
        sex=pl.when(pl.col("sex") == "").then(sex).otherwise("sex"),
        birth=pl.when(pl.col("birth") == "").then(born).otherwise("birth"),
        reason=reason,
    )
