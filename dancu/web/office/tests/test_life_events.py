import datetime as dt
import re

import pytest
from django.test import Client

from dancu.audit import lookups as audit
from dancu.register import lookups
from dancu.register.lookups import ALIVE, DEAD
from dancu.testing.family import (
    DAY,
    HOUSEHOLD,
    child_of,
    couple,
    event_of,
    held,
    man,
    marriage_of,
    what_happened,
    woman,
)
from dancu.testing.officials import signed_in
from dancu.testing.pages import links, meaning, press, text
from dancu.testing.people import BEN_THANH, CAU_GIAY, YEN_HOA, area, chi, ha, someone
from dancu.web.office.tests.test_changes import BASIS, day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

BIRTH = {"full_name": "Nguyễn Minh Khoa", "sex": "1", "other": "spouse", "basis": BASIS} | day("on", DAY)


@pytest.fixture
def desk():
    return signed_in(Client(), ha())


def address(person_id: int, kind: str = "") -> str:
    return f"/office/person/{person_id}/events/{kind and kind + '/'}"


def offered(desk, person_id: int) -> list[str]:
    return re.findall(
        r'class="dancu-task" href="/office/person/\d+/(?:events/)?([a-z]+)/"',
        desk.get(address(person_id)).content.decode(),
    )


def recorded(desk, person_id: int, kind: str, **given) -> object:
    """The form sent, and the question answered."""
    sent = {"basis": BASIS} | given | ({} if "on_0" in given else day("on", DAY))
    asked = desk.post(address(person_id, kind), sent)
    assert asked.status_code == 200, text(asked)
    return press(desk, address(person_id, kind), asked)


def keys(page) -> list[str]:
    return re.findall(r'name="answer" value="([^"]+)"', page.content.decode())


def test_what_can_be_recorded_depends_on_the_record(desk):
    an, lan = couple()
    assert offered(desk, an) == ["birth", "divorce", "split", "death", "missing", "move"]
    assert "head" in offered(desk, lan)
    assert offered(desk, man()) == ["birth", "marriage", "death", "missing", "move"]
    recorded(desk, an, "death")
    assert offered(desk, an) == ["birth", "return"]


def test_a_death_is_recorded_after_the_page_told_what_it_does_to_whom(desk):
    an, lan = couple()
    assert links(desk.get(f"/office/person/{an}/"), "Record an event") == [address(an)]
    asked = desk.post(address(an, "death"), {"basis": BASIS} | day("on", DAY))
    said = text(asked)
    assert "Status Alive Deceased" in said
    assert (
        "Permanent residence 12 Xuân Thủy, Phường Cầu Giấy, Thành phố Hà Nội, since 01/01/2010 ends" in said
    )
    assert "Marital status Lê Thị Lan Married Widowed" in said
    assert held(an)["status"] == ALIVE
    done = press(desk, address(an, "death"), asked)
    assert done["Location"] == f"/office/person/{an}/"
    assert (held(an)["status"], marriage_of(lan)) == (DEAD, (3, an))
    assert "Death Status: Alive → changed to Deceased" in text(desk.get(f"/office/person/{an}/"))
    assert [entry.action for entry in audit.of_person(lan)].count("register.spouse_death") == 1


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (day("on", dt.date(1985, 3, 11)), "11/03/1985 is before the birth of Nguyễn Văn An."),
        (day("on", dt.date(2999, 1, 1)), "The date must be"),
        (day("on", DAY) | {"basis": "x"}, "Enter the document, its number and date"),
        ({}, "Enter the day, month and year"),
    ],
)
def test_what_cannot_be_is_said_in_the_form(desk, given, said):
    page = desk.post(address(someone(), "death"), {"basis": BASIS} | given)
    assert page.status_code == 422
    assert said in text(page)


