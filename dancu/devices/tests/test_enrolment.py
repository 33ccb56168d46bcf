"""How a device comes to a place, and who may say that it is that device."""

import datetime as dt
from uuid import UUID

import pytest
from django.utils import timezone

from dancu.devices import actions, lookups
from dancu.devices.enrolment import CODE_LASTS
from dancu.devices.errors import AlreadyCutOff, CutOff, NameTaken, NoName, NoSuchPlace, ShiftElsewhere
from dancu.devices.values import Place, code_as_typed, hash_of
from dancu.testing.database import rows
from dancu.testing.devices import Telephone, enrolled, shift_of
from dancu.testing.travellers import hai_van

pytestmark = pytest.mark.usefixtures("country")


def code(acting, station, name="Telephone 3") -> str:
    return actions.make_code(acting, Place("station", station), name)


def test_a_code_makes_a_device_of_its_place(acting, station):
    answer = Telephone().enrol(code(acting, station))
    told = answer.json()
    assert (answer.status_code, told["name"], told["place"]["kind"], told["place"]["id"]) == (
        200,
        "Telephone 3",
        "station",
        station,
    )


def test_a_code_whose_answer_was_lost_gives_the_same_device_again(acting, station):
    made, telephone = code(acting, station), Telephone()
    first, again = telephone.enrol(made), telephone.enrol(made.lower().replace("-", " "))
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json()["device_id"] == again.json()["device_id"]


def test_a_code_that_was_used_makes_no_second_device(acting, station):
    made = code(acting, station)
    Telephone().enrol(made)
    answer = Telephone().enrol(made)
    assert (answer.status_code, answer.json()["code"]) == (404, "no-such-code")


def test_a_code_that_is_too_old_makes_no_device(acting, station):
    made = code(acting, station)
    rows("UPDATE enrolment_code SET until = until - %s", CODE_LASTS + dt.timedelta(minutes=5))
    assert Telephone().enrol(made).json()["code"] == "no-such-code"


def test_codes_cannot_be_tried_out(acting, station):
    answers = [Telephone().enrol("0000-0000") for _ in range(11)]
    assert [answer.status_code for answer in answers] == [404] * 10 + [429]
    assert Telephone().enrol(code(acting, station)).status_code == 429


def test_a_stations_devices_can_be_enrolled_one_after_another_from_one_address(acting, station):
    answers = [Telephone().enrol(code(acting, station, f"Telephone {nth}")) for nth in range(12)]
    assert {answer.status_code for answer in answers} == {200}


def test_two_devices_of_a_place_have_two_names(acting, station):
    Telephone().enrol(code(acting, station))
    for name in ("Telephone 3", "  telephone  3 "):
        with pytest.raises(NameTaken):
            code(acting, station, name)
    assert Telephone().enrol(code(acting, station, "Telephone 4")).status_code == 200
    assert Telephone().enrol(code(acting, hai_van())).status_code == 200, "at another place"
    for there in lookups.devices(acting):
        actions.cut_off(acting, there.device["device_id"])
    assert Telephone().enrol(code(acting, station)).status_code == 200, "the one before was cut off"


def test_of_two_codes_for_one_name_the_first_counts_no_more(acting, station):
    first, second = code(acting, station), code(acting, station)
    assert Telephone().enrol(first).json()["code"] == "no-such-code"
    assert Telephone().enrol(second).status_code == 200


def test_devices_of_the_past_are_listed_apart_unless_somebody_has_to_look_at_them(acting, station):
    for name, words in (
        ("silent", "lease_until = now() - interval '40 days'"),
        ("lately", "lease_until = now() - interval '2 days'"),
        ("lost", "lease_until = now() - interval '1 hour', cut_off_at = now()"),
        ("still carries", "cut_off_at = now()"),
        ("wiped", "cut_off_at = now(), wiped_at = now()"),
    ):
        enrolled(acting, station, name)
        rows(f"UPDATE device SET {words} WHERE name = %s", name)

    def listed(past: bool | None) -> set[str]:
        found = {each.device["name"] for each in lookups.devices(acting, past=past)}
        assert len(found) == lookups.how_many(past)
        return found

    assert listed(False) == {"lately", "still carries"}
    assert listed(True) == {"silent", "lost", "wiped"}
    assert listed(None) == listed(False) | listed(True)
    rows(
        "INSERT INTO device_item (device_id, item_id, kind, counter, at, digest, outcome, code, payload) "
        "SELECT device_id, gen_random_uuid(), 'crossing', 1, now(), '\\x00', 'refused', '', '{}' "
        "FROM device WHERE name = 'wiped'"
    )
    assert "wiped" in listed(False)


