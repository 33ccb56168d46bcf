"""Hà's pages for two records of one person."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone

from dancu.audit import lookups as audit
from dancu.isolation.lookups import arrivals_of
from dancu.register import actions, lookups, versions
from dancu.register.merging.catalogue import columns
from dancu.testing.arrivals import expect
from dancu.testing.database import rows
from dancu.testing.hangings import hang
from dancu.testing.officials import acting_as, signed_in
from dancu.testing.pages import links, meaning, offered, press, text
from dancu.testing.people import BEN_THANH, CAU_GIAY, area, chi, ha, someone
from dancu.web.access import begin_citizens_session
from dancu.web.office.records.merge_labels import CHOICES
from dancu.web.office.tests.test_access import as_citizen, own_page
from dancu.web.shared.belongings import TABLES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

PIN, OTHER_PIN = "001085001234", "001085005678"
BASIS = "Biên bản xác minh số 7/2021"


@pytest.fixture
def desk():
    """A browser in which Hà, the nation's data steward, is signed in."""
    return signed_in(Client(), ha())


def page_of(keep, other):
    return f"/office/person/{keep}/merge/{other}/"


def ask(desk, keep, other, /, **chosen):
    """Press “Continue” on the page with both records, with the values that it marks unless told."""
    page = desk.get(page_of(keep, other)).content.decode()
    marked = re.findall(r'name="(\w+)" type="radio" value="(\d+)" checked', page)
    return desk.post(page_of(keep, other), dict(marked) | {"basis": BASIS} | chosen)


def test_two_records_are_found_compared_and_merged(desk):
    keep, other = someone(pin=PIN), someone(full_name="Nguyễn Văn Ân", phone="0987654321", cmnd="012345678")
    (find,) = links(desk.get(f"/office/person/{keep}/"), "Merge with another record")
    assert desk.post(find, meaning(desk, find, "012 345 678", "other"))["Location"] == page_of(keep, other)
    page = text(desk.get(page_of(keep, other)))
    assert f"Record no. {keep}, Nguyễn Văn An Record no. {other}, Nguyễn Văn Ân" in page
    assert "Full name differs" in page
    assert "Birth date 12/03/1985 12/03/1985" in page
    asked = ask(desk, keep, other)
    assert "Phone number: not recorded → changed to 0987654321" in text(asked)
    assert "Values not taken over Full name: Nguyễn Văn Ân" in text(asked)
    assert lookups.merged_into(other) == other, "nothing is done before the answer"
    done = press(desk, page_of(keep, other), asked)
    assert done["Location"] == f"/office/person/{keep}/"
    said = text(desk.get(f"/office/person/{keep}/"))
    assert f"The two records have been merged into record no. {keep}." in said
    assert f"Record no. {other}, Nguyễn Văn Ân Undo this merge" in said
    assert "Merged with another record" in said
    assert lookups.get(keep)["phone"] == "0987654321"
    assert [found.person_id for found in lookups.by_number("012345678")] == [keep]


def test_the_question_says_what_will_move(desk):
    keep, other = someone(pin=PIN), someone()
    crossing = {
        "crossed_at": "2021-08-11 06:00+07",
        "pass_id": 7,
        "official_id": 1,
        "station_id": 1,
        "direction": "in",
        "declaration_id": "019a0000-0000-7000-8000-000000000002",
        "decision": "through",
        "origin_area": 1,
        "destination_area": 2,
        "vehicle": "bus",
    }
    hang(
        other,
        [
            ("crossing", crossing | {"crossing_id": f"019a0000-0000-7000-8000-00000000000{nth}"})
            for nth in range(3)
        ],
    )
    assert "Data that moves 3 checkpoint crossings 1 event" in text(ask(desk, keep, other))


def test_the_record_with_a_number_stays_unless_the_steward_says_otherwise(desk):
    without, with_pin = someone(), someone(pin=PIN)
    assert f"Record to keep Record no. {with_pin}" in text(ask(desk, without, with_pin))
    asked = ask(desk, without, with_pin, keep=str(without))
    assert "Personal number: not recorded → changed to" in text(asked)
    press(desk, page_of(without, with_pin), asked)
    assert (lookups.merged_into(with_pin), lookups.get(without)["pin"]) == (without, PIN)


