"""Where a part's people are looked for: in the register's indexes, or in a copy of it that is read whole;
whichever takes less time.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext

from dancu.matching.batch.indexed_candidates import IndexedCandidates
from dancu.matching.batch.snapshot_candidates import SnapshotCandidates
from dancu.matching.batch.weighing import PairScorer
from dancu.register import snapshot as copying
from dancu.register.candidates import people_about
from dancu.register.errors import NoRoomForCopy

FEWEST = 5_000
# People for one record. Looking up takes 0.6 ms a record, reading a copy 0.3 µs a person, making one 1.8 µs
# (2 processors)
_READ, _MAKE = 2_000, 250


@contextmanager
def people_for(
    records: int, weighing: PairScorer, told: Callable[[str, int], None]
) -> Iterator[IndexedCandidates | SnapshotCandidates]:
    """Where the people of so many records are looked for. A copy is made where that pays and there is
    room for it on disk.
    """
    with _copy(records, told) as copy:
        if copy is None:
            yield IndexedCandidates(weighing)
            return
        with closing(SnapshotCandidates(copy, weighing)) as people:
            yield people


def _copy(records: int, told: Callable[[str, int], None]) -> AbstractContextManager[copying.Copy | None]:
    people = people_about()
    if records < max(FEWEST, people // _READ):
        return nullcontext()
    try:
        if records >= max(FEWEST, people // _MAKE) and not copying.standing():
            copying.make(told)
    except NoRoomForCopy as refused:
        told(f"looked up one by one: {refused}", 0)
    return copying.opened()
