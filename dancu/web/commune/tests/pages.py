"""Reading pages as a person would."""

import re
from html import unescape
from typing import Any

from django.http import HttpResponse


def text(response: HttpResponse | str) -> str:
    """What a page says, without its tags."""
    page = response if isinstance(response, str) else response.content.decode()
    page = re.sub(r"</?mark\b[^>]*>", "", page)  # stands around single letters
    return " ".join(
        unescape(re.sub(r"<(script|style|symbol)\b.*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)).split()
    )


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


def links(response: HttpResponse, words: str) -> list[str]:
    """Where the links of these words lead."""
    found = re.findall(r'<a\b[^>]*href="([^"]+)"[^>]*>(.*?)</a>', response.content.decode(), flags=re.DOTALL)
    return [unescape(href) for href, inner in found if words in text(inner)]


def as_htmx(target: str = "arrivals-list", **headers: str) -> dict[str, Any]:
    """The headers of a request by htmx."""
    return {"headers": {"HX-Request": "true", "HX-Target": target, **headers}}
