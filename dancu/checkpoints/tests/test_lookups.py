import datetime as dt
import unicodedata

import pytest
from django.db import connection
from django.utils import timezone
from uuid_utils.compat import uuid7

from dancu.areas import lookups as areas
from dancu.audit import lookups as audit
from dancu.checkpoints import actions, lookups, passes
from dancu.checkpoints.codes import new_pass_id
from dancu.checkpoints.errors import NoSuchPass, NoSuchStation
from dancu.checkpoints.reasons import Reason
from dancu.credentials import actions as credentials
from dancu.isolation import actions as isolation
from dancu.matching.lookups import PartialDate
from dancu.testing.officials import acting_as, make_official
from dancu.testing.travellers import commune, declare, journey


def cross(acting, station, pass_id, **changes):
    values = {"crossing_id": uuid7(), "direction": "in", "decision": "through"} | changes
    return actions.record_crossing(acting, pass_id=pass_id, station_id=station, **values)


def move_time_on(table: str, column: str, hours: float) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = {column} - make_interval(hours => 1) * %s", [hours])


def test_a_declaration_whose_pass_is_gone_has_none(an, monkeypatch):
    declared = declare()
    assert lookups.pass_of_declaration(declared.declaration_id)["pass_id"] == declared.pass_id
    monkeypatch.setattr(lookups, "pass_in_full", lambda _pass_id: None)
    with pytest.raises(NoSuchPass):
        lookups.pass_of_declaration(declared.declaration_id)


def test_a_good_code_is_green_and_says_who_and_where(an, acting, station):
    declared = declare()
    examined = lookups.examine(acting, station, text=declared.qr_text)
    assert (examined.status, examined.colour, examined.checks) == ("valid", "green", [])
    assert examined.person["full_name"] == "Nguyễn Văn An"
    assert examined.destination.name == "Phường Ninh Kiều"
    assert examined.code == lookups.pass_code(declared.pass_id)


def test_a_typed_code_is_as_good_but_nobody_has_seen_a_signature(an, acting, station):
    examined = lookups.examine(acting, station, pass_id=declare().pass_id)
    assert (examined.status, examined.colour, examined.checks) == ("valid", "green", ["code_only"])


def test_an_examination_is_written_to_the_audit_of_the_person(an, acting, station):
    lookups.examine(acting, station, text=declare().qr_text)
    assert audit.of_person(an)[0].action == "pass.examined"


def test_differences_are_amber(an, acting, station):
    examined = lookups.examine(acting, station, text=declare(full_name="Nguyen Văn An").qr_text)
    assert (examined.status, examined.colour, examined.checks) == ("valid", "amber", ["outcome_differences"])
    assert examined.levels["name"] == "marks"


def test_another_persons_number_is_red_and_shows_whose_it_is(an, acting, station):
    examined = lookups.examine(acting, station, text=declare(full_name="Lê Thị Hoa", sex=2).qr_text)
    assert (examined.status, examined.colour, examined.checks) == ("valid", "red", ["outcome_disagrees"])
    assert examined.person["person_id"] == an
    assert examined.declaration["full_name"] == "Lê Thị Hoa"


@pytest.mark.parametrize(
    ("changes", "colour", "checks"),
    [
        ({"number": "079200007777"}, "amber", ["outcome_not_found"]),
        ({"number_kind": "none", "number": ""}, "amber", ["outcome_unreadable"]),
        ({"symptoms": ("fever", "cough")}, "amber", ["symptoms"]),
        ({"contact": True}, "amber", ["contact"]),
        ({"test_kind": "pcr", "test_result": "positive"}, "red", ["positive"]),
        ({"test_kind": "pcr", "test_result": "negative"}, "green", []),
    ],
)
def test_what_to_look_at_follows_from_what_was_declared(an, acting, station, changes, colour, checks):
    is_ill = checks[:1] in (["symptoms"], ["contact"], ["positive"])  # whom only an officer gives a pass
    examined = lookups.examine(acting, station, text=declare(acting if is_ill else None, **changes).qr_text)
    assert (examined.status, examined.colour, examined.checks) == ("valid", colour, checks)


