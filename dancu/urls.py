"""Where everything is: pages by who sits in front of them, and what other systems call."""

from django.urls import include, path
from django.views.i18n import set_language

from dancu.api.health import health
from dancu.api.keys import published_keys
from dancu.web.sessions import session

set_language.public = True  # type: ignore[attr-defined]

handler500 = "dancu.web.faults.failed"
urlpatterns = [
    path(
        "api/", include("dancu.api.urls")
    ),  # first, as they are asked most: every pattern before them costs each of them a trial
    path("language/", set_language, name="set_language"),
    path("session/<slug:kind>/", session, name="session"),
    path("", include("dancu.web.about.urls")),
    path("checkpoint/", include("dancu.web.checkpoint.urls")),
    path("commune/", include("dancu.web.commune.urls")),
    path("office/", include("dancu.web.office.urls")),
    path("health/", health, name="health"),
    path(".well-known/dancu-keys.json", published_keys, name="published-keys"),
    path("", include("dancu.web.citizen.urls")),
]
