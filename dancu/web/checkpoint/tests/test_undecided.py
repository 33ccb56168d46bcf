"""Nobody on whom something is to be decided is walked past because somebody else of their number came."""

import re

import pytest

from dancu.checkpoints.reasons import Reason
from dancu.matching.lookups import PartialDate
from dancu.testing.at_the_station import cross
from dancu.testing.travellers import commune, declare
from dancu.web.checkpoint.tests.pages import banner, decide, field, scan, words
from dancu.web.checkpoint.tests.test_declaring import keyed_in
from dancu.web.checkpoint.tests.test_remembering import stopped

AT_HOME = "12 Lê Lợi, Phường Bến Thành, TP. Hồ Chí Minh"
PASSPORT = {"number_kind": "passport", "number": "B1234567", "sex": 2, "phone": ""}


def waits(desk, name: str) -> bool:
    left = rf"{name}: (not decided yet\.|[^.]*\. You left the page without a new decision\.)"
    return re.search(left, words(desk.get("/checkpoint/"))) is not None


def let_through(desk, shown, reason="papers"):
    return decide(desk, decide(desk, shown, "override"), "override", reason=reason, asked="1")


def test_a_daughter_who_gave_her_fathers_number_settles_nothing_of_his(an, desk):
    father = declare()
    stopped(desk, father, "back", "positive")
    assert banner(scan(desk, father.qr_text))[0] == "stop"
    daughter = declare(full_name="Nguyễn Thị Bé", birth=PartialDate(2015, 5, 5), sex=2)
    let_through(desk, scan(desk, daughter.qr_text))
    assert waits(desk, "Nguyễn Văn An")
    assert not waits(desk, "Nguyễn Thị Bé")
    stopped(desk, father, "back", "positive")
    assert not waits(desk, "Nguyễn Văn An")


def test_nor_does_she_where_his_card_was_scanned(an, desk):
    stopped(desk, declare(), "back", "positive")
    assert banner(scan(desk, f"079200001234||Nguyễn Văn An|15022000|Nam|{AT_HOME}|25042021"))[0] == "stop"
    page = scan(desk, f"079200001234||Nguyễn Thị Bé|05052015|Nữ|{AT_HOME}|25042021")
    assert (waits(desk, "Nguyễn Văn An"), waits(desk, "Nguyễn Thị Bé")) == (True, True)
    sent = keyed_in(page, to="", destination="Phường Hải Châu, Thành phố Đà Nẵng")
    let_through(desk, desk.post("/checkpoint/declare/", sent), "emergency")
    assert (waits(desk, "Nguyễn Văn An"), waits(desk, "Nguyễn Thị Bé")) == (True, False)


@pytest.mark.parametrize("name", ["Nguyen Van An", "An Nguyễn Văn"])
def test_another_pass_of_the_same_one_is_settled_with_it(an, desk, name):
    first = declare()
    stopped(desk, first, "back", "not_permitted")
    scan(desk, first.qr_text)
    again = declare(full_name=name, number_kind="cmnd", number="025123456")
    let_through(desk, scan(desk, again.qr_text))
    assert not waits(desk, "Nguyễn Văn An")


def test_who_is_another_person_by_the_card_leaves_the_other_waiting(country, desk):
    vi, vy = declare(full_name="Lê Tường Vi", **PASSPORT), declare(full_name="Lê Tường Vy", **PASSPORT)
    stopped(desk, vi, "back", "false")
    scan(desk, vi.qr_text)
    let_through(desk, scan(desk, vy.qr_text), "other_person")
    assert (waits(desk, "Lê Tường Vi"), waits(desk, "Lê Tường Vy")) == (True, False)


def test_a_number_called_mistyped_takes_no_scanned_card_away(an, desk):
    stopped(desk, declare(), "back", "false")
    card = f"079200001234||Nguyễn Văn An|15022000|Nam|{AT_HOME}|25042021"
    scan(desk, card)
    scan(desk, "079200001234")
    scan(desk, "079200001234", mistyped="1")
    assert waits(desk, "Nguyễn Văn An")


def test_a_revoked_pass_decides_nothing_about_its_holder(an, desk):
    stopped(desk, declare(), "back", "positive")
    scan(desk, "079200001234")
    shown = scan(desk, declare().qr_text)
    desk.post(f"/checkpoint/pass/{field(shown, 'code')}/revoke/", {"reason": "confiscated"})
    assert waits(desk, "Nguyễn Văn An")


# Who was decided on before


@pytest.mark.parametrize(("decision", "told"), [("secondary", "held for a check"), ("back", "turned back")])
def test_who_was_stopped_and_is_looked_at_again_is_not_said_to_have_no_decision(
    an, desk, acting, station, decision, told
):
    cross(acting, station, declare(), decision, Reason("positive"))
    again = declare(destination_area=commune("Phường Hải Châu, Đà Nẵng"))  # with whatever pass
    scan(desk, again.qr_text)
    page = words(desk.get("/checkpoint/"))
    assert f"Nguyễn Văn An: {told} at Cầu Mỹ Thuận," in page
    assert "You left the page without a new decision." in page
    assert "Nguyễn Văn An: not decided yet." not in page


def test_by_their_card_neither(an, desk, acting, station):
    cross(acting, station, declare(), "back", Reason("positive"))
    scan(desk, "079200001234")
    page = words(desk.get("/checkpoint/"))
    assert "Nguyễn Văn An: stopped before. You left the page without a new decision." in page


def test_who_was_cleared_since_has_no_decision_again(an, desk, acting, station):
    declared = declare(full_name="Lê Thị Hoa", sex=2)
    cross(acting, station, declared, "secondary", Reason("no_paper"))
    scan(desk, declared.qr_text)
    cross(acting, station, declared, "through", Reason("papers"))
    assert "Lê Thị Hoa: not decided yet." in words(desk.get("/checkpoint/"))
