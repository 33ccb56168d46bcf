"""What comes to the desk that none of its own pages would send: hidden fields altered, a decision without
its reason, odd codes.
"""

import pytest
from uuid_utils.compat import uuid4

from dancu.areas import lookups as areas
from dancu.checkpoints.codes import pass_code
from dancu.testing.travellers import AN, commune, declare
from dancu.web.checkpoint.tests.pages import HTMX, decide, field, scan, words
from dancu.web.checkpoint.tests.test_deciding import crossings
from dancu.web.checkpoint.tests.test_declaring import CARD, HAI_CHAU, keyed_in

ANOTHERS_CARD = CARD.replace("Nguyễn Văn An", "Trần Văn Bảo").replace("15022000", "16031999")


def test_a_red_verdict_is_not_let_through_without_a_reason_though_the_button_is_altered(an, desk):
    shown = scan(desk, declare(full_name="Lê Thị Hoa", sex=2).qr_text)
    question = decide(desk, shown, "through")
    assert "Let through: what is the reason?" in words(question)
    assert crossings() == []
    decide(desk, question, field(question, "decision"), reason="emergency", asked="1")
    assert [(row["decision"], row["reason_code"]) for row in crossings()] == [("through", "emergency")]


def test_a_pass_that_was_revoked_while_the_verdict_stood_on_the_desk_needs_a_reason(an, desk):
    declared = declare()
    shown = scan(desk, declared.qr_text)
    desk.post(f"/checkpoint/pass/{pass_code(declared.pass_id)}/revoke/", {"reason": "used_by_other"})
    assert "Let through: what is the reason?" in words(decide(desk, shown, "through"))
    assert crossings() == []


def test_a_card_that_the_register_contradicts_is_let_through_only_for_a_reason(an, desk):
    page = scan(desk, ANOTHERS_CARD)
    question = desk.post("/checkpoint/declare/", keyed_in(page, to="", destination=HAI_CHAU), headers=HTMX)
    assert "Let through: what is the reason?" in words(question)
    assert crossings() == []
    decide(desk, question, "override", reason="papers", asked="1")
    assert [(row["decision"], row["reason_code"]) for row in crossings()] == [("through", "papers")]


def test_a_crossings_id_that_was_used_with_another_pass_is_said_to_be_wrong(an, desk):
    elsewhere = declare(destination_area=commune("Phường Hải Châu, Đà Nẵng"))
    first, second = scan(desk, declare().qr_text), scan(desk, elsewhere.qr_text)
    decide(desk, first, "through")
    answer = decide(desk, second, "through", crossing_id=field(first, "crossing_id"))
    assert answer.status_code == 422
    assert "Scan again." in words(answer)
    assert len(crossings()) == 1


def test_a_crossing_after_the_year_9999_is_refused(an, desk):
    answer = decide(
        desk, scan(desk, declare().qr_text), "through", crossing_id="ffffffff-ffff-7fff-bfff-ffffffffffff"
    )
    assert answer.status_code == 422
    assert crossings() == []


def test_a_pass_that_disagrees_is_revoked_by_the_officer_who_examined_it(an, desk):
    declared = declare(full_name="Lê Thị Hoa", sex=2)
    scan(desk, declared.qr_text)
    done = desk.post(
        f"/checkpoint/pass/{pass_code(declared.pass_id)}/revoke/", {"reason": "false"}, follow=True
    )
    assert "Revoked: pass" in words(done)


@pytest.mark.parametrize("wrong", ["9" * 5000, "9" * 30, "-1", "x", "\0"])
def test_a_commune_that_was_never_offered_is_no_destination(an, desk, wrong):
    answer = desk.post("/checkpoint/declare/", keyed_in(scan(desk, AN["pin"]), to=wrong, home_area=wrong))
    assert answer.status_code == 422


def test_a_province_is_no_destination(an, desk):
    province = areas.find("Hà Nội", level=areas.PROVINCE)[0].area_id
    answer = desk.post("/checkpoint/declare/", keyed_in(scan(desk, AN["pin"]), to=str(province)))
    assert answer.status_code == 422
    assert crossings() == []


def test_a_line_end_in_a_slips_address_does_no_harm(an, desk):
    declared = declare()
    scan(desk, declared.qr_text)
    code = pass_code(declared.pass_id)
    slip = desk.get(f"/checkpoint/slip/{code.replace('-', '%0A', 1)}.pdf")
    assert slip.headers["Content-Disposition"] == f'inline; filename="{code}.pdf"'


@pytest.mark.parametrize(
    "text", ["\0", "DC1:\0", "DC1:" + "A" * 9000, "😀" * 10_000, "\u202eمرحبا", "|" * 5000, "a\0b|c|d"]
)
def test_whatever_is_shown_is_told_to_be_no_pass(desk, text):
    assert scan(desk, text).status_code in (200, 422)
    assert crossings() == []


def test_a_crossings_id_of_another_kind_is_refused(an, desk):
    shown = scan(desk, declare().qr_text)
    for wrong in ("00000000-0000-0000-0000-000000000000", str(uuid4())):
        assert decide(desk, shown, "through", crossing_id=wrong).status_code == 422
