"""Who is meant: precision, recall, F1, milliseconds and candidates, on FEBRL 4 beside Splink and rapidfuzz,
and on declarations with faults against the bench's register (bench.febrl, bench.declarations)."""

from collections.abc import Callable, Iterator
from functools import partial

from rich.console import Console
from rich.table import Table

from bench import declarations, febrl
from bench.declarations import OUTSIDERS, REPORTED_SEED, Outcome
from bench.febrl import Measured
from bench.figures import Figure
from dancu.synthetic import corruption as noise

_PER_SECOND = 2_000  # declarations of each profile, by second of --seconds: they take some 3 ms each
_console = Console(stderr=True, width=150)  # the tables are for people; figures alone go to standard output


def measure(seconds: int) -> Iterator[Figure]:
    yield from _febrl()
    outcomes = {
        profile: declarations.answered(profile, _PER_SECOND * max(1, seconds), REPORTED_SEED)
        for profile in noise.PROFILES
    }
    _console.print(_table_of_declarations(list(outcomes.values())))
    for outcome in outcomes.values():
        _console.print(_table_of_misses(outcome))
    yield from _declarations(outcomes)


def _febrl() -> Iterator[Figure]:
    engines = [febrl.measured(link()) for link in febrl.ENGINES]
    _console.print(_table_of_engines(engines))
    peers = [of for of in engines if of.engine != febrl.OURS]
    for ours in engines:
        if ours.engine == febrl.OURS:
            yield from _beside(ours, peers, len(febrl.files()[0]) // 2)


def _beside(ours: Measured, peers: list[Measured], n: int) -> Iterator[Figure]:
    for name in ("precision", "recall", "f1"):
        best = max(getattr(peer, name) for peer in peers)
        yield Figure(f"matching.febrl4_{name}", 100 * getattr(ours, name), "%", 100 * best, n)
    splink = next(peer for peer in peers if peer.engine == "splink")
    yield Figure("matching.febrl4_ms_in_batch", ours.batch_ms, "ms", splink.batch_ms, n)
    for name in ("p50", "p99"):
        value, peer = getattr(ours, name), getattr(splink, name)
        if value is not None:
            yield Figure(f"matching.febrl4_{name}", value, "ms", peer, n)
    yield Figure("matching.febrl4_candidates", ours.candidates, "pairs", splink.candidates, n)


def _declarations(outcomes: dict[str, Outcome]) -> Iterator[Figure]:
    for profile, outcome in outcomes.items():
        communes, numbers = outcome.with_commune, outcome.with_number
        yield Figure(
            f"matching.{profile}_recall_with_commune", 100 * outcome.recall(communes), "%", 99, len(communes)
        )
        if numbers:
            yield Figure(
                f"matching.{profile}_recall_with_number",
                100 * outcome.recall(numbers),
                "%",
                99.9,
                len(numbers),
            )
        yield Figure(f"matching.{profile}_precision", 100 * outcome.precision, "%", 99.95, outcome.matches)
    without = outcomes["no_number"]
    yield Figure("matching.no_number_p50", without.ms(0.5), "ms", 3, len(without.answers))
    yield Figure("matching.no_number_p99", without.ms(0.99), "ms", 25, len(without.answers))
    yield Figure("matching.no_number_candidates", without.candidates, "people", 100, len(without.answers))


def _table_of_engines(engines: list[Measured]) -> Table:
    table = Table(title="FEBRL 4, the half of 2,500 records that no threshold was chosen on")
    for heading in (
        "engine",
        "precision",
        "recall",
        "F1",
        "ms a record, in batch",
        "p50 ms, one by one",
        "p99 ms",
        "candidates a record",
    ):
        table.add_column(heading, justify="left" if heading == "engine" else "right")
    for of in engines:
        table.add_row(
            of.engine,
            f"{of.precision:.4f}",
            f"{of.recall:.4f}",
            f"{of.f1:.4f}",
            f"{of.batch_ms:.2f}",
            _ms(of.p50),
            _ms(of.p99),
            f"{of.candidates:.1f}",
        )
    return table


def _table_of_declarations(outcomes: list[Outcome]) -> Table:
    table = Table(
        title=f"Declarations with faults, seed {REPORTED_SEED}, {OUTSIDERS:.0%} of them of people who are "
        f"in no register"
    )
    table.add_column("")
    for outcome in outcomes:
        table.add_column(outcome.profile, justify="right")
    rows: list[tuple[str, Callable[[Outcome], str]]] = [
        ("declarations", lambda of: f"{len(of.answers):,}"),
        ("automatic matches", lambda of: f"{of.matches:,}"),
        ("precision of matches", lambda of: f"{of.precision:.5f}"),
        (
            "matched with another",
            lambda of: ", ".join(f"{n} {kind}" for kind, n in of.mistaken().items()) or "nobody",
        ),
        ("recall", lambda of: f"{of.recall():.4f}"),
        ("recall, commune declared", lambda of: f"{of.recall(of.with_commune):.4f}"),
        ("  matched or shown to a clerk", lambda of: f"{of.found(of.with_commune):.4f}"),
        ("recall, usable number", lambda of: f"{of.recall(of.with_number):.4f}" if of.with_number else "–"),
        (
            "  matched or shown to a clerk",
            lambda of: f"{of.found(of.with_number):.4f}" if of.with_number else "–",
        ),
        *((f"answer: {kind}", partial(_share, kind=kind)) for kind in ("several", "review", "none")),
        ("p50 ms", lambda of: _ms(of.ms(0.5))),
        ("p99 ms", lambda of: _ms(of.ms(0.99))),
        ("candidates a query", lambda of: f"{of.candidates:.1f}"),
    ]
    for heading, shown in rows:
        table.add_row(heading, *map(shown, outcomes))
    return table


def _table_of_misses(outcome: Outcome) -> Table:
    table = Table(
        title=f"{outcome.profile}: not matched though in the register, by fault (a record may have several)"
    )
    for heading in ("fault", "missed", "of", "share"):
        table.add_column(heading, justify="left" if heading == "fault" else "right")
    for code, lost, had in outcome.missed()[:15]:
        table.add_row(code, f"{lost:,}", f"{had:,}", f"{lost / had:.1%}")
    return table


def _share(outcome: Outcome, kind: str) -> str:
    return f"{sum(one.kind == kind for one in outcome.answers) / max(1, len(outcome.answers)):.2%}"


def _ms(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