def test_an_expired_code_is_red_and_still_says_whose_it_is(an, acting, station, monkeypatch):
    monkeypatch.setattr(
        "dancu.checkpoints.declaring.timezone.now", lambda: dt.datetime.now(dt.UTC) - dt.timedelta(days=4)
    )
    declared = declare()
    monkeypatch.undo()
    examined = lookups.examine(acting, station, text=declared.qr_text)
    assert (examined.status, examined.colour) == ("expired", "red")
    assert examined.facts.expires_at < timezone.now()
    assert examined.person["person_id"] == an
    assert lookups.examine(acting, station, pass_id=declared.pass_id).status == "expired"


def test_a_code_from_the_future_does_not_count_yet(an, acting, station):
    text = passes.seal(new_pass_id(), journey(), True, timezone.now() + dt.timedelta(days=1))
    assert (
        lookups.examine(acting, station, text=text).status == "unknown_pass"
    )  # it counts for nothing here, whenever it is shown
    declared = declare()
    later = passes.seal(declared.pass_id, journey(), True, timezone.now() + dt.timedelta(days=1))
    assert lookups.examine(acting, station, text=later).status == "not_yet_valid"


def test_an_altered_code_is_a_forgery_and_shows_nothing(an, acting, station):
    body = list(declare().qr_text)
    place = len(body) - 5
    body[place] = "0" if body[place] != "0" else "1"
    examined = lookups.examine(acting, station, text="".join(body))
    assert (examined.status, examined.colour, examined.declaration, examined.person) == (
        "altered",
        "red",
        None,
        None,
    )


def test_a_code_of_another_system_is_not_ours(an, acting, station):
    text = declare().qr_text
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM signing_key")
    credentials.create_key("pass")
    assert lookups.examine(acting, station, text=text).status == "unknown_key"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "DC1:",
        "DC1:nonsense",
        "HC1:6BF+70790T9WJWG.FKY*4GO0.O1CV2 O5 "
        "N2FBBRW1*70HS8WY04AC*WIFN0AHCD8KD97TK0F90KECTHGWJC0FDC:5AIA%G7X+AQB9746HS80:54IBQF60R6$A80X6S1BTYACG6M+9XG8KIAWNA91AY%67092L4WJCT3EHS8XJC +DXJCCWENF6OF63W5NW6WF6%JC QE/IAYJC5LEW34U3ET7DXC9 QE-ED8%E.JCBECB1A-:8$96646AL60A60S6Q$D.UDRYA 96NF6L/5QW6307KQEPD09WEQDD+Q6TW6FA7C466KCN9E%961A6DL6FA7D46JPCT3E5JDLA7$Q6E464W5TG6..DX%DZJC6/DTZ9 QE5$CB$DA/D JC1/D3Z8WED1ECW.CCWE.Y92OAGY8MY9L+9MPCG/D5 C5IA5N9$PC5$CUZCY$5Y$527B",
        "https://example.org/pass",
    ],
)
def test_anything_else_is_unreadable(acting, station, text):
    assert lookups.examine(acting, station, text=text).status == "unreadable"


def test_a_code_shown_too_far_away_too_soon_was_used_elsewhere(an, acting, station, far_station):
    declared = declare()
    cross(acting, far_station, declared.pass_id)
    examined = lookups.examine(acting, station, text=declared.qr_text)
    assert (examined.status, examined.colour) == ("used_elsewhere", "red")
    assert examined.elsewhere["station"] == "Hầm Hải Vân"
    assert 650 < examined.elsewhere["km"] < 720


def test_a_code_shown_after_as_long_as_the_road_takes_is_good(an, acting, station, far_station):
    declared = declare()
    cross(acting, far_station, declared.pass_id)
    move_time_on("crossing", "crossed_at", 9)
    assert lookups.examine(acting, station, text=declared.qr_text).status == "valid"