def test_a_merge_is_undone_from_the_persons_page(desk):
    keep, other = someone(pin=PIN), someone(full_name="Nguyễn Văn Ân")
    press(desk, page_of(keep, other), ask(desk, keep, other))
    (undo,) = links(desk.get(f"/office/person/{keep}/"), "Undo this merge")
    asked = desk.get(undo)
    assert f"Record no. {other}, Nguyễn Văn Ân, will be separate again" in text(asked)
    assert "will move back to it: 1 event" in text(asked)
    assert "Enter the basis" in text(desk.post(undo, {"basis": ""}))
    assert desk.post(undo, {"basis": BASIS})["Location"] == f"/office/person/{keep}/"
    said = text(desk.get(f"/office/person/{keep}/"))
    assert f"Record no. {other} is separate again" in said
    assert f"Record no. {other}, Nguyễn Văn Ân undone merged" in said
    assert not links(desk.get(f"/office/person/{keep}/"), "Undo this merge")
    assert desk.get(f"/office/person/{other}/").status_code == 200
    assert "already undone" in text(desk.post(undo, {"basis": BASIS}))


def test_what_is_doubtful_about_an_undone_merge_is_asked_first(desk):
    steward = acting_as(ha(username="hoa"))
    lan, other = (
        someone(full_name="Lê Thị Lan", sex=2, birth_date=dt.date(born, 1, 5)) for born in (2000, 1970)
    )
    merge_id = actions.merge_people(steward, lan, other, basis=BASIS, fields=["birth_date"])
    actions.record_marriage(steward, lan, someone(full_name="Trần Văn Bình"), dt.date(2005, 3, 3), BASIS)
    undo = f"/office/person/{lan}/merges/{merge_id}/undo/"
    asked = desk.post(undo, {"basis": BASIS})
    assert "would have been 5 years old on 03/03/2005, but is recorded as married then" in text(asked)
    assert "Tick what you have checked" in text(desk.post(undo, {"basis": BASIS, "confirmed": "1"}))
    (key,) = re.findall(r'name="answer" value="([^"]+)"', asked.content.decode())
    assert lookups.merged_into(other) == lan
    done = desk.post(undo, {"basis": BASIS, "confirmed": "1", "answer": key})
    assert (done["Location"], lookups.merged_into(other)) == (f"/office/person/{lan}/", other)


def test_the_question_tells_of_the_marriage_that_stays(desk):
    keep, husband, lan = someone(pin=PIN, marital_status=2), someone(), someone(full_name="Lê Thị Lan", sex=2)
    actions.record_marriage(acting_as(ha(username="hoa")), husband, lan, dt.date(2020, 3, 3), BASIS)
    assert "Spouse: not recorded → changed to Lê Thị Lan" in text(
        ask(desk, keep, husband, spouse_id=str(keep))
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"basis": ""}, "Enter the basis"),
        ({"basis": "x"}, "Enter the document, its number and date"),
        ({"keep": "7"}, "Choose which record to keep"),
        ({"full_name": ""}, "Choose which value to keep: Full name"),
    ],
)
def test_what_is_missing_is_said_before_anything_is_asked(desk, given, said):
    keep, other = someone(pin=PIN), someone(full_name="Nguyễn Văn Ân")
    page = ask(desk, keep, other, **given)
    assert page.status_code == 422
    assert text(page).count(said) == 2, "in the summary and at the field"


@pytest.mark.parametrize("link", ["father_id", "mother_id", "spouse_id"])
def test_a_husband_and_wife_or_a_parent_and_child_are_told_so_before_anything_is_chosen(desk, link):
    keep, other = someone(pin=PIN), someone()
    versions.change(keep, {link: other}, dt.date.min)
    for pair in ((keep, other), (other, keep)):
        page = desk.get(page_of(*pair))
        assert f"Record no. {other} is recorded as a parent or spouse of record no. {keep}" in text(page)
        assert "Which record do you want to keep?" not in text(page)
        assert links(page, "Choose another record") == [f"/office/person/{pair[0]}/merge/"]


