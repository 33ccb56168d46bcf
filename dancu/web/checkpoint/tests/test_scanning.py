import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from uuid_utils.compat import uuid7

from dancu.audit import lookups as audit
from dancu.checkpoints import actions
from dancu.checkpoints.codes import pass_code
from dancu.checkpoints.reasons import Reason
from dancu.credentials import actions as credentials
from dancu.credentials import qr
from dancu.isolation import actions as isolation
from dancu.matching.lookups import PartialDate
from dancu.testing.officials import acting_as, make_official
from dancu.testing.travellers import declare
from dancu.web.checkpoint.tests.pages import HTMX, banner, field, scan, words


def test_a_good_code_lets_through_and_says_who_from_where_to_where(an, desk):
    shown = scan(desk, declare().qr_text)
    assert banner(shown) == ("go", "Let through")
    for told in (
        "Nguyễn Văn An",
        "15/02/2000",
        "Male",
        "…1234",
        "Phường Bến Thành",
        "Phường Ninh Kiều",
        "Motorbike",
    ):
        assert told in words(shown)
    assert field(shown, "plate") == "59X1-12345"


def test_the_whole_number_is_on_no_result(an, desk):
    assert "079200001234" not in scan(desk, declare().qr_text).content.decode()


def test_the_verdict_is_there_in_vietnamese(an, desk):
    desk.cookies["language"] = "vi"
    shown = scan(desk, declare(full_name="Nguyen Văn An").qr_text)
    assert banner(shown) == ("check", "Kiểm tra")
    assert "Họ tên: khác dấu" in words(shown)


def test_differences_are_listed_with_what_was_declared_beside_what_the_register_holds(an, desk):
    shown = scan(desk, declare(birth=PartialDate(2000, 2, 16)).qr_text)
    assert banner(shown) == ("check", "Check")
    assert "Birth date: one digit differs" in words(shown)
    assert "Declared 16/02/2000 Register 15/02/2000" in words(shown)


def test_another_persons_number_stops_and_shows_both(an, desk):
    shown = scan(desk, declare(full_name="Lê Thị Hoa", sex=2).qr_text)
    assert banner(shown) == ("stop", "Stop")
    assert "Name: a different name" in words(shown)
    assert "Declared Lê Thị Hoa Register Nguyễn Văn An" in words(shown)
    assert "The number belongs to someone else" in words(shown)


@pytest.mark.parametrize(
    ("number", "why"),
    [("079200001243", "Number: two digits swapped"), ("079210001234", "Number: one wrong digit")],
)
def test_a_slip_in_the_number_is_found_and_the_officer_is_told_which(an, desk, number, why):
    shown = scan(desk, declare(number=number).qr_text)
    assert banner(shown) == ("check", "Check")
    assert why in words(shown)
    assert "found by name and birth date" in words(shown)
    assert "079200001234" not in shown.content.decode()


def test_a_slip_that_leads_to_one_who_is_dead_stops(an, desk):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE person SET status = 2, home_since = NULL")
    shown = scan(desk, declare(number="079200001243").qr_text)
    assert banner(shown) == ("stop", "Stop")
    assert "the holder of this number has died" in words(shown)


def test_a_number_the_register_does_not_know_is_to_be_checked(an, desk):
    shown = scan(desk, declare(number="079200007777").qr_text)
    assert banner(shown) == ("check", "Check")
    assert "This number is not in the register." in words(shown)


def test_a_declaration_without_a_number_is_to_be_checked(an, desk):
    shown = scan(desk, declare(number_kind="none", number="").qr_text)
    assert banner(shown) == ("check", "Check")
    assert "No number was declared." in words(shown)


def test_a_passport_is_told_to_be_compared_with_the_paper_and_never_called_no_number(an, desk):
    shown = scan(
        desk,
        declare(number_kind="passport", number="C1234567", full_name="John Smith", nationality="USA").qr_text,
    )
    assert banner(shown) == ("check", "Check")
    for told in (
        "…4567",
        "Passport numbers are not in the register. Check the passport itself.",
        "with the passport.",
    ):
        assert told in words(shown)
    assert "No number" not in words(shown)


