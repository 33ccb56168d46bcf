"""The checkpoint's service worker under an address of its own: it may act for the pages below that address
only, and a browser asks for it again to see whether it has changed.
"""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from dancu.web import build
from dancu.web.access import public
from dancu.web.static_files import NotBuilt

_NAME = "device-worker.js"


@public
@require_safe
def worker(_request: HttpRequest) -> HttpResponse:
    """The script as it was built last. Raises NotBuilt."""
    try:
        script = (build.BUILT / build.names()[_NAME]).read_bytes()
    except (KeyError, FileNotFoundError):
        raise NotBuilt(f"{NotBuilt.__doc__} ({_NAME})") from None
    return HttpResponse(
        script, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"}
    )
