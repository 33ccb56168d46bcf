"""The commune: who is coming, who has left, who has been met, and a person's movements."""

from django.urls import path

import dancu.web.addresses  # noqa: F401 (the converter `number`)
from dancu.web.commune import arrivals, declared, exports, meeting, movements, sheet

app_name = "commune"
urlpatterns = [
    path("", arrivals.home, name="home"),
    path("arrivals.csv", exports.as_file, {"file": "csv"}, name="csv"),
    path("arrivals.xlsx", exports.as_file, {"file": "xlsx"}, name="xlsx"),
    path("arrivals/list/", sheet.sheet, name="sheet"),
    path("arrivals/units/", arrivals.units, name="units"),
    path("arrivals/met/", meeting.meet_many, name="meet-many"),
    path("arrivals/undo/", meeting.undo_many, name="undo-many"),
    path("arrivals/<uuid:declaration_id>/met/", meeting.meet, name="meet"),
    path("arrivals/<uuid:declaration_id>/undo/", meeting.undo, name="undo"),
    path("arrivals/<uuid:declaration_id>/note/", meeting.note, name="note"),
    path("journeys/<uuid:declaration_id>/", movements.of_declaration, name="journey"),
    path("journeys/<uuid:declaration_id>/all/", movements.ask_for_all, name="all-journeys"),
    path("journeys/<uuid:declaration_id>/declared/", declared.fold, name="declared"),
    path("journeys/<uuid:declaration_id>/number/", declared.number, name="number"),
    path("people/<number:person_id>/", movements.of_person, name="movements"),
]
