"""Hà takes a merge back: each record gets what is its own."""

import datetime as dt

import pytest
from django.utils import timezone

from dancu.register import actions, lookups, merging, versions
from dancu.register.errors import (
    AlreadyUndone,
    LaterMerge,
    MovedRowGone,
    NoSuchMerge,
    NumberTaken,
    OutsideJurisdiction,
)
from dancu.register.merging.tests.merged import (
    ALWAYS,
    CROSSING,
    DECLARATION,
    ITS_OWN,
    OTHER_PIN,
    PASS,
    PIN,
    TODAY,
    merge,
    now_held,
    undo,
)
from dancu.testing.database import database, rows
from dancu.testing.hangings import hang, insert
from dancu.testing.officials import acting_as
from dancu.testing.people import BEN_THANH, CAU_GIAY, YEN_HOA, area, ha, someone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]


def test_what_the_kept_person_gained_since_stays_and_what_was_moved_goes(acting, new_tables):
    keep, other = someone(pin=PIN), someone(pin=OTHER_PIN)
    hang(other, [("dose", {"dose_id": 1, "appointment_id": 1, "lot": "A"})])
    merge_id = merge(acting, keep, other, fields=["pin"])
    hang(keep, [("dose", {"dose_id": 2, "appointment_id": 2, "lot": "B"})])
    actions.correct(acting, keep, {"phone": "0987654321"}, "Đơn")
    rows("UPDATE dose SET lot = 'C' WHERE dose_id = 1")
    undo(acting, merge_id)
    assert rows("SELECT person_id, dose_id, lot FROM dose ORDER BY dose_id") == [
        (other, 1, "C"),
        (keep, 2, "B"),
    ]
    assert (now_held(keep)["pin"], now_held(keep)["phone"], now_held(other)["pin"]) == (
        PIN,
        "0987654321",
        OTHER_PIN,
    )
    assert not lookups.record_of(keep).former_numbers
    assert merging.ids_of(keep) == [keep]


def test_what_was_written_since_goes_with_what_it_belongs_to(acting, new_tables):
    keep, other = someone(), someone()
    hang(other, [("pass", PASS | {"pass_id": 7}), ("appointment", {"appointment_id": 1})])
    hang(keep, [("pass", PASS | {"pass_id": 8, "declaration_id": ITS_OWN})])
    hang(other, [("declaration", DECLARATION)])
    merge_id = merge(acting, keep, other)
    hang(
        keep,
        [
            ("pass", PASS | {"pass_id": 9}),
            ("crossing", CROSSING),
            ("dose", {"dose_id": 1, "appointment_id": 1, "lot": "A"}),
            ("retraction", {"crossing_id": CROSSING["crossing_id"], "official_id": 1}),
        ],
    )
    hang(
        keep,
        [
            ("revocation", {"pass_id": number, "revoked_at": TODAY, "revoked_by": 1, "reason": "lost"})
            for number in (7, 8, 9)
        ],
    )
    undo(acting, merge_id)
    whose = {
        table: rows(f"SELECT person_id, {key} FROM {table} ORDER BY 2")
        for table, key in (
            ("pass", "pass_id"),
            ("revocation", "pass_id"),
            ("crossing", "pass_id"),
            ("retraction", "official_id"),
            ("dose", "dose_id"),
        )
    }
    passes = [(other, 7), (keep, 8), (other, 9)]
    assert whose == {
        "pass": passes,
        "revocation": passes,
        "crossing": [(other, 7)],
        "retraction": [(other, 1)],
        "dose": [(other, 1)],
    }


def test_what_goes_with_it_and_is_written_there_already_stays(acting):
    keep, other = someone(), someone()
    hang(other, [("pass", PASS | {"pass_id": 7})])
    merge_id = merge(acting, keep, other)
    for person_id, by in (
        (keep, 1),
        (other, 2),
    ):  # the second by a transaction that had begun before the merge
        insert(
            "revocation",
            {"person_id": person_id, "pass_id": 7, "revoked_at": TODAY, "revoked_by": by, "reason": "lost"},
        )
    undo(acting, merge_id)
    assert rows("SELECT person_id, revoked_by FROM revocation ORDER BY 2") == [(keep, 1), (other, 2)]


def test_a_field_that_was_changed_since_the_merge_stays_changed(acting):
    keep, other = someone(), someone(full_name="Nguyễn Văn Ân", phone="0987654321")
    merge_id = merge(acting, keep, other, fields=["full_name", "phone"])
    actions.correct(acting, keep, {"full_name": "Nguyễn Văn Ấn"}, "Giấy khai sinh")
    undo(acting, merge_id)
    assert (now_held(keep)["full_name"], now_held(keep)["phone"]) == ("Nguyễn Văn Ấn", None)


