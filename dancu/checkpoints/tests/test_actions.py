import datetime as dt
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone
from uuid_utils.compat import uuid4, uuid7

from dancu.audit import lookups as audit
from dancu.checkpoints import actions, lookups
from dancu.checkpoints.errors import AlreadyRevoked, BadCrossingId, NoSuchPass, NoSuchStation, ReasonNeeded
from dancu.checkpoints.reasons import Reason
from dancu.credentials import actions as credentials
from dancu.credentials import keyring
from dancu.isolation.lookups import arrivals_of
from dancu.matching.lookups import Outcome
from dancu.testing.at_once import at_once
from dancu.testing.officials import acting_as, make_official
from dancu.testing.travellers import add_an, commune, declare, journey, my_thuan


def cross(acting, station, pass_id, **changes):
    values = {"crossing_id": uuid7(), "direction": "in", "decision": "through"} | changes
    return actions.record_crossing(acting, pass_id=pass_id, station_id=station, **values)


def rows(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


def test_a_declaration_that_agrees_is_kept_under_the_person_it_names(an):
    declared = declare()
    assert declared.person_id == an
    assert declared.outcome is Outcome.CONFIRMED
    assert declared.expires_at - timezone.now() > dt.timedelta(hours=71)


def test_a_declaration_under_another_name_is_kept_apart_from_the_person_it_names(an):
    declared = declare(full_name="Lê Thị Hoa", sex=2)
    assert declared.outcome is Outcome.DISAGREES
    assert declared.person_id < 0


def test_a_number_that_the_register_does_not_know_still_gets_a_pass(country):
    declared = declare(number="079200007777")
    assert declared.outcome is Outcome.NOT_FOUND
    assert lookups.pass_in_full(declared.pass_id)["full_name"] == "Nguyễn Văn An"


def test_the_same_declaration_twice_gives_the_same_pass_whatever_it_says_then(an):
    declaration_id = uuid7()
    first = actions.declare(journey(), declaration_id)
    again = actions.declare(journey(destination_area=commune("Phường Hải Châu, Đà Nẵng")), declaration_id)
    assert again == first
    assert again.differs
    assert not actions.declare(journey(), declaration_id).differs
    assert rows("declaration") == rows("pass") == rows("arrival") == 1


@pytest.mark.django_db(transaction=True)
def test_one_declaration_sent_four_times_at_once_gives_one_pass(published_areas):
    keyring.forget()
    credentials.create_key("pass")
    add_an()
    declared, declaration_id = journey(), uuid7()
    answers = at_once(4, lambda: actions.declare(declared, declaration_id))
    assert len(set(answers)) == 1
    assert rows("declaration") == rows("pass") == rows("arrival") == 1


def test_an_officer_who_keys_in_a_declaration_is_on_the_record(an, acting):
    declared = actions.declare(journey(declared_by="officer"), uuid7(), acting)
    assert lookups.pass_in_full(declared.pass_id)["official_id"] == acting.official_id
    assert audit.of_person(an)[0].action == "declaration.keyed_in"


def test_both_communes_expect_the_traveller_and_learn_that_he_passed(an, acting, station):
    declared = declare()
    assert arrivals_of(an)[0]["state"] == "declared"
    cross(acting, station, declared.pass_id, plate="51f 999.99")
    arrival = arrivals_of(an)[0]
    assert (arrival["state"], arrival["station_id"], arrival["plate"]) == ("on_the_way", station, "51F-99999")


@pytest.mark.parametrize(("decision", "state"), [("secondary", "held"), ("back", "turned_back")])
def test_the_communes_learn_that_a_traveller_was_stopped(an, acting, station, decision, state):
    declared = declare()
    cross(acting, station, declared.pass_id, decision=decision, reason=Reason(written="Sốt 38,5 độ"))
    assert arrivals_of(an)[0]["state"] == state


def test_a_crossing_keeps_station_officer_direction_vehicle_and_time(an, acting, station):
    declared = declare()
    crossing_id = uuid7()
    assert cross(acting, station, declared.pass_id, crossing_id=crossing_id, direction="out")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT station_id, official_id, direction, vehicle, plate, decision, crossed_at FROM crossing"
        )
        *kept, crossed_at = cursor.fetchone()
    assert kept == [station, acting.official_id, "out", "motorbike", "59X1-12345", "through"]
    assert crossed_at == dt.datetime.fromtimestamp((crossing_id.int >> 80) / 1000, dt.UTC)


