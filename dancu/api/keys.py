"""The keys that anyone may verify our credentials with."""

from typing import Any

import msgspec
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from dancu.credentials import lookups
from dancu.endpoints.access import OPEN
from dancu.endpoints.declaration import Cached, endpoint


class KeySet(msgspec.Struct):
    """Public keys, as RFC 7517 has them."""

    keys: list[dict[str, Any]]


@endpoint(
    "GET",
    access=OPEN,
    summary=_("The public keys of passes"),
    answer=KeySet,
    media="application/jwk-set+json",
    cached=Cached(60, stale=86_400, everywhere=True),  # another country's page may verify too
)
def published_keys(request: HttpRequest) -> Any:
    """A cache keeps them for a minute, so that a rotated key soon reaches every device."""
    return lookups.published_keys()
