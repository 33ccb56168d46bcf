"""A deed that is stopped before one of its statements while two records are merged, or parted: at every step,
and after the merge's own last.

A deed that holds the person is waited for by the merge: from there on all its steps are one, up to the end of
its transaction.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread, local
from typing import Any

from django.db import connection, transaction

from dancu.db.queries import Queries
from dancu.testing.database import rows

Deed = Callable[[], object]
_LONGEST = 20  # seconds, of one thread


@dataclass
class Stop:
    """Where a deed waits: before its statement number `at`, until it may go on."""

    at: int
    told: list[tuple[str, bool]] = field(
        default_factory=list
    )  # the statements, and whether each was in a transaction
    reached: Event = field(default_factory=Event)
    may_go_on: Event = field(default_factory=Event)


@dataclass
class Done:
    """What became of a deed beside which another was done, and where it was stopped."""

    before: str
    problem: BaseException | None
    of_merge: BaseException | None
    was_held: bool


_stepping = local()


@contextmanager
def stepped() -> Iterator[None]:
    """Named statements of threads that have a `Stop` can be stopped at."""
    filled = Queries.filled

    def stopped(self: Queries, name: str, parts: dict[str, str] | None) -> str:
        stop = getattr(_stepping, "stop", None)
        if stop and "edition" not in self._statements:  # those of areas, which nobody merges
            stop.told.append((name, connection.in_atomic_block))
            if len(stop.told) == stop.at:
                stop.reached.set()
                stop.may_go_on.wait(_LONGEST)
        return filled(self, name, parts)

    Queries.filled = stopped  # type: ignore[method-assign]
    try:
        yield
    finally:
        Queries.filled = filled  # type: ignore[method-assign]


def at_every_step(scene: Callable[[], tuple[Deed, Deed]]) -> Iterator[Done]:
    """`scene` makes people anew and tells what is done to them: a deed, and the merge (or the undoing) that
    comes between. Gives what became of the deed for each of its steps.
    """
    at = 1
    while True:
        deed, merge = scene()
        stop, done = Stop(at), Stop(0)
        doing = _Doing(deed, stop)
        while not (stop.reached.wait(0.005) or doing.is_over):
            pass
        if not stop.reached.is_set():
            yield Done("its end", doing.problem, None, False)
            return
        merging = _Doing(merge, done)
        was_held = _waits(merging)
        stop.may_go_on.set()
        doing.join()
        merging.join()
        yield Done(stop.told[at - 1][0], doing.problem, merging.problem, was_held)
        at = _next(stop.told, at, was_held)


def before_the_merge_is_written(scene: Callable[[], tuple[Deed, Deed]]) -> Done:
    """The deed begins when the merge has done all and has not yet committed."""
    deed, merge = scene()
    written, may_end = Event(), Event()

    def merged() -> None:
        with transaction.atomic():
            merge()
            written.set()
            may_end.wait(_LONGEST)

    merging = _Doing(merged, Stop(0))
    while not (written.wait(0.005) or merging.is_over):
        pass
    doing = _Doing(deed, Stop(0))
    was_held = _waits(doing)
    may_end.set()
    doing.join()
    merging.join()
    return Done("all of it", doing.problem, merging.problem, was_held)


class _Doing:
    """A deed in a thread and on a connection of its own."""

    def __init__(self, deed: Deed, stop: Stop) -> None:
        self.problem: BaseException | None = None
        self._deed, self._stop, self.pid = deed, stop, 0
        self._thread = Thread(target=self._run)
        self._thread.start()

    @property
    def is_over(self) -> bool:
        return not self._thread.is_alive()

    def join(self) -> None:
        self._thread.join(_LONGEST)
        assert self.is_over, "it waits for ever"

    def _run(self) -> None:
        try:
            connection.ensure_connection()
            self.pid = connection.connection.info.backend_pid
            _stepping.stop = self._stop
            self._deed()
        except BaseException as problem:
            self.problem = problem
        finally:
            _stepping.stop = None
            connection.close()


def _waits(doing: _Doing) -> bool:
    """True as soon as it waits for another one; False when it is over."""
    until = time.monotonic() + _LONGEST
    while not doing.is_over and time.monotonic() < until:
        if doing.pid and rows("SELECT cardinality(pg_blocking_pids(%s)) > 0", doing.pid)[0][0]:
            return True
        time.sleep(0.005)
    return False


def _next(told: list[tuple[str, Any]], at: int, was_held: bool) -> int:
    """The next step with a statement that was none before; of a transaction that is waited for, the first
    after it.
    """
    seen = {name for name, _is_within in told[:at]}
    steps = list(enumerate(told[at:], start=at + 1))
    if was_held:
        steps = steps[
            next((nth for nth, (_at, (_name, is_within)) in enumerate(steps) if not is_within), len(steps)) :
        ]
    return next((nth for nth, (name, _is_within) in steps if name not in seen), len(told) + 1)
