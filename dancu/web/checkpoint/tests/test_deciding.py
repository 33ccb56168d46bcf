from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from uuid_utils.compat import uuid7

from dancu.audit import lookups as audit
from dancu.checkpoints import lookups
from dancu.checkpoints.codes import pass_code
from dancu.checkpoints.reasons import Reason
from dancu.credentials import actions as credentials
from dancu.testing.at_the_station import cross
from dancu.testing.officials import make_official, signed_in
from dancu.testing.travellers import add_an, declare, my_thuan
from dancu.web.checkpoint.tests.pages import HTMX, banner, decide, field, scan, words


def crossings() -> list[dict]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT decision, reason, reason_code, about, direction, plate, station_id, official_id, "
            "vehicle FROM crossing ORDER BY crossed_at, received_at"
        )
        return [
            dict(zip([column[0] for column in cursor.description], row, strict=True))
            for row in cursor.fetchall()
        ]


def test_letting_through_is_one_press_and_said_in_a_line(an, desk, binh, station):
    done = decide(desk, scan(desk, declare().qr_text), "through")
    assert "Nguyễn Văn An : let through," in words(done)
    assert "1 through · 0 held · 0 turned back" in words(done)
    assert crossings() == [
        {
            "decision": "through",
            "reason": "",
            "reason_code": "",
            "about": "",
            "direction": "in",
            "plate": "59X1-12345",
            "station_id": station,
            "official_id": binh.pk,
            "vehicle": "motorbike",
        }
    ]
    assert audit.of_person(an)[0].action == "crossing.through"


def test_the_desk_is_ready_for_the_next_at_once(an, desk):
    shown = scan(desk, declare().qr_text)
    sent = {name: field(shown, name) for name in ("code", "crossing_id")} | {"decision": "through"}
    done = desk.post("/checkpoint/decide/", sent, headers=HTMX)
    assert "Nguyễn Văn An : let through," in words(done)
    assert 'id="id_text"' in done.content.decode()
    assert "data-scan-auto" in done.content.decode()


def test_pressed_twice_is_recorded_once(an, desk):
    shown = scan(desk, declare().qr_text)
    first, second = decide(desk, shown, "through"), decide(desk, shown, "through")
    assert "Nguyễn Văn An : let through," in words(first)
    assert "Nguyễn Văn An : let through," in words(second)
    assert len(crossings()) == 1


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_same_moment_are_recorded_once(published_areas):
    credentials.create_key("pass")
    add_an()
    station, declared, binh = my_thuan(), declare(), make_official("binh", "checkpoint_officer")
    desks = [signed_in(Client(), binh) for _ in range(2)]
    for desk in desks:
        desk.post("/checkpoint/stations/", {"station": station, "direction": "in"})
    sent = {"code": pass_code(declared.pass_id), "crossing_id": str(uuid7()), "decision": "through"}
    ready = Barrier(2)

    def press(desk: Client) -> int:
        try:
            connection.ensure_connection()
            ready.wait(20)
            return desk.post("/checkpoint/decide/", sent).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(press, desks)) == [302, 302]
    assert len(crossings()) == 1


@pytest.mark.parametrize(
    ("decision", "asked", "code"),
    [
        ("secondary", "Hold for a check: what is the reason?", "fever"),
        ("back", "Turn back: what is the reason?", "not_permitted"),
    ],
)
def test_holding_and_turning_back_ask_for_a_reason_and_record_nothing_before(an, desk, decision, asked, code):
    shown = scan(desk, declare().qr_text)
    question = decide(desk, shown, decision)
    assert asked in words(question)
    assert crossings() == []
    done = decide(desk, question, decision, reason=code, asked="1")
    assert "Nguyễn Văn An : " in words(done)
    assert [(row["decision"], row["reason_code"]) for row in crossings()] == [(decision, code)]


def test_a_reason_may_be_written(an, desk):
    question = decide(desk, scan(desk, declare().qr_text), "secondary")
    decide(desk, question, "secondary", other_reason="Xe chở quá số người", about="none", asked="1")
    assert crossings()[0]["reason"] == "Xe chở quá số người"


