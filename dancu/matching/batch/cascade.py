"""The cascade of answers.py, block by block for all records of a part at once: each block only for those that no earlier one settled.

A record's answer, person and score are those that `who_is` gives; a test compares them record by record.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

import polars as pl

from dancu.matching.answers import Kind, kind_of
from dancu.matching.batch import keys
from dancu.matching.batch.pairing import Pairing
from dancu.matching.batch.sifting import Sought, is_worth_a_pass, sift
from dancu.matching.batch.weighing import Weighing, columns_of, in_this_process
from dancu.register import many_candidates as register

NUMBER, PHONE, REPAIRED = "number", "phone", "repaired_number"
EVERYONE = "everyone"  # told when the register is read once for all blocks by name and home
MOST_RANKED = 5  # people who are kept beside a record
Told = Callable[[str, int], None]


@dataclass
class Found:
    """`ranked`: n, score, found_by, lives_in and the person (many_candidates.PEOPLE), at most five a record, the likeliest first;
    `holders`: the likeliest holder of each number as given; `answers`: n, answer; `capped`: n, block: where there were more people
    than are read.
    """

    ranked: pl.DataFrame
    holders: pl.DataFrame
    answers: pl.DataFrame
    capped: pl.DataFrame


@dataclass
class _Search:
    """What is known so far. `records`: those not yet settled; `prepared`: all of them, or under another reading of their names."""

    records: pl.DataFrame
    prepared: pl.DataFrame
    weighing: Weighing
    told: Told
    ranked: pl.DataFrame
    capped: pl.DataFrame
    settled: list[pl.DataFrame] = field(default_factory=list)
    reading: int | None = None  # of the names, if not the likeliest
    sifted: dict[tuple[str, int | None], Sought] = field(default_factory=dict)

    @property
    def limits(self) -> Mapping[str, float]:
        return self.weighing.scorer.weights.thresholds

    @property
    def least(self) -> float:
        """The bits, without the prior, below which a pair is never put before people."""
        return self.limits["review"] - self.weighing.scorer.prior - 1e-6

    @cached_property
    def most_by_name(self) -> pl.Series:
        """The most bits that names can give each prepared record."""
        return self.weighing.bound(self.prepared, self.weighing.costly)


def find(records: pl.DataFrame, weighing: Weighing, told: Told = lambda block, records: None) -> Found:
    """Whom these records mean. `records`: rows of read_records with their place `n`, from 0. `told`: each block, and how many records it
    is for.
    """
    weighing.remember(records)
    capped = pl.DataFrame(schema={"n": pl.UInt32, "block": pl.String})
    prepared = weighing.prepared_records(records)
    search = _Search(records, prepared, weighing, told, _NOBODY, capped)
    search.ranked = _by_number(search)
    holders = search.ranked.unique("n", keep="first", maintain_order=True)
    _settle_the_certain(search)
    _look(search, PHONE, keys.phones, "phones")
    _settle(search)
    search.records = weighing.apart(keys.with_name_keys, search.records)
    if is_worth_a_pass(len(search.records)):
        told(EVERYONE, len(search.records))
        _sift(search)
    for block, keys_of, asked in _BLOCKS:
        _look(search, block, keys_of, asked)
        _settle(search)
    _read_otherwise(search)
    open_ = search.records.select("n").join(_judged(search), on="n", how="left")
    answers = pl.concat([*search.settled, open_.with_columns(pl.col("answer").fill_null(str(Kind.NONE)))])
    return Found(search.ranked, holders, answers, search.capped)


_BLOCKS: list[tuple[str, Callable[[pl.DataFrame], pl.DataFrame], str]] = [
    ("home_and_born", keys.home_and_born, "home_and_born"),
    ("given_and_born", keys.given_and_born, "given_and_born"),
    (REPAIRED, keys.repaired_numbers, "numbers"),
    ("named_at_home", keys.named_at_home, "named_at_home"),
    ("near", keys.near, "given_and_born"),
]
_BY_NAME = [_BLOCKS[1], _BLOCKS[3]]


def _by_number(search: _Search) -> pl.DataFrame:
    given = search.records.select("n", led_by="given").drop_nulls()
    search.told(NUMBER, len(given))
    people = register.holders(given["led_by"])
    return _ranked(
        [_weighed(given.join(piece, on="led_by"), search).with_columns(found_by=pl.lit(NUMBER)) for piece in people]
    )


def _settle_the_certain(search: _Search) -> None:
    """Who is found by number and is so far ahead that nobody of the same telephone could come near is settled without looking there."""
    most = search.weighing.bound(search.prepared, search.weighing.model.comparisons, but=("number", "cmnd"))
    rival = search.prepared.select(
        "n", rival=pl.when(pl.col("phone").is_not_null()).then(most + search.weighing.scorer.prior)
    )
    top = _top_two(search.ranked).join(rival, on="n").with_columns(second=pl.max_horizontal("second", "rival"))
    _note(search, _kinds(top, search))


def _sift(search: _Search) -> None:
    """Find at once whom all blocks by name and home would lead to, of all records that may come to them."""
    search.weighing.homes.learn()
    for of in (search, *_readings(search)):
        for block, keys_of, asked in _BLOCKS if of is search else _BY_NAME:
            if block != REPAIRED:
                keys_ = keys_of(of.records).drop_nulls()
                search.sifted[block, of.reading] = Sought(asked, keys_, partial(_near, search=of))
    sift(list(search.sifted.values()))


def _readings(search: _Search) -> Iterator[_Search]:
    """The same for those of the records whose names may be read in other orders than the likeliest (seeking.py)."""
    records, prepared = search.records, search.prepared
    for nth, read in enumerate(keys.read_otherwise(records)):
        read = read.join(search.records.select("n"), on="n", how="semi", maintain_order="left")
        named = search.weighing.named_otherwise(prepared, read)
        yield replace(search, records=read, prepared=named, reading=nth)


def _read_otherwise(search: _Search) -> None:
    """Look once more under other readings of the name, where the likeliest did not settle it."""
    for other in _readings(search):
        read = other.records
        for block, keys_of, asked in _BY_NAME:
            _look(other, block, keys_of, asked)
            _settle(other)
        search.ranked, search.capped = other.ranked, other.capped
        settled = read.select("n").join(other.records.select("n"), on="n", how="anti")
        search.records = search.records.join(settled, on="n", how="anti", maintain_order="left")


def _look(search: _Search, block: str, keys_of: Callable[[pl.DataFrame], pl.DataFrame], asked: str) -> None:
    """Weigh the people whom one block's keys lead the unsettled records to."""
    if sought := search.sifted.get((block, search.reading)):
        open_ = search.records.select("n")
        search.told(block, len(open_))
        found = [pairs.join(open_, on="n", how="semi", maintain_order="left") for pairs in sought.found]
        capped = sought.capped.join(open_, on="n", how="semi")
    else:
        apart = search.weighing.apart if block == REPAIRED else in_this_process
        keys_ = apart(keys_of, search.records).drop_nulls()
        if not len(keys_):
            return
        search.told(block, keys_["n"].n_unique())
        pairing = Pairing(keys_, unlimited=asked == "numbers")
        found = [_near(pairs, search) for piece in _under(asked, keys_) for pairs in pairing.pairs(piece)]
        capped = pairing.capped()
    weighed = _weighed(pl.concat(found), search) if found else _NOBODY
    search.capped = pl.concat([search.capped, capped.with_columns(block=pl.lit(block))])
    search.ranked = _ranked([search.ranked, weighed.with_columns(found_by=pl.lit(block))])


