"""Where a part's candidates come from: the register's indexes, or a copy of the register that is read whole;
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
    records: int, weighing: PairScorer, progress: Callable[[str, int], None]
) -> Iterator[IndexedCandidates | SnapshotCandidates]:
    """The candidates' source for this many records. A copy of the register is made where it saves time and
    the disk has room for it.
    """
    with _copy(records, progress) as copy:
        if copy is None:
            yield IndexedCandidates(weighing)
            return
        with closing(SnapshotCandidates(copy, weighing)) as people:
            yield people


def _copy(records: int, progress: Callable[[str, int], None]) -> AbstractContextManager[copying.Copy | None]:
    people = people_about()
    if records < max(FEWEST, people // _READ):
        return nullcontext()
    try:
        if records >= max(FEWEST, people // _MAKE) and not copying.standing():
            copying.make(progress)
    except NoRoomForCopy as refused:
        progress(f"looked up one by one: {refused}", 0)
    return copying.opened()
