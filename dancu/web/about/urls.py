"""Help and notices, for everyone."""

from django.urls import path

from dancu.web.about import endpoints, pages

app_name = "about"
urlpatterns = [
    path("help/", pages.help_citizens, name="help"),
    path("help/officials/", pages.help_officials, name="help-officials"),
    path("privacy/", pages.privacy, name="privacy"),
    path("api/", endpoints.list_endpoints, name="endpoints"),
    path("api/problems/<slug:code>", endpoints.explain_problem, name="problem"),
    path("accessibility/", pages.accessibility, name="accessibility"),
]
