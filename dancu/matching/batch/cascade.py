"""The cascade of answers.py for all records of a part at once. Each block is tried only for the records that
no earlier block settled.

A record gets the same answer, person and score as from `who_is`; a test compares them record by record.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import polars as pl

from dancu.matching.answers import AnswerKind
from dancu.matching.batch import keys
from dancu.matching.batch.block_query import NUMBERS, PHONES, WEIGHED, BlockQuery, answer_each, asked_at_once
from dancu.matching.batch.indexed_candidates import IndexedCandidates
from dancu.matching.batch.snapshot_candidates import SnapshotCandidates
from dancu.matching.batch.weighing import PairScorer, in_this_process
from dancu.matching.policy import BLOCKS
from dancu.matching.standing import MOST_BESIDE

NUMBER, PHONE, REPAIRED = "number", "phone", "repaired_number"
READING = "reading the copy"  # the step of reading a copy of the register for the blocks that follow
_FEW = 100_000  # records: for so few all blocks that may follow are asked for at once (asked_at_once)
Progress = Callable[[str, int], None]


@dataclass
class BatchMatches:
    """`ranked`: n, score, found_by, lives_in and the person (many_candidates.PEOPLE), at most five for each
    record, the likeliest first; `holders`: for each number as given, its likeliest holder; `answers`: n,
    answer; `capped`: n, block: the blocks that had more people than are read.
    """

    ranked: pl.DataFrame
    holders: pl.DataFrame
    answers: pl.DataFrame
    capped: pl.DataFrame


@dataclass
class _Search:
    """The state of a search. `records`: those not yet settled; `prepared`: all records, perhaps under another
    reading of their names; `keys`: the keys computed before, by block and reading; `found`: likewise what
    was found ahead of its turn; `otherwise`: the same search under each other reading of the names, as it was
    when these were needed first; `afar`: n of the records for which somebody below the threshold of review is
    exact.
    """

    records: pl.DataFrame
    prepared: pl.DataFrame
    weighing: PairScorer
    people: IndexedCandidates | SnapshotCandidates
    progress: Progress
    ranked: pl.DataFrame
    capped: pl.DataFrame
    settled: list[pl.DataFrame] = field(default_factory=list)
    reading: int | None = None  # of the names, if not the likeliest
    keys: dict[tuple[str, int | None], pl.DataFrame] = field(default_factory=dict)
    found: dict[tuple[str, int | None], BlockQuery] = field(default_factory=dict)
    otherwise: "list[_Search]" = field(default_factory=list)
    afar: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema={"n": pl.UInt32}))

    @property
    def limits(self) -> Mapping[str, float]:
        return self.weighing.scorer.weights.thresholds

    @property
    def least(self) -> float:
        """The bits, without the prior, below which a pair never goes to review."""
        return self.limits["review"] - self.weighing.scorer.prior - 1e-6

    @cached_property
    def most_by_name(self) -> pl.Series:
        """The most bits that names can give each prepared record."""
        return self.weighing.bound(self.prepared, self.weighing.costly)


@dataclass(frozen=True)
class _Block:
    name: str
    asked: str
    keys_of: Callable[[pl.DataFrame], pl.DataFrame]


def find(
    records: pl.DataFrame,
    weighing: PairScorer,
    people: IndexedCandidates | SnapshotCandidates,
    progress: Progress = lambda block, records: None,
) -> BatchMatches:
    """Identify these records. `records`: rows of read_records with their place `n`, from 0; `people`: where
    candidates come from; `progress`: called with each block and how many records it is for.
    """
    capped = pl.DataFrame(schema={"n": pl.UInt32, "block": pl.String})
    search = _Search(records, weighing.prepared_records(records), weighing, people, progress, _NOBODY, capped)
    _expect(search, [_NUMBER, _PHONE], [])
    _look(search, _NUMBER)
    holders = search.ranked.unique("n", keep="first", maintain_order=True)
    _settle_the_certain(search)
    _look(search, _PHONE)
    _settle(search)
    search.records = weighing.apart(keys.with_name_keys, search.records)
    _expect(search, _BLOCKS, _BY_NAME)
    _look_ahead(search)
    for block in _BLOCKS:
        _look(search, block)
        _settle(search)
    _read_otherwise(search)
    _heed_the_exact(search)
    open_ = search.records.select("n").join(_judged(search).drop("settled", "named"), on="n", how="left")
    answers = pl.concat(
        [*search.settled, open_.with_columns(pl.col("answer").fill_null(str(AnswerKind.NONE)))]
    )
    return BatchMatches(search.ranked, holders, answers, search.capped)


_ASKED = {
    NUMBER: _Block(NUMBER, NUMBERS, keys.numbers),
    PHONE: _Block(PHONE, PHONES, keys.phones),
    "home_and_born": _Block("home_and_born", "home_and_born", keys.home_and_born),
    "given_and_born": _Block("given_and_born", "given_and_born", keys.given_and_born),
    REPAIRED: _Block(REPAIRED, NUMBERS, keys.repaired_numbers),
    "named_at_home": _Block("named_at_home", "named_at_home", keys.named_at_home),
    "near": _Block("near", "given_and_born", keys.born_a_year_off),
}
_NUMBER, _PHONE, *_BLOCKS = (_ASKED[block.name] for block in BLOCKS)
assert (_NUMBER.name, _PHONE.name) == (NUMBER, PHONE), "policy.toml: numbers first, then telephones"
_BY_NAME = [_ASKED[block.name] for block in BLOCKS if block.again]


def _expect(search: _Search, blocks: Sequence[_Block], otherwise: Sequence[_Block]) -> None:
    """Read a copy of the register once for all keys of these blocks, and of `otherwise` under other readings
    of the names. Does nothing where candidates come from the indexes.
    """
    if not search.people.reads_all:
        return
    search.progress(READING, len(search.records))
    wanted: dict[str, list[pl.DataFrame]] = {}
    for of, its in [
        (search, blocks),
        *((other, otherwise) for other in (_readings(search) if otherwise else ())),
    ]:
        for block in its:
            found = search.keys[block.name, of.reading] = _keys(of, block)
            wanted.setdefault(block.asked, []).append(found)
    search.people.read_for(wanted)


def _settle_the_certain(search: _Search) -> None:
    """Settle the records whose person was found by number and is so far ahead that nobody with the same
    telephone could come near; the telephone is not looked up for them.
    """
    most = search.weighing.bound(search.prepared, search.weighing.model.comparisons, but=("number", "cmnd"))
    rival = search.prepared.select(
        "n", rival=pl.when(pl.col("phone").is_not_null()).then(most + search.weighing.scorer.prior)
    )
    top = _foremost(search.ranked, search.limits).join(rival, on="n")
    _note(search, _kinds(top.with_columns(second=pl.max_horizontal("second", "rival")), search))


def _readings(search: _Search) -> Iterator[_Search]:
    """The same search under other readings of the names (query.py), for the records that have any."""
    if not search.otherwise:
        for nth, read in enumerate(keys.other_readings(search.records)):
            named = search.weighing.named_otherwise(search.prepared, read)
            search.otherwise.append(replace(search, records=read, prepared=named, reading=nth))
    for other in search.otherwise:
        read = other.records.join(search.records.select("n"), on="n", how="semi", maintain_order="left")
        yield replace(search, records=read, prepared=other.prepared, reading=other.reading)


def _look_ahead(search: _Search) -> None:
    """Where few records are open, ask at once for whomever the blocks by name would find, each in its turn.
    What of it a record needs that an earlier block settles is not heeded.
    """
    if len(search.records) > _FEW:
        return
    turns = [(search, block) for block in _BLOCKS]
    turns += [(other, block) for other in _readings(search) for block in _BY_NAME]
    search.found |= {(block.name, of.reading): _query(of, block) for of, block in turns}
    _ask(search, list(search.found.values()))


def _ask(search: _Search, queries: Sequence[BlockQuery]) -> None:
    """Have these answered, at once."""
    queries = [query for query in queries if query.has_keys]
    if queries:
        together = asked_at_once(queries)
        search.people.find(together)
        answer_each(queries, together)


def _read_otherwise(search: _Search) -> None:
    """Look up the records that are still open under other readings of their names."""
    for other in _readings(search):
        read = other.records
        for block in _BY_NAME:
            _look(other, block)
            _settle(other)
        search.ranked, search.capped = other.ranked, other.capped
        settled = read.select("n").join(other.records.select("n"), on="n", how="anti")
        search.records = search.records.join(settled, on="n", how="anti", maintain_order="left")


def _heed_the_exact(search: _Search) -> None:
    """A match whose name differs does not stand where somebody else is exact in name, birth date and sex,
    however little else fits. Only such matches, which are few, are looked up again.
    """
    doubtful = _judged(search).filter((pl.col("answer") == str(AnswerKind.MATCH)) & ~pl.col("named"))
    if not len(doubtful):
        return
    narrow = replace(search, records=search.records.join(doubtful, on="n", how="semi", maintain_order="left"))
    queries = [
        BlockQuery({"given_and_born": keys.given_and_born(of.records)}, of.prepared, of.most_by_name, None)
        for of in (narrow, *_readings(narrow))
    ]
    _ask(search, queries)
    for sought in queries:
        afar = sought.weighed.filter(pl.col("exact") & (pl.col("score") < search.limits["review"]))
        search.afar = pl.concat([search.afar, afar.select("n")])
        afar = afar.with_columns(found_by=pl.lit("given_and_born"), aside=pl.lit(value=False))
        search.ranked = _ranked(search.ranked, afar, search.limits)


def _look(search: _Search, block: _Block) -> None:
    """Weigh the candidates that one block's keys give for the unsettled records."""
    sought = search.found.get((block.name, search.reading))
    if sought is None:
        sought = _query(search, block)
        _ask(search, [sought])
    open_ = search.records.select("n")
    looked_up = len(sought.sought.join(open_, on="n", how="semi"))
    if not looked_up:
        return
    search.progress(block.name, looked_up)
    capped = sought.capped.join(open_, on="n", how="semi").with_columns(block=pl.lit(block.name))
    search.capped = pl.concat([search.capped, capped])
    found = sought.weighed.join(open_, on="n", how="semi", maintain_order="left")
    found = found.with_columns(found_by=pl.lit(block.name), aside=pl.lit(value=False))
    search.ranked = _ranked(search.ranked, found, search.limits)


