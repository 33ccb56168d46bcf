"""A model made from a mapping and from what a sample of the file looks like: fields, comparisons, and
keys to choose blocks from.
"""

import re
from collections import Counter
from itertools import combinations, pairwise

import polars as pl
from rapidfuzz.distance import JaroWinkler

from dancu.linkage.levels import ComparisonDraft, birth, name_part, of_kind, together, whole_name
from dancu.linkage.mapping import KINDS, MappedColumn, Mapping
from dancu.linkage.model.kinds import KINDS as MODEL_KINDS
from dancu.linkage.model.kinds import prepare_frame
from dancu.linkage.model.kinds_anywhere import plain
from dancu.linkage.model.model import Model, model_of

SAMPLE = 100_000  # rows looked at
COMMON = 0.02  # a word that stands in a larger share of titles or organisations says little
_FOLLOWS, _LIFT = 0.4, 3.0  # when one field counts as following from another
_TOGETHER = ("postcode", "place", "address", "category", "amount")


def build(mapping: Mapping, sample: pl.DataFrame) -> Model:
    """A model without blocks. `sample`: rows of the files, as text, columns named after the mapping's
    fields.
    """
    fields = {
        column.field: _model_kind(column, sample[column.field].drop_nulls()) for column in mapping.columns
    }
    sources = [compared.source() for compared in _comparisons(mapping.columns, fields, sample)]
    sources += [
        dict(each)
        for column in mapping.columns
        if (compared := MODEL_KINDS[fields[column.field]].compared)
        for each in compared(column.field)
    ]
    own = [source["field"] for source in sources if source["field"] in _own(mapping.columns)]
    return model_of("made from the mapping", {"fields": fields, "comparison": sources, "identity": own})


def _model_kind(column: MappedColumn, values: pl.Series) -> str:
    kind = KINDS[column.kind][0]
    if kind == "date":
        return f"date({column.order or _order(values)})"
    if kind == "words":
        return f"words({', '.join(common_words(values))})"
    return kind


def _order(values: pl.Series) -> str:
    """Which order the parts of dates are in, by what no other order could be."""
    counts: Counter[str] = Counter()
    for text in values.unique()[:5000]:
        parts = [int(part) for part in re.findall(r"\d+", text)[:3]]
        if len(parts) == 3 and parts[0] < 1000:
            counts["dmy"] += 12 < parts[0] <= 31 and parts[1] <= 12
            counts["mdy"] += 12 < parts[1] <= 31 and parts[0] <= 12
        elif len(parts) == 1 and len(text.strip()) == 8:
            counts["ymd"] += 1000 <= parts[0] // 10000 <= 2100
            counts["dmy"] += 1000 <= parts[0] % 10000 <= 2100 and parts[0] // 1000000 <= 31
    return max(("ymd", "dmy", "mdy"), key=lambda order: (counts[order], order == "dmy"))


def common_words(values: pl.Series) -> list[str]:
    """The words of a column that are too common to tell its values apart, the most common first."""
    counts = Counter(word for text in values for word in set(plain(text).split(" ")) if word)
    least = max(5, COMMON * len(values))
    return [word for word, count in counts.most_common(100) if count >= least and re.fullmatch(r"\w+", word)]


def _comparisons(
    columns: list[MappedColumn], fields: dict[str, str], sample: pl.DataFrame
) -> list[ComparisonDraft]:
    by_kind = {kind: [column.field for column in columns if column.kind == kind] for kind in KINDS}
    given, family = by_kind["given name"], by_kind["family name"]
    compared = [name_part(f, g, True) for f, g in zip(given, [*family, *[None] * len(given)], strict=False)]
    compared += [
        name_part(f, g, False) for f, g in zip(family, [*given, *[None] * len(family)], strict=False)
    ]
    compared += [name_part(f, None, False) for f in by_kind["middle name"]]
    if not given or not family:
        compared += [each for f in by_kind["full name"][:1] for each in whole_name(f)]
    alone = {column.field: birth(column.field) for column in columns if KINDS[column.kind][0] == "date"}
    rest = [
        column
        for column in columns
        if KINDS[column.kind][0] not in ("name", "full_name", "date")
        and not MODEL_KINDS[KINDS[column.kind][0]].compared
    ]
    alone |= {column.field: of_kind(KINDS[column.kind][0], column.field) for column in rest}
    grouping = {column.field for column in columns if column.kind in _TOGETHER and column.field in alone}
    groups = following(fields, sample, sorted(grouping), _who(columns))
    compared += [together([alone.pop(f) for f in group]) for group in groups]
    return compared + list(alone.values())


