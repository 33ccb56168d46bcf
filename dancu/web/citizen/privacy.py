"""Pages that hold what somebody typed or what is known of them: no browser keeps them, no search engine
lists them.
"""

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def private(view: View) -> View:
    """The answer is stored nowhere and indexed by nobody. Stands below the mark of dancu.web.access."""

    @functools.wraps(view)
    def kept_private(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return kept_private
