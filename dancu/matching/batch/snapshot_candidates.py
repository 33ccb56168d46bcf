"""People found in a copy of the register in columns (register/snapshot), which is read whole: for large
files.

One reading lists whoever has a number or a telephone that is declared, another whoever any other key of the
records that are still open leads to. Who is listed is then weighed block by block, in the database where they
stand.
"""

from collections.abc import Mapping, Sequence
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import polars as pl

from dancu.matching.batch.block_query import NUMBERS, PHONES, WEIGHED, BlockQuery
from dancu.matching.batch.judging import judged
from dancu.matching.batch.weighing import PairScorer, columns_of, one_form
from dancu.register import snapshot as copying
from dancu.register.candidates import MOST
from dancu.register.snapshot import encoding
from dancu.register.snapshot.encoding import NAME, code_of, encoded, text_of

_MEMORY = "5GB"
_MOST_PAIRS = 1_000_000  # of one key: beside so many, not all of its people are read
_PLAIN_PHONES = (
    "(103, 105, 107, 108, 109)"  # the beginnings of the codes of telephones that are in their one form
)
_KEYS = {
    PHONES: ("phone",),
    "home_and_born": ("home_area", "birth_date"),
    "given_and_born": ("given_key", "birth_date"),
    "named_at_home": ("ends_key", "home_area"),
    "pin": ("pin",),
    "cmnd": ("cmnd",),
    "former": ("person_id",),
    "person": ("person_id",),
}
_LED = {"pin": text_of("p.pin", "p.odd_pin"), "cmnd": text_of("p.cmnd", "p.odd_cmnd"), "former": "k.led_by"}