def _own(columns: list[MappedColumn]) -> set[str]:
    """The comparisons of what is a person's own and not their family's (Model.identity)."""
    named = {"given name": ("",), "middle name": ("",), "full name": ("_first", "_middle")}
    own = {
        column.field + ending
        for column in columns
        for ending in named.get(column.kind) or MODEL_KINDS[KINDS[column.kind][0]].own
    }
    days = {column.field for column in columns if column.kind in ("birth date", "year")}
    return own | days if own else set()


def _who(columns: list[MappedColumn]) -> list[str]:
    """Fields that tell who or what it is: two records that agree in none of them are hardly the same."""
    telling = (
        "given name",
        "family name",
        "full name",
        "birth date",
        "number",
        "organisation",
        "text",
        "email",
    )
    return [column.field for column in columns if column.kind in telling]


def following(
    fields: dict[str, str], sample: pl.DataFrame, among: list[str], who: list[str]
) -> list[list[str]]:
    """Groups of fields of which one mostly follows from the other in records that are of different
    people, finest first.
    """
    if len(among) < 2:
        return []
    prepared = prepare_frame({f: fields[f] for f in {*among, *who}}, sample.select({*among, *who}))
    main = {f: f if f in prepared.columns else f"{f}_year" for f in {*among, *who}}
    alike = {f: _agreement(prepared[main[f]]) for f in among}
    edges = [
        (fine, coarse)
        for fine, coarse in combinations(sorted(among, key=lambda f: alike[f]), 2)
        if _follows(
            prepared,
            main[fine],
            main[coarse],
            [main[f] for f in who if f not in (fine, coarse)],
            alike[coarse],
        )
    ]
    groups: list[list[str]] = []
    for fine, coarse in edges:
        group = next((group for group in groups if fine in group or coarse in group), None)
        if group is None:
            groups.append([fine, coarse])
        else:
            group += [f for f in (fine, coarse) if f not in group]
    return [sorted(group, key=lambda f: alike[f]) for group in groups]


def _agreement(values: pl.Series) -> float:
    """How often two values drawn at random are the same."""
    counts = values.drop_nulls().value_counts()["count"].to_numpy().astype(float)
    total = counts.sum()
    return float((counts * (counts - 1)).sum() / max(total * (total - 1), 1.0))


def _follows(frame: pl.DataFrame, fine: str, coarse: str, who: list[str], alike: float) -> bool:
    """Whether two records of different people that agree in `fine` mostly agree in `coarse` too.

    Of different people are those that are unlike in all of `who` that both have, each compared with each, in
    two at least.
    """
    known = (
        frame.select({fine, coarse, *who})
        .drop_nulls([fine, coarse])
        .sample(fraction=1.0, shuffle=True, seed=1)
    )
    known = known.sort(fine, maintain_order=True)
    shares: list[bool] = []
    for one, other in pairwise(known.iter_rows(named=True)):
        if one[fine] == other[fine] and _are_different([one[f] for f in who], [other[f] for f in who]):
            shares.append(one[coarse] == other[coarse])
    if len(shares) < 30:
        return False
    share = sum(shares) / len(shares)
    return share >= _FOLLOWS and share >= _LIFT * alike


def _are_different(one: list[object], other: list[object]) -> bool:
    ones, others = ([str(value) for value in side if value is not None] for side in (one, other))
    return min(len(ones), len(others)) >= min(2, len(one)) and all(
        JaroWinkler.similarity(a, b) < (0.75 if a.isalpha() else 0.85) for a in ones for b in others
    )


def key_choices(model: Model) -> dict[str, list[list[str]]]:
    """Field → the prepared columns, alone or two, that may make its part of a block, the loosest first."""
    choices: dict[str, list[list[str]]] = {}
    for f, kind in model.fields.items():
        if kind == "sex":
            continue
        endings = _KEYS.get(kind.partition("(")[0]) or MODEL_KINDS[kind].keys
        choices[f] = [[f + ending for ending in each] for each in endings]
        if any(column not in model.columns for each in choices[f] for column in each):
            raise KeyError(kind)
    return choices


_KEYS: dict[str, list[list[str]]] = {
    "name": [["_start"], ["_sound"], ["_first"], [""]],
    "full_name": [
        ["_last_start"],
        ["_last_sound"],
        ["_first_sound"],
        ["_last"],
        ["_first"],
        ["_first_sound", "_last_sound"],
        ["_words"],
    ],
    "date": [["_year"], ["_month", "_day"], ["_yearmonth"], [""]],
    "postcode": [["_start"], ["_area"], [""]],
    "place": [["_start"], ["_sound"], [""]],
    "address": [["_longest"], ["_number"], ["_number", "_longest"], ["_words"]],
    "words": [["_first"], ["_last"], ["_longest"], ["_second"], ["_longest", "_second"], ["_words"]],
    "identifier": [["_start"], ["_end"], [""]],
    "telephone": [["_end"], [""]],
    "email": [["_letters"], ["_user"], [""]],
}
assert all(kind in MODEL_KINDS for kind in _KEYS)
