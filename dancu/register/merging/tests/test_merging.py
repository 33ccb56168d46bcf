"""Hà makes two records of one person into one, and sometimes takes it back."""

import datetime as dt

import pytest
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dancu.accounts.tests.factories import acting_as
from dancu.audit import lookups as audit
from dancu.register import actions, lookups, merging, versions
from dancu.register.errors import (
    AlreadyMerged,
    AlreadyUndone,
    CloseRelatives,
    LaterMerge,
    MovedRowGone,
    NoBasis,
    NoSuchMerge,
    NoSuchPerson,
    NumberTaken,
    OutsideJurisdiction,
    SamePerson,
    UnknownField,
)
from dancu.register.merging import catalogue
from dancu.register.tests.factories import BEN_THANH, CAU_GIAY, YEN_HOA, area, chi, ha, someone
from dancu.register.tests.hangings import (
    NEW_TABLES,
    database,
    hang,
    hangings,
    insert,
    rolled_back,
    rows,
    where_said,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

PIN, OTHER_PIN, THIRD_PIN = "001085001234", "001085005678", "001085009999"
CMND, OTHER_CMND = "012345678", "087654321"
BASIS = "Biên bản xác minh số 7/2021"
ALWAYS = dt.date.min
TODAY = "2021-08-12 06:00+07"
ITS, ITS_OWN = "019a0000-0000-7000-8000-000000000001", "019a0000-0000-7000-8000-000000000002"
DECLARATION = {
    "declaration_id": ITS, "declared_at": TODAY, "departs_on": "2021-08-12", "arrives_on": "2021-08-12", "origin_area": 1,
    "destination_area": 2, "birth_year": 1985, "declared_by": "self", "number_kind": "none", "full_name": "Nguyễn Văn An", "reason": "work",
    "vehicle": "bus", "outcome": "confirmed", "levels": "{}",
}  # fmt: skip
PASS = {"declaration_id": ITS, "issued_at": TODAY, "expires_at": "infinity", "qr_text": "DC1:"}
CROSSING = {
    "crossed_at": TODAY, "crossing_id": "019a0000-0000-7000-8000-000000000003", "pass_id": 7, "official_id": 1, "declaration_id": ITS,
    "station_id": 1, "direction": "in", "decision": "through", "origin_area": 1, "destination_area": 2, "vehicle": "bus",
}  # fmt: skip


@pytest.fixture
def acting():
    return acting_as(ha())


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _telling_ids(db):
    """Ids that are found wherever they are written."""
    rows("ALTER SEQUENCE person_id_seq RESTART WITH 700000000001")


@pytest.fixture
def new_tables():
    rows(NEW_TABLES)


def merge(acting, keep_id, other_id, **chosen):
    return merging.merge_people(acting, keep_id, other_id, basis=BASIS, **chosen)


def undo(acting, merge_id):
    merging.undo_merge(acting, merge_id, basis=BASIS)


def now_held(person_id):
    return lookups.get(person_id)


# What a merge does


def test_one_record_stays_and_both_numbers_lead_to_it(acting):
    keep, other = someone(pin=PIN, cmnd=CMND), someone(pin=OTHER_PIN, cmnd=OTHER_CMND)
    merge(acting, keep, other)
    assert [
        [found.person_id for found in lookups.by_number(number)] for number in (PIN, OTHER_PIN, CMND, OTHER_CMND)
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
    crossing = {"crossed_at": "2021-08-11 06:00+07", "crossing_id": "019a0000-0000-7000-8000-000000000001", "pass_id": 7, "official_id": 1,
                "declaration_id": "019a0000-0000-7000-8000-000000000002", "station_id": 1, "direction": "in", "decision": "through",
                "origin_area": 1, "destination_area": 2, "vehicle": "bus"}  # fmt: skip
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
    assert [entry["rows"][0]["lot"] for entry in merging.merge_of(merge_id).aside if entry["table"] == "dose"] == ["B"]
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
    other = someone(full_name="Nguyễn Văn Ân", phone="0987654321", birth_date=dt.date(1985, 1, 1), birth_precision="Y")
    before = timezone.now()
    merge(acting, keep, other, fields=["full_name", "birth_date"])
    held = now_held(keep)
    assert (held["full_name"], held["birth_date"], held["birth_precision"], held["phone"]) == (
        "Nguyễn Văn Ân", dt.date(1985, 1, 1), "Y", "0912345678",
    )  # fmt: skip
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
    assert [event["kind"] for event in lookups.record_of(keep).events] == ["merge", "correction", "entry", "entry"]


def test_both_numbers_of_the_audit_know_of_the_merge_and_of_its_end(acting):
    keep, other = someone(), someone()
    undo(acting, merge(acting, keep, other))
    for person_id in (keep, other):
        assert [entry.action for entry in audit.of_person(person_id)][:2] == ["register.merge_undone", "register.merge"]


def homes_of(person_id):
    return [
        (row["area_id"], row["valid_from"].year, row["valid_to"] and row["valid_to"].year)
        for row in lookups.record_of(person_id).residences
    ]


@pytest.mark.parametrize(("chosen", "stays"), [([], "keep"), (["home_area"], "other")])
def test_of_two_homes_the_earlier_ended_when_the_later_began(acting, chosen, stays):
    there, here = area(BEN_THANH), area(CAU_GIAY)
    long_ago, since = (dt.date(year, 1, 1) for year in (2008, 2015))
    keep = someone(here if stays == "keep" else there, valid_from=since if stays == "keep" else long_ago)
    other = someone(there if stays == "keep" else here, valid_from=long_ago if stays == "keep" else since)
    before = [homes_of(person_id) for person_id in (keep, other)]
    merge_id = merge(acting, keep, other, fields=chosen)
    assert homes_of(keep) == [(here, 2015, None), (there, 2008, 2015)]
    undo(acting, merge_id)
    assert [homes_of(person_id) for person_id in (keep, other)] == before
    assert now_held(keep)["home_area"] == (here if stays == "keep" else there)


def test_one_home_that_two_records_date_otherwise_is_one_home(acting):
    keep, other = someone(), someone(valid_from=dt.date(2005, 1, 1))
    merge(acting, keep, other)
    assert [since for _area, since, _until in homes_of(keep)] == [2010]


def test_who_is_dead_by_the_other_record_lives_nowhere(acting):
    keep, other = someone(), someone()
    actions.record_death(acting, other, dt.date(2020, 5, 5), "Giấy chứng tử")
    merge_id = merge(acting, keep, other, fields=["status"])
    assert (now_held(keep)["status"], homes_of(keep)[0][2]) == (2, 2020)
    undo(acting, merge_id)
    assert (now_held(keep)["status"], homes_of(keep)[0][2]) == (1, None)


def test_who_is_dead_by_one_of_the_records_lives_nowhere_for_now_either(acting):
    died = dt.date(2020, 5, 5)
    for dead_is_kept, fields in (
        (False, ["status"]),
        (True, []),
        (True, ["home_area"]),
        (False, ["status", "home_area"]),
    ):
        keep, other = someone(area(YEN_HOA)), someone()
        for person_id, kind, where in ((keep, lookups.TEMPORARY, BEN_THANH), (other, lookups.CURRENT, CAU_GIAY)):
            lodge(person_id, kind, where)
        before = lookups.homes([keep, other])
        actions.record_death(acting, keep if dead_is_kept else other, died, "Giấy chứng tử")
        lodge(keep if dead_is_kept else other, lookups.STAY, BEN_THANH)  # as files of before left it
        parted = lookups.homes([keep, other])
        merge_id = merge(acting, keep, other, fields=fields)
        assert lookups.homes([keep]) == {}, fields
        assert (now_held(keep)["status"], now_held(keep)["home_since"]) == (2, None)
        assert not lookups.may_see(acting_as(chi(BEN_THANH, f"chi-{keep}")), keep)
        undo(acting, merge_id)
        if not dead_is_kept:
            assert lookups.homes([keep])[keep] == before[keep]
        else:
            assert lookups.homes([other])[other] == parted[other]


def test_of_two_homes_for_now_the_earlier_ended_when_the_later_began(acting):
    keep, other = someone(), someone()
    lodge(keep, lookups.TEMPORARY, BEN_THANH, dt.date(2018, 1, 1))
    lodge(other, lookups.TEMPORARY, YEN_HOA, dt.date(2019, 1, 1))
    before = [homes_of(person_id) for person_id in (keep, other)]
    merge_id = merge(acting, keep, other)
    assert [home for home in homes_of(keep) if home[1] > 2010] == [
        (area(YEN_HOA), 2019, None),
        (area(BEN_THANH), 2018, 2019),
    ]
    undo(acting, merge_id)
    assert [homes_of(person_id) for person_id in (keep, other)] == before


def lodge(person_id, kind, where, since=dt.date(2019, 1, 1)):
    rows(
        "INSERT INTO residence (person_id, kind, valid_from, area_id) VALUES (%s, %s, %s, %s)",
        person_id,
        kind,
        since,
        area(where),
    )


# What a merge refuses


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
        with pytest.raises(AlreadyMerged, match=f"no. {other} is merged already: it is record no. {keep}"):
            merge(acting, *pair)


def test_an_areas_steward_merges_nobody_with_a_stranger_and_the_try_is_on_the_record():
    keep, stranger = someone(), someone(area(BEN_THANH))
    for pair in ((keep, stranger), (stranger, keep)):
        with pytest.raises(NoSuchPerson, match=str(stranger)):
            merge(acting_as(ha(CAU_GIAY, username=f"ha{pair[0]}")), *pair)
    assert [entry.action for entry in audit.of_person(stranger)] == ["register.view_refused"] * 2 + ["register.entry"]


# Undoing


def test_what_the_kept_person_gained_since_stays_and_what_was_moved_goes(acting, new_tables):
    keep, other = someone(pin=PIN), someone(pin=OTHER_PIN)
    hang(other, [("dose", {"dose_id": 1, "appointment_id": 1, "lot": "A"})])
    merge_id = merge(acting, keep, other, fields=["pin"])
    hang(keep, [("dose", {"dose_id": 2, "appointment_id": 2, "lot": "B"})])
    actions.correct(acting, keep, {"phone": "0987654321"}, "Đơn")
    rows("UPDATE dose SET lot = 'C' WHERE dose_id = 1")
    undo(acting, merge_id)
    assert rows("SELECT person_id, dose_id, lot FROM dose ORDER BY dose_id") == [(other, 1, "C"), (keep, 2, "B")]
    assert (now_held(keep)["pin"], now_held(keep)["phone"], now_held(other)["pin"]) == (PIN, "0987654321", OTHER_PIN)
    assert not lookups.record_of(keep).former_numbers
    assert merging.ids_of(keep) == [keep]


def test_what_was_written_since_goes_with_what_it_belongs_to(acting, new_tables):
    keep, other = someone(), someone()
    hang(other, [("pass", PASS | {"pass_id": 7}), ("appointment", {"appointment_id": 1})])
    hang(keep, [("pass", PASS | {"pass_id": 8, "declaration_id": ITS_OWN})])
    hang(other, [("declaration", DECLARATION)])
    merge_id = merge(acting, keep, other)
    hang(keep, [
        ("pass", PASS | {"pass_id": 9}), ("crossing", CROSSING), ("dose", {"dose_id": 1, "appointment_id": 1, "lot": "A"}),
        ("retraction", {"crossing_id": CROSSING["crossing_id"], "official_id": 1}),
    ])  # fmt: skip
    hang(
        keep,
        [
            ("revocation", {"pass_id": number, "revoked_at": TODAY, "revoked_by": 1, "reason": "lost"})
            for number in (7, 8, 9)
        ],
    )
    undo(acting, merge_id)
    whose = {table: rows(f"SELECT person_id, {key} FROM {table} ORDER BY 2") for table, key in (
        ("pass", "pass_id"), ("revocation", "pass_id"), ("crossing", "pass_id"), ("retraction", "official_id"), ("dose", "dose_id"),
    )}  # fmt: skip
    passes = [(other, 7), (keep, 8), (other, 9)]
    assert whose == {
        "pass": passes, "revocation": passes, "crossing": [(other, 7)], "retraction": [(other, 1)], "dose": [(other, 1)],
    }  # fmt: skip


def test_what_goes_with_it_and_is_written_there_already_stays(acting):
    keep, other = someone(), someone()
    hang(other, [("pass", PASS | {"pass_id": 7})])
    merge_id = merge(acting, keep, other)
    for person_id, by in ((keep, 1), (other, 2)):  # the second by a transaction that had begun before the merge
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
    assert (said(before), said(between), said(timezone.now())) == (["1", "2", "3"], ["9"] * 3, ["1", "2", "3"])


def test_a_merge_is_undone_once(acting):
    merge_id = merge(acting, someone(), someone())
    undo(acting, merge_id)
    with pytest.raises(AlreadyUndone):
        undo(acting, merge_id)


def test_the_later_merge_is_undone_first(acting):
    first, second, third, fourth = (someone() for _ in range(4))
    into_first, again = merge(acting, first, second), None
    with pytest.raises(LaterMerge, match=f"no. {third} was merged into record no. {first}"):
        again = merge(acting, first, third)
        undo(acting, into_first)
    into_fourth = merge(acting, fourth, first)
    assert merging.ids_of(third) == [fourth, second, third, first]
    with pytest.raises(LaterMerge, match=f"no. {first} was merged into record no. {fourth}"):
        undo(acting, again)
    undo(acting, into_fourth)
    undo(acting, again)
    undo(acting, into_first)
    assert [merging.merged_into(each) for each in (first, second, third, fourth)] == [first, second, third, fourth]


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
    someone(pin=PIN)
    with pytest.raises(NumberTaken, match=PIN):
        undo(acting, merge_id)


def test_a_child_that_was_merged_since_is_parted_first(acting):
    keep, other, child, same_child = (someone() for _ in range(4))
    versions.change(child, {"father_id": other}, ALWAYS)
    of_fathers = merge(acting, keep, other)
    of_children = merge(acting, same_child, child)
    with pytest.raises(LaterMerge, match=f"no. {child} was merged"):
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


# Nothing is forgotten


def test_what_was_under_way_under_the_old_number_is_gathered(acting, new_tables):
    keep, other = someone(), someone()
    merge_id = merge(acting, keep, other)
    hang(other, [("dose", {"dose_id": 1, "appointment_id": 1, "lot": "A"})])
    assert merging.settle() == 2
    assert rows("SELECT person_id FROM dose") == [(keep,)]
    undo(acting, merge_id)
    assert rows("SELECT person_id FROM dose") == [(other,)]


def test_what_a_large_table_names_is_put_right_in_the_night(acting, monkeypatch):
    keep, other, child = someone(), someone(), someone()
    versions.change(child, {"father_id": other}, ALWAYS)
    monkeypatch.setattr(catalogue, "MANY", -2)
    merge_id = merge(acting, keep, other)
    assert now_held(child)["father_id"] == other
    merging.settle()
    assert now_held(child)["father_id"] == keep
    undo(acting, merge_id)
    assert now_held(child)["father_id"] == other


# Columns that end in _id or _person and hold something else, as far as it is not the key of another table.
NOT_PEOPLE = {"official_id", "grant_id", "jurisdiction_id", "household_id", "facility_id", "user_id"}


def test_every_column_that_holds_a_person_is_carried_or_says_why_not():
    """New column here? Name it …_person_id (or comment it 'person'), or put it in STAYS with the reason, or in NOT_PEOPLE."""
    found = rows(
        "SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
        " WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = current_schema()::regnamespace"
        " AND a.atttypid IN ('bigint'::regtype, 'bigint[]'::regtype) AND a.attname ~ '(_id|_ids|person|people|holder|head)$'"
        " AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'f' AND a.attnum = ANY (k.conkey))"
        " AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary"
        "                 AND a.attnum = i.indkey[i.indnatts - 1] AND a.attname <> 'person_id')"
    )
    keys = {name for (name,) in rows(
        "SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[i.indnatts - 1]"
        " WHERE i.indisprimary AND a.attname <> 'person_id'"
    )}  # fmt: skip
    carried = {(column.table, column.name) for column in catalogue.columns()}
    unknown = [(table, name) for table, name in found if (table, name) not in carried | set(catalogue.STAYS)]
    assert [(table, name) for table, name in unknown if name not in NOT_PEOPLE | keys] == []
    assert {("crossing", "person_id"), ("person", "father_id"), ("outbox", "person_id")} <= carried
    assert all(column.key for column in catalogue.columns()), "without a primary key no row can be brought back"


def test_after_a_merge_the_old_number_is_written_nowhere_but_where_it_belongs(acting, new_tables):
    keep, other, child = someone(), someone(), someone()
    versions.change(child, {"father_id": other}, ALWAYS)
    hang(keep, [("contact", {"place": "bus"})], known=other)
    merge(acting, keep, other)
    assert where_said(other) == {"person_history", "person_merge"}


def clean(said, *person_ids):
    """But for the kept records, whose fields were changed and changed back: of those, what is said of any day."""
    tables = {table: each for table, each in said.items() if table not in ("person", "person_history")}
    days = [dt.date(year, 6, 30) for year in range(2009, 2027)]
    return tables, [
        {name: value for name, value in row.items() if name not in ("recorded_at", "valid_from")} if row else None
        for person_id in person_ids
        for row in (versions.person_as_of(person_id, day, timezone.now()) for day in days)
    ]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(hangings, hangings)
def test_a_merge_undone_leaves_the_database_as_it_was(acting, new_tables, of_keep, of_other):
    with rolled_back():
        keep, other, third = someone(), someone(cmnd=CMND), someone()
        for person_id, rows_of, known in ((keep, of_keep, other), (other, of_other, keep), (third, of_keep, other)):
            hang(person_id, rows_of, known=known)
        before = database()
        merge_id = merge(acting, keep, other)
        assert not where_said(other) - {"person_history", "person_merge"}
        undo(acting, merge_id)
        assert database() == before


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(hangings, hangings, st.sets(st.sampled_from(sorted(merging.MERGE_FIELDS))), st.booleans())
def test_two_merges_in_a_chain_undone_in_reverse_leave_everything_as_it_was(
    acting, new_tables, of_second, of_third, fields, deeper
):
    with rolled_back():
        first, second = (
            someone(pin=PIN),
            someone(full_name="Nguyễn Văn Ân", phone="0987654321", cmnd=CMND, pin=OTHER_PIN),
        )
        third = someone(full_name="Nguyễn Ân", birth_date=dt.date(1985, 1, 1), birth_precision="Y", sex=2)
        hang(second, of_second, known=third)
        hang(third, of_third, known=second)
        before = clean(database(), first, second, third)
        one = merge(acting, second, third, fields=fields)
        two = merge(acting, *((first, second) if deeper else (second, first)), fields=fields)
        undo(acting, two)
        undo(acting, one)
        assert clean(database(), first, second, third) == before
