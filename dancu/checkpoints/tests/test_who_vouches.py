"""Who can say that it was the traveller: kept beside the journey, for whoever would follow all their
others (isolation/movements.py).
"""

import pytest
from django.db import connection
from uuid_utils.compat import uuid7

from dancu.checkpoints import actions
from dancu.checkpoints.superseding import Sender
from dancu.matching.lookups import PartialDate
from dancu.testing.officials import acting_as, make_official
from dancu.testing.travellers import add_an, declare, journey, my_thuan

pytestmark = pytest.mark.usefixtures("country")


def kept() -> list[tuple[int | None, int | None]]:
    """Who vouches for each journey, and who recorded where it was seen last."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT vouched_by, crossed_by FROM arrival ORDER BY declared_at")
        return cursor.fetchall()


def test_nobody_vouches_for_what_a_stranger_declares():
    add_an()
    declare()
    actions.declare(journey(), uuid7(), sender=Sender(person_id=add_an(pin="079200005555", cmnd=None)))
    assert kept() == [(None, None), (None, None)]


def test_who_has_signed_in_vouches_for_their_own_and_for_nobody_elses():
    an = add_an()
    actions.declare(journey(), uuid7(), sender=Sender(person_id=an))
    child = {"full_name": "Nguyễn Thị Bé", "number_kind": "none", "number": "", "declared_by": "other"}
    actions.declare(journey(**child), uuid7(), sender=Sender(person_id=an))
    assert [vouched for vouched, _crossed in kept()] == [0, None]


def test_an_official_vouches_for_what_they_keyed_in_and_for_whom_they_saw():
    add_an()
    binh = acting_as(make_official("binh", "checkpoint_officer"))
    declared = declare(binh)
    assert kept() == [(binh.official_id, None)]
    phuc = acting_as(make_official("phuc", "checkpoint_officer"))
    actions.record_crossing(
        phuc,
        crossing_id=(crossing_id := uuid7()),
        pass_id=declared.pass_id,
        station_id=my_thuan(),
        direction="out",
        decision="through",
    )
    assert kept() == [(binh.official_id, phuc.official_id)]
    actions.take_back(phuc, crossing_id, declared.pass_id)
    assert kept() == [(binh.official_id, None)]


@pytest.mark.parametrize(
    "changes",
    [{"full_name": "Lê Thị Hoa", "sex": 0}, {"full_name": "Lê Thị Hoa", "birth": PartialDate(1931, 1, 30)}],
)
def test_what_disagrees_in_anybodys_name_is_told_to_no_commune_field_by_field(changes):
    add_an()
    declare(**changes)
    declare(**changes | {"birth": PartialDate(1950, 4, 5)})
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT outcome, differing FROM arrival")
        assert cursor.fetchall() == [("disagrees", [])]


def test_that_the_holder_of_a_number_is_dead_is_not_told_either():
    an = add_an()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE person SET status = 2 WHERE person_id = %s", [an])
        declare()
        cursor.execute("SELECT outcome, differing FROM arrival")
        assert cursor.fetchall() == [("disagrees", [])]


def test_of_a_card_that_an_official_keyed_in_it_is_told_what_disagrees():
    add_an()
    declare(acting_as(make_official("binh", "checkpoint_officer")), full_name="Lê Thị Hoa")
    with connection.cursor() as cursor:
        cursor.execute("SELECT outcome, differing FROM arrival")
        assert cursor.fetchall() == [("disagrees", ["name"])]
