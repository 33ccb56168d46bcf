"""The page of notes: what was noted, and a new one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dancu.accounts.caller import OfficialRequest
from dancu.register import lookups as register
from dancu.web.access import duty

from . import actions, lookups
from .errors import NobodyHere
from .forms import ExampleForm


@duty("example")
def notes(request: OfficialRequest) -> HttpResponse:
    """The office's notes; by POST, one more."""
    form = ExampleForm(request.acting, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.note_about(request.acting, form.cleaned_data["person"], form.cleaned_data["text"])
        except NobodyHere as problem:
            form.add_error("person", str(problem))
        else:
            messages.success(request, _("The note is saved."))
            return redirect("example:notes")
    found = lookups.notes(request.acting)
    people = register.people(note["person_id"] for note in found)
    rows = [(note, people[note["person_id"]]["full_name"]) for note in found if note["person_id"] in people]
    return render(request, "example/notes.html", {"form": form, "rows": rows})
