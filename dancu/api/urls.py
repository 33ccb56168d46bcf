"""What other systems call."""

from django.urls import path

from .areas import list_areas, suggest_communes
from .document import openapi
from .people import identify, identify_many

app_name = "api"
urlpatterns = [
    path("people/identify", identify, name="identify"),
    path("people/identify-many", identify_many, name="identify-many"),
    path("areas/suggest", suggest_communes, name="suggest-communes"),
    path("areas", list_areas, name="areas"),
    path("openapi.json", openapi, name="openapi"),
]
