"""How many records an official opens and searches for in an hour: as many as a desk needs, and not a copy
of the register.
"""

from dancu.accounts.errors import TooMuchRead
from dancu.accounts.lookups import Acting
from dancu.accounts.throttle import allow
from dancu.audit import actions as audit

MOST_AN_HOUR = 600
_HOUR = 3600


def count(acting: Acting) -> None:
    """Count a record opened, a number shown, or a search. Raises TooMuchRead, and the hour's first
    refusal stands in the audit.
    """
    bucket = f"reading of {acting.official_id}"
    if allow(bucket, MOST_AN_HOUR, _HOUR):
        return
    if allow(f"alarm {bucket}", 1, _HOUR):
        audit.record(acting, "register.reading_stopped", detail=f"{MOST_AN_HOUR} in an hour")
    raise TooMuchRead(MOST_AN_HOUR)