@pytest.mark.parametrize("more", [{}, {"about": ""}, {"reason": "no_test"}], ids=str)
def test_of_written_words_it_is_said_whether_they_are_of_an_illness(an, desk, more):
    question = decide(desk, scan(desk, declare().qr_text), "secondary")
    told = {"other_reason": "Test nhanh 2 vạch", "asked": "1"} | more
    asked = decide(desk, question, "secondary", **told)
    assert (asked.status_code, field(asked, "other_reason")) == (422, "Test nhanh 2 vạch")
    assert "Say whether what you wrote is about an illness" in words(asked)
    assert crossings() == []
    decide(desk, asked, "secondary", **told | {"about": "positive"})
    assert (crossings()[0]["reason"], crossings()[0]["about"]) == ("Test nhanh 2 vạch", "positive")
    assert banner(scan(desk, declare().qr_text)) == ("stop", "Tested positive before")


def test_of_a_doubt_about_papers_nothing_is_asked_of_the_words(an, desk, acting, station):
    declared = declare()
    cross(acting, station, declared, "secondary", Reason("no_paper"))
    question = decide(desk, scan(desk, declared.qr_text), "override")
    assert 'name="about"' not in question.content.decode()
    decide(desk, question, "override", other_reason="Người nhà mang thẻ tới", asked="1")
    assert [row["decision"] for row in crossings()] == ["secondary", "through"]


FOUND = "Say whether you found them well. Only that clears an illness."
EMERGENCY = "Đưa đi cấp cứu"


@pytest.mark.parametrize(
    ("press", "cleared", "recorded"),
    [
        ({"reason": "well"}, True, ("well", "")),
        ({"reason": "negative"}, True, ("negative", "")),
        ({"about": "no_finding"}, False, ("", "no_finding")),
    ],
    ids=str,
)
def test_words_with_which_one_who_was_ill_is_let_through_are_recorded_as_what_was_found(
    an, desk, acting, station, press, cleared, recorded
):
    declared = declare()
    cross(acting, station, declared, "secondary", Reason("fever"))
    question = decide(desk, scan(desk, declared.qr_text), "override")
    assert "Does not clear an illness" in words(question)
    told = {"other_reason": "Đo lại rồi", "asked": "1"}
    asked = decide(desk, question, "override", **told)
    assert (asked.status_code, field(asked, "other_reason")) == (422, "Đo lại rồi")
    assert FOUND in words(asked)
    assert [row["decision"] for row in crossings()] == ["secondary"]
    done = decide(desk, asked, "override", **told | press)
    assert ("Not cleared." not in words(done)) == cleared
    last = crossings()[-1]
    assert (last["reason_code"], last["about"], last["reason"]) == (*recorded, "Đo lại rồi")
    assert ("Held before" not in words(scan(desk, declared.qr_text))) == cleared


def test_of_a_positive_test_no_thermometer_is_offered_and_the_words_say_what_clears_it(
    an, desk, acting, station
):
    declared = declare()
    cross(acting, station, declared, "secondary", Reason("positive"))
    question = decide(desk, scan(desk, declared.qr_text), "override")
    assert "No fever or symptoms now" not in words(question)
    asked = decide(desk, question, "override", other_reason="Đo lại rồi", asked="1")
    assert "Say whether they tested negative. Only a negative test clears" in words(asked)
    assert FOUND not in words(asked)
    done = decide(desk, asked, "override", other_reason="Test lại", reason="negative", asked="1")
    assert "Not cleared." not in words(done)


