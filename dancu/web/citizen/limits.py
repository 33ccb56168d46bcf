"""How often citizens may declare and ask for codes: enough for a family, a shared phone and the many behind
one carrier's address; too little for someone who tries numbers. What is counted is whoever tries, never the
number or telephone that is tried: nobody is kept out by others. Codes are counted by telephone too, for it
rings; when these are used up a long code goes on (messaging/one_time_codes.py).
docs/decisions/0002-what-a-pass-tells.md
"""

import datetime as dt

from django.http import HttpRequest
from django.utils import timezone

from dancu.accounts import caller
from dancu.accounts.throttle import allow
from dancu.web.access import client_address

HOUR = 3600
PER_ADDRESS, PER_NUMBER, PER_SESSION = 300, 6, 10  # declarations in an hour
PICTURES_PER_ADDRESS, PICTURES_PER_SESSION = 300, 20  # read in an hour: each takes as much as twenty pages
# Asked for in 15 minutes: from one address, behind which are thousands; and by one session for one number.
CODES_PER_ADDRESS, CODES_PER_NUMBER, CODE_WINDOW = 1200, 3, 15 * 60
# Of six digits to one telephone in a day, whoever asks: as the register's, and as what was declared. With the
# long ones, 72 a day, a telephone rings at most 90 times a day for what others do.
CODES_TO_A_TELEPHONE, A_DAY = 9, dt.timedelta(days=1)


def declaring(request: HttpRequest, number: str) -> dt.datetime | None:
    """Count a declaration. None: go on; else the time at which one may surely try again."""
    buckets = [(f"declare session {_session(request)}", PER_SESSION)]
    if network := network_of(request):
        buckets.append((f"declare address {network}", PER_ADDRESS))
    if number:
        buckets.append((f"declare number {number} from {network or _session(request)}", PER_NUMBER))
    return _counted(buckets, HOUR)


def reading_picture(request: HttpRequest) -> dt.datetime | None:
    """Count a picture of a card."""
    buckets = [(f"picture session {_session(request)}", PICTURES_PER_SESSION)]
    if network := network_of(request):
        buckets.append((f"picture address {network}", PICTURES_PER_ADDRESS))
    return _counted(buckets, HOUR)


def asking_for_code(request: HttpRequest, number: str, phone: str) -> dt.datetime | None:
    """Count a request for a one-time code, whether or not one will be sent: so the count tells nothing. By
    session, not by address, for who knows number and telephone may stand behind the citizen's address.
    """
    buckets = [(f"citizen code {number} {phone} from {_session(request)}", CODES_PER_NUMBER)]
    if network := network_of(request):
        buckets.append((f"citizen code address {network}", CODES_PER_ADDRESS))
    return _counted(buckets, CODE_WINDOW)


def _counted(buckets: list[tuple[str, int]], seconds: int) -> dt.datetime | None:
    if all(allow(bucket, limit, seconds) for bucket, limit in buckets):
        return None
    return timezone.now() + dt.timedelta(seconds=seconds)


def _session(request: HttpRequest) -> str:
    if not request.session.session_key:
        request.session.create()
    return request.session.session_key or ""


def network_of(request: HttpRequest) -> str:
    """The address, or of IPv6 the network that one subscriber may be given (/56); "" where the connection
    has none.
    """
    return caller.network_of(client_address(request))