def _query(search: _Search, block: _Block) -> BlockQuery:
    least = None if block is _NUMBER else search.least
    return BlockQuery({block.asked: _keys(search, block)}, search.prepared, search.most_by_name, least)


def _keys(search: _Search, block: _Block) -> pl.DataFrame:
    """The keys of the unsettled records."""
    known = search.keys.get((block.name, search.reading))
    if known is not None:
        return known.join(search.records.select("n"), on="n", how="semi", maintain_order="left")
    apart = search.weighing.apart if block.name == REPAIRED else in_this_process
    return apart(block.keys_of, search.records).drop_nulls()


def _ranked(before: pl.DataFrame, found: pl.DataFrame, limits: Mapping[str, float]) -> pl.DataFrame:
    """The five likeliest people of each record, the likeliest first and those `aside` last
    (standing.is_aside). A person found twice keeps the better score, and the block that found them first.
    """
    here = found.select("n").unique()
    rows = pl.concat(
        [before.join(here, on="n", how="semi", maintain_order="left"), found.select(before.columns)]
    )
    first = rows.select("n", "person_id", first_by="found_by").unique(
        ["n", "person_id"], keep="first", maintain_order=True
    )
    best = rows.sort("score", descending=True, maintain_order=True).unique(
        ["n", "person_id"], keep="first", maintain_order=True
    )
    is_sure = pl.col("may_be") & (pl.col("score") >= limits["match"])
    sure = pl.when(is_sure).then("own").max().over("n").fill_null(float("-inf"))
    best = best.with_columns(aside=~pl.col("rival") & (pl.col("own") + limits["ahead"] <= sure))
    best = best.sort("aside", maintain_order=True)
    best = best.filter(pl.int_range(pl.len()).over("n") < MOST_BESIDE)
    best = best.join(first, on=["n", "person_id"], how="left", maintain_order="left")
    best = best.with_columns(found_by="first_by").drop("first_by")
    return pl.concat([before.join(here, on="n", how="anti", maintain_order="left"), best])


