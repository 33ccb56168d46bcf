"""A mapping file: what each column of somebody else's file holds. docs/matching.md describes it.

id = "rec_id"
label = "cluster"
separator = ";"

[columns]
first_name = "given name"
dob = { kind = "birth date", order = "dmy" }
surname = { kind = "family name", right = "last_name" }
income = { kind = "amount", missing = ["0.0"] }
"""

import json
import keyword
import re
import tomllib
from collections.abc import Iterable
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
from rapidfuzz import fuzz, process

from dancu.linkage.errors import BadMapping
from dancu.linkage.model.kinds import KINDS as MODEL_KINDS
from dancu.text.folding import fold

# kind of a mapping: (kind of a model, other words for it)
KINDS: dict[str, tuple[str, str]] = {
    "given name": (
        "name",
        "first name, forename, firstname, givenname, christian name, fname, prénom, vorname, nombre, tên",
    ),
    "family name": (
        "name",
        "surname, last name, lastname, familyname, lname, maiden name, nom, nachname, apellido, họ",
    ),
    "middle name": ("name", "middle, middlename, second name, midl name, tên đệm"),
    "full name": ("full_name", "name, fullname, person name, whole name, họ tên"),
    "birth date": ("date", "date of birth, dob, birthdate, birthday, born, ngày sinh"),
    "date": ("date", "day"),
    "year": ("year", "birth year, year of birth, yob, age, integer, năm"),
    "amount": ("amount", "price, measure, decimal, quantity, money"),
    "postcode": ("postcode", "zip, zip code, zipcode, postal code, plz"),
    "place": (
        "place",
        "city, town, suburb, county, birth place, place of birth, village, commune, district, locality, "
        "country",
    ),
    "address": ("address", "street, street address, addr, road, address line"),
    "street number": ("category", "house number, house no, street no"),
    "occupation": ("category", "job, profession, trade"),
    "organisation": (
        "words",
        "organization, company, business, business name, employer, restaurant, shop, institution",
    ),
    "number": (
        "identifier",
        "identifier, id number, national number, social security number, ssn, passport, licence, pin, "
        "registration number",
    ),
    "phone": ("telephone", "telephone, phone number, mobile, tel, fax"),
    "email": ("email", "e mail, mail, email address"),
    "sex": ("sex", "gender"),
    "category": ("category", "code, state, status, type, class, race, ethnicity, cuisine, province"),
    "text": ("words", "title, description, free text, notes, remarks, product, words, authors"),
    "ignore": ("", "ignored, skip, none, drop"),
}
ORDERS = ("dmy", "mdy", "ymd")


@dataclass(frozen=True)
class MappedColumn:
    """One column compared. `kind`: of KINDS; `field`: its name in the model; `right`: its name in the second
    file; `order`: of a date; `missing`: the values that stand for none (None: find out).
    """

    left: str
    right: str
    kind: str
    field: str
    order: str | None = None
    missing: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Mapping:
    """What a mapping file says; ids and labels by file, the second file's second."""

    columns: list[MappedColumn]
    ids: tuple[str | None, str | None] = (None, None)
    labels: tuple[str | None, str | None] = (None, None)
    separators: tuple[str | None, str | None] = (None, None)
    encodings: tuple[str | None, str | None] = (None, None)

    def names(self, side: int) -> dict[str, str]:
        """Field → the column of the first (0) or the second (1) file that it is read from."""
        return {column.field: (column.right if side else column.left) for column in self.columns}


def load_mapping(path: Path) -> Mapping:
    """Read a mapping, TOML or JSON. Raises BadMapping."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
        given = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except FileNotFoundError as error:
        raise BadMapping(path, "there is no such file") from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, json.JSONDecodeError) as error:
        raise BadMapping(
            path, f"cannot be read ({error}): it must be TOML or JSON, see docs/matching.md"
        ) from error
    try:
        return mapping_of(given)
    except BadMapping as error:
        raise BadMapping(path, error.args[1]) from error


def mapping_of(settings: Dictionary[str, Any]) -> Mapping:
    """The mapping that a file's settings describe. Raises BadMapping."""
    known = {"id", "label", "separator", "encoding"}
    known |= {f"right_{key}" for key in known} | {"columns", "missing"}
    if unknown := sorted(set(settings) - known):
        nearest = _nearest(unknown[0], known)
        raise BadMapping("", f'"{unknown[0]}" is not understood{nearest}; it has {", ".join(sorted(known))}')
    if wrong := sorted(
        key
        for key in known - {"columns", "missing"}
        if key in settings and not isinstance(settings[key], str)
    ):
        raise BadMapping("", f'"{wrong[0]}" must be a text in quotation marks, not {settings[wrong[0]]!r}')
    if wrong := [key for key in ("separator", "right_separator") if len(settings.get(key, ",")) != 1]:
        raise BadMapping("", f'"{wrong[0]}" must be one character, such as ";", not "{settings[wrong[0]]}"')
    columns = settings.get("columns")
    if not isinstance(columns, dict) or not columns:
        raise BadMapping(
            "", 'it has no columns: add [columns] and a line for each column, such as dob = "birth date"'
        )
    taken: set[str] = set()
    missing = _missing("", settings.get("missing"))
    read = [each for name, said in columns.items() if (each := _column(name, said, taken, missing))]
    if not read:
        raise BadMapping("", "every column is ignored, so there is nothing to compare")
    pairs = (
        (settings.get(key), settings.get(f"right_{key}", settings.get(key)))
        for key in ("id", "label", "separator", "encoding")
    )
    return Mapping(read, *pairs)  # type: ignore[arg-type]