def test_what_differs_from_somebody_who_is_not_shown_is_not_told(an, desk):
    shown = scan(desk, declare(number_kind="none", number="", full_name="Nguyễn Văn Anh").qr_text)
    assert "No number was declared." in words(shown)
    for told in ("Name:", "differ", "Register –"):
        assert told not in words(shown)


def test_symptoms_contact_and_a_positive_test_are_said_in_words(an, desk, acting):
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    shown = scan(
        desk,
        declare(
            acting,
            symptoms=("fever", "cough"),
            contact=True,
            test_kind="pcr",
            test_result="positive",
            tested_on=yesterday,
        ).qr_text,
    )
    assert banner(shown) == ("stop", "Stop")
    for told in (
        "Symptoms: fever, cough",
        "Has been in contact with a case",
        f"Positive test: PCR test, {yesterday:%d/%m/%Y}",
        "Call the health station",
    ):
        assert told in words(shown)


def test_companions_are_counted(an, desk):
    assert "2 others are travelling too. Each needs their own pass." in words(
        scan(desk, declare(companions=2).qr_text)
    )


def test_an_expired_code_says_since_when(an, desk, monkeypatch):
    monkeypatch.setattr(
        "dancu.checkpoints.declaring.timezone.now", lambda: dt.datetime.now(dt.UTC) - dt.timedelta(hours=75)
    )
    declared = declare()
    monkeypatch.undo()
    shown = scan(desk, declared.qr_text)
    assert banner(shown) == ("stop", "Pass expired")
    assert "3 hours ago" in words(shown)
    assert "New declaration for this traveller" in words(shown)


def test_a_code_from_the_future_says_from_when_it_counts(an, desk, monkeypatch):
    monkeypatch.setattr(
        "dancu.checkpoints.declaring.timezone.now", lambda: dt.datetime.now(dt.UTC) + dt.timedelta(hours=5)
    )
    declared = declare()
    monkeypatch.undo()
    shown = scan(desk, declared.qr_text)
    assert banner(shown) == ("stop", "Not valid yet")
    assert "Valid from" in words(shown)


def test_a_revoked_code_says_when_and_why(an, desk, acting):
    declared = declare()
    actions.revoke_pass(declared.pass_id, "Shared among drivers", acting)
    shown = scan(desk, declared.qr_text)
    assert banner(shown) == ("stop", "Pass revoked")
    assert "Revoked at" in words(shown)
    assert "Shared among drivers" in words(shown)


def test_an_altered_code_is_a_forgery_and_asks_for_the_card(an, desk):
    text = declare().qr_text
    place = len(text) - 5
    shown = scan(desk, text[:place] + ("0" if text[place] != "0" else "1") + text[place + 1 :])
    assert banner(shown) == ("stop", "Forged code")
    assert "Changed after signing. The code is forged." in words(shown)
    assert "If there is an identity card, scan it afterwards" in words(shown)
    assert "Report it: the plate, a photo and what you decided." in words(shown)


def test_a_code_signed_by_a_stranger_was_not_issued_here(an, desk):
    text = declare().qr_text
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM signing_key")
    credentials.create_key("pass")
    shown = scan(desk, text)
    assert banner(shown) == ("stop", "Not our code")
    assert "Not issued by this system." in words(shown)


@pytest.mark.parametrize("text", ["DC1:NONSENSE", "https://example.org/another/system/of/passes"])
def test_anything_else_cannot_be_read(desk, text):
    assert banner(scan(desk, text)) == ("stop", "Unreadable code")


def test_a_code_that_nobody_was_given_is_unknown(desk):
    shown = scan(desk, pass_code(1234567890123))
    assert banner(shown) == ("stop", "Unknown pass")
    assert "There is no pass with this code." in words(shown)


def test_a_code_used_elsewhere_says_where_when_and_how_far(an, desk, acting, far_station):
    declared = declare()
    actions.record_crossing(
        acting,
        crossing_id=uuid7(),
        pass_id=declared.pass_id,
        station_id=far_station,
        direction="in",
        decision="through",
    )
    shown = scan(desk, declared.qr_text)
    assert banner(shown) == ("stop", "Used elsewhere")
    assert "Shown at Hầm Hải Vân at" in words(shown)
    assert "just now" in words(shown)
    assert "702 km away" in words(shown)


