"""A vehicle whose passengers are decided on together: a bus, a lorry with its mates, a family's car. How many
sit in it is counted by the officer; who they are say the crossings that bear its check.
"""

from typing import TypedDict
from uuid import UUID

from dancu.accounts.lookups import Acting
from dancu.checkpoints.errors import NobodyAboard
from dancu.checkpoints.ids import time_in
from dancu.checkpoints.stations import SHIFT, my_station
from dancu.db.queries import Queries
from dancu.db.transactions import whole
from dancu.values.plates import tidy_plate

_sql = Queries(__file__, "vehicles.sql")

MOST = 99
"""People in one vehicle; a sleeper bus has 46 berths, a city bus 80 places."""


class VehicleCheck(TypedDict):
    """What the officer said of a vehicle last, and how many of it are on record."""

    check_id: UUID
    station_id: int
    direction: str
    plate: str
    aboard: int
    through: int
    secondary: int
    back: int


class Passenger(TypedDict):
    """Somebody who was decided on in a vehicle."""

    crossing_id: UUID
    pass_id: int
    decision: str
    reason_code: str


@whole
def record_vehicle(
    acting: Acting, *, check_id: UUID, station_id: int, direction: str, plate: str, aboard: int
) -> None:
    """So many sit in this vehicle. Said again it is kept again, and the last counts; the same as before is
    kept once. Raises NoSuchStation, NobodyAboard where `aboard` is not 1 to MOST, BadCrossingId for an id of
    another time.
    """
    if not 1 <= aboard <= MOST:
        raise NobodyAboard
    time_in(check_id)
    _sql.run(
        "add_vehicle_check",
        check_id=check_id,
        station_id=my_station(acting, station_id)["station_id"],
        official_id=acting.official_id,
        direction=direction,
        plate=tidy_plate(plate),
        aboard=aboard,
    )


def vehicle_check(acting: Acting, check_id: UUID) -> VehicleCheck | None:
    """What this officer said of a vehicle last, and how many of it are on record; None where nothing is."""
    return _sql.of(VehicleCheck).one("vehicle_check", check_id=check_id, official_id=acting.official_id)


def passengers(acting: Acting, check_id: UUID) -> list[Passenger]:
    """Whom this officer decided on in a vehicle within the shift, and it stands."""
    return _sql.of(Passenger).all(
        "passengers", check_id=check_id, official_id=acting.official_id, shift=SHIFT
    )
