"""What a browser may do on our pages: `dancu.web.security.SecurityHeaders`, first in MIDDLEWARE."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

# Every script and style is a file of our own. The one liberty is compiling WebAssembly, for reading QR codes.
_POLICY = {
    "default-src": "'self'",
    "script-src": "'self' 'wasm-unsafe-eval'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "media-src": "'self' blob:",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
CONTENT_SECURITY_POLICY = "; ".join(f"{what} {where}" for what, where in _POLICY.items())
PERMISSIONS_POLICY = "camera=(self), microphone=(), geolocation=(), payment=(), usb=(), display-capture=()"
REFERRER_POLICY = "same-origin"  # an address may hold a person's number; it stays here
POLICIES = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Permissions-Policy": PERMISSIONS_POLICY,
    "Referrer-Policy": REFERRER_POLICY,
    "X-Content-Type-Options": "nosniff",
}


class Utf8:
    """Reads everything as UTF-8, whatever charset a request names: pages send nothing else, and Python
    knows codecs that turn text into no text.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.encoding:
            request.encoding = "utf-8"  # pyright: ignore
        return self._get_response(request)


class SecurityHeaders:
    """Adds the policies to every answer, unless a view has set its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._get_response(request)
        for name, value in POLICIES.items():
            response.headers.setdefault(name, value)
        if getattr(
            request, "acting", None
        ):  # what an official saw stays on no disk and not behind the back button
            response.headers.setdefault("Cache-Control", "no-store")
        return response
