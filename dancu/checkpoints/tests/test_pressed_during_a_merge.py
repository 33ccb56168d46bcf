"""A decision at a station and a merge of its person, or the undoing of one, at the same moment: each waits
for the other, and nothing is left behind.
"""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, transaction
from uuid_utils.compat import uuid7

from dancu.checkpoints import actions
from dancu.checkpoints.actions import Sender
from dancu.checkpoints.reasons import Reason
from dancu.credentials import actions as credentials
from dancu.register import actions as register
from dancu.testing.at_the_station import FEVER, NO_PERMIT, cross
from dancu.testing.database import rows
from dancu.testing.officials import acting_as, make_official
from dancu.testing.travellers import add_an, declare, journey, my_thuan

OF_A_DECLARATION = (
    "declaration",
    "pass",
    "crossing",
    "retraction",
    "release",
    "revocation",
    "supersession",
    "arrival",
)

PRESSES = {
    "let through": lambda acting, station, hers, held: cross(
        acting, station, hers, "through", Reason("well")
    ),
    "turned back": lambda acting, station, hers, held: cross(acting, station, hers, "back", NO_PERMIT),
    "released": lambda acting, station, hers, held: actions.release(
        acting, pass_id=hers.pass_id, crossing_id=held, station_id=station, reason=Reason("mistake")
    ),
    "taken back": lambda acting, station, hers, held: actions.undo_crossing(acting, held),
    "corrected": lambda acting, station, hers, held: actions.correct_crossing(
        acting, held, "back", NO_PERMIT
    ),
    "revoked": lambda acting, station, hers, held: actions.revoke_pass(hers.pass_id, "lost", acting),
    "replaced": lambda acting, station, hers, held: actions.declare(
        journey(number="079200007777"), uuid7(), sender=Sender(sent=(hers.declaration_id,))
    ),
}
WRITES = {
    "let through": "release",
    "turned back": "release",
    "released": "release",
    "taken back": "retraction",
    "corrected": "retraction",
    "revoked": "revocation",
    "replaced": "supersession",
}


def whose() -> dict[str, set[int]]:
    """Under whom of the register rows stand, but for tables without any."""
    found = {
        table: {one for (one,) in rows(f"SELECT person_id FROM {table} WHERE person_id > 0")}
        for table in OF_A_DECLARATION
    }
    return {table: people for table, people in found.items() if people}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("press", PRESSES)
@pytest.mark.parametrize("first", ["press", "merge"])
@pytest.mark.parametrize("parting", [False, True])
def test_what_is_pressed_stands_where_its_pass_does(published_areas, press, first, parting):
    credentials.create_key("pass")
    an, other, station, begun = add_an(), add_an(pin=None, cmnd="024999999"), my_thuan(), Event()
    acting, steward = (
        acting_as(make_official("binh", "checkpoint_officer")),
        acting_as(make_official("ha", "data_steward")),
    )
    hers = declare(number="024999999", number_kind="cmnd")
    held = cross(acting, station, hers, "secondary", FEVER)
    assert hers.person_id == other

    def merge():
        return register.merge_people(steward, an, other, basis="two records of one man")

    merged = merge() if parting else None
    steps = {
        "press": lambda: PRESSES[press](acting, station, hers, held),
        "merge": lambda: register.undo_merge(steward, merged, basis="two men") if merged else merge(),
    }

    def run(step: str) -> None:
        try:
            if step != first:
                begun.wait(20)
                steps[step]()
                return
            with transaction.atomic():
                steps[step]()
                begun.set()
                time.sleep(0.3)  # the other step is under way
        finally:
            begun.set()
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(run, steps))
    stands = whose()
    assert WRITES[press] in stands
    assert all(people == {other if parting else an} for people in stands.values()), stands
