"""What the register knows of later than the files, it keeps.

No file undoes what happened after its day, or what a steward wrote down, who had a basis for it, on its day
or after. A file's word holds from its day on (`--on`), a home's from the day on which it began, where the row
says so, a death's from its own. Where the register says otherwise and has it from later, by an event, a
correction, a merge or another file, that field stays as it is and is told; all else of the row is taken. That
somebody lives who died is said by no file: the row comes back. docs/how-it-works/population-import.md
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

import polars as pl

from dancu.db.queries import Queries

_sql = Queries(__file__, "keeping.sql")

# What belongs together and is kept together: the column that is told, and those of `person`.
_TOGETHER = {
    "permanent_code": ("home_area", "home_since", "home_address"),
    "marital_status": ("marital_status", "spouse_id"),
    "household_no": ("household_id", "relation"),
    "birth_date": ("birth_date", "birth_precision"),
    "full_name": ("full_name", "given_key", "ends_key"),
    "father_pin": ("father_id", "father_name"),
    "mother_pin": ("mother_id", "mother_name"),
    "birth_registered_code": ("birth_area",),
    "native_code": ("native_area",),
    **{
        field: (field,)
        for field in (
            "sex",
            "cmnd",
            "phone",
            "email",
            "ethnicity",
            "religion",
            "nationality",
            "blood_group",
            "card_issued_on",
        )
    },
}
_STATUS = {"status": ("status", "status_on")}
_DATED = {"permanent_code": ("d.lived_on", "d.homes_undated"), "status": ("d.gone_on", "false")}
_DAY_BEGAN = "(%(on)s::date::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh')"

_EVENTS = {
    "death": "death",
    "missing": "declaration as missing",
    "return": "return",
    "move": "move",
    "marriage": "marriage",
    "divorce": "divorce",
    "spouse_death": "death of the husband or wife",
    "spouse_return": "return of the husband or wife",
    "split": "division of the household",
    "head": "change of the household's head",
    "correction": "correction",
    "birth": "registration of the birth",
    "child_birth": "birth of a child",
    "new_number": "new number",
    "undone": "undoing of an event",
    "merge": "merge of two records",
    "merge_undone": "undoing of a merge",
    None: "word",  # of a file, or of whoever entered the person
}


def make() -> None:
    """Where it is noted until the caller's transaction ends."""
    _sql.run("make")


def keep(on: date, person_ids: Sequence[int] | None = None) -> tuple[list[int], list[str]]:
    """Let stand in import_record what the register has from later than `on`, of the people in
    import_differing (`person_ids`: those whose rows were read again). Return whose rows are not taken at all,
    and why.
    """
    if person_ids is not None:
        _sql.run("forget", person_ids=list(person_ids))
    wrong = {row["person_id"]: _refusal(row["day"]) for row in _sql.all("impossible", on=on)}
    if wrong:
        _sql.run("refuse", person_ids=list(wrong))
    parts = {"day_began": _DAY_BEGAN}
    _sql.run("find_lives", on=on)
    _sql.run("find", {"fields": _values(_STATUS), **parts}, on=on)
    _sql.run("keep_lives")
    _sql.run("find", {"fields": _values(_TOGETHER), **parts}, on=on)
    _sql.run("find_widowed")
    _sql.run("keep", {"kept": _kept(), "home": "('permanent_code' = ANY (k.fields))"})
    return list(wrong), list(wrong.values())


def told() -> pl.DataFrame:
    """file_no, row and `problems` of the rows of which something was not taken."""
    rows = [
        (row["file_no"], row["row"], f"{row['field']}: {_words(row['kind'], row['day'])}")
        for row in _sql.all("told")
    ]
    found = pl.DataFrame(
        rows, schema={"file_no": pl.Int16, "row": pl.UInt32, "problems": pl.String}, orient="row"
    )
    return found.group_by("file_no", "row", maintain_order=True).agg(
        pl.col("problems").unique(maintain_order=True).str.join("; ")
    )


def later(kind: str | None, day: date) -> str:
    """That something of after the files' day stands."""
    return f"the register knows a later {_EVENTS.get(kind, 'event')} of {day:%d/%m/%Y}, and keeps it"


def _words(kind: str | None, day: date) -> str:
    if kind == "widowed":
        return f"the register knows that the husband or wife died on {day:%d/%m/%Y}, and keeps widowed"
    if kind == "missing":
        since = f"according to the register, this person has been missing since {day:%d/%m/%Y}"
        return f"{since}, and keeps it until a return is recorded"
    return later(kind, day)


def _refusal(died_on: date) -> str:
    return (
        f"status: says that someone is alive or missing who, according to the register, died on "
        f"{died_on:%d/%m/%Y}: "
        "if that is wrong, a steward records the return or undoes the death, else write 2 or leave it empty"
    )


def _values(fields: Mapping[str, Collection[str]]) -> str:
    """SQL: each field with its columns, the day from which the file's word holds, and whether only the files'
    own day tells it.
    """
    rows = []
    for field, columns in fields.items():
        since, undated = _DATED.get(field, ("%(on)s::date", "true"))
        rows.append(f"('{field}', '{{{','.join(columns)}}}'::text[], {since}, {undated})")
    return ", ".join(rows)


def _kept() -> str:
    """SQL: every column as the register has it, where its field is kept. A home's dates are said beside
    it.
    """
    return ", ".join(
        f"{column} = CASE WHEN '{field}' = ANY (k.fields) THEN p.{column} ELSE r.{column} END"
        for field, columns in _TOGETHER.items()
        for column in columns
        if column not in ("home_since", "home_address")
    )