def test_a_birth_leads_to_the_childs_record_with_a_number(desk):
    an, lan = couple()
    asked = desk.post(address(lan, "birth"), BIRTH)
    assert "New record Nguyễn Minh Khoa" in text(asked)
    assert "Father Nguyễn Văn An" in text(asked)
    done = press(desk, address(lan, "birth"), asked)
    khoa = int(done["Location"].split("/")[-2])
    assert (held(khoa)["mother_id"], held(khoa)["father_id"], held(khoa)["household_id"]) == (
        lan,
        an,
        HOUSEHOLD,
    )
    assert held(khoa)["pin"][:6] == "001225"
    assert "This is the child’s record, with the new personal number." in text(desk.get(done["Location"]))
    assert what_happened(lan)[0] == "child_birth"


def test_a_child_who_is_registered_already_is_shown_and_a_twin_passes_after_one_question(desk):
    _an, lan = couple()
    recorded(desk, lan, "birth", **BIRTH)
    asked = desk.post(address(lan, "birth"), BIRTH | {"full_name": "Nguyễn Minh Khánh"})
    said = text(asked)
    assert "A child like this one is already registered. Is this another child, such as a twin?" in said
    assert "Nguyễn Minh Khoa · 01/08/2025 · Male · Phường Cầu Giấy, Thành phố Hà Nội" in said
    people = lookups.number_of_people()
    again = press(desk, address(lan, "birth"), asked)
    assert again.status_code == 422
    assert "Tick what you have checked" in text(again)
    assert lookups.number_of_people() == people
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', asked.content.decode()))
    desk.post(address(lan, "birth"), hidden | {"answer": keys(asked), "confirmed": "1"})
    assert lookups.number_of_people() == people + 1


def test_a_steward_of_another_area_is_not_shown_the_child_who_lives_there():
    lan = woman(household_id=HOUSEHOLD, relation=1)
    elsewhere = child_of(None, lan, DAY, "Nguyễn Minh Khôi", home=area(BEN_THANH))
    desk = signed_in(Client(), ha(CAU_GIAY))
    asked = desk.post(address(lan, "birth"), BIRTH | {"other": "unknown"})
    assert "1 record outside your area is affected." in text(asked)
    assert "Nguyễn Minh Khôi" not in text(asked).split("Check this first")[1]
    assert "register.search" not in [entry.action for entry in audit.of_person(elsewhere)]


def test_a_marriage_is_recorded_by_the_number_of_the_other(desk):
    binh, lan = man(), woman(pin="001187001234")
    recorded(desk, binh, "marriage", **meaning(desk, address(binh, "marriage"), "001 187 001 234", "spouse"))
    assert (marriage_of(binh), marriage_of(lan)) == ((2, lan), (2, binh))
    assert "register.search" in [entry.action for entry in audit.of_person(lan)]


@pytest.mark.parametrize(
    ("kind", "label"),
    [
        ("divorce", "Day the court’s decision took effect"),
        ("death", "Date of death or going missing"),
        ("missing", "Date of death or going missing"),
    ],
)
def test_the_question_tells_the_day_once(desk, kind, label):
    an, _lan = couple()
    said = text(desk.post(address(an, kind), {"basis": BASIS} | day("on", DAY)))
    assert f"{label} 01/08/2025" in said
    assert said.count("01/08/2025") == 1


def test_the_question_about_a_marriage_tells_its_day(desk):
    sent = {"whom": "name", "name": "Lê Thị Bưởi", "basis": BASIS} | day("on", DAY)
    assert "Date of marriage 01/08/2025 Marital status" in text(desk.post(address(man(), "marriage"), sent))


def test_a_birth_tells_the_day_with_the_new_record(desk):
    _an, lan = couple()
    said = text(desk.post(address(lan, "birth"), BIRTH))
    assert ("Birth date 01/08/2025" in said, said.count("Birth date")) == (True, 1)


def test_a_marriage_to_one_outside_the_register_keeps_the_name(desk):
    binh = man()
    recorded(desk, binh, "marriage", name="Maria Silva")
    assert marriage_of(binh) == (2, None)
    assert "Maria Silva" in text(desk.get(f"/office/person/{binh}/"))


