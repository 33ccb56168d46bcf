"""A worker: takes what is due, does it in a thread, and says how it went.

A claim is renewed while its work goes on, so work of any length is begun again soon after its worker was
killed. Whoever lost a claim (a machine that stood still) marks nothing; what they did was done twice, which
all work here must bear.
"""

import os
import socket
import threading
import time
from collections.abc import Collection
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from datetime import timedelta
from typing import Any

import structlog
from django.db import Error as DatabaseError
from django.db import close_old_connections, connections
from django.utils import timezone

from dancu import modules
from dancu.db.queries import Queries
from dancu.errors import DancuError
from dancu.logs import place_of
from dancu.modules import BackgroundJob
from dancu.work.kinds import kinds, next_time, wait_after
from dancu.work.rows import ClaimedJob

LEASE = timedelta(seconds=30)
STRETCH = 60.0  # seconds for which one worker looks for what waits, before it may be another's turn
LOOK_EVERY, PATIENCE = 1.0, 20.0  # seconds
_RENEW_EVERY = LEASE.total_seconds() / 3
_SEVERAL = 3  # times that something went wrong, until it is an error in the log and not a warning

_sql = Queries(__file__)
_log = structlog.get_logger(__name__)


class Worker:
    """`only`: these kinds (None: all). `long`: so many at once of those that keep a timetable, beside those
    that look for what waits, of which each has a thread.
    """

    def __init__(self, only: Collection[str] | None = None, long: int = 2) -> None:
        self.name = f"{socket.gethostname()}:{os.getpid()}"
        self._kinds = [kind for kind in kinds() if only is None or kind in only]
        self._looking = [kind for kind in self._kinds if kinds()[kind].every]
        self._long = long
        self._pool = ThreadPoolExecutor(len(self._looking) + long, "work")
        self._doing: dict[Future[None], ClaimedJob] = {}
        self._stopping = threading.Event()
        self._is_once = False
        self._begun: set[str] = set()
        self._renewed = time.monotonic()

    def run(self, stop: threading.Event) -> bool:
        """Until `stop` is set: what is due, as it becomes due. Then what is being done may end for a while;
        False where something did not, and another worker may begin it.
        """
        is_known = False
        while not stop.wait(LOOK_EVERY):
            try:
                is_known = is_known or self._know()
                self._renew()
                self._put_away()
                self._take()
            except DatabaseError as problem:
                _log.warning("the work that is due cannot be read", error=type(problem).__name__)
                close_old_connections()
        return self.end()

    def once(self) -> None:
        """What is due now, each kind once; of those that look for what waits until nothing waits."""
        self._is_once = True
        self._know()
        self._take()
        while wait(self._doing, _RENEW_EVERY) and self._doing:
            self._renew()
            self._put_away()
            self._take()
        self.end()

    def end(self, patience: float = PATIENCE) -> bool:
        """Begin nothing more; wait so many seconds for what is being done, and let go of the rest."""
        self._stopping.set()
        with suppress(DatabaseError):
            self._renew(at_once=True)
        left = wait(self._doing, patience).not_done
        with suppress(DatabaseError):  # whose claims end by themselves
            for future in left:
                claimed = self._doing[future]
                _sql.run("let_go", kind=claimed["kind"], claims=claimed["claims"])
        self._pool.shutdown(wait=not left, cancel_futures=True)
        return not left

    def _know(self) -> bool:
        """What modules announce stands in the table."""
        now = timezone.now()
        for kind in self._kinds:
            job = kinds()[kind]
            _sql.run("know", kind=kind, due_at=next_time(job, now) if job.when else now)
        return True

    def _take(self) -> None:
        while wanted := self._wanted():
            claimed = _sql.of(ClaimedJob).one("claim", kinds=wanted, worker=self.name, lease=LEASE)
            if claimed is None:
                return
            self._begun.add(claimed["kind"])
            self._doing[self._pool.submit(_do, claimed, self._stopping, self._is_once)] = claimed

    def _wanted(self) -> list[str]:
        """The kinds for which a thread is free."""
        has = {claimed["kind"] for claimed in self._doing.values()}
        closed = has | self._begun if self._is_once else has
        is_free = len(has.difference(self._looking)) < self._long
        return [kind for kind in self._kinds if kind not in closed and (is_free or kind in self._looking)]

    def _renew(self, at_once: bool = False) -> None:
        if not at_once and time.monotonic() - self._renewed < _RENEW_EVERY:
            return
        self._renewed = time.monotonic()
        for claimed in self._doing.values():
            _sql.run("renew", kind=claimed["kind"], claims=claimed["claims"], lease=LEASE)

    def _put_away(self) -> None:
        for future in [each for each in self._doing if each.done()]:
            del self._doing[future]
            if problem := future.exception():  # the database went away while it was marked: the claim ends
                _log.warning("how work went could not be written", error=type(problem).__name__)


def _do(claimed: ClaimedJob, stopping: threading.Event, is_once: bool) -> None:
    """Do it, and say how it went."""
    job = kinds()[claimed["kind"]]
    try:
        close_old_connections()
        if job.every:
            _look_for_what_waits(job, stopping, is_once)
        else:
            modules.at(job.at)()
    except Exception as problem:  # whatever it is, the worker goes on with the rest
        connections.close_all()
        _failed(claimed, problem)
        return
    due_at = next_time(job, timezone.now()) if job.when else None
    _marked("done", claimed, due_at=due_at, after=timedelta())


def _look_for_what_waits(job: BackgroundJob, stopping: threading.Event, is_once: bool) -> None:
    """Again and again for a while, or until nothing waits (`is_once`); between two looks it can be stopped,
    however much waits.
    """
    do, every = modules.at(job.at), (job.every or timedelta()).total_seconds()
    until = time.monotonic() + STRETCH
    while not stopping.is_set():
        found = do()
        if not found and (is_once or time.monotonic() >= until or stopping.wait(every)):
            return


def _failed(claimed: ClaimedJob, problem: Exception) -> None:
    """Words of another's making may be about a person: of those the class alone is kept."""
    error = str(problem) if isinstance(problem, DancuError) else type(problem).__name__
    attempts = claimed["attempts"]
    tell = _log.warning if attempts < _SEVERAL else _log.error
    where = place_of(problem)
    tell("work went wrong", kind=claimed["kind"], attempts=attempts, error=error, where=where)
    _marked("failed", claimed, after=wait_after(attempts), error=error[:500])


def _marked(how: str, claimed: ClaimedJob, **values: Any) -> None:
    if not _sql.run(how, kind=claimed["kind"], claims=claimed["claims"], **values):
        _log.warning("work ended that had been given to another worker", kind=claimed["kind"])
