"""The station an officer has taken and the direction of the lane, kept in the session."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from dancu.accounts.caller import OfficialRequest
from dancu.checkpoints import lookups
from dancu.checkpoints.errors import NoSuchStation
from dancu.checkpoints.rows import Station
from dancu.web.access import LONGEST_SESSION
from dancu.web.htmx import lead

View = Callable[..., HttpResponse]
DIRECTIONS = ("in", "out")
_LANE = "lane"  # cookie: the station and its direction, for 12 hours; nothing of anybody


@dataclass(frozen=True)
class Shift:
    """Where an officer stands. `direction`: in or out."""

    station: Station
    direction: str

    @property
    def station_id(self) -> int:
        return self.station["station_id"]


class StationRequest(OfficialRequest):
    """A request of an officer at a station: a view behind `@on_shift` finds it in `shift`."""

    shift: Shift


def on_shift(view: View) -> View:
    """The view finds the station in `request.shift`: the one taken, or the only one of the jurisdiction.
    Where there are several, or none, the officer is led to choose. Stands below @duty.
    """

    @functools.wraps(view)
    def guarded(request: OfficialRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "station" not in request.session:
            _take_the_only_one(request)
        taken = request.session.get("station", {})
        try:
            station = lookups.my_station(request.acting, taken.get("id", 0))
        except NoSuchStation:
            return _to_stations(request)
        cast(StationRequest, request).shift = Shift(station, taken["direction"])
        return view(request, *args, **kwargs)

    return guarded


def take(request: OfficialRequest, station_id: int, direction: str) -> None:
    """From now on this session records at that station. Raises NoSuchStation outside the jurisdiction."""
    station = lookups.my_station(request.acting, station_id)
    request.session["station"] = {"id": station["station_id"], "direction": direction}


def turn(request: HttpRequest, direction: str) -> None:
    """The lane now goes in this direction."""
    request.session["station"] = request.session["station"] | {"direction": direction}


def remember(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The direction of the lane outlasts the session on this device, so that nobody records the wrong one
    once they are signed in again.
    """
    taken = request.session["station"]
    response.set_cookie(
        _LANE,
        f"{taken['id']} {taken['direction']}",
        max_age=LONGEST_SESSION,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return response


def _take_the_only_one(request: OfficialRequest) -> None:
    stations = lookups.stations(request.acting)
    if len(stations) != 1:
        return
    station_id = stations[0]["station_id"]
    before = next(
        (one for one in DIRECTIONS if request.COOKIES.get(_LANE) == f"{station_id} {one}"), DIRECTIONS[0]
    )
    request.session["station"] = {"id": station_id, "direction": before}


def _to_stations(request: HttpRequest) -> HttpResponse:
    return lead(request, reverse("checkpoint:stations"))
