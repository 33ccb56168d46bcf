import datetime as dt

import pytest

from dancu.areas import lookups as areas
from dancu.audit import lookups as audit
from dancu.discrepancies import errors, lookups
from dancu.discrepancies.actions import (
    Discrepancy,
    identify,
    mark_applied,
    reopen,
    report_discrepancies,
    report_records,
    resolve,
)
from dancu.discrepancies.differences import differing_fields, right_values
from dancu.register import actions as register
from dancu.register import lookups as people
from dancu.testing.cases import a_record
from dancu.testing.officials import acting_as, make_official
from dancu.testing.people import BEN_THANH, CAU_GIAY, HA_NOI, YEN_HOA, area, chi, ha, someone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

PIN, OTHER_PIN = "001085001234", "001085005678"
SITE = "Trạm y tế Cầu Giấy"


@pytest.fixture
def hai(db):
    """Hà, the steward of Hà Nội, at work: the police of the loop."""
    return acting_as(ha(HA_NOI))


@pytest.fixture
def at_site(db):
    """Chi, of the commune Cầu Giấy, at work: the site of the loop."""
    return acting_as(chi())


def only(acting, **asked):
    """The one record on the official's side of the loop."""
    found, total = lookups.entries(acting, **asked)
    assert total == len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    "birth", ["1956/", "1956.0", "1956-", "1956/00", "1956-" + "9" * 400 + "-1", "½", "\u0661"]
)
def test_one_odd_birth_date_hides_no_other_record(hai, at_site, birth):
    someone(pin=PIN)
    odd = {**a_record().declared, "birth": birth}
    assert report_records(at_site, SITE, area(CAU_GIAY), {"v1": odd, "v2": a_record().declared}).new == 2
    entries, total = lookups.entries(hai)
    assert total == 2
    assert any("birth" in entry.differing for entry in entries)


def test_the_loop_of_2022_from_the_sites_list_to_its_update(hai, at_site):
    an = someone(pin=PIN)
    listed = report_records(at_site, SITE, area(CAU_GIAY), {"v1": a_record().declared})
    assert listed == (1, 0, 0)
    waiting = only(hai)
    assert (waiting.person["person_id"], waiting.differing) == (an, ("full_name",))
    assert lookups.counts(at_site) == {SITE: {"listed": 1}}

    assert resolve(hai, {waiting.row["correction_id"]: "record_wrong"}) == 1
    told = only(at_site)
    assert (told.row["status"], told.row["verdict"]) == ("verified", "record_wrong")
    assert told.rights == {"full_name": "Nguyễn Văn An"}
    assert told.person is None

    assert mark_applied(at_site, [told.row["correction_id"]]) == 1
    assert lookups.counts(hai) == lookups.counts(at_site) == {SITE: {"updated": 1}}
    story = [event["kind"] for event in lookups.events(at_site, told.row["correction_id"])]
    assert story == ["listed", "verified", "updated"]


def test_the_site_learns_of_the_register_only_what_differs_and_only_after_the_signature(hai, at_site):
    someone(pin=PIN, phone="0912345678")
    report_records(at_site, SITE, area(CAU_GIAY), {"v1": a_record().declared})
    assert only(at_site).rights == {}
    resolve(hai, {only(hai).row["correction_id"]: "record_wrong"})
    assert set(only(at_site).rights) == {"full_name"}


def test_a_record_listed_twice_is_once_and_one_that_the_site_changed_waits_again(hai):
    an = someone(pin=PIN)
    assert report_discrepancies([a_record(an), a_record(an)]) == (1, 0, 0)
    assert report_discrepancies([a_record(an)]) == (0, 0, 1)
    resolve(hai, {only(hai).row["correction_id"]: "cannot_tell"})
    assert report_discrepancies([a_record(an)]) == (0, 0, 1)
    assert only(hai).row["status"] == "verified"
    assert report_discrepancies([a_record(an, full_name="Nguyễn An")]) == (0, 1, 0)
    row = only(hai).row
    assert (row["status"], row["verdict"], row["times_reopened"]) == ("listed", None, 1)


def test_the_police_of_where_the_person_lives_verify_and_no_other():
    away = someone(area(BEN_THANH), pin=PIN)
    report_discrepancies([a_record(away)])
    here = acting_as(ha(CAU_GIAY, "here"))
    assert lookups.entries(here) == ([], 0)
    there = acting_as(ha(BEN_THANH, "there"))
    correction_id = only(there).row["correction_id"]
    assert resolve(here, {correction_id: "record_wrong"}) == 0
    with pytest.raises(errors.NoSuchCorrection):
        reopen(here, correction_id)
    assert resolve(there, {correction_id: "record_wrong"}) == 1


