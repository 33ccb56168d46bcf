"""How often something may be tried: one count shared by all processes, in one statement per try."""

import hashlib
import hmac
import random
from collections.abc import Mapping

from django.conf import settings
from django.db import connection

from dancu.db.queries import Queries

_queries = Queries(__file__, "throttle.sql")
_ONE_CALL_IN = 500  # sweeps out what has expired; 1,000 rows at most each time


def allow(bucket: str, limit: int, seconds: int, tries: int = 1) -> bool:
    """Count a try of `bucket` ("sign-in 10.1.2.3"), or so many, and say whether it is among the first `limit`
    of its window.

    The window begins with the first try and lasts `seconds`. Call it before a transaction begins: inside one
    that is rolled back the try is not counted, and until it ends other tries of the same bucket wait.
    """
    alone = not connection.in_atomic_block
    if alone and random.randrange(_ONE_CALL_IN) == 0:  # noqa: S311
        sweep()
    counted = _queries.one("count", key=_key(bucket), seconds=seconds, tries=tries, alone=alone)
    return counted is not None and counted["tries"] <= limit


def count_each(tries: Mapping[tuple[str, int], int]) -> dict[tuple[str, int], int]:
    """Count so many tries of each bucket and its window's seconds, and say how many that makes of each.
    As `allow`, for many in one statement.
    """
    if not tries:
        return {}
    keys = {_key(bucket): (bucket, seconds) for bucket, seconds in tries}
    counted = _queries.all(
        "count_each",
        keys=list(keys),
        tries=list(tries.values()),
        seconds=[seconds for _bucket, seconds in tries],
        alone=not connection.in_atomic_block,
    )
    return {keys[bytes(row["key"])]: row["tries"] for row in counted}


def sweep() -> int:
    """Remove up to 1,000 windows that are over. Returns how many there were."""
    return _queries.run("sweep")


def _key(bucket: str) -> bytes:
    secret = f"dancu.accounts.throttle:{settings.SECRET_KEY}".encode()
    return hmac.digest(secret, bucket.encode(), hashlib.sha256)[:16]
