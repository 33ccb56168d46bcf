"""Who calls: the address a request comes from, and its number."""

from contextlib import suppress
from functools import lru_cache
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest
from uuid_utils.compat import uuid7


def client_address(request: HttpRequest) -> str:
    """The IP address the request comes from: the connection's, or what our own proxy says in `CLIENT_ADDRESS_HEADER`.

    Of a list, as X-Forwarded-For is, the last entry counts: our proxy wrote it itself. Empty where there is none, as on
    a Unix socket.
    """
    header = settings.CLIENT_ADDRESS_HEADER
    listed = request.META.get(header, "") if header else ""
    return _readable(listed.rsplit(",", 1)[-1].strip()) or _readable(request.META.get("REMOTE_ADDR", ""))


def request_id(request: HttpRequest) -> str:
    """The number of this request in the audit: our own, whatever a caller says in X-Request-ID."""
    if not hasattr(request, "request_id"):
        request.request_id = str(uuid7())
    return request.request_id


@lru_cache(maxsize=10_000)  # the same systems call thousands of times a second
def _readable(address: str) -> str:
    """As it is kept and counted: without a zone, and an IPv4 address as such though the socket is of IPv6."""
    with suppress(ValueError):
        read = ip_address(address.partition("%")[0])
        return str(getattr(read, "ipv4_mapped", None) or read)
    return ""