def _under(asked: str, sought: pl.DataFrame) -> Iterator[pl.DataFrame]:
    return register.holders(sought["led_by"]) if asked == "numbers" else register.having(asked, sought.drop("n"))


def _near(pairs: pl.DataFrame, search: _Search) -> pl.DataFrame:
    """Those pairs that may reach the threshold of review. Names take longest to prepare, so all else is weighed first; where a person
    lives for now is read of fewer, unless it is known of all, so that here anybody may live where the record says.
    """
    weighing, pairs = search.weighing, _of_people(pairs)
    if search.weighing.homes.are_known:
        pairs = pairs.join(
            search.weighing.homes.of(pairs["person_id"]), on="person_id", how="left", maintain_order="left"
        )
    else:
        pairs = pairs.with_columns(lives_in=pl.lit(None, pl.Int32))
    at = search.prepared["n"].search_sorted(pairs["n"])
    left = search.prepared.select(columns_of(weighing.cheap))[at]
    right = weighing.prepared_people(pairs.drop("full_name"), with_names=False).select(columns_of(weighing.cheap))
    bits = weighing.weigh_by(left, right, weighing.cheap) + search.most_by_name[at]
    if not search.weighing.homes.are_known:
        here = weighing.weigh_by(left, right.with_columns(home_other=left["home"]), weighing.of_home)
        bits += (here - weighing.weigh_by(left, right, weighing.of_home)).clip(0)
    return _of_people(pairs.filter(bits >= search.least)).unique(["n", "person_id", "led_by"], maintain_order=True)