def test_a_journey_that_is_over_says_so(an, desk):
    declared = declare()
    isolation.meet(acting_as(make_official("chi", "commune_officer")), declared.declaration_id)
    shown = scan(desk, declared.qr_text)
    assert banner(shown) == ("stop", "Journey is over")
    assert "has already met this traveller" in words(shown)


def test_a_code_that_passed_here_minutes_ago_is_worth_a_look(an, desk, acting, station):
    declared = declare()
    actions.record_crossing(
        acting,
        crossing_id=uuid7(),
        pass_id=declared.pass_id,
        station_id=station,
        direction="in",
        decision="through",
    )
    shown = scan(desk, declared.qr_text)
    assert banner(shown) == ("check", "Check")
    assert "Already recorded at this station just now: let through." in words(shown)


def test_a_typed_code_is_answered_too_and_says_that_no_signature_was_seen(an, desk):
    shown = scan(desk, pass_code(declare().pass_id).lower())
    assert banner(shown) == ("go", "Let through")
    assert "its signature was not checked" in words(shown)


def test_a_picture_of_the_code_is_read_by_the_server(an, desk):
    picture = SimpleUploadedFile("code.png", qr.png(declare().qr_text, 4), "image/png")
    assert banner(scan(desk, "", picture=picture)) == ("go", "Let through")


@pytest.mark.parametrize("content", [b"no picture", qr.png("x", 4)[:40]])
def test_what_is_no_picture_is_said_to_be_none(desk, content):
    shown = scan(desk, "", picture=SimpleUploadedFile("code.png", content, "image/png"))
    assert shown.status_code == 422
    assert "photo" in words(shown)


def test_a_mistyped_code_is_told_what_would_be_right_and_stays_to_be_corrected(desk):
    shown = scan(desk, "7K3M-9QX2-PF4X")
    assert shown.status_code == 422
    assert "One letter or digit of this pass code is wrong" in words(shown)
    assert field(shown, "text") == "7K3M-9QX2-PF4X"


def test_htmx_gets_the_middle_of_the_desk_and_the_title(an, desk):
    shown = desk.post("/checkpoint/examine/", {"text": declare().qr_text}, headers=HTMX)
    text = shown.content.decode()
    assert "<title>Let through: Nguyễn Văn An – dancu</title>" in text
    assert "<html" not in text


def test_an_examination_is_on_the_record(an, desk, binh):
    scan(desk, declare().qr_text)
    entry = audit.of_person(an)[0]
    assert (entry.action, entry.actor_role, entry.purpose) == (
        "pass.examined",
        "checkpoint_officer",
        "passage",
    )


def test_the_last_crossings_are_listed_and_the_reading_is_on_the_record(an, desk, acting, station):
    declared = declare()
    actions.record_crossing(
        acting,
        crossing_id=uuid7(),
        pass_id=declared.pass_id,
        station_id=station,
        direction="in",
        decision="secondary",
        reason=Reason(written="Fever"),
    )
    shown = desk.get("/checkpoint/recent/")
    for told in ("Nguyễn Văn An", "Held", "Fever", "Phường Ninh Kiều", "59X1-12345"):
        assert told in words(shown)
    assert audit.of_person(an)[0].action == "crossings.own_list"


def test_a_scan_costs_a_bounded_number_of_queries(an, desk):
    text = declare().qr_text
    scan(desk, text)  # caches of areas and keys are warm, as at every scan but a process's first
    with CaptureQueriesContext(connection) as queries:
        desk.post("/checkpoint/examine/", {"text": text}, headers=HTMX)
    assert len(queries) <= 15, "\n".join(query["sql"][:120] for query in queries)


def test_the_field_takes_the_focus_and_the_page_tells_the_keys(desk):
    page = desk.get("/checkpoint/")
    assert 'id="id_text"' in page.content.decode()
    assert "autofocus" in page.content.decode()
    for key in ("F2", "F4", "F8", "F9", "Esc"):
        assert key in words(page)


def test_nothing_that_an_officer_saw_is_kept_by_the_browser(an, desk):
    assert scan(desk, declare().qr_text).headers["Cache-Control"] == "no-store"