@pytest.mark.parametrize("decision", ["secondary", "back", "override"])
def test_the_page_stands_where_the_press_is_asked_for(an, desk, acting, station, decision):
    declared = declare()
    cross(acting, station, declared, "secondary", Reason("fever"))
    question = decide(desk, scan(desk, declared.qr_text), decision)
    sent = {name: field(question, name) for name in ("code", "crossing_id")}
    sent |= {"decision": decision, "other_reason": "x", "asked": "1"}
    piece = desk.post("/checkpoint/decide/", sent, headers=HTMX)
    assert (piece.status_code, piece["HX-Reswap"]) == (422, "innerHTML show:#asked:top")
    for answer in (piece, desk.post("/checkpoint/decide/", sent)):
        page = answer.content.decode()
        assert page.count('id="asked"') == page.count("autofocus") == page.count("data-desk-asked") == 1
    assert "HX-Reswap" not in desk.post("/checkpoint/decide/", sent | {"other_reason": ""}, headers=HTMX)


def test_what_an_illness_that_is_stopped_is_of_is_no_finding(an, desk, acting, station):
    declared = declare()
    cross(acting, station, declared, "secondary", Reason("fever"))
    question = decide(desk, scan(desk, declared.qr_text), "override")
    asked = decide(desk, question, "override", other_reason="x", about="none", asked="1")
    assert (asked.status_code, FOUND in words(asked)) == (422, True)


def test_who_is_keyed_in_and_declares_to_be_ill_is_asked_it_too(an, desk, acting, station):
    ill = declare(acting, symptoms=["fever"])
    question = decide(desk, scan(desk, ill.qr_text), "through")
    assert "Does not clear an illness" in words(question)
    assert FOUND in words(decide(desk, question, "override", other_reason=EMERGENCY, asked="1"))
    decide(desk, question, "override", other_reason=EMERGENCY, about="no_finding", asked="1")
    assert "Does not clear an illness" in words(decide(desk, scan(desk, ill.qr_text), "through"))


def test_a_correction_to_let_through_asks_it_too(an, desk, acting, station):
    declared = declare()
    cross(acting, station, declared, "secondary", Reason("fever"))
    shown = scan(desk, declared.qr_text)
    decide(desk, shown, "override", reason="well", asked="1")
    page = f"/checkpoint/recent/{field(shown, 'crossing_id')}/"
    assert "Does not clear an illness" in words(desk.get(page))
    sent = {"decision": "through", "other_reason": EMERGENCY}
    asked = desk.post(page, sent)
    assert (asked.status_code, EMERGENCY in asked.content.decode()) == (422, True)
    assert FOUND in words(asked)
    desk.post(page, sent | {"about": "no_finding"})
    assert "Held before" in words(scan(desk, declared.qr_text))
    assert f"{EMERGENCY} [does not clear an illness]" in words(desk.get("/checkpoint/recent/"))


def test_of_a_doubt_about_papers_a_correction_in_words_asks_nothing(an, desk):
    shown = scan(desk, declare().qr_text)
    decide(desk, shown, "secondary", reason="no_paper", asked="1")
    page = f"/checkpoint/recent/{field(shown, 'crossing_id')}/"
    assert "Does not clear an illness" not in words(desk.get(page))
    desk.post(page, {"decision": "through", "other_reason": "Người nhà mang thẻ tới"})
    assert crossings()[-1]["decision"] == "through"


def test_a_correction_in_words_says_it_too(an, desk):
    shown = scan(desk, declare().qr_text)
    decide(desk, shown, "secondary", reason="no_test", asked="1")
    page = f"/checkpoint/recent/{field(shown, 'crossing_id')}/"
    asked = desk.post(page, {"decision": "back", "other_reason": "que lên vạch"})
    assert (asked.status_code, "que lên vạch" in asked.content.decode()) == (422, True)
    done = desk.post(
        page, {"decision": "back", "other_reason": "que lên vạch", "about": "positive"}, follow=True
    )
    assert "Corrected: Nguyễn Văn An." in words(done)
    assert [(row["decision"], row["about"]) for row in crossings()[-1:]] == [("back", "positive")]


def test_no_reason_is_no_reason(an, desk):
    question = decide(desk, scan(desk, declare().qr_text), "back")
    refused = decide(desk, question, "back", other_reason="   ", asked="1")
    assert refused.status_code == 422
    assert "Choose or write the reason for this decision." in words(refused)
    assert crossings() == []


