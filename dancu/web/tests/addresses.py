"""Addresses as the pages themselves would make them."""

from types import SimpleNamespace
from typing import Any, cast

from django.http import HttpRequest, QueryDict
from django.test import Client

from dancu.web import sought


def sealed(client: Client, address: str, *typed: str) -> str:
    """A readable address, with these of its parameters sealed for the official who is signed in."""
    path, _mark, query = address.partition("?")
    given = QueryDict(query)
    request: Any = SimpleNamespace(user=SimpleNamespace(pk=client.session["_auth_user_id"]))
    return path + sought.query(
        cast(HttpRequest, request), given, [name for name in given if name not in typed]
    )
