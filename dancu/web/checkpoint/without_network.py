"""The desk as it is opened without the network: a page of nobody's, which the service worker keeps with all
that it loads. Who worked here opens it with a PIN (assets/checkpoint/opening.js).
"""

import hashlib
import re

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from dancu.web.access import public
from dancu.web.checkpoint.pieces import page_words

LANGUAGES = ("vi", "en")
_FILES = (
    "mark.svg",
    "officials.css",
    "officials.js",
    "scan.js",
    "scan-worker.js",
    "zxing_reader.wasm",
    "commune.js",
    "checkpoint.js",
)
# Of the sender of this one request: what is kept is the same for everybody, and sends nothing.
_TOKENS = re.compile(rb'<input type="hidden" name="csrfmiddlewaretoken"[^>]*>|<meta name="csrf-token"[^>]*>')


@public
@require_safe
def desk(request: HttpRequest, language: str) -> HttpResponse:
    """The page, in this language; its `Dancu-Version` changes whenever it or a file does."""
    if language not in LANGUAGES:
        raise Http404
    request.user = AnonymousUser()  # whoever asks
    with translation.override(language):
        page = render(request, "checkpoint/without_network.html", page_words()).content
    page = _TOKENS.sub(b"", page)
    version = hashlib.sha256(page).hexdigest()[:16]
    return HttpResponse(page, headers={"Dancu-Version": version, "Cache-Control": "no-cache"})


@public
@require_safe
def files(_request: HttpRequest) -> HttpResponse:
    """The addresses of all that the page loads."""
    answer = JsonResponse({"files": [static(f"built/{name}") for name in _FILES]})
    answer["Cache-Control"] = "no-cache"
    return answer


@public
@require_safe
def manifest(_request: HttpRequest) -> HttpResponse:
    """By which a telephone installs the desk as an application of its own."""
    home = reverse("checkpoint:home")
    told = {
        "id": home,
        "name": "dancu – " + translation.gettext("Scan passes"),
        "short_name": "dancu",
        "start_url": home,
        "scope": home,
        "display": "standalone",
        "lang": translation.get_language(),
        "background_color": "#ffffff",
        "theme_color": "#06312f",
        "icons": [{"src": static("built/mark.svg"), "sizes": "any", "type": "image/svg+xml"}],
    }
    return JsonResponse(
        told, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False}
    )
