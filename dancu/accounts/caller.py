"""Who calls: the address a request comes from, and its number."""

from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from uuid_utils import uuid7

if TYPE_CHECKING:  # the models behind it are not ready where a server begins
    from dancu.accounts.lookups import Acting


class OfficialRequest(HttpRequest):
    """A request of an official or a system that was let in: a view behind `@duty` finds in `acting` who it
    is and in which role.
    """

    acting: "Acting"


def client_address(request: HttpRequest) -> str:
    """The IP address the request comes from: the connection's, or what our own proxy says in
    `CLIENT_ADDRESS_HEADER`.

    Of a list, as X-Forwarded-For is, the last entry counts: our proxy wrote it itself. Empty where there is
    none, as on a Unix socket.
    """
    return address_in(request.META)


def address_in(environ: Mapping[str, str]) -> str:
    """The same, of what a request brings by PEP 3333's names."""
    header = settings.CLIENT_ADDRESS_HEADER
    listed = environ.get(header, "") if header else ""
    return _readable(listed.rsplit(",", 1)[-1].strip()) or _readable(environ.get("REMOTE_ADDR", ""))


@lru_cache(maxsize=10_000)
def network_of(address: str) -> str:
    """The address, or of IPv6 the network that one subscriber may be given (/56); "" where the connection
    has none.
    """
    return str(ip_network(f"{address}/56", strict=False)) if ":" in address else address


def request_id(request: HttpRequest) -> str:
    """The number of this request in the audit: our own, whatever a caller says in X-Request-ID."""
    known = vars(request)
    if "request_id" not in known:
        known["request_id"] = str(uuid7())
    return known["request_id"]


def answered_id(request: HttpRequest) -> str:
    """The number under which an endpoint's answer and the log know this request: the caller's X-Request-ID
    where that is a UUID, else one of ours.
    """
    known = vars(request)
    if "answered_id" not in known:
        said = request.META.get("HTTP_X_REQUEST_ID", "")
        known["answered_id"] = said if _is_id(said) else str(uuid7())
    return known["answered_id"]


def _is_id(text: str) -> bool:
    """A UUID, but none that ends in digits alone: those could be somebody's number, and the log has it."""
    with suppress(ValueError):
        return str(UUID(text)) == text.lower() and not text.rpartition("-")[2].isdecimal()
    return False


@lru_cache(maxsize=10_000)  # the same systems call thousands of times a second
def _readable(address: str) -> str:
    """As it is kept and counted: without a zone, and an IPv4 address as such though the socket is of IPv6."""
    with suppress(ValueError):
        read = ip_address(address.partition("%")[0])
        return str(getattr(read, "ipv4_mapped", None) or read)
    return ""
