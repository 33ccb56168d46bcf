"""What an operator may do with background work."""

from dancu.accounts.lookups import Acting
from dancu.audit import actions as audit
from dancu.db.queries import Queries
from dancu.work.errors import NoSuchJob
from dancu.work.kinds import kinds

_sql = Queries(__file__)


def due_now(kind: str, acting: Acting | None = None) -> bool:
    """Let a worker do it as soon as one looks, also what went wrong and waits; False where one is doing it.
    `acting`: None from the command line. Raises NoSuchJob.
    """
    if kind not in kinds():
        raise NoSuchJob(kind)
    if acting:
        audit.record(acting, "work.due_now", detail=kind)
    return bool(_sql.run("due_now", kind=kind))
