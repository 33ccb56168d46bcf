"""A register of any size: made, loaded, its bytes, and what a lookup, a search and the statistics cost in it.

Works with 100 million people on an ordinary machine: numbers are drawn from blocks at random, nothing reads a
table whole while the clock runs. What is measured cold begins with an empty memory (bench.caches), each
lookup for somebody else; of a country that fits in memory, what is measured warm was read before.
"""

import json
import multiprocessing
import random
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click
from django.db import connection, connections
from django.utils import timezone

from bench import caches, country, pgbench
from bench.figures import Figure, percentile
from bench.importing import TABLES, sizes
from dancu.accounts.lookups import Acting
from dancu.areas import lookups as areas
from dancu.db.embedded import HOME
from dancu.register import importing, lookups
from dancu.register.importing import INDEXES
from dancu.synthetic import population as synthetic
from dancu.testing.officials import acting_as

CLIENTS = 2
# drawn; at most so many people are looked up one by one, so that in a large country nobody is met twice
PINS = 200_000
COLD = 1_000  # lookups after the memory was emptied
SEARCHES = 1_000
BATCH = 1_000
_SELECT = " ".join(lookups._sql.part("by_number").replace("%(number)s", ":pin").split())
_STATE = (
    HOME / "register.json"
)  # of the register that is there: how many people were asked for, how many came in, and what that cost


def measure(
    seconds: int, people: int = 1_000_000, parts: Path | None = None, fresh: bool = False
) -> Iterator[Figure]:
    """Every figure for a register of `people`. `parts`: population files already made; `fresh`: load
    again what is there already.
    """
    state = _kept(people) if not fresh else None
    if state is None:
        state = _load(people, parts)
        _STATE.write_text(json.dumps(state))
    yield from (Figure(**figure) for figure in state["figures"])
    yield from sizes(state["held"])
    steward = acting_as(country.official("bench-steward", "data_steward"))
    pins = _some_pins(min(PINS, state["held"]))
    yield from _identification(pins, seconds)
    yield from _batches(steward, pins, seconds)
    yield from _search(steward, pins, seconds)
    yield from _statistics(steward, seconds)


def _kept(people: int) -> dict[str, Any] | None:
    state = json.loads(_STATE.read_text()) if _STATE.exists() else None
    held = _scalar("SELECT coalesce(sum(people), 0) FROM population_sum WHERE province_id = 0")
    if state and state["people"] == people and state["held"] == held:
        return state
    return {"people": people, "held": people, "figures": []} if held == people else None


def _load(people: int, parts: Path | None) -> dict[str, Any]:
    figures: list[Figure] = []
    files, took = _files(people, parts)
    if took:
        figures.append(Figure("register.generate_seconds", took, "s", people / 1e6 * 9, 1))
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {TABLES}")
        cursor.execute("CHECKPOINT")
    steps: dict[str, float] = {}
    began = time.perf_counter()

    def progress(step: str, _rows: int) -> None:
        steps.setdefault(step, time.perf_counter() - began)

    report = importing.import_files(files, HOME / "rejected.csv", timezone.localdate(), progress)
    took = time.perf_counter() - began
    figures += [
        Figure("register.load_and_index_seconds", took, "s", people / 1e6 * 9, 1),
        Figure("register.load_rows_per_second", people / took, "rows/s", 1e6 / 9, 1),
        Figure("register.load_until_indexes_seconds", steps.get(INDEXES, took), "s", people / 1e6 * 9, 1),
    ]
    return {"people": people, "held": report.new, "figures": [vars(figure) for figure in figures]}


def _files(people: int, parts: Path | None) -> tuple[list[Path], float]:
    """The population files, and the seconds that making them took, 0 where they were there."""
    where = parts or HOME / f"parts-{people}"
    if parts is None and not where.exists():
        began, half = time.perf_counter(), where.with_suffix(".new")
        for file in half.glob("part-*.parquet"):
            file.unlink()
        synthetic.generate(people, 2021, half)
        half.rename(where)
        return importing.population_files([where]), time.perf_counter() - began
    files, rows = [], 0
    for file in importing.population_files([where]):
        if rows < people:
            files.append(file)
            rows += importing.rows_in(file)
    if rows != people:
        raise click.BadParameter(
            f"whole files of {where} hold {rows:,} people, not {people:,}", param_hint="--parts"
        )
    return files, 0.0


def _some_pins(most: int) -> list[str]:
    """Numbers of people drawn at random over the whole register: single rows, each from a block drawn at
    random.
    """
    _run("ANALYZE person")  # of a sample; it knows how many blocks there are
    pages, per_page = _row(
        "SELECT relpages, ceil(reltuples / greatest(relpages, 1))::int FROM pg_class WHERE oid = "
        "'person'::regclass"
    )
    drawn, pins = random.Random(7), set()
    for _round in range(20):
        places = [
            f"({drawn.randrange(pages)},{drawn.randint(1, per_page)})" for _ in range(min(20_000, most))
        ]
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pin FROM person WHERE ctid = ANY (%s::tid[]) AND pin IS NOT NULL", [places]
            )
            pins.update(pin for (pin,) in cursor.fetchall())
        if len(pins) >= most:
            break
    found = sorted(pins)
    drawn.shuffle(found)
    return found[:most]


