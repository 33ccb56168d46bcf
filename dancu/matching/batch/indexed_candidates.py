"""Candidates from the register's indexes: for files that are small beside the register."""

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from dancu.matching.batch import keys
from dancu.matching.batch.block_query import NUMBERS, WEIGHED, BlockQuery
from dancu.matching.batch.pairing import Pairing
from dancu.matching.batch.weighing import PairScorer, columns_of
from dancu.register import many_candidates as register
from dancu.register.many_candidates import PEOPLE

_WORTHWHILE = 20_000  # pairs that are weighed at once, if there are as many


class IndexedCandidates:
    """`find` answers a BlockQuery with one statement for each kind of key."""

    reads_all = False

    def __init__(self, weighing: PairScorer) -> None:
        self.weighing = weighing

    def read_for(self, keys: Mapping[str, Sequence[pl.DataFrame]]) -> None:
        """Does nothing: the indexes need not know the keys beforehand."""

    def find(self, sought: BlockQuery) -> None:
        """Fill `weighed` and `capped`."""
        for pairs in _in_batches(_pairs(sought)):
            weighed = self._weighed(self._near(pairs, sought), sought)
            sought.weighed = pl.concat([sought.weighed, weighed])

    def _near(self, pairs: pl.DataFrame, sought: BlockQuery) -> pl.DataFrame:
        """The pairs that may reach `least`. Names take longest to prepare, so all else is weighed first.
        Where a person lives for now is read later, for fewer people, so here anybody may live where the
        record says.
        """
        if sought.least is None:
            return pairs
        weighing = self.weighing
        at = sought.prepared["n"].search_sorted(pairs["n"])
        left = sought.prepared.select(columns_of(weighing.cheap))[at]
        people = pairs.drop("full_name").with_columns(lives_in=pl.lit(None, pl.Int32))
        right = weighing.prepared_people(people, with_names=False).select(columns_of(weighing.cheap))
        bits = weighing.weigh_by(left, right, weighing.cheap) + sought.most_by_name[at]
        here = weighing.weigh_by(left, right.with_columns(home_other=left["home"]), weighing.of_home)
        bits += (here - weighing.weigh_by(left, right, weighing.of_home)).clip(0)
        return pairs.filter(bits >= sought.least)

    def _weighed(self, pairs: pl.DataFrame, sought: BlockQuery) -> pl.DataFrame:
        """Pairs with their scores. A person whose permanent residence differs from the record's has a row for
        each other home as well.
        """
        pairs = pairs.with_columns(lives_in=pl.lit(None, pl.Int32))
        said = _rows(sought.prepared, pairs["n"])
        elsewhere = pairs.filter(
            said["area_id"].is_not_null() & _is_elsewhere(said["area_id"], pairs["home_area"])
        )
        others = self.weighing.homes.of(elsewhere["person_id"])
        pairs = pl.concat(
            [pairs, elsewhere.drop("lives_in").join(others, on="person_id").select(pairs.columns)]
        )
        left, right = _rows(sought.prepared, pairs["n"]), self.weighing.prepared_people(pairs)
        weighed = pairs.hstack(self.weighing.weigh(left, right))
        if sought.least is not None:
            weighed = weighed.filter((pl.col("score") >= self.weighing.review) & pl.col("possible"))
        return weighed.select(*WEIGHED)


def _pairs(sought: BlockQuery) -> Iterator[pl.DataFrame]:
    """`n` beside each of the people whom its keys lead to, in pieces; fills `capped`."""
    for asked, under in sought.keys.items():
        pairing = Pairing(under, unlimited=asked == NUMBERS)
        for people in _people_under(asked, under):
            for pairs in pairing.pairs(people):
                yield pairs.select("n", *PEOPLE)
        sought.capped = pl.concat([sought.capped, pairing.capped()])


def _people_under(asked: str, keys: pl.DataFrame) -> Iterator[pl.DataFrame]:
    return register.holders(keys["led_by"]) if asked == NUMBERS else register.having(asked, keys.drop("n"))


def _in_batches(pieces: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """The rows of small pieces together, since weighing one pair takes as long as weighing a thousand."""
    held: list[pl.DataFrame] = []
    for piece in pieces:
        held.append(piece)
        if sum(map(len, held)) >= _WORTHWHILE:
            yield pl.concat(held)
            held.clear()
    if held:
        yield pl.concat(held)


def _rows(prepared: pl.DataFrame, n: pl.Series) -> pl.DataFrame:
    """The prepared records of these places, one for each."""
    return prepared[prepared["n"].search_sorted(n)]


def _is_elsewhere(said: pl.Series, homes: pl.Series) -> pl.Series:
    """Whether a home lies in another commune than the declared one, which may have had several ids."""
    below = keys.homes_of(said)
    pairs = pl.DataFrame({"area_id": said, "home_area": homes}).join(
        below.with_columns(here=pl.lit(value=True)),
        on=["area_id", "home_area"],
        how="left",
        maintain_order="left",
    )
    return pairs["here"].is_null()