def test_who_has_moved_since_is_sent_on_to_the_police_of_the_new_home(hai):
    an = someone(pin=PIN)
    report_discrepancies([a_record(an)])
    register.record_move(
        hai, an, area_id=area(BEN_THANH), address="", moved_on=dt.date(2025, 8, 1), basis="CT07"
    )
    assert only(hai).person is None
    assert lookups.entries(hai) == ([], 0)
    assert only(acting_as(ha(BEN_THANH, "there"))).person["person_id"] == an


def test_a_site_sees_its_own_commune_and_a_facility_its_own_list():
    an = someone(pin=PIN)
    report_discrepancies([a_record(an)])
    assert lookups.entries(acting_as(chi(YEN_HOA, "yen"))) == ([], 0)
    clinic = acting_as(make_official("dung", "vaccinator", "facility", 7))
    assert lookups.entries(clinic) == ([], 0)
    report_records(clinic, "Phòng tiêm 7", area(CAU_GIAY), {"v2": a_record().declared})
    assert only(clinic).row["record_id"] == "v2"
    assert lookups.entries(acting_as(chi()))[1] == 2


def test_two_facilities_of_one_name_each_list_a_record_1_and_both_stand(at_site):
    clinics = [acting_as(make_official(f"dung{nth}", "vaccinator", "facility", nth)) for nth in (7, 8)]
    for nth, clinic in enumerate(clinics):
        held = {"full_name": f"Nguyễn Văn {nth}"}
        assert report_records(clinic, SITE, area(CAU_GIAY), {"1": held}) == (1, 0, 0)
        assert report_records(clinic, SITE, area(CAU_GIAY), {"1": held}) == (0, 0, 1)
    assert report_discrepancies(
        [Discrepancy(SITE, "1", area(place), {}) for place in (CAU_GIAY, YEN_HOA)]
    ) == (2, 0, 0)
    assert [only(clinic).declared["full_name"] for clinic in clinics] == ["Nguyễn Văn 0", "Nguyễn Văn 1"]
    assert lookups.entries(at_site)[1] == 3


def test_nobody_takes_another_sites_record_by_naming_that_site(at_site):
    report_records(at_site, SITE, area(CAU_GIAY), {"v1": a_record().declared})
    stranger = acting_as(chi(YEN_HOA, "yen"))
    assert report_records(stranger, SITE, area(CAU_GIAY), {"v1": {"full_name": "Lê Văn Khác"}}) == (0, 0, 1)
    assert report_records(stranger, SITE, area(YEN_HOA), {"v1": {"full_name": "Lê Văn Khác"}}) == (1, 0, 0)
    assert only(at_site).declared == a_record().declared
    assert only(stranger).declared == {"full_name": "Lê Văn Khác"}
    assert report_records(at_site, SITE, area(CAU_GIAY), {"v1": {"full_name": "Nguyễn An"}}) == (0, 1, 0)


def test_nobody_of_the_site_marks_what_is_not_verified_or_not_theirs(hai, at_site):
    report_discrepancies([a_record(someone(pin=PIN))])
    correction_id = only(hai).row["correction_id"]
    assert mark_applied(at_site, [correction_id]) == 0
    resolve(hai, {correction_id: "record_wrong"})
    assert mark_applied(acting_as(chi(YEN_HOA, "yen")), [correction_id]) == 0
    assert mark_applied(at_site, [correction_id, correction_id]) == 1
    assert mark_applied(at_site, [correction_id]) == 0


def test_either_side_sends_a_verdict_back_with_a_note(hai, at_site):
    report_discrepancies([a_record(someone(pin=PIN))])
    correction_id = only(hai).row["correction_id"]
    resolve(hai, {correction_id: "not_this_person"})
    reopen(at_site, correction_id, "Đã hỏi lại người dân")
    again = only(hai, status="listed").row
    assert (again["note"], again["verdict"], again["times_reopened"]) == ("Đã hỏi lại người dân", None, 1)
    resolve(hai, {correction_id: "record_wrong"})
    reopen(hai, correction_id)
    assert only(at_site).rights == {}
    with pytest.raises(errors.NoSuchCorrection):
        reopen(hai, correction_id)


def test_a_verdict_has_to_be_one_of_four_and_needs_a_person_unless_one_cannot_tell(hai):
    report_discrepancies([a_record(None)])
    correction_id = only(hai).row["correction_id"]
    with pytest.raises(errors.UnknownVerdict):
        resolve(hai, {correction_id: "perhaps"})
    with pytest.raises(errors.NobodyFound):
        resolve(hai, {correction_id: "record_wrong"})
    assert resolve(hai, {correction_id: "cannot_tell"}, {correction_id: "Không có giấy tờ"}) == 1
    assert only(hai).row["note"] == "Không có giấy tờ"