_NOBODY = pl.DataFrame(schema={**WEIGHED, "found_by": pl.String, "aside": pl.Boolean})


def _settle(search: _Search) -> None:
    _note(search, _judged(search))


def _judged(search: _Search) -> pl.DataFrame:
    ranked = search.ranked.join(search.records.select("n"), on="n", how="semi", maintain_order="left")
    return _kinds(_foremost(ranked, search.limits), search)


def _foremost(ranked: pl.DataFrame, limits: Mapping[str, float]) -> pl.DataFrame:
    """For each record: n, the best score, the score it has to be ahead of (standing.second_weight; null:
    none), whether the best may be a match, and whether the search ends with it.
    """
    score, own, exact = pl.col("score"), pl.col("own"), pl.col("exact")
    is_better = (own >= own.first() + limits["ahead"]) | (exact & ~exact.first())
    outdone = (is_better & (score >= limits["review"])).any()
    return (
        ranked.filter(~pl.col("aside"))
        .group_by("n", maintain_order=True)
        .agg(
            best=score.first(),
            second=pl.when(outdone).then(score.first()).otherwise(score.get(1, null_on_oob=True)),
            may_be=pl.col("may_be").first(),
            named=pl.col("named").first(),
            settled=pl.col("settled").first(),
        )
    )


