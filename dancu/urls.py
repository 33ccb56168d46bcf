"""Where everything is: pages by who sits in front of them, and what other systems call."""

from django.urls import include, path
from django.views.i18n import set_language

urlpatterns = [
    path("language/", set_language, name="set_language"),
    path("office/", include("dancu.web.office.urls")),
    path("api/", include("dancu.api.urls")),
]
