"""Whose it is that is remembered: a traveller's own comes first and is never crowded out by what others
of the number did.
"""

import re

import pytest
from uuid_utils.compat import uuid7

from dancu.checkpoints import actions
from dancu.checkpoints.actions import Sender
from dancu.checkpoints.lookups import pass_code
from dancu.checkpoints.reasons import Reason
from dancu.matching.lookups import PartialDate
from dancu.testing.at_the_station import FEVER, NO_PERMIT, cross
from dancu.testing.travellers import AN, commune, declare, journey
from dancu.web.checkpoint.tests.pages import banner, decide, scan, words

CHILDREN = ("Lê Thị Mai", "Trần Quốc Tuấn", "Phạm Hồng Đào", "Vũ Bích Ngọc")


@pytest.fixture
def father(an, acting, station):
    """An, held for fever, and after him four children of other names with his number, who had no paper."""
    father = declare()
    cross(acting, station, father, "secondary", FEVER)
    for nth, name in enumerate(CHILDREN):
        child = declare(full_name=name, birth=PartialDate(2010 + nth, 5, 1), phone="")
        cross(acting, station, child, "secondary", Reason("no_paper"))
    return father


def lines(page) -> list[str]:
    """The lines of the history at the foot, or of the reasons for which a reason is asked."""
    found = re.search(r'<ul class="dancu-seen">(.*?)</ul>', page.content.decode(), re.DOTALL)
    return [
        " ".join(re.sub(r"<[^>]*>", " ", line).split())
        for line in re.findall(r"<li>(.*?)</li>", found[1], re.DOTALL)
    ]


def test_ones_own_fever_comes_before_what_others_of_the_number_were_stopped_for(father, desk):
    page = scan(desk, father.qr_text)
    assert banner(page) == ("check", "Held before")
    told = words(page)
    assert told.index("Fever or other symptoms.") < told.index(
        "Someone who gave the same number but a different name"
    )
    assert "And held or turned back 2 more times." in told
    assert "Fever or other symptoms." in words(scan(desk, AN["pin"]))


def test_the_page_that_asks_for_a_reason_tells_the_gravest_first_too(father, desk):
    first, *others = lines(decide(desk, scan(desk, father.qr_text), "through"))
    assert first.endswith("Fever or other symptoms.")
    assert [line for line in others if "No card or other document" in line]
    assert "And held or turned back 2 more times." in others


def test_the_history_says_whose_it_may_be(father, desk):
    own, *others = lines(scan(desk, father.qr_text))
    assert "Fever or other symptoms" in own
    assert "number" not in own
    assert len(others) == 3
    assert all(line.endswith("(someone who gave the same number but a different name)") for line in others)


def test_a_later_journey_does_not_crowd_out_what_is_surely_theirs(father, desk, acting, station):
    for nth in range(6):
        child = declare(full_name=CHILDREN[0], birth=PartialDate(2010, 5, 1), phone="", companions=nth)
        cross(acting, station, child, "through", Reason("papers"))
    assert "Fever or other symptoms" in lines(scan(desk, father.qr_text))[0]


def test_of_ones_own_stops_the_gravest_is_told_first(an, desk, acting, station):
    declared = declare()
    cross(acting, station, declared, "secondary", FEVER)
    cross(acting, station, declare(destination_area=commune("Phường Hải Châu, Đà Nẵng")), "back", NO_PERMIT)
    told = words(scan(desk, declared.qr_text))
    assert told.index("Fever or other symptoms.") < told.index("Journey not permitted.")


# What asks for a reason is told


def test_a_code_that_was_replaced_tells_that_the_journey_was_used_far_away(an, desk, acting, far_station):
    first = declare()
    cross(acting, far_station, first)
    newer = actions.declare(journey(), uuid7(), None, Sender(0, (first.declaration_id,)))
    for code in (first, newer):
        page = scan(desk, pass_code(code.pass_id))
        assert banner(page) == ("stop", "Used elsewhere")
        assert "Another code for this journey was shown at Hầm Hải Vân" in words(page)
        asked = decide(desk, page, "override")
        assert "Another code for this journey was shown at Hầm Hải Vân" in words(asked)


def test_what_somebody_may_have_declared_in_their_name_is_asked_about(an, desk):
    declare(test_kind="pcr", test_result="positive")
    page = scan(desk, AN["pin"])
    assert banner(page) == ("check", "Illness declared elsewhere")
    assert "in this traveller’s name, possibly by someone else: positive test" in words(page)
    assert "Ask whether the traveller made that declaration, and check the card." in words(page)
    assert "Let through: why?" in words(page)


def test_words_of_an_officers_own_say_what_clears_them(an, desk, acting, station):
    declared = declare()
    cross(acting, station, declared, "secondary", Reason(written="Sốt 39,5 độ"))
    told = words(scan(desk, declared.qr_text))
    assert "Sốt 39,5 độ" in told
    assert "The officer's note may be about an illness" in told
    assert "which clears the earlier decision" not in told


# Keyed in by mistake


@pytest.fixture
def wrong(an, desk, acting, station):
    """Somebody who was keyed in with An's number, examined, and turned back with a positive test."""
    wrong = declare(acting)
    scan(desk, pass_code(wrong.pass_id))
    cross(acting, station, wrong, "back", Reason("positive"))
    return pass_code(wrong.pass_id)


def test_who_revokes_what_was_keyed_in_is_told_what_was_decided_with_it(wrong, desk):
    page = desk.get(f"/checkpoint/pass/{wrong}/revoke/")
    assert "Recorded with this pass" in words(page)
    assert "Tested positive" in words(page)
    done = desk.post(f"/checkpoint/pass/{wrong}/revoke/", {"reason": "keyed_in"}, follow=True)
    assert "The decision recorded with it remains: turned back at Cầu Mỹ Thuận" in words(done)
    assert banner(scan(desk, AN["pin"])) == ("stop", "Tested positive before")


def test_who_keyed_in_the_wrong_person_takes_the_decision_back_with_it(wrong, desk):
    page = desk.get(f"/checkpoint/pass/{wrong}/revoke/")
    assert "I entered the wrong person: undo my decision too" in words(page)
    refused = desk.post(f"/checkpoint/pass/{wrong}/revoke/", {"reason": "shared", "take_back": "1"})
    assert refused.status_code == 422
    assert "You can only undo a decision with “Entered by mistake”" in words(refused)
    done = desk.post(
        f"/checkpoint/pass/{wrong}/revoke/", {"reason": "keyed_in", "take_back": "1"}, follow=True
    )
    assert "The decision recorded with it remains" not in words(done)
    assert banner(scan(desk, AN["pin"]))[0] == "check"
    assert "Tested positive" not in words(scan(desk, AN["pin"]))


def test_who_came_with_a_pass_was_not_keyed_in(an, desk):
    declared = declare()
    scan(desk, declared.qr_text)
    code = pass_code(declared.pass_id)
    assert "Entered by mistake" not in words(desk.get(f"/checkpoint/pass/{code}/revoke/"))
    desk.post(f"/checkpoint/pass/{code}/revoke/", {"reason": "keyed_in"})
    assert banner(scan(desk, code))[1] != "Pass revoked"
