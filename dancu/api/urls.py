"""What other systems call."""

from django.urls import path

from .areas import suggest_communes
from .people import identify, identify_many

app_name = "api"
urlpatterns = [
    path("areas/suggest", suggest_communes, name="suggest-communes"),
    path("people/identify", identify, name="identify"),
    path("people/identify-many", identify_many, name="identify-many"),
]