def _kinds(top: pl.DataFrame, search: _Search) -> pl.DataFrame:
    may_be = pl.col("may_be") & ~pl.col("n").is_in(search.capped["n"].unique().implode())
    answer = answer_of(pl.col("best"), pl.col("second"), may_be, search.limits)
    outdone = ~pl.col("named") & pl.col("n").is_in(search.afar["n"].implode())
    is_several = outdone & (answer == str(AnswerKind.MATCH))
    return top.select(
        "n",
        "settled",
        "named",
        answer=pl.when(is_several).then(pl.lit(str(AnswerKind.SEVERAL))).otherwise(answer),
    )


def answer_of(best: pl.Expr, second: pl.Expr, may_be: pl.Expr, limits: Mapping[str, float]) -> pl.Expr:
    """`kind_of` for whole columns; a test compares both."""
    ahead = pl.when(second >= limits["review"]).then(best - second).otherwise(float("inf"))
    return (
        pl.when(best.is_null() | (best < limits["review"]))
        .then(pl.lit(str(AnswerKind.NONE)))
        .when(may_be & (best >= limits["match"]) & (ahead >= limits["ahead"]))
        .then(pl.lit(str(AnswerKind.MATCH)))
        .when(ahead < limits["ahead"])
        .then(pl.lit(str(AnswerKind.SEVERAL)))
        .otherwise(pl.lit(str(AnswerKind.REVIEW)))
    )


def _note(search: _Search, judged: pl.DataFrame) -> None:
    """Settle the records that are matches, unless somebody better may still be found or the order of the name
    is a guess.
    """
    matches = judged.filter((pl.col("answer") == str(AnswerKind.MATCH)) & pl.col("settled")).drop(
        "settled", "named"
    )
    matches = matches.join(search.records.filter("guess"), on="n", how="anti", maintain_order="left")
    search.settled.append(matches)
    search.records = search.records.join(matches, on="n", how="anti", maintain_order="left")
