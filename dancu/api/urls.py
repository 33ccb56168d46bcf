"""What other systems call."""

from django.urls import path

from .areas import suggest_communes

app_name = "api"
urlpatterns = [
    path("areas/suggest", suggest_communes, name="suggest-communes"),
]