class SnapshotCandidates:
    """The people of a copy and of what changed since, as IndexedCandidates. To be closed."""

    reads_all = True

    def __init__(self, copy: copying.Copy, weighing: PairScorer) -> None:
        self.weighing = weighing
        self._spilt = TemporaryDirectory(prefix="dancu-compare-")
        self.database = duckdb.connect(
            config={"threads": 2, "memory_limit": _MEMORY, "temp_directory": self._spilt.name}
        )
        # as they are written: people stream past tables of what is sought, never the other way round; and
        # what the model's long expressions share is told once already (judging.py), so that looking for it
        # takes longer than it saves
        self.database.execute(
            "SET disabled_optimizers = 'join_order,build_side_probe_side,common_subexpressions'"
        )
        self._columns: dict[str, str] = {}
        self._open(copy)
        self._prepare()

    def close(self) -> None:
        self.database.close()
        self._spilt.cleanup()

    def read_for(self, keys: Mapping[str, Sequence[pl.DataFrame]]) -> None:
        """Read the copy once: from now on `find` finds whoever one of these keys leads to, by what is
        asked, and nobody else.
        """
        kinds: list[str] = []
        for asked, each in keys.items():
            kinds += self._keep_keys(asked, pl.concat(each).unique())
        ways = (
            " OR ".join(f"{_hashed(kind)} IN (SELECT {_hashed(kind)} FROM keys_{kind})" for kind in kinds)
            or "false"
        )
        columns = f"* EXCLUDE ({', '.join(encoding.WORDS)}), {NAME} AS full_name"
        self._make("listed", f"SELECT {columns} FROM people WHERE {ways}")
        odd = (
            f"SELECT DISTINCT phone AS code, {_PHONE} AS odd FROM listed p WHERE phone // 100000000 "
            f"NOT IN {_PLAIN_PHONES}"
        )
        phones = self._all(odd).cast({"odd": pl.String})
        self._keep("phones", phones.with_columns(phone=one_form(phones["odd"])))

    def find(self, sought: BlockQuery) -> None:
        """Fill `weighed` and `capped`."""
        kinds: list[str] = []
        self._keep_said(sought)
        for asked, keys in sought.keys.items():
            kinds += self._keep_keys(asked, keys.unique())
            if asked != NUMBERS:
                kinds += self._cap(asked, sought, "person" in kinds)
        nobody = (
            "SELECT 0::UINTEGER AS n, NULL::VARCHAR AS led_by, p.*, 0::DOUBLE AS bits FROM listed "
            "p WHERE false"
        )
        self._make(
            "near", " UNION ALL BY NAME ".join([nobody, *(f"({self._near(kind, sought)})" for kind in kinds)])
        )
        if self._are_some("near"):
            self._learn_names()
            sought.weighed = self._weighed(sought)

    def _open(self, copy: copying.Copy) -> None:
        changed = copying.since(copy)
        self._keep("changed_person", changed.person_ids.to_frame())
        self._keep("changed", changed.people, encoded("frame"))
        self._keep(
            "changed_former", changed.former, f"SELECT person_id, {code_of('number')} AS number FROM frame"
        )
        lacks = (
            "WHERE person_id NOT IN (SELECT person_id FROM changed_person)" if len(changed.person_ids) else ""
        )
        newer = {"people": "changed", "former": "changed_former"}
        newer |= {name: f"({select.format(people='changed')})" for name, select in copying.GATHERED.items()}
        for name, others in newer.items():
            keyed = lacks if name in ("people", "former", "away") else ""
            files = f"SELECT * FROM read_parquet('{copy.files(name)}') {keyed}"
            self.database.execute(f"CREATE VIEW {name} AS {files} UNION ALL BY NAME FROM {others}")

    def _prepare(self) -> None:
        """What people's births and homes are for the model, each once; the names that are known; where
        people live for now.
        """
        weighing = self.weighing
        self._keep_prepared("b", "born", weighing.births(self._all("SELECT DISTINCT * FROM births")))
        self._keep_prepared("h", "homes", weighing.homes_of_all(self._all("FROM areas")["area_id"]))
        self._keep_prepared("m", "names", weighing.prepared_names())
        weighing.homes.learn(self._all("FROM away"))

    def _keep_prepared(self, alias: str, table: str, frame: pl.DataFrame) -> None:
        """A table that is joined under this alias, whose columns the model reads of people."""
        self._keep(table, frame)
        self._columns |= {name: f"{alias}.{name}" for name in frame.columns}

    def _all(self, select: str) -> pl.DataFrame:
        return self.database.sql(select).pl()

    def _keep(self, table: str, frame: pl.DataFrame, select: str = "FROM frame") -> None:
        self.database.register("frame", frame.to_arrow())
        self._make(table, select)
        self.database.unregister("frame")

    def _make(self, table: str, select: str) -> None:
        self.database.execute(f"CREATE OR REPLACE TABLE {table} AS {select}")

    def _keep_keys(self, asked: str, keys: pl.DataFrame) -> list[str]:
        """Keys as tables: n, what is declared; the kinds of them that there are some of."""
        if asked != NUMBERS:
            columns = [code_of("phone") + " AS phone"] if asked == PHONES else _KEYS[asked]
            self._keep(f"keys_{asked}", keys, f"SELECT {', '.join(('n', *columns))} FROM frame")
            return [asked] if len(keys) else []
        self._keep("numbers", keys, f"SELECT n, led_by, {code_of('led_by')} AS code FROM frame")
        for kind, digits in (("pin", 12), ("cmnd", 9)):
            self._make(
                f"keys_{kind}", f"SELECT n, code AS {kind} FROM numbers WHERE length(led_by) = {digits}"
            )
        self._make(
            "keys_former",
            "SELECT f.person_id, n.n, n.led_by FROM former f JOIN numbers n ON n.code = f.number",
        )
        return [kind for kind in _LED if self._are_some(f"keys_{kind}")]

    def _are_some(self, table: str) -> bool:
        return self._all(f"SELECT 1 FROM {table} LIMIT 1").height > 0

    def _keep_said(self, sought: BlockQuery) -> None:
        """What the model takes of the records that have keys."""
        columns = self.weighing.columns
        wants = pl.lit(0.0) if sought.least is None else sought.least - sought.most_by_name
        said = sought.prepared.select("n", *(pl.col(name).alias(f"{name}_l") for name in columns))
        said = said.with_columns(wants=wants).join(sought.sought, on="n", how="semi")
        self._keep("said", said)

    def _cap(self, asked: str, sought: BlockQuery, are_people: bool) -> list[str]:
        """Find which records more people are found for than are read of one. Of a key that would make too
        many pairs, only so many people are taken: those become keys of the kind that is returned, if there
        are any, beside those that are there already (`are_people`).
        """
        by, keys = ", ".join(_KEYS[asked]), f"keys_{asked}"
        self._make(
            "sizes", f"SELECT {by}, count(*) AS people FROM listed SEMI JOIN {keys} USING ({by}) GROUP BY ALL"
        )
        sized = f"FROM {keys} JOIN sizes USING ({by})"
        capped = self._all(f"SELECT n {sized} GROUP BY ALL HAVING sum(people) > {MOST}")
        sought.capped = pl.concat([sought.capped, capped.cast({"n": pl.UInt32})])
        turn = f"n % {sought.turns} AS turn"
        self._make(
            "crowded",
            f"SELECT {by}, {turn} {sized} WHERE people > {MOST} "
            f"GROUP BY ALL HAVING sum(people) > {_MOST_PAIRS}",
        )
        if not self._are_some("crowded"):
            return []
        first = f"""
            SELECT {by}, person_id FROM listed SEMI JOIN crowded USING ({by})
            QUALIFY row_number() OVER (PARTITION BY {by} ORDER BY person_id) <= {MOST}
        """
        of_turns = f"(SELECT *, {turn} FROM {keys})"
        cut = f"{of_turns} SEMI JOIN crowded USING ({by}, turn)"
        people = f"SELECT n, person_id FROM {cut} JOIN ({first}) USING ({by})"
        if are_people:
            self.database.execute(f"INSERT INTO keys_person {people}")
        else:
            self._make("keys_person", people)
        self._make(keys, f"SELECT * EXCLUDE (turn) FROM {of_turns} ANTI JOIN crowded USING ({by}, turn)")
        return [] if are_people else ["person"]

    def _near(self, kind: str, sought: BlockQuery) -> str:
        """The SQL of those listed whom the kept keys of a kind lead to and who may reach the least, whatever
        their names; `bits`: what all else says at most.
        """
        led, on = (
            _LED.get(kind, "NULL::VARCHAR"),
            " AND ".join(f"k.{column} = p.{column}" for column in _KEYS[kind]),
        )
        pairs = f"SELECT k.n, {led} AS led_by, p.* FROM listed p JOIN keys_{kind} k ON {on}"
        if sought.least is None:
            return f"SELECT *, 0 AS bits FROM ({pairs})"
        cheap = self.weighing.cheap
        return f"""
            SELECT {_NEAR} FROM (
                SELECT *, {self.weighing.most(cheap)} AS bits FROM (
                    SELECT p.*, s.wants, {self._sides(columns_of(cheap))} FROM ({pairs}) p JOIN said s ON s.n = p.n {_JOINED}
                )
            ) WHERE bits >= wants
        """  # noqa: E501

    def _learn_names(self) -> None:
        """Prepare the names of those near that are not known yet."""
        new = self._all("SELECT DISTINCT full_name AS _name FROM near ANTI JOIN names ON _name = full_name")
        if len(new):
            self.database.register("frame", self.weighing.prepared_names(new).to_arrow())
            self.database.execute("INSERT INTO names BY NAME FROM frame")
            self.database.unregister("frame")

    def _weighed(self, sought: BlockQuery) -> pl.DataFrame:
        """Those near with their scores: who is above the threshold of review, or all where all are of use."""
        weighing = self.weighing
        worth, above, meant = "FROM near", "true", "true"
        if (
            sought.least is not None
        ):  # nearly all are of no use, which what is quickly compared tells of their names
            worth = f"""
                SELECT {_NEAR} FROM (
                    SELECT p.*, {self._sides(columns_of(weighing.costly))}
                    FROM near p JOIN said s ON s.n = p.n JOIN names m ON m._name = p.full_name
                ) WHERE bits + {weighing.most(weighing.costly)} >= {sought.least}
            """
            above, meant = f"score >= {weighing.review}", "possible"
        pairs = f"""
            SELECT p.*, {self._sides(weighing.columns)} FROM ({worth}) p JOIN said s ON s.n = p.n
            JOIN names m ON m._name = p.full_name {_JOINED}
        """
        # Into a table first: what is asked for as a frame is planned twice, and planning takes longer than
        # weighing a few thousand.
        self._make(
            "weighed", f"SELECT {_TOLD} FROM ({judged(weighing.scorer, pairs, above)}) AS p WHERE {meant}"
        )
        return self._all("FROM weighed").cast(_TYPES)

    def _sides(self, columns: Sequence[str]) -> str:
        """The SQL of these prepared columns of a record s and a person p."""
        return ", ".join(
            [f"s.{name}_l" for name in columns] + [f"{self._of_person(name)} AS {name}_r" for name in columns]
        )

    def _of_person(self, column: str) -> str:
        if column in self._columns:
            return self._columns[column]
        if column in ("number", "cmnd"):  # one that they held before counts as theirs if it led to them
            own, digits = ("pin", 12) if column == "number" else ("cmnd", 9)
            return (
                f"CASE WHEN length(p.led_by) = {digits} THEN p.led_by ELSE "
                f"{text_of(f'p.{own}', f'p.odd_{own}')} END"
            )
        if column == "phone":
            return f"CASE WHEN p.phone // 100000000 IN {_PLAIN_PHONES} THEN {_PHONE} ELSE f.phone END"
        return {"sex": "p.sex::VARCHAR", "home_other": "o.home"}[column]


_JOINED = """
    JOIN born b ON b.birth_date = p.birth_date AND b.birth_precision = p.birth_precision
    LEFT JOIN homes h ON h.area_id = p.home_area LEFT JOIN homes o ON o.area_id = p.lives_in LEFT JOIN phones f ON f.code = p.phone
"""  # noqa: E501
_NEAR = ", ".join(["n", "led_by", *copying.COLUMNS, *(f"odd_{name}" for name in encoding.NUMBERS), "bits"])
_PHONE = text_of("p.phone", "p.odd_phone")
_IN_COPY = {name: text_of(f"p.{name}", f"p.odd_{name}") for name in encoding.NUMBERS} | {
    "lives_in": "CASE WHEN home_other_r = home_l AND home_r IS DISTINCT FROM home_l THEN lives_in END"
}
_TOLD = ", ".join(f"{_IN_COPY.get(name, name)} AS {name}" for name in WEIGHED)
_TYPES: dict[Any, Any] = dict(WEIGHED)


def _hashed(kind: str) -> str:
    """One value of a key's columns."""
    columns = _KEYS[kind]
    return columns[0] if len(columns) == 1 else f"hash({', '.join(columns)})"
