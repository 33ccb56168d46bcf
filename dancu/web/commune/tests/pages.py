"""Reading the list of arrivals as a person would."""

import re
from html import unescape
from typing import Any

from django.http import HttpResponse

from dancu.testing.pages import text


def people(response: HttpResponse) -> list[str]:
    """The names in the list, from the top."""
    return [
        unescape(name)
        for name in re.findall(r'dancu-arrival__name" href="[^"]+">([^<]+)<', response.content.decode())
    ]


def row_of(response: HttpResponse, name: str) -> str:
    """What the list says of this person."""
    rows = re.findall(r"<tr class=\"dancu-arrival.*?</tr>", response.content.decode(), flags=re.DOTALL)
    return next(text(row) for row in rows if name in unescape(row))


def as_htmx(target: str = "arrivals-list", **headers: str) -> dict[str, Any]:
    """The headers of a request by htmx."""
    return {"headers": {"HX-Request": "true", "HX-Target": target, **headers}}