def _missing(column: str, said: Any) -> tuple[str, ...] | None:
    """The values that count as missing. None: to be detected; an empty list: there are none."""
    if said is None:
        return None
    if not isinstance(said, list) or not all(isinstance(value, str | int | float) for value in said):
        where = f'column "{column}": ' if column else ""
        raise BadMapping(
            "",
            f'{where}missing must be a list of values that mean “no value”, such as ["0.0", "unknown"], or '
            f"[]",
        )
    return tuple(str(value) for value in said)


def _column(name: str, said: Any, taken: set[str], missing: tuple[str, ...] | None) -> MappedColumn | None:
    said = {"kind": said} if isinstance(said, str) else said
    if not isinstance(said, dict) or not isinstance(said.get("kind"), str):
        raise BadMapping(
            "",
            f'column "{name}": write its kind, such as {name} = "given name"; the kinds are '
            f"{', '.join(KINDS)}",
        )
    if unknown := sorted(set(said) - {"kind", "order", "right", "missing"}):
        raise BadMapping(
            "", f'column "{name}": "{unknown[0]}" is not understood; use kind, missing, order or right'
        )
    kind = kind_called(said["kind"])
    if kind is None:
        nearest = _nearest(_key(said["kind"]), _KIND_WORDS)
        raise BadMapping(
            "", f'column "{name}": unknown kind "{said["kind"]}"{nearest}; the kinds are {", ".join(KINDS)}'
        )
    if not isinstance(said.get("right", name), str):
        raise BadMapping(
            "", f'column "{name}": right must be the column\'s name in the second file, in quotation marks'
        )
    if (order := said.get("order")) not in (None, *ORDERS):
        raise BadMapping(
            "", f'column "{name}": the order of a date must be one of {", ".join(ORDERS)}, not "{order}"'
        )
    if kind == "ignore":
        return None
    missing = _missing(name, said["missing"]) if "missing" in said else missing
    return MappedColumn(name, said.get("right", name), kind, _field(name, taken), order, missing)


def kind_called(words: str) -> str | None:
    """The kind that these words mean, such as given name for "First_Name"; None where they mean none."""
    return _KIND_WORDS.get(_key(words))


def _key(words: str) -> str:
    return re.sub(r"[\W_]+", " ", fold(words)).strip()


_KIND_WORDS = {
    _key(word): kind for kind, (_model, others) in KINDS.items() for word in (kind, *others.split(","))
}


def add(kind: str, of_model: str, others: str = "") -> None:
    """Add a kind of column. `of_model`: its kind in a model (model.kinds.add); `others`: other words for it,
    with commas between.
    """
    KINDS[kind] = (of_model, others)
    _KIND_WORDS.update({_key(word): kind for word in (kind, *filter(None, others.split(",")))})


def _nearest(word: str, among: Iterable[str]) -> str:
    found = process.extractOne(word, list(among), scorer=fuzz.ratio, score_cutoff=60)
    return f' (did you mean "{found[0]}"?)' if found else ""


# What the program's own tables call their columns, and words with which a statement begins: Splink's parser
# takes them for one.
_RESERVED = frozenset(
    "rid side id row prior alter attach begin between cache call comment commit connect copy declare delete "
    "detach disconnect drop execute "
    "explain false force grant if insert install load map merge null pragma prepare refresh rename reset "
    "revoke rollback set true "
    "truncate update use user vacuum values".split()
)


@cache
def _is_a_word_of_sql(name: str) -> bool:
    """Whether DuckDB refuses this as the name of a column."""
    try:
        duckdb.execute(f"SELECT a.{name} AS {name}_l, {name} FROM (SELECT 1 AS {name}) a")
    except duckdb.Error:
        return True
    return False


def _clash(one: str, other: str) -> bool:
    """Whether prepared columns of two fields could have the same name: dob's year and dob_year."""
    endings = {ending for kind in MODEL_KINDS.values() for ending in kind.columns}
    return any(one == other + ending or other == one + ending for ending in endings)


def _field(name: str, taken: set[str]) -> str:
    """A column's name as a model can have it: lower case, digits and _, and different from those `taken`."""
    field = re.sub(r"\W+", "_", fold(name)).strip("_") or "column"
    field = field if field.isascii() and not field[0].isdigit() else "f_" + re.sub(r"[^a-z0-9_]", "", field)
    while (
        field in _RESERVED
        or keyword.iskeyword(field)
        or _is_a_word_of_sql(field)
        or any(_clash(field, other) for other in taken)
    ):
        field += "_"
    taken.add(field)
    return field