def test_a_crossing_recorded_twice_is_one(an, acting, station):
    declared, crossing_id = declare(), uuid7()
    assert cross(acting, station, declared.pass_id, crossing_id=crossing_id)
    assert not cross(acting, station, declared.pass_id, crossing_id=crossing_id)
    assert rows("crossing") == 1


@pytest.mark.django_db(transaction=True)
def test_a_crossing_pressed_four_times_at_once_is_one(published_areas):
    keyring.forget()
    credentials.create_key("pass")
    add_an()
    station, declared, crossing_id = my_thuan(), declare(), uuid7()
    acting = acting_as(make_official("binh", "checkpoint_officer"))
    answers = at_once(4, lambda: cross(acting, station, declared.pass_id, crossing_id=crossing_id))
    assert sorted(answers) == [False, False, False, True]
    assert rows("crossing") == 1


@pytest.mark.parametrize("decision", ["secondary", "back"])
def test_nobody_is_stopped_without_a_reason(an, acting, station, decision):
    declared = declare()
    with pytest.raises(ReasonNeeded):
        cross(acting, station, declared.pass_id, decision=decision, reason=Reason(written="   "))
    assert rows("crossing") == 0


def test_there_is_no_crossing_without_a_pass(acting, station):
    with pytest.raises(NoSuchPass):
        cross(acting, station, 12345)


@pytest.mark.parametrize(
    "crossing_id",
    [uuid4(), UUID(int=(7 << 76) | (2 << 62)), UUID(int=(1 << 127) | (7 << 76) | (2 << 62))],
    ids=["without a time", "from 1970", "from the year 6000"],
)
def test_a_crossing_id_carries_a_time_that_makes_sense(an, acting, station, crossing_id):
    declared = declare()
    with pytest.raises(BadCrossingId):
        cross(acting, station, declared.pass_id, crossing_id=crossing_id)


def test_a_revoked_pass_tells_when_and_why(an, acting, station):
    declared = declare()
    actions.revoke_pass(declared.pass_id, "Ảnh chụp mã của người khác", acting)
    examined = lookups.examine(acting, station, text=declared.qr_text)
    assert examined.status == "revoked"
    assert examined.declaration["revoked_reason"] == "Ảnh chụp mã của người khác"
    assert examined.declaration["revoked_at"]
    assert arrivals_of(an)[0]["state"] == "withdrawn"
    with pytest.raises(AlreadyRevoked):
        actions.revoke_pass(declared.pass_id, "again", acting)


def test_a_pass_that_does_not_exist_cannot_be_revoked(acting, station):
    with pytest.raises(NoSuchPass):
        actions.revoke_pass(12345, "lost", acting)


def test_a_station_of_the_same_name_takes_the_new_particulars(country):
    first = my_thuan()
    assert (
        actions.open_station("Cầu Mỹ Thuận", commune("Phường Tân Ngãi, Vĩnh Long"), 10.27, 105.91, "CT01")
        == first
    )
    assert lookups.station(first)["road"] == "CT01"


def test_a_closed_station_is_offered_no_more_and_opens_again(acting, station):
    actions.close_station(station)
    assert lookups.stations(acting) == []
    with pytest.raises(NoSuchStation):
        actions.close_station(station)
    assert my_thuan() == station
    assert [row["station_id"] for row in lookups.stations(acting)] == [station]
