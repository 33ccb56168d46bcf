"""Where everything is: pages by who sits in front of them, and what other systems call."""

from importlib import import_module

from django.urls import include, path
from django.views.i18n import set_language

from dancu.api.health import health
from dancu.api.keys import published_keys

set_language.public = True  # type: ignore[attr-defined]


def _is_built(urls: str) -> bool:  # while the rooms are being built
    try:
        import_module(urls)
    except ImportError:
        return False
    return True


urlpatterns = [
    path("language/", set_language, name="set_language"),
    path("office/", include("dancu.web.office.urls")),
    path("api/", include("dancu.api.urls")),
    path("health/", health, name="health"),
    path(".well-known/dancu-keys.json", published_keys, name="published-keys"),
    *(
        path(prefix, include(urls))
        for prefix, urls in (
            ("checkpoint/", "dancu.web.checkpoint.urls"),
            ("commune/", "dancu.web.commune.urls"),
            ("", "dancu.web.citizen.urls"),
        )
        if _is_built(urls)
    ),
]
