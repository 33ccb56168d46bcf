"""What endpoints answer with: JSON, and for a refusal the field, what was wrong and what would be right."""

from typing import Any

import msgspec
from django.http import HttpResponse

_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_encoder = msgspec.json.Encoder()


def answer(content: Any, status: int = 200) -> HttpResponse:
    """Anything that msgspec can write, as JSON. Never cached: it is about people."""
    body = _encoder.encode(content)
    headers = _HEADERS | {"Content-Length": str(len(body))}
    return HttpResponse(body, status=status, content_type="application/json", headers=headers)


def refusal(status: int, field: str, message: str) -> HttpResponse:
    """Why not."""
    return answer({"error": {"field": field, "message": message}}, status)