@pytest.mark.parametrize(
    "key",
    [
        {},
        {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"},
        {"kty": "EC", "crv": "P-256", "x": "A" * 43, "y": "B" * 43},
        {"kty": "RSA", "n": "AQAB", "e": "AQAB"},
        {"kty": "EC", "crv": "P-256", "x": 1, "y": None},
    ],
    ids=["none", "short", "beside the curve", "another kind", "no texts"],
)
def test_what_is_no_key_of_the_curve_is_refused(acting, station, key, client):
    answer = client.post(
        "/api/devices/enrol",
        {"code": code(acting, station), "public_key": key},
        content_type="application/json",
    )
    assert (answer.status_code, answer.json()["code"]) in ((422, "bad-key"), (400, "bad-body"))


def test_a_device_has_a_name_and_a_place_that_there_is(acting, station):
    with pytest.raises(NoName):
        code(acting, station, " \0 ")
    with pytest.raises(NoSuchPlace):
        code(acting, station + 1000)


def test_codes_are_kept_as_hashes_alone(acting, station):
    made = code(acting, station)
    ((kept,),) = rows("SELECT code_hash FROM enrolment_code")
    assert bytes(kept) == hash_of(made)
    assert code_as_typed("ol1i-7k3m") == "01117K3M"


def test_whoever_has_not_the_key_is_not_the_device(telephone):
    other = Telephone()
    other.device_id = telephone.device_id
    answer = other.send()
    assert (answer.status_code, answer.json()["code"]) == (401, "not-this-device")


def test_a_signature_counts_for_its_own_body_and_address_alone(telephone, client):
    path, body = "/api/devices/sync", b'{"made": 0, "waiting": 0, "items": []}'
    header = {"Authorization": telephone.header("POST", path, body)}
    right, other_body, other_path = (
        client.generic(method, to, content, content_type="application/json", headers=header)
        for method, to, content in (
            ("POST", path, body),
            ("POST", path, body + b" "),
            ("GET", "/api/devices/bundle", b""),
        )
    )
    assert [right.status_code, other_body.status_code, other_path.status_code] == [200, 401, 401]


@pytest.mark.parametrize(
    "header", ["", "Bearer x", "Dancu-Device x:1:y", f"Dancu-Device {'0' * 36}:1:{'A' * 86}"]
)
def test_what_is_no_signature_is_refused_in_words(country, client, header):
    answer = client.post(
        "/api/devices/sync", b"{}", content_type="application/json", headers={"Authorization": header}
    )
    assert (answer.status_code, answer.json()["code"]) == (401, "not-this-device")


def test_a_clock_a_day_off_is_told_what_time_it_is(telephone):
    answer = telephone.send(ahead=86_400)
    assert (answer.status_code, answer.json()["code"]) == (401, "wrong-clock")
    assert answer["Dancu-Time"][:10] == timezone.now().date().isoformat()


def test_a_device_is_heard_in_the_list(telephone, acting):
    telephone.made = 7
    telephone.send(waiting=3, app="checkpoint/1", drift=-1200, oldest="2026-11-30T07:01:02.003Z")
    (there,) = lookups.devices(acting)
    told = there.device
    assert (told["waiting"], told["made"], told["app"], told["drift_ms"]) == (3, 7, "checkpoint/1", -1200)
    assert there.lost == 4


def test_a_shift_goes_on_where_its_page_is_opened_again(telephone, acting, station):
    assert shift_of(telephone, acting, station) == shift_of(telephone, acting, station)


def test_a_device_serves_at_its_own_place_alone(telephone, acting, station):
    other = hai_van()
    with pytest.raises(ShiftElsewhere):
        shift_of(telephone, acting, other)


def test_nobody_begins_a_shift_on_a_device_that_was_cut_off_nor_goes_on_with_one(telephone, acting, station):
    shift_of(telephone, acting, station)
    actions.cut_off(acting, UUID(telephone.device_id))
    with pytest.raises(CutOff):
        shift_of(telephone, acting, station)


def test_a_device_is_cut_off_once(telephone, acting):
    device_id = lookups.devices(acting)[0].device["device_id"]
    actions.cut_off(acting, device_id)
    with pytest.raises(AlreadyCutOff):
        actions.cut_off(acting, device_id)
    assert lookups.devices(acting)[0].state == "cut_off"


def test_a_device_that_was_cut_off_is_told_to_wipe_itself_and_gets_no_bundle(telephone, acting):
    actions.cut_off(acting, lookups.devices(acting)[0].device["device_id"])
    lease = lookups.devices(acting)[0].device["lease_until"]
    answer, bundle = telephone.send(), telephone.ask("GET", "/api/devices/bundle")
    assert answer.json()["wipe"] is True
    assert (bundle.status_code, bundle.json()["code"]) == (403, "cut-off")
    assert lookups.devices(acting)[0].device["lease_until"] == lease
    assert lookups.devices(acting)[0].state == "wiped"


def test_two_devices_of_one_place_have_keys_of_their_own(acting, station):
    one, two = enrolled(acting, station, "One"), enrolled(acting, station, "Two")
    two.device_id, one.device_id = one.device_id, two.device_id
    assert [one.send().status_code, two.send().status_code] == [401, 401]