def test_a_value_that_was_not_always_the_same_comes_back_period_by_period(acting):
    keep, other = someone(phone="0900000001"), someone(phone="0900000009")
    versions.change(keep, {"phone": "0900000002"}, dt.date(2015, 1, 1))
    versions.change(keep, {"phone": "0900000003"}, dt.date(2020, 1, 1))
    days = [dt.date(2012, 1, 1), dt.date(2016, 1, 1), dt.date(2021, 1, 1)]

    def said(at: dt.datetime) -> list[str]:
        return [versions.person_as_of(keep, day, at)["phone"][-1] for day in days]

    before = timezone.now()
    merge_id = merge(acting, keep, other, fields=["phone"])
    between = timezone.now()
    undo(acting, merge_id)
    assert (said(before), said(between), said(timezone.now())) == (
        ["1", "2", "3"],
        ["9"] * 3,
        ["1", "2", "3"],
    )


def test_a_merge_is_undone_once(acting):
    merge_id = merge(acting, someone(), someone())
    undo(acting, merge_id)
    with pytest.raises(AlreadyUndone):
        undo(acting, merge_id)


def test_the_later_merge_is_undone_first(acting):
    first, second, third, fourth = (someone() for _ in range(4))
    into_first, again = merge(acting, first, second), None
    with pytest.raises(LaterMerge, match=f"no. {third} has since been merged into record no. {first}"):
        again = merge(acting, first, third)
        undo(acting, into_first)
    into_fourth = merge(acting, fourth, first)
    assert merging.ids_of(third) == [fourth, second, third, first]
    with pytest.raises(LaterMerge, match=f"no. {first} has since been merged into record no. {fourth}"):
        undo(acting, again)
    undo(acting, into_fourth)
    undo(acting, again)
    undo(acting, into_first)
    assert [merging.merged_into(each) for each in (first, second, third, fourth)] == [
        first,
        second,
        third,
        fourth,
    ]


def test_a_moved_row_that_is_gone_refuses_the_undoing(acting):
    keep, other = someone(), someone()
    merge_id = merge(acting, keep, other)
    rows("DELETE FROM life_event WHERE person_id = %s AND kind = 'entry'", keep)
    before = database()
    with pytest.raises(MovedRowGone, match="life_event"):
        undo(acting, merge_id)
    assert database() == before


def test_a_number_that_somebody_else_got_since_refuses_the_undoing(acting):
    keep, other = someone(), someone(pin=PIN)
    merge_id = merge(acting, keep, other)
    rows("UPDATE person SET pin = %s WHERE person_id = %s", PIN, someone())  # as nobody may record it
    with pytest.raises(NumberTaken, match=PIN):
        undo(acting, merge_id)


def test_a_child_that_was_merged_since_is_parted_first(acting):
    keep, other, child, same_child = (someone() for _ in range(4))
    versions.change(child, {"father_id": other}, ALWAYS)
    of_fathers = merge(acting, keep, other)
    of_children = merge(acting, same_child, child)
    with pytest.raises(LaterMerge, match=f"no. {child} has since been merged"):
        undo(acting, of_fathers)
    undo(acting, of_children)
    undo(acting, of_fathers)
    assert now_held(child)["father_id"] == other


def test_a_father_who_was_merged_meanwhile_is_named_as_he_is_called_now(acting):
    keep, other, father, same_father = (someone() for _ in range(4))
    versions.change(other, {"father_id": father}, ALWAYS)
    of_children = merge(acting, keep, other)
    of_fathers = merge(acting, same_father, father)
    undo(acting, of_children)
    assert now_held(other)["father_id"] == same_father
    undo(acting, of_fathers)
    assert now_held(other)["father_id"] == father


def test_nobody_undoes_what_is_not_theirs():
    keep, other = someone(), someone(area(BEN_THANH))
    merge_id = merge(acting_as(ha()), keep, other)
    with pytest.raises(OutsideJurisdiction):
        undo(acting_as(ha(CAU_GIAY, username="cau_giay")), merge_id)
    with pytest.raises(NoSuchMerge):
        undo(acting_as(ha(YEN_HOA, username="yen_hoa")), merge_id)
    with pytest.raises(NoSuchMerge):
        undo(acting_as(ha(username="other")), "019a0000-0000-7000-8000-000000000000")
