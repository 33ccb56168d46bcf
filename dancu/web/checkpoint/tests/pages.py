"""Reading the desk as an officer does."""

import html
import re
from typing import Any

from django.test import Client

HTMX = {"HX-Request": "true"}


def words(response: Any) -> str:
    """What stands on the page, without the tags, in one line."""
    text = re.sub(r"<(script|template|head|style)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())


def field(response: Any, name: str) -> str:
    """The value of the first input of this name."""
    found = re.search(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', response.content.decode())
    assert found, f"no input {name}"
    return html.unescape(found[1])


def banner(response: Any) -> tuple[str, str]:
    """The colour's name and the headline of the verdict."""
    text = response.content.decode()
    colour = re.search(r"dancu-decision--(\w+)", text)
    headline = re.search(r'dancu-decision__words">([^<]*)<', text)
    assert colour, "no verdict"
    assert headline
    return colour[1], html.unescape(headline[1])


def scan(desk: Client, text: str, **more: Any) -> Any:
    return desk.post("/checkpoint/examine/", {"text": text, **more})


def decide(desk: Client, shown: Any, decision: str, **more: str) -> Any:
    """Press a decision on the page that was shown."""
    sent = {name: field(shown, name) for name in ("code", "crossing_id")} | {"decision": decision} | more
    return desk.post("/checkpoint/decide/", sent, follow=True)