def test_a_red_verdict_is_let_through_only_for_a_reason(an, desk):
    shown = scan(desk, declare(full_name="Lê Thị Hoa", sex=2).qr_text)
    assert 'name="decision" value="through"' not in shown.content.decode()
    question = decide(desk, shown, "override")
    assert "Let through: what is the reason?" in words(question)
    assert crossings() == []
    decide(desk, question, "override", reason="emergency", asked="1")
    assert [(row["decision"], row["reason_code"]) for row in crossings()] == [("through", "emergency")]


def test_a_plate_is_corrected_with_the_decision(an, desk):
    decide(desk, scan(desk, declare().qr_text), "through", plate="51f 999.99")
    assert crossings()[0]["plate"] == "51F-99999"


def test_the_plate_goes_along_where_a_reason_is_asked_for(an, desk):
    question = decide(desk, scan(desk, declare().qr_text), "back", plate="51F-999.99")
    assert field(question, "plate") == "51F-999.99"


def test_the_lane_turned_while_a_result_is_on_the_desk_counts(an, desk):
    shown = scan(desk, declare().qr_text)
    desk.post("/checkpoint/direction/", {"direction": "out"}, headers=HTMX)
    decide(desk, shown, "through")
    assert crossings()[0]["direction"] == "out"


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"code": "7K3M", "crossing_id": str(uuid7()), "decision": "through"},
        {"code": pass_code(1234567890123), "crossing_id": str(uuid7()), "decision": "through"},
        {"code": pass_code(1234567890123), "crossing_id": "1", "decision": "through"},
        {"code": pass_code(1234567890123), "crossing_id": str(uuid7()), "decision": "fly"},
    ],
)
def test_a_damaged_form_records_nothing_and_says_what_to_do(desk, sent):
    answer = desk.post("/checkpoint/decide/", sent)
    assert answer.status_code == 422
    assert crossings() == []


@pytest.mark.parametrize("decision", ["through", "override", "secondary", "back"])
@pytest.mark.parametrize("asked", [{}, {"asked": "1", "reason": "no_test"}])
def test_of_a_code_that_no_pass_has_nothing_is_asked(desk, decision, asked):
    sent = {"code": pass_code(1234567890123), "crossing_id": str(uuid7()), "decision": decision} | asked
    answer = desk.post("/checkpoint/decide/", sent)
    assert answer.status_code == 422
    assert "There is no pass with this code." in words(answer)
    assert "what is the reason?" not in words(answer)


def test_a_crossing_at_a_station_of_the_jurisdiction_only(an, station, far_station, client):
    officer = make_official("bao", "checkpoint_officer", "station", far_station)
    signed_in(client, officer)
    refused = client.post("/checkpoint/stations/", {"station": station, "direction": "in"})
    assert refused.status_code == 403
    answer = client.post(
        "/checkpoint/decide/",
        {"code": pass_code(declare().pass_id), "crossing_id": str(uuid7()), "decision": "through"},
    )
    assert answer.headers["Location"] == "/checkpoint/"
    assert [row["station_id"] for row in crossings()] == [far_station]


def test_the_officer_finds_the_crossing_among_the_last(an, desk, acting, station):
    decide(desk, scan(desk, declare().qr_text), "through")
    assert [row["full_name"] for row in lookups.recent_crossings(acting, station)] == ["Nguyễn Văn An"]


@pytest.mark.parametrize(
    "until",
    [
        "2026-02-30T10:00:00",
        "2026-13-01T00:00",
        "0001-01-01T00:00",
        "9999-12-31T23:59:59-14:00",
        "\0",
        "yesterday",
    ],
)
def test_a_moment_that_never_is_leads_to_the_last_crossings(an, desk, until):
    decide(desk, scan(desk, declare().qr_text), "through")
    page = desk.get("/checkpoint/recent/", {"until": until})
    assert page.status_code == 200
    assert "Nguyễn Văn An" in words(page)