def test_two_stations_at_the_two_ends_of_a_bridge_are_one_place(an, acting, station):
    other_end = actions.open_station(
        "Cầu Mỹ Thuận, bờ Bắc", commune("Phường Tân Ngãi, Vĩnh Long"), 10.2800, 105.9060
    )
    declared = declare()
    cross(acting, other_end, declared.pass_id)
    assert lookups.examine(acting, station, text=declared.qr_text).status == "valid"


def test_a_journey_that_its_commune_has_met_is_over(an, acting, station):
    declared = declare()
    cross(acting, station, declared.pass_id)
    chi = acting_as(make_official("chi", "commune_officer"))
    isolation.meet(chi, declared.declaration_id)
    assert lookups.examine(acting, station, text=declared.qr_text).status == "completed"


def test_a_pass_recorded_here_just_now_is_said_to_be(an, acting, station):
    declared = declare()
    assert lookups.examine(acting, station, text=declared.qr_text).last_here is None
    cross(acting, station, declared.pass_id)
    assert lookups.examine(acting, station, text=declared.qr_text).last_here["decision"] == "through"
    move_time_on("crossing", "crossed_at", 0.5)
    assert lookups.examine(acting, station, text=declared.qr_text).last_here is None


def test_an_officer_is_offered_the_stations_of_the_jurisdiction(station, far_station):
    names = {
        kind: [
            s["name"]
            for s in lookups.stations(acting_as(make_official(kind, "checkpoint_officer", kind, where)))
        ]
        for kind, where in (
            ("nation", 0),
            ("station", station),
            ("area", areas.get(commune("Phường Hải Vân, Đà Nẵng")).province_id),
        )
    }
    assert names == {
        "nation": ["Cầu Mỹ Thuận", "Hầm Hải Vân"],
        "station": ["Cầu Mỹ Thuận"],
        "area": ["Hầm Hải Vân"],
    }


def test_a_station_outside_the_jurisdiction_cannot_be_taken(station, far_station):
    binh = acting_as(make_official("binh", "checkpoint_officer", "station", station))
    assert lookups.my_station(binh, station)["name"] == "Cầu Mỹ Thuận"
    with pytest.raises(NoSuchStation):
        lookups.my_station(binh, far_station)


def test_the_stations_day_is_counted(an, acting, station):
    declared = declare()
    cross(acting, station, declared.pass_id)
    cross(
        acting, station, declared.pass_id, decision="back", reason=Reason(written="Không có giấy xét nghiệm")
    )
    assert lookups.station_counts(station) == {
        "through": 0,
        "secondary": 0,
        "back": 1,
    }  # one person, as decided last


@pytest.mark.parametrize(
    "written", ["Tran Thi Đao", "TRẦN THỊ ĐÀO", "tran thi dao", unicodedata.normalize("NFD", "Trần Thị Đào")]
)
def test_whom_the_register_does_not_know_is_one_however_the_name_is_written(acting, station, written):
    nobody = {"number": "", "number_kind": "none", "sex": 2, "phone": ""}
    held, through = (declare(acting, full_name=name, **nobody) for name in ("Trần Thị Đào", written))
    cross(acting, station, held.pass_id, decision="secondary", reason=Reason("no_paper"))
    cross(acting, station, through.pass_id, decision="through", reason=Reason("papers"))
    assert lookups.station_counts(station) == {"through": 1, "secondary": 0, "back": 0}
    other = declare(acting, full_name="Trần Thị Đạo", **nobody | {"sex": 2}, birth=PartialDate(1999, 1, 1))
    cross(acting, station, other.pass_id)
    assert lookups.station_counts(station) == {"through": 2, "secondary": 0, "back": 0}


def test_what_an_officer_did_last_is_listed_and_the_reading_is_on_the_record(an, acting, station):
    cross(acting, station, declare().pass_id)
    assert [row["full_name"] for row in lookups.recent_crossings(acting, station)] == ["Nguyễn Văn An"]
    assert audit.of_person(an)[0].action == "crossings.own_list"