def _identification(pins: Sequence[str], seconds: int) -> Iterator[Figure]:
    """One by one: the first of all from an empty memory, then for a while, by turns with pgbench;
    everyone for other people.
    """
    quarters = [pins[nth::4] for nth in range(4)]
    if caches.forget():
        peer = pgbench.latencies(_SELECT, quarters[0], CLIENTS, 1)
        caches.forget()
        ours = _ours(quarters[1], 1, COLD // CLIENTS)
        yield from _beside("register.identify_cold", ours, peer[:COLD])
    ours, peer = [], []
    for turn in range(2):
        if not turn:  # a first time that does not count
            pgbench.latencies(_SELECT, quarters[2][::2], CLIENTS, max(1, seconds // 4))
            _ours(quarters[3][::2], max(1, seconds // 4))
        peer += pgbench.latencies(_SELECT, quarters[2][1::2], CLIENTS, max(1, seconds // 2))
        ours += _ours(quarters[3][1::2], max(1, seconds // 2))
    yield from _beside("register.identify", ours, peer)


def _beside(name: str, ours: list[float], peer: list[float]) -> Iterator[Figure]:
    for of, share in (("p50", 0.5), ("p99", 0.99)):
        limit = percentile(peer, share) * 1e3
        yield Figure(f"{name}_{of}", percentile(ours, share) * 1e3, "ms", 1.5 * limit, len(ours))
        yield Figure(f"{name}_pgbench_{of}", limit, "ms", limit, len(peer))


def _ours(pins: Sequence[str], seconds: float, most: int = 0) -> list[float]:
    """Seconds that each lookup took in as many processes as pgbench has clients. `most`: only the first
    so many of each.
    """
    connections.close_all()
    context = multiprocessing.get_context("fork")
    with context.Pool(CLIENTS) as pool:
        shares = [(pins[nth::CLIENTS], seconds) for nth in range(CLIENTS)]
        return [took for each in pool.starmap(_look_up, shares) for took in (each[:most] if most else each)]


def _look_up(pins: Sequence[str], seconds: float) -> list[float]:
    _scalar("SELECT 1")
    took: list[float] = []
    until = time.perf_counter() + seconds
    while True:
        for pin in pins:
            began = time.perf_counter()
            found = lookups.by_number(pin)
            took.append(time.perf_counter() - began)
            assert found
            if began > until:
                return took


def _batches(acting: Acting, pins: Sequence[str], seconds: int) -> Iterator[Figure]:
    """A thousand at once, each with its audit row: as they come, and of a file that was put in the order
    of the numbers.
    """
    half = len(pins) // 2
    for name, several in (("batch", pins[:half]), ("batch_in_order", sorted(pins[half:]))):
        caches.forget()
        done, began = 0, time.perf_counter()
        for at in range(0, len(several), BATCH):
            done += len(lookups.identify_many(acting, several[at : at + BATCH]))
            if time.perf_counter() - began > seconds:
                break
        yield Figure(
            f"register.identify_{name}_per_second",
            done / (time.perf_counter() - began),
            "people/s",
            50_000,
            done,
        )


def _search(acting: Acting, pins: Sequence[str], seconds: int) -> Iterator[Figure]:
    people = [found for pin in pins[:SEARCHES] for found in lookups.by_number(pin)]
    was_cold = caches.forget()

    def look(nth: int) -> None:
        person = people[nth % len(people)]
        found = lookups.search(acting, name=person.full_name, birth_date=person.birth_date).people
        assert person in found or len(found) == lookups.MOST_FOUND, (
            "the search does not find whom it was asked for"
        )

    yield from _timed("register.search" + ("_cold" if was_cold else ""), look, len(people), seconds)
    yield from _timed("register.search", look, len(people), seconds)


def _statistics(acting: Acting, seconds: int) -> Iterator[Figure]:
    province = areas.find("Hà Nội", level=areas.PROVINCE)[0].area_id
    commune = areas.find("Ninh Kiều", level=areas.COMMUNE)[0].area_id
    for name, area_id in (("country", None), ("province", province), ("commune", commune)):
        yield from _timed(
            f"register.statistics_{name}",
            lambda _nth, area_id=area_id: lookups.statistics(acting, area_id),
            200,
            seconds,
        )


def _timed(name: str, work: Callable[[int], object], times: int, seconds: int) -> Iterator[Figure]:
    took: list[float] = []
    until = time.perf_counter() + seconds
    for nth in range(times):
        began = time.perf_counter()
        work(nth)
        took.append(time.perf_counter() - began)
        if began > until:
            break
    yield Figure(f"{name}_p50", percentile(took, 0.5) * 1e3, "ms", 50, len(took))
    yield Figure(f"{name}_p99", percentile(took, 0.99) * 1e3, "ms", 50, len(took))


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _row(statement: str) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()[0]


def _scalar(statement: str) -> Any:
    return _row(statement)[0]
