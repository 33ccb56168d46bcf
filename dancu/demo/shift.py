"""A shift at the demo's stations: how long the queues are, one of which grows, and what was left to Bình."""

import random
from typing import TYPE_CHECKING

from uuid_utils.compat import uuid7

from dancu.accounts import lookups as accounts
from dancu.accounts.lookups import Acting
from dancu.accounts.models import Official
from dancu.checkpoints import actions, lookups

if TYPE_CHECKING:
    from dancu.demo.preparing import Cast


def stand(cast: "Cast", dice: random.Random) -> None:
    """Long, who watches over all stations, hears how long the queues are, and hands Bình's station over."""
    long = _acting("long")
    for station in lookups.stations(long):
        grows = station["station_id"] == cast.station_id
        for step in (0, 3) if grows else (dice.randrange(3),):
            actions.tap_queue(long, station["station_id"], step)
    actions.hand_over(
        long,
        hand_over_id=uuid7(),
        station_id=cast.station_id,
        words="Làn xe tải đang sửa, chỉ còn một làn vào. Trạm y tế trực đến 22 giờ.",
    )


def _acting(username: str) -> Acting:
    official = Official.objects.get(username=username)
    return accounts.acting(official, accounts.grants(official.pk)[0].grant_id, "127.0.0.1")