def test_the_police_say_whom_the_record_is_about(hai):
    an, away = someone(pin=PIN), someone(area(BEN_THANH), pin=OTHER_PIN)
    report_discrepancies([a_record(None, number="")])
    correction_id = only(hai).row["correction_id"]
    for nobody in (0, 999_999_999, away):
        with pytest.raises(errors.NotOfYourArea):
            identify(hai, correction_id, nobody)
    identify(hai, correction_id, an)
    assert only(hai).differing == ("number", "full_name")
    assert resolve(hai, {correction_id: "record_wrong"}) == 1
    with pytest.raises(errors.NoSuchCorrection):
        identify(hai, correction_id, an)
    actions = [entry.action for entry in audit.of_person(an)]
    assert actions.count("register.identify") == 2
    assert [entry.action for entry in audit.of_person(away)].count("register.identify") == 0


def test_a_list_is_identified_and_signed_in_sets(hai, at_site, django_assert_max_num_queries):
    pins = [f"0010850{nth:05}" for nth in range(40)]
    for pin in pins:
        someone(pin=pin)
    declared = {f"v{nth}": a_record(number=pin).declared for nth, pin in enumerate(pins)}
    with django_assert_max_num_queries(13):
        report_records(at_site, SITE, area(CAU_GIAY), declared)
    waiting = [entry.row["correction_id"] for entry in lookups.entries(hai, most=100)[0]]
    with django_assert_max_num_queries(60):  # most of them ask whether the list of areas has changed
        assert resolve(hai, dict.fromkeys(waiting, "record_wrong")) == 40


def test_a_number_with_a_lost_zero_leads_to_the_person_of_that_name_and_birth_date(hai, at_site):
    an = someone(pin=PIN)
    lost = a_record(number=PIN.lstrip("0"), full_name="Nguyen Van An").declared
    stranger = a_record(number=PIN.lstrip("0"), full_name="Lê Thị Bưởi").declared
    report_records(at_site, SITE, area(CAU_GIAY), {"v1": lost, "v2": stranger})
    assert [entry.row["person_id"] for entry in lookups.entries(hai)[0]] == [an, None]


def test_of_several_who_hold_one_old_number_it_is_the_one_who_agrees(hai, at_site):
    someone(cmnd="012345678", full_name="Lê Thị Bưởi", sex=2)
    an = someone(cmnd="012345678")
    report_records(at_site, SITE, area(CAU_GIAY), {"v1": a_record(number="012345678").declared})
    assert only(hai).row["person_id"] == an


@pytest.mark.parametrize(
    ("declared", "unlike"),
    [
        ({}, ["number"]),
        ({"number": PIN}, []),
        ({"number": "001 085 001 234", "full_name": "NGUYỄN VĂN AN", "sex": "Nam"}, []),
        ({"number": PIN, "full_name": "Nguyen Van An"}, ["full_name"]),
        ({"number": PIN, "birth": "1985-03-12"}, []),
        ({"number": PIN, "birth": "03/12/1985"}, ["birth"]),
        ({"number": PIN, "birth": "30/02/1985"}, ["birth"]),
        ({"number": OTHER_PIN, "sex": 2, "phone": "0900000000"}, ["number", "sex", "phone"]),
        ({"number": PIN, "phone": "+84 912 345 678", "commune_code": CAU_GIAY}, []),
        ({"number": PIN, "commune_code": BEN_THANH}, ["commune_code"]),
    ],
)
def test_what_differs_is_what_the_site_has_to_change(declared, unlike):
    person = people.get(someone(pin=PIN, phone="0912345678"))
    assert differing_fields(declared, person) == unlike
    assert set(right_values(declared, person)) == set(unlike)


def test_what_is_right_is_written_as_a_site_writes_it():
    person = people.get(
        someone(
            area(YEN_HOA), pin=PIN, birth_date=dt.date(1985, 1, 1), birth_precision="Y", phone="0912345678"
        )
    )
    declared = {"full_name": "X", "birth": "1986", "sex": 2, "phone": "1", "commune_code": CAU_GIAY}
    assert right_values(declared, person) == {
        "number": PIN,
        "full_name": "Nguyễn Văn An",
        "birth": "1985",
        "sex": "1",
        "phone": "0912345678",
        "commune_code": YEN_HOA,
    }


def test_whoever_is_on_a_list_that_is_seen_saved_or_signed_is_on_the_record(hai, at_site):
    an = someone(pin=PIN)
    report_records(at_site, SITE, area(CAU_GIAY), {"v1": a_record().declared})
    lookups.entries(at_site)
    correction_id = only(hai).row["correction_id"]
    resolve(hai, {correction_id: "record_wrong"})
    assert [entry.declared["number"] for entry in lookups.every_entry(at_site)] == [PIN]
    mark_applied(at_site, [correction_id])
    reopen(at_site, correction_id)
    told = {entry.action for entry in audit.of_person(an)}
    assert {
        f"corrections.{what}" for what in ("listed", "list", "signed", "export", "updated", "reopened")
    } <= told


def test_a_declared_commune_of_former_days_agrees_with_its_successor():
    person = people.get(someone(pin=PIN))
    old = areas.get(area(CAU_GIAY, dt.date(2021, 8, 11)))
    assert differing_fields({"number": PIN, "commune_code": old.code}, person) == []
