"""Hà makes two records of one person into one, or is refused it."""

import datetime as dt

import pytest
from django.utils import timezone

from dancu.audit import lookups as audit
from dancu.register import actions, lookups, merging, versions
from dancu.register.errors import (
    AlreadyMerged,
    CloseRelatives,
    NoBasis,
    NoSuchPerson,
    SamePerson,
    UnknownField,
)
from dancu.register.merging.tests.merged import (
    ALWAYS,
    BASIS,
    CMND,
    OTHER_CMND,
    OTHER_PIN,
    PIN,
    merge,
    now_held,
    undo,
)
from dancu.testing.database import database, rows
from dancu.testing.hangings import hang, insert
from dancu.testing.officials import acting_as
from dancu.testing.people import BEN_THANH, CAU_GIAY, area, ha, someone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]


def test_one_record_stays_and_both_numbers_lead_to_it(acting):
    keep, other = someone(pin=PIN, cmnd=CMND), someone(pin=OTHER_PIN, cmnd=OTHER_CMND)
    merge(acting, keep, other)
    assert [
        [found.person_id for found in lookups.by_number(number)]
        for number in (PIN, OTHER_PIN, CMND, OTHER_CMND)
    ] == [[keep]] * 4
    assert now_held(keep)["pin"] == PIN
    assert merging.merged_into(other) == keep
    assert merging.ids_of(keep) == merging.ids_of(other) == [keep, other]
    with pytest.raises(NoSuchPerson):
        lookups.get(other)


def test_the_number_chosen_counts_and_the_other_one_leads_to_it(acting):
    keep, other = someone(pin=PIN), someone(pin=OTHER_PIN)
    merge(acting, keep, other, fields=["pin"])
    assert now_held(keep)["pin"] == OTHER_PIN
    assert [found.person_id for found in lookups.by_number(PIN)] == [keep]
    (former,) = lookups.record_of(keep).former_numbers
    assert (former["number"], former["replaced_by"]) == (PIN, OTHER_PIN)


def test_nobody_loses_a_dose_a_crossing_or_a_card(acting, new_tables):
    keep, other = someone(pin=PIN), someone()
    crossing = {
        "crossed_at": "2021-08-11 06:00+07",
        "crossing_id": "019a0000-0000-7000-8000-000000000001",
        "pass_id": 7,
        "official_id": 1,
        "declaration_id": "019a0000-0000-7000-8000-000000000002",
        "station_id": 1,
        "direction": "in",
        "decision": "through",
        "origin_area": 1,
        "destination_area": 2,
        "vehicle": "bus",
    }
    hang(other, [("crossing", crossing), ("dose", {"dose_id": 1, "appointment_id": 1, "lot": "A"})])
    hang(keep, [("dose", {"dose_id": 2, "appointment_id": 2, "lot": "B"})])
    merge(acting, keep, other)
    assert rows("SELECT dose_id, lot, half::float FROM dose WHERE person_id = %s ORDER BY 1", keep) == [
        (1, "A", 0.5),
        (2, "B", 1.0),
    ]
    assert rows("SELECT person_id FROM crossing") == [(keep,)]
    assert {"appointment": 1, "crossing": 1, "dose": 1}.items() <= merging.merges_of(keep)[0].counts.items()


def test_what_has_the_same_key_on_both_is_kept_aside_and_comes_back(acting, new_tables):
    keep, other = someone(), someone()
    for person_id, lot in ((keep, "A"), (other, "B")):
        hang(person_id, [("dose", {"dose_id": 1, "appointment_id": 1, "lot": lot})])
    before = database()
    merge_id = merge(acting, keep, other)
    assert rows("SELECT person_id, lot FROM dose") == [(keep, "A")]
    assert [
        entry["rows"][0]["lot"] for entry in merging.merge_of(merge_id).aside if entry["table"] == "dose"
    ] == ["B"]
    undo(acting, merge_id)
    assert database() == before


def test_children_and_towers_name_the_kept_record(acting, new_tables):
    keep, other = someone(), someone()
    child = someone(full_name="Nguyễn Văn Bé", birth_date=dt.date(2015, 5, 5))
    versions.change(child, {"father_id": other}, ALWAYS)
    insert("tower", {"keeper": other, "name": "Cầu Giấy"})
    merge_id = merge(acting, keep, other)
    assert now_held(child)["father_id"] == keep
    assert rows("SELECT keeper FROM tower") == [(keep,)]
    undo(acting, merge_id)
    assert now_held(child)["father_id"] == other


