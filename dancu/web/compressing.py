"""Pages sent compressed, where nothing in them is anybody's: `dancu.web.compressing.CompressPages`, in
MIDDLEWARE.

Whoever can put text into a page and see how long its compressed answer is can guess a secret that stands in
it (the attack is called BREACH). So only what is asked for without a session is compressed: the first page of
a visit, signing in, help. Of what stands there, only the form's token is secret; Django masks it anew each
time, and its GZipMiddleware adds a random length. Styles and scripts hold no secret, and lie compressed on
the disk.
"""

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class CompressPages(GZipMiddleware):
    """Compresses pages that are asked for without a session."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        page = response.headers.get("Content-Type", "").startswith("text/html")
        if page and settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return super().process_response(request, response)
        return response