def test_who_became_relatives_while_the_question_stood_there_are_refused(desk):
    keep, other = someone(pin=PIN), someone()
    asked = ask(desk, keep, other)
    versions.change(keep, {"father_id": other}, dt.date.min)
    page = press(desk, page_of(keep, other), asked)
    assert page.status_code == 422
    assert f"Record no. {other} is recorded as a parent or spouse" in text(page)


def test_two_husbands_wives_are_told_and_what_is_doubtful_is_answered_before_the_merge(desk):
    wives = [someone(full_name=name, sex=2, marital_status=2) for name in ("Lê Thị Lan", "Lê Thi Lan")]
    keep, other = (
        someone(pin=pin, marital_status=2, spouse_id=wife)
        for pin, wife in zip((PIN, None), wives, strict=True)
    )
    assert "The records have different spouses." in text(desk.get(page_of(keep, other)))
    asked = ask(desk, keep, other)
    assert "Are these also one person, whose records still have to be merged?" in text(asked)
    assert "Tick what you have checked" in text(press(desk, page_of(keep, other), asked))
    assert lookups.merged_into(other) == other
    key = f"spouse_id:{wives[0]}:{wives[1]}"
    assert f'name="answer" value="{key}"' in asked.content.decode()
    sent = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', asked.content.decode()))
    desk.post(page_of(keep, other), sent | {"confirmed": "1", "answer": key})
    assert lookups.merged_into(other) == keep


REASON = "Giới tính và ngày sinh ghi nhầm khi nhập giấy khai sinh"


@pytest.fixture
def unlike():
    """A man and a woman of other ages and names, each with a number of their own."""
    man = someone(pin=PIN)
    return man, someone(
        area(BEN_THANH), pin=OTHER_PIN, full_name="Lê Thị Bé", sex=2, birth_date=dt.date(1990, 1, 1)
    )


def test_two_records_that_look_like_two_people_are_said_to_be_so_before_anything_is_asked(desk, unlike):
    page = text(desk.get(page_of(*unlike)))
    for words in (
        "Are these two records of the same person?",
        "Almost certainly two different people",
        "One record is of a man, the other of a woman.",
        "The birth dates are more than a year apart.",
        "Each record has its own personal number in use.",
        "Step by step",
    ):
        assert words in page


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Tick this if it is true. If not, do not merge the records"),
        ({"sure": "1"}, "Enter why they are still the same person"),
        ({"sure": "1", "reason": "x"}, "Explain the difference in one sentence"),
        ({"reason": REASON}, "Tick this if it is true. If not, do not merge the records"),
    ],
)
def test_they_are_merged_only_by_who_ticks_and_says_why(desk, unlike, given, said):
    keep, other = unlike
    page = ask(desk, keep, other, **given)
    assert page.status_code == 422
    assert said in text(page)
    assert lookups.merged_into(other) == other


def test_the_reason_why_they_are_one_person_all_the_same_is_kept_with_the_basis(desk, unlike):
    keep, other = unlike
    asked = ask(desk, keep, other, sure="1", reason=REASON)
    assert "Almost certainly two different people. One record is of a man" in text(asked)
    assert "Make sure that they are not two people." in text(asked)
    press(desk, page_of(keep, other), asked)
    assert lookups.merged_into(other) == keep
    assert lookups.merges_of(keep)[0].basis == f"{BASIS}; {REASON}"


def test_records_that_look_like_one_persons_ask_for_no_more_than_before(desk):
    keep, other = someone(pin=PIN), someone()
    page = desk.get(page_of(keep, other))
    assert "the same person" in text(page)
    assert 'name="sure"' not in page.content.decode()


