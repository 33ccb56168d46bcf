"""The station an officer has taken and the direction of the lane, kept in the session."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from dancu.checkpoints import lookups
from dancu.checkpoints.errors import NoSuchStation

View = Callable[..., HttpResponse]
DIRECTIONS = ("in", "out")


@dataclass(frozen=True)
class Shift:
    """Where an officer stands. `direction`: in or out."""

    station: dict[str, Any]
    direction: str

    @property
    def station_id(self) -> int:
        return self.station["station_id"]


def on_shift(view: View) -> View:
    """The view finds the station in `request.shift`; without one of the jurisdiction the officer is led to choose it. Stands below @duty."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        taken = request.session.get("station", {})
        try:
            station = lookups.my_station(request.acting, taken.get("id", 0))
        except NoSuchStation:
            return _to_stations(request)
        request.shift = Shift(station, taken["direction"])
        return view(request, *args, **kwargs)

    return guarded


def take(request: HttpRequest, station_id: int, direction: str) -> None:
    """From now on this session records at that station. Raises NoSuchStation outside the jurisdiction."""
    station = lookups.my_station(request.acting, station_id)
    request.session["station"] = {"id": station["station_id"], "direction": direction}


def turn(request: HttpRequest, direction: str) -> None:
    """The lane now goes in this direction."""
    request.session["station"] = request.session["station"] | {"direction": direction}


def _to_stations(request: HttpRequest) -> HttpResponse:
    where = reverse("checkpoint:stations")
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": where})
    return redirect(where)