@pytest.mark.parametrize(
    "given", [{"spouse": "001187009999"}, {}, {"spouse": "001187001234", "name": "Maria Silva"}]
)
def test_a_marriage_names_one_person_who_is_there(desk, given):
    binh = man()
    woman(pin="001187001234", home=area(CAU_GIAY))
    page = desk.post(address(binh, "marriage"), {"basis": BASIS} | day("on", DAY) | given)
    assert page.status_code == 422
    assert "There is a problem" in text(page)


def test_whoever_lives_outside_the_area_is_married_by_nobody_of_it():
    desk = signed_in(Client(), ha(CAU_GIAY))
    binh = man()
    woman(pin="001187001234", home=area(BEN_THANH))
    page = desk.post(address(binh, "marriage"), {"basis": BASIS, "spouse": "001187001234"} | day("on", DAY))
    nobody = desk.post(address(binh, "marriage"), {"basis": BASIS, "spouse": "001187001239"} | day("on", DAY))
    assert page.status_code == nobody.status_code == 422
    assert text(page).replace("1234", "") == text(nobody).replace("1239", "")


def test_the_second_marriage_of_a_married_man_is_refused_with_the_name(desk):
    an, _lan = couple()
    woman("Vũ Thị Mai", pin="001187001234")
    mai = meaning(desk, address(an, "marriage"), "001187001234", "spouse")
    page = desk.post(address(an, "marriage"), {"basis": BASIS} | mai | day("on", DAY))
    assert "Nguyễn Văn An is already married, to Lê Thị Lan." in text(page)


def test_a_whole_household_moves_from_one_form(desk):
    an, lan = couple()
    given = {
        "kind": "1",
        "who": "all",
        "commune": "Phường Yên Hòa, Thành phố Hà Nội",
        "address": "5 Trung Kính",
        "basis": BASIS,
    }
    where = f"/office/person/{an}/move/"
    asked = desk.post(where, given | day("moved_on", DAY))
    assert "Permanent residence Lê Thị Lan" in text(asked)
    press(desk, where, asked)
    assert {held(each)["home_area"] for each in (an, lan)} == {area(YEN_HOA)}
    assert held(lan)["household_id"] == HOUSEHOLD


def test_who_of_a_household_lives_elsewhere_is_named_before_it_moves(desk):
    an, lan = couple()
    student = child_of(an, lan, dt.date(2006, 1, 1), "Nguyễn Minh Khôi", home=area(BEN_THANH))
    given = {
        "kind": "1",
        "who": "all",
        "commune": "Phường Yên Hòa, Thành phố Hà Nội",
        "address": "5",
        "basis": BASIS,
    }
    where = f"/office/person/{an}/move/"
    asked = desk.post(where, given | day("moved_on", DAY))
    assert "live elsewhere and will not move with it: Nguyễn Minh Khôi." in text(asked)
    assert "Phường Bến Thành, Thành phố Hồ Chí Minh" in text(asked)
    assert press(desk, where, asked).status_code == 422, "first it has to be checked"
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', asked.content.decode()))
    desk.post(where, hidden | {"answer": keys(asked), "confirmed": "1"})
    assert {held(each)["home_area"] for each in (an, lan)} == {area(YEN_HOA)}
    assert held(student)["home_area"] == area(BEN_THANH)


def test_a_household_is_divided_from_one_form(desk):
    an, lan = couple()
    khoa = child_of(an, lan)
    page = desk.post(address(an, "split"), {"basis": BASIS, "leave": [lan], "head": an} | day("on", DAY))
    assert "The head of the new household must be one of the people leaving" in text(page)
    recorded(desk, an, "split", leave=[lan, khoa], head=lan)
    assert held(lan)["household_id"] == held(khoa)["household_id"] != HOUSEHOLD
    recorded(desk, khoa, "head")
    assert (held(khoa)["relation"], held(lan)["relation"]) == (1, 4)


