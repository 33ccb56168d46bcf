"""The page that shows the kit."""

from django.urls import path

import dancu.web.addresses  # noqa: F401 (the converter `number`)
from dancu.web.kit import showcase

app_name = "kit"
urlpatterns = [
    path("", showcase.kit, name="kit"),
    path("posts.csv", showcase.as_file, {"file": "csv"}, name="csv"),
    path("posts.xlsx", showcase.as_file, {"file": "xlsx"}, name="xlsx"),
    path("paper/", showcase.on_paper, name="paper"),
    path("question/", showcase.ask, name="ask"),
    path("person/", showcase.person, name="person"),
    path("press/", showcase.press, name="press-many"),
    path("press/<number:number>/", showcase.press, name="press"),
]