def _weighed(pairs: pl.DataFrame, search: _Search) -> pl.DataFrame:
    """Pairs with their scores; who lives, permanently, elsewhere than the record says also as one who lives where they do for now."""
    pairs = _of_people(pairs).with_columns(lives_in=pl.lit(None, pl.Int32))
    said = _rows(search.prepared, pairs["n"])
    elsewhere = pairs.filter(said["area_id"].is_not_null() & _is_elsewhere(said["area_id"], pairs["home_area"]))
    others = search.weighing.homes.of(elsewhere["person_id"])
    pairs = pl.concat([pairs, elsewhere.drop("lives_in").join(others, on="person_id").select(pairs.columns)])
    left, right = _rows(search.prepared, pairs["n"]), search.weighing.prepared_people(pairs)
    return pairs.hstack(search.weighing.weigh(left, right))


def _is_elsewhere(said: pl.Series, homes: pl.Series) -> pl.Series:
    """Whether a home lies in another commune than the one said, under whatever id."""
    below = keys.homes_of(said)
    pairs = pl.DataFrame({"area_id": said, "home_area": homes}).join(
        below.with_columns(here=pl.lit(value=True)), on=["area_id", "home_area"], how="left", maintain_order="left"
    )
    return pairs["here"].is_null()


def _of_people(pairs: pl.DataFrame) -> pl.DataFrame:
    return pairs.select("n", *register.PEOPLE)


def _rows(prepared: pl.DataFrame, n: pl.Series) -> pl.DataFrame:
    """The prepared records of these places, one for each."""
    return prepared[prepared["n"].search_sorted(n)]


def _ranked(found: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """The likeliest five of each record, the likeliest first: of one person found twice the better score, and the block that found them
    first.
    """
    rows = pl.concat([_NOBODY, *(frame.select(_NOBODY.columns) for frame in found)])
    first = rows.select("n", "person_id", first_by="found_by").unique(
        ["n", "person_id"], keep="first", maintain_order=True
    )
    best = rows.sort("score", descending=True, maintain_order=True).unique(
        ["n", "person_id"], keep="first", maintain_order=True
    )
    best = best.filter(pl.int_range(pl.len()).over("n") < MOST_RANKED)
    best = best.join(first, on=["n", "person_id"], how="left", maintain_order="left")
    return best.with_columns(found_by="first_by").drop("first_by")


_NOBODY = pl.DataFrame(
    schema={
        "n": pl.UInt32,
        **register.PEOPLE,
        "lives_in": pl.Int32,
        "score": pl.Float64,
        "may_be": pl.Boolean,
        "found_by": pl.String,
    }
)


def _settle(search: _Search) -> None:
    _note(search, _judged(search))


def _judged(search: _Search) -> pl.DataFrame:
    return _kinds(
        _top_two(search.ranked.join(search.records.select("n"), on="n", how="semi", maintain_order="left")), search
    )


def _top_two(ranked: pl.DataFrame) -> pl.DataFrame:
    """n, the best score, the second (null: there is none), and whether the best may be a match."""
    return ranked.group_by("n", maintain_order=True).agg(
        best=pl.col("score").first(), second=pl.col("score").get(1, null_on_oob=True), may_be=pl.col("may_be").first()
    )


def _kinds(top: pl.DataFrame, search: _Search) -> pl.DataFrame:
    cut, limits = set(search.capped["n"]), search.limits
    rows = top.select("n", "best", "second", "may_be").iter_rows()
    answers = [str(kind_of(best, second, may_be and n not in cut, limits)) for n, best, second, may_be in rows]
    return top.select("n").with_columns(answer=pl.Series(answers, dtype=pl.String))


def _note(search: _Search, judged: pl.DataFrame) -> None:
    """The records that are matches are settled."""
    matches = judged.filter(pl.col("answer") == str(Kind.MATCH))
    search.settled.append(matches)
    search.records = search.records.join(matches, on="n", how="anti", maintain_order="left")