def test_one_who_comes_back_is_home_again(desk):
    an, lan = couple()
    recorded(desk, an, "missing")
    recorded(desk, an, "return")
    recorded(desk, an, "death")
    recorded(desk, an, "return")
    assert (held(an)["status"], held(an)["household_id"], marriage_of(lan)) == (ALIVE, HOUSEHOLD, (2, an))
    recorded(desk, an, "divorce")
    assert marriage_of(lan) == (4, None)


def test_an_event_is_undone_from_the_line_that_tells_of_it(desk):
    an, lan = couple()
    recorded(desk, an, "death")
    (undo,) = links(desk.get(f"/office/person/{an}/"), "Undo this event : Death 01/08/2025")
    assert "Explain briefly why it is wrong" in text(desk.post(undo, {"basis": "x"}))
    asked = desk.post(undo, {"basis": "Ghi nhầm người cùng tên"})
    assert "Undo: Death of 01/08/2025" in text(asked)
    assert "Marital status Lê Thị Lan Widowed Married" in text(asked)
    press(desk, undo, asked)
    said = text(desk.get(f"/office/person/{an}/"))
    assert "The event has been undone." in said
    assert "Undone: Death" in said
    assert "Basis: Ghi nhầm người cùng tên" in said
    assert (held(an)["status"], marriage_of(lan)) == (ALIVE, (2, an))
    assert "already been undone" in text(desk.post(undo, {"basis": "Ghi nhầm người cùng tên"}))


def test_what_rests_on_it_is_undone_first(desk):
    binh, lan = man(), woman(pin="001187001234")
    recorded(desk, binh, "marriage", **meaning(desk, address(binh, "marriage"), "001187001234", "spouse"))
    marriage = event_of(binh)
    recorded(desk, binh, "divorce")
    page = desk.post(f"{address(binh)}{marriage}/undo/", {"basis": "Ghi nhầm người"})
    assert "“Divorce” of 01/08/2025 was recorded later and depends on this event. Undo it first." in text(
        page
    )
    assert marriage_of(lan) == (4, None)


def test_a_birth_undone_from_the_childs_own_record_leads_to_the_search(desk):
    _an, lan = couple()
    done = recorded(desk, lan, "birth", **BIRTH)
    khoa = int(done["Location"].split("/")[-2])
    undo = f"{address(khoa)}{event_of(khoa)}/undo/"
    gone = press(desk, undo, desk.post(undo, {"basis": "Ghi nhầm mẹ"}))
    assert gone["Location"] == "/office/search/"
    assert desk.get(f"/office/person/{khoa}/").status_code == 410


def test_the_undo_of_a_birth_says_which_child_and_what_becomes_of_the_number(desk):
    _an, lan = couple()
    recorded(desk, lan, "birth", **BIRTH)
    khoa = lookups.record_of(lan).household[-1]["person_id"]
    pin, event_id = held(khoa)["pin"], event_of(lan)
    assert "Birth of a child: Nguyễn Minh Khoa" in text(desk.get(f"/office/person/{lan}/"))
    where = f"{address(lan)}{event_id}/undo/"
    asked = desk.post(where, {"basis": "Ghi nhầm"})
    assert "Birth of a child: Nguyễn Minh Khoa" in text(asked)
    assert "Record of Nguyễn Minh Khoa" in text(asked)
    assert "is removed from the register" in text(asked)
    assert "is cancelled and will not be given to anyone else" in text(asked)
    press(desk, where, asked)
    for page in (f"/office/person/{khoa}/", f"/office/person/{khoa}/as-of/"):
        gone = desk.get(page)
        assert gone.status_code == 410
        assert "Nguyễn Minh Khoa" in text(gone)
        assert "Reason: Ghi nhầm" in text(gone)
    assert audit.of_person(khoa)[0].action == "register.view"
    found = text(desk.post("/office/search/", {"line": pin}, follow=True))
    assert "Nobody has this number now" in found
    assert "Reason: Ghi nhầm" in found
    assert "Nguyễn Minh Khoa" not in text(signed_in(Client(), chi(BEN_THANH)).get(f"/office/person/{khoa}/"))


