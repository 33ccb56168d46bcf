"""Taking a station, and turning the lane."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from dancu.accounts.caller import OfficialRequest
from dancu.areas import lookups as areas
from dancu.checkpoints import lookups
from dancu.checkpoints.errors import NoSuchStation
from dancu.web.access import duty
from dancu.web.checkpoint import shift
from dancu.web.checkpoint.shift import StationRequest
from dancu.web.htmx import is_htmx


class StationForm(forms.Form):
    station = forms.IntegerField()
    direction = forms.ChoiceField(choices=[(direction, direction) for direction in shift.DIRECTIONS])


class DirectionForm(forms.Form):
    direction = forms.ChoiceField(choices=[(direction, direction) for direction in shift.DIRECTIONS])


@duty("scan")
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: OfficialRequest) -> HttpResponse:
    """The stations of the jurisdiction; POST takes one."""
    refused = False
    if request.method == "POST":
        form = StationForm(request.POST)
        try:
            if form.is_valid():
                shift.take(request, form.cleaned_data["station"], form.cleaned_data["direction"])
                return shift.remember(request, redirect("checkpoint:home"))
            refused = True
        except NoSuchStation:
            refused = True
    stations = lookups.stations(request.acting)
    found = areas.get_many(station["area_id"] for station in stations)
    listed = [(station, found.get(station["area_id"])) for station in stations]
    context = {"stations": listed, "taken": request.session.get("station", {}), "refused": refused}
    return render(request, "checkpoint/stations.html", context, status=403 if refused else 200)


@duty("scan")
@shift.on_shift
@require_POST
def turn(request: StationRequest) -> HttpResponse:
    """The lane goes the other way from now on; what is on the desk stays."""
    form = DirectionForm(request.POST)
    if form.is_valid():
        shift.turn(request, form.cleaned_data["direction"])
    if is_htmx(request):
        turned = shift.Shift(request.shift.station, request.session["station"]["direction"])
        return shift.remember(request, render(request, "checkpoint/direction.html", {"shift": turned}))
    return shift.remember(request, redirect("checkpoint:home"))