def test_the_other_values_that_were_chosen_hold_and_the_old_ones_are_history(acting):
    keep = someone(phone="0912345678")
    other = someone(
        full_name="Nguyễn Văn Ân", phone="0987654321", birth_date=dt.date(1985, 1, 1), birth_precision="Y"
    )
    before = timezone.now()
    merge(acting, keep, other, fields=["full_name", "birth_date"])
    held = now_held(keep)
    assert (held["full_name"], held["birth_date"], held["birth_precision"], held["phone"]) == (
        "Nguyễn Văn Ân",
        dt.date(1985, 1, 1),
        "Y",
        "0912345678",
    )
    said = versions.person_as_of(keep, timezone.localdate(), before)
    assert said
    assert said["full_name"] == "Nguyễn Văn An"
    event = lookups.record_of(keep).events[0]
    assert (event["kind"], event["basis"], event["changes"]["full_name"]) == (
        "merge",
        BASIS,
        ["Nguyễn Văn An", "Nguyễn Văn Ân"],
    )


def test_what_was_said_of_the_other_record_before_can_still_be_asked(acting):
    keep, other = someone(), someone(full_name="Nguyễn Văn Ân")
    versions.change(other, {"phone": "0987654321"}, dt.date(2019, 1, 1))
    before = timezone.now()
    merge(acting, keep, other)
    said = versions.person_as_of(other, dt.date(2020, 1, 1), before)
    assert said
    assert (said["full_name"], said["phone"]) == ("Nguyễn Văn Ân", "0987654321")
    assert versions.person_as_of(other, dt.date(2018, 1, 1), before)["phone"] is None
    assert versions.person_as_of(other, dt.date(2020, 1, 1), timezone.now()) is None
    assert versions.person_as_of(other, dt.date(2018, 1, 1), timezone.now()) is None


def test_what_happened_to_both_is_told_of_the_kept_one(acting):
    keep, other = someone(), someone()
    actions.correct(acting, other, {"phone": "0987654321"}, "Đơn của công dân")
    merge(acting, keep, other)
    assert [event["kind"] for event in lookups.record_of(keep).events] == [
        "merge",
        "correction",
        "entry",
        "entry",
    ]


def test_both_numbers_of_the_audit_know_of_the_merge_and_of_its_end(acting):
    keep, other = someone(), someone()
    undo(acting, merge(acting, keep, other))
    for person_id in (keep, other):
        told = [entry.action for entry in audit.of_person(person_id)]
        assert told[:4] == ["register.merge_undone", "register.carried", "register.merge", "register.carried"]


def test_what_cannot_be_merged_is_refused_and_nothing_is_done(acting):
    keep, other = someone(pin=PIN), someone()
    before = database()
    for refusal, ids, chosen in (
        (SamePerson, (keep, keep), {}),
        (NoSuchPerson, (keep, 999_999_999), {}),
        (NoSuchPerson, (999_999_999, keep), {}),
        (UnknownField, (keep, other), {"fields": ["shoe_size"]}),
        (UnknownField, (keep, other), {"fields": ["birth_precision"]}),
    ):
        with pytest.raises(refusal):
            merge(acting, *ids, **chosen)
    with pytest.raises(NoBasis):
        merging.merge_people(acting, keep, other, basis="  ")
    assert database() == before


@pytest.mark.parametrize("link", ["father_id", "mother_id", "spouse_id"])
def test_a_child_is_not_merged_with_a_parent_nor_one_spouse_with_the_other(acting, link):
    keep, other = someone(), someone()
    versions.change(keep, {link: other}, ALWAYS)
    for pair in ((keep, other), (other, keep)):
        with pytest.raises(CloseRelatives, match=f"Record no. {other} is recorded"):
            merge(acting, *pair)


def test_a_record_that_is_merged_already_says_where_it_went(acting):
    keep, other, third = someone(), someone(), someone()
    merge(acting, keep, other)
    for pair in ((third, other), (other, third)):
        with pytest.raises(
            AlreadyMerged, match=f"no. {other} has already been merged. It is now record no. {keep}"
        ):
            merge(acting, *pair)


def test_an_areas_steward_merges_nobody_with_a_stranger_and_the_try_is_on_the_record():
    keep, stranger = someone(), someone(area(BEN_THANH))
    for pair in ((keep, stranger), (stranger, keep)):
        with pytest.raises(NoSuchPerson, match=str(stranger)):
            merge(acting_as(ha(CAU_GIAY, username=f"ha{pair[0]}")), *pair)
    assert [entry.action for entry in audit.of_person(stranger)] == ["register.view_refused"] * 2 + [
        "register.entry"
    ]
