"""Help and notices, for everyone."""

from django.urls import path

from dancu.web.about import pages

app_name = "about"
urlpatterns = [
    path("help/", pages.help_citizens, name="help"),
    path("help/officials/", pages.help_officials, name="help-officials"),
    path("privacy/", pages.privacy, name="privacy"),
    path("accessibility/", pages.accessibility, name="accessibility"),
]
