"""Where everything is: pages by who sits in front of them, and what other systems call."""

from collections.abc import Iterable

from django.urls import URLResolver, include, path
from django.views.i18n import set_language

from dancu import modules
from dancu.api.health import health
from dancu.api.keys import published_keys
from dancu.web.sessions import session

set_language.public = True  # type: ignore[attr-defined]

handler400 = "dancu.web.faults.refused"
handler403 = "dancu.web.faults.forbidden"
handler404 = "dancu.web.faults.not_found"
handler500 = "dancu.web.faults.failed"


def _of(names: Iterable[str]) -> list[URLResolver]:
    """The addresses of these modules."""
    return [
        path(prefix, include(urls))
        for name in names
        for prefix, urls in modules.installed()[name].urls.items()
    ]


_OTHERS = modules.others()
_BROUGHT = _of(name for name in modules.names() if name not in _OTHERS)
urlpatterns = [
    # first, as they are asked most: every pattern before them costs each of them a trial
    *(each for each in _BROUGHT if str(each.pattern) == "api/"),
    path("language/", set_language, name="set_language"),
    path("session/<slug:kind>/", session, name="session"),
    path("health/", health, name="health"),
    path(".well-known/dancu-keys.json", published_keys, name="published-keys"),
    *(each for each in _BROUGHT if str(each.pattern) not in ("api/", "")),
    *(each for each in _BROUGHT if str(each.pattern) == ""),
    *_of(_OTHERS),  # after all of the house's own, so that none takes a citizen's page away
]