def test_numbers_can_be_shown_on_the_page_of_both_which_is_on_the_record(desk, unlike):
    keep, other = unlike
    page = desk.get(page_of(keep, other)).content.decode()
    assert PIN not in page
    assert f"/office/person/{other}/number/pin/" in page
    assert (
        text(desk.post(f"/office/person/{other}/number/pin/", headers={"HX-Request": "true"}))
        == "001 085 005 678"
    )
    assert "register.number_shown" in [entry.action for entry in audit.of_person(other)]


def test_possible_duplicates_of_a_record_are_offered_on_it_and_are_on_the_record(desk):
    keep, other = someone(pin=PIN), someone(full_name="Nguyễn Văn Ân", birth_date=dt.date(1985, 3, 13))
    stranger = someone(full_name="Trần Thị Bé", sex=2, birth_date=dt.date(1999, 9, 9))
    for page in (desk.get(f"/office/person/{keep}/"), desk.get(f"/office/person/{keep}/merge/")):
        assert "Possible duplicates of this record" in text(page)
        assert links(page, "Nguyễn Văn Ân") == [page_of(keep, other)]
    assert "Birth date: one digit different" in text(page)
    now = timezone.now()
    entries = audit.search(now - dt.timedelta(hours=1), now + dt.timedelta(hours=1), person_id=other)
    assert [entry.detail for entry in entries].count(f"perhaps a duplicate of {keep}") == 2
    assert "register.search" not in [entry.action for entry in audit.of_person(stranger)]
    assert "Possible duplicates" not in text(desk.get(f"/office/person/{stranger}/"))


def test_duplicates_outside_the_area_of_work_are_not_offered():
    keep, _other = someone(pin=PIN), someone(home=area(BEN_THANH))
    of_ward = signed_in(Client(), ha(CAU_GIAY, "ward"))
    assert "Possible duplicates" not in text(of_ward.get(f"/office/person/{keep}/"))


def test_who_may_not_merge_is_offered_no_duplicates():
    keep, _other = someone(pin=PIN), someone()
    assert "Possible duplicates" not in text(signed_in(Client(), chi()).get(f"/office/person/{keep}/"))


def test_what_somebody_else_changed_meanwhile_is_asked_anew(desk):
    keep, other = someone(pin=PIN), someone()
    asked = ask(desk, keep, other)
    actions.correct(acting_as(ha(username="other")), keep, {"full_name": "Nguyễn Văn Ấn"}, BASIS)
    again = press(desk, page_of(keep, other), asked)
    assert again.status_code == 422, "the name differs now, and nobody has chosen"
    assert lookups.merged_into(other) == other


def test_going_back_keeps_what_was_chosen(desk):
    keep, other = someone(pin=PIN), someone(full_name="Nguyễn Văn Ân")
    page = ask(desk, keep, other, full_name=str(other), edit="1").content.decode()
    assert f'name="full_name" type="radio" value="{other}" checked' in page
    assert f'value="{BASIS}"' in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Enter a name and birth date, or a number"),
        ("?", "This was not understood."),
        ("001085009999", "No other record was found in your area"),
        (PIN, "No other record was found in your area"),
        ("#999999999", "No other record was found in your area"),
    ],
)
def test_a_record_that_is_not_found_is_told_so(desk, typed, said):
    page = desk.post(f"/office/person/{someone(pin=PIN)}/merge/", {"other": typed})
    assert said in text(page)


def test_a_record_is_found_by_its_own_number_also_a_merged_one(desk):
    an, keep, other = someone(), someone(pin=PIN), someone()
    find = f"/office/person/{an}/merge/"
    assert offered(desk, find, f"#{an}", "other") == []
    assert desk.post(find, meaning(desk, find, f"#{keep}", "other"))["Location"] == page_of(an, keep)
    press(desk, page_of(keep, other), ask(desk, keep, other))
    assert desk.post(find, meaning(desk, find, f"#{other}", "other"))["Location"] == page_of(an, keep)


def test_an_old_address_leads_to_the_record_that_stayed(desk):
    keep, other = someone(pin=PIN), someone()
    press(desk, page_of(keep, other), ask(desk, keep, other))
    assert desk.get(f"/office/person/{other}/")["Location"] == f"/office/person/{keep}/"
    assert signed_in(Client(), chi(BEN_THANH)).get(f"/office/person/{other}/").status_code == 404