def test_who_may_not_correct_sees_no_way_to_it_and_an_areas_steward_changes_nobody_outside():
    stranger = someone(area(BEN_THANH))
    desk = signed_in(Client(), ha(CAU_GIAY))
    for where in (
        address(stranger),
        address(stranger, "death"),
        f"{address(stranger)}{event_of(stranger)}/undo/",
    ):
        assert desk.get(where).status_code == 404
        assert desk.post(where, {"basis": BASIS, "confirmed": "1"} | day("on", DAY)).status_code == 404
    an = someone()
    officer = signed_in(Client(), chi())
    assert "Record an event" not in text(officer.get(f"/office/person/{an}/"))
    assert officer.post(address(an, "death"), {"basis": BASIS} | day("on", DAY)).status_code == 403
    assert held(an)["status"] == ALIVE


def test_who_lives_elsewhere_is_neither_shown_nor_changed_with_an_event_of_two(desk):
    an, lan = couple(home=area(BEN_THANH))
    steward = signed_in(Client(), ha(CAU_GIAY, "steward"))
    asked = steward.post(address(lan, "death"), {"basis": BASIS} | day("on", DAY))
    assert "1 record outside your area is affected." in text(asked)
    assert "Nguyễn Văn An" not in text(asked)
    recorded(desk, an, "death")
    undo = f"{address(lan)}{event_of(lan)}/undo/"
    refused = steward.post(undo, {"basis": "Ghi nhầm người"})
    assert refused.status_code == 422
    assert "A national data steward, or one for an area in which all of them live, can undo it." in text(
        refused
    )
    assert "Thành phố Hồ Chí Minh" not in text(refused)
    assert (held(an)["status"], held(lan)["marital_status"]) == (DEAD, 3)


def test_there_are_no_other_kinds_and_no_other_peoples_events(desk):
    an, binh = someone(), man()
    assert desk.get(address(an, "wedding")).status_code == 404
    recorded(desk, binh, "missing")
    assert desk.get(f"{address(an)}{event_of(binh)}/undo/").status_code == 404


def test_an_event_sent_without_a_session_is_said_to_be_not_recorded(desk):
    an = someone()
    desk.cookies.clear()
    where = address(an, "death")
    led = desk.post(
        where, {"basis": BASIS} | day("on", DAY), headers={"Referer": f"http://testserver{where}"}
    )
    assert "Your session ended. What you just sent was not recorded." in text(desk.get(led.url))
    assert held(an)["status"] == ALIVE


def test_a_household_whose_head_died_says_so_and_offers_a_new_one(desk):
    an, lan = couple()
    assert "This household has no head." not in text(desk.get(f"/office/person/{lan}/"))
    recorded(desk, an, "death")
    page = desk.get(f"/office/person/{lan}/")
    assert "This household has no head." in text(page)
    assert address(lan, "head") in page.content.decode()
    recorded(desk, lan, "head")
    assert "This household has no head." not in text(desk.get(f"/office/person/{lan}/"))


@pytest.mark.parametrize("ends", ["widow", "divorce"])
def test_who_is_married_to_the_head_no_more_is_not_its_spouse_until_that_is_undone(desk, ends):
    an, lan = couple()
    binh = man(pin="001084000018")
    if ends == "widow":
        recorded(desk, an, "death")
        recorded(
            desk, lan, "marriage", **meaning(desk, address(lan, "marriage"), held(binh)["pin"], "spouse")
        )
    else:
        recorded(desk, an, "divorce")
    assert held(lan)["relation"] == 9
    where = f"{address(lan)}{event_of(lan)}/undo/"
    press(desk, where, desk.post(where, {"basis": BASIS}))
    assert held(lan)["relation"] == 2