def test_what_was_said_of_the_merged_record_is_shown_with_the_one_that_stayed(desk):
    keep, other = someone(pin=PIN), someone(full_name="Nguyễn Văn Ân")
    asked = {
        f"{name}_{nth}": part for name in ("valid_on", "known_on") for nth, part in enumerate(_yesterday())
    }
    rows("UPDATE person SET recorded_at = recorded_at - interval '9 days'")
    press(desk, page_of(keep, other), ask(desk, keep, other))
    page = text(desk.post(f"/office/person/{keep}/as-of/", asked, follow=True))
    assert f"Record no. {other}, now part of this one" in page
    assert "Nguyễn Văn Ân was different then" in page


def _yesterday():
    yesterday = dt.datetime.now(dt.UTC).date() - dt.timedelta(days=2)
    return yesterday.day, yesterday.month, yesterday.year


def test_an_areas_steward_neither_merges_nor_undoes_what_lies_outside():
    desk = signed_in(Client(), ha(CAU_GIAY))
    mine, stranger = someone(), someone(area(BEN_THANH))
    for pair in ((mine, stranger), (stranger, mine), (mine, mine)):
        assert desk.get(page_of(*pair)).status_code == 404
        assert (
            desk.post(page_of(*pair), {"keep": str(mine), "basis": BASIS, "confirmed": "1"}).status_code
            == 404
        )
    merge_id = actions.merge_people(acting_as(ha(username="nation")), mine, stranger, basis=BASIS)
    page = desk.post(f"/office/person/{mine}/merges/{merge_id}/undo/", {"basis": BASIS})
    assert "would come back is outside your area" in text(page)
    assert desk.get(f"/office/person/{someone()}/merges/{merge_id}/undo/").status_code == 404


def test_what_one_declared_of_an_illness_is_marked_on_the_journeys_of_both_while_they_are_one(desk):
    keep, other = someone(pin=PIN), someone()
    expect(keep)
    expect(other, warnings=["contact"], phone="0987000000")

    def warned() -> list[tuple[int, list[str]]]:
        return [
            (person_id, row["warned_elsewhere"])
            for person_id in (keep, other)
            for row in arrivals_of(person_id)
        ]

    assert warned() == [(keep, []), (other, [])]
    press(desk, page_of(keep, other), ask(desk, keep, other))
    assert sorted(warned()) == [(keep, []), (keep, ["contact"])]
    (merge,) = lookups.merges_of(keep)
    desk.post(f"/office/person/{keep}/merges/{merge.merge_id}/undo/", {"basis": BASIS})
    assert warned() == [(keep, []), (other, [])]


def test_who_only_reads_records_sees_merges_and_does_none():
    keep, other = someone(), someone()
    actions.merge_people(acting_as(ha()), keep, other, basis=BASIS)
    page = signed_in(Client(), chi()).get(f"/office/person/{keep}/")
    assert f"Record no. {other}, Nguyễn Văn An" in text(page)
    assert not links(page, "Undo this merge") + links(page, "Merge with another record")


def test_an_reads_who_looked_at_either_record_and_stays_signed_in(client):
    keep, other = someone(pin=PIN), someone()
    lookups.view(acting_as(chi()), other)
    session = as_citizen(other)
    actions.merge_people(acting_as(ha()), keep, other, basis=BASIS)
    assert own_page(session).content == f"person {keep}".encode()
    begin_citizens_session(session, other)
    store = client.session
    store["citizen"] = session.session["citizen"]
    store.save()
    page = text(client.get("/me/"))
    assert "Opened the record" in page
    assert page.count("Merged the record with another record of the same person") == 2
    assert "register.view" in {entry.action for entry in audit.of_person(*lookups.ids_of(keep))}


def test_every_field_and_every_table_has_its_words():
    assert set(CHOICES) == lookups.MERGE_FIELDS
    assert {column.table for column in columns() if column.in_key} <= set(TABLES)
