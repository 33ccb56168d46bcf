import datetime as dt

import pytest
from django.db import connection

from dancu.audit import lookups as audit
from dancu.register import actions, lookups
from dancu.register.errors import NoSuchPerson
from dancu.register.lookups import MOST_FOUND, TEMPORARY
from dancu.testing.officials import acting_as, make_official
from dancu.testing.people import (
    BEFORE,
    BEN_THANH,
    BORN,
    CAU_GIAY,
    DICH_VONG,
    HA_NOI,
    HO_CHI_MINH,
    YEN_HOA,
    area,
    chi,
    ha,
    someone,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

PIN, OTHER_PIN, CMND, PHONE = "001085001234", "001085005678", "012345678", "0912345678"


@pytest.fixture
def acting():
    return acting_as(chi())


@pytest.fixture
def steward():
    return acting_as(ha())


def found(acting, **asked) -> list[int]:
    return [person.person_id for person in lookups.search(acting, **asked).people]


def recorded(person_id: int, action: str) -> int:
    return [entry.action for entry in audit.of_person(person_id)].count(action)


@pytest.mark.parametrize("number", [PIN, "001 085 001 234", CMND, "012.345.678"])
def test_a_person_is_found_by_either_number_however_it_is_written(acting, number):
    an = someone(pin=PIN, cmnd=CMND)
    assert found(acting, number=number) == [an]


@pytest.mark.parametrize("phone", [PHONE, "+84912345678", "0912 345 678", "0912.345.678"])
def test_a_person_is_found_by_telephone(acting, phone):
    an = someone(phone=PHONE)
    assert found(acting, phone=phone) == [an]


@pytest.mark.parametrize("name", ["Nguyễn Văn An", "nguyen van an", "NGUYỄN VĂN AN", "Văn An", "an"])
def test_a_person_is_found_by_birth_date_and_the_last_words_of_the_name(acting, name):
    an = someone()
    assert found(acting, name=name, birth_date=BORN) == [an]


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"number": "001085009999"},
        {"phone": "123"},
        {"name": "Nguyễn Văn An", "birth_date": dt.date(1985, 3, 13)},
        {"name": "Trần", "birth_date": BORN},
        {"name": "guyễn", "birth_date": BORN},
        {"name": "%", "birth_date": BORN},
        {"name": ".*"},
    ],
)
def test_what_fits_nobody_or_is_too_little_finds_nobody(acting, asked):
    someone(pin=PIN, phone=PHONE)
    assert found(acting, **asked) == []


def test_someone_of_whom_only_the_year_of_birth_is_known_is_found_by_any_day_of_it(acting):
    an = someone(birth_date=dt.date(1985, 1, 1), birth_precision="Y")
    assert found(acting, name="Nguyễn Văn An", birth_date=dt.date(1985, 8, 20)) == [an]


def test_a_cancelled_number_finds_its_holder(acting, steward):
    an = someone(pin=PIN)
    actions.replace_pin(steward, an, OTHER_PIN, dt.date(2021, 8, 1), "Sai giới tính")
    assert found(acting, number=PIN) == [an]
    assert found(acting, number=OTHER_PIN) == [an]


def test_nobody_of_another_commune_is_found(acting):
    someone(area(YEN_HOA), pin=PIN, phone=PHONE)
    assert found(acting, number=PIN) == found(acting, phone=PHONE) == []
    assert found(acting, name="Nguyễn Văn An", birth_date=BORN) == []


def test_those_registered_in_a_ward_of_former_days_are_found_by_its_successor(acting):
    an = someone(area(DICH_VONG, on=BEFORE), pin=PIN)
    assert found(acting, number=PIN) == [an]
    assert lookups.may_see(acting, an)


def test_those_who_live_here_for_a_time_are_seen_here_and_at_home(acting, steward):
    an = someone(area(BEN_THANH), pin=PIN)
    actions.record_move(
        steward,
        an,
        area_id=area(CAU_GIAY),
        address="",
        moved_on=dt.date(2025, 8, 1),
        basis="CT01",
        kind=TEMPORARY,
    )
    assert found(acting, number=PIN) == [an]
    assert found(acting_as(chi(BEN_THANH, "saigon")), number=PIN) == [an]


def test_one_who_moved_away_is_seen_no_longer(acting, steward):
    an = someone(pin=PIN)
    actions.record_move(
        steward, an, area_id=area(YEN_HOA), address="", moved_on=dt.date(2025, 8, 1), basis="CT07"
    )
    assert found(acting, number=PIN) == []
    assert not lookups.may_see(acting, an)


def test_a_province_and_the_nation_see_what_is_theirs():
    an = someone(pin=PIN)
    assert found(acting_as(chi(HA_NOI, "hanoi")), number=PIN) == [an]
    assert found(acting_as(chi(HO_CHI_MINH, "hcm")), number=PIN) == []
    assert found(acting_as(ha()), number=PIN) == [an]
    assert found(acting_as(make_official("dung", "vaccinator", "facility", 3)), number=PIN) == []


def test_at_most_fifty_are_found(acting):
    for _ in range(MOST_FOUND + 2):
        someone()
    assert len(found(acting, name="Nguyễn Văn An", birth_date=BORN)) == MOST_FOUND


def test_everyone_found_is_on_the_record_and_so_is_a_search_that_found_nobody(acting):
    an = someone(pin=PIN)
    found(acting, number=PIN)
    found(acting, number="001085009999")
    assert recorded(an, "register.search") == recorded(0, "register.search") == 1


def test_the_audit_of_a_search_does_not_repeat_what_was_asked(acting):
    someone(pin=PIN)
    found(acting, number=PIN)
    long_ago, now = dt.datetime(2020, 1, 1, tzinfo=dt.UTC), dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
    (entry,) = audit.search(long_ago, now, action="register.search")
    assert entry.detail == "by number"


def test_a_persons_page_holds_all_and_is_on_the_record(acting):
    an = someone(pin=PIN, native_area=area(BEN_THANH))
    view = lookups.view(acting, an)
    assert (view.person["pin"], len(view.residences), len(view.events)) == (PIN, 1, 1)
    assert view.areas[area(BEN_THANH)].short_name == "Bến Thành"
    assert recorded(an, "register.view") == 1


def test_a_stranger_and_nobody_are_refused_alike_and_on_the_record(acting):
    stranger = someone(area(YEN_HOA))
    messages = []
    for person_id in (stranger, 999_999_999):
        with pytest.raises(NoSuchPerson) as refused:
            lookups.view(acting, person_id)
        messages.append(str(refused.value).replace(str(person_id), "…"))
    assert messages[0] == messages[1]
    assert recorded(stranger, "register.view_refused") == 1


def test_a_household_lists_its_head_first(acting):
    child = someone(household_id=1_000_007, relation=3, full_name="Nguyễn Bé", birth_date=dt.date(2015, 1, 1))
    head = someone(household_id=1_000_007, relation=1)
    assert [member["person_id"] for member in lookups.view(acting, head).household] == [head, child]


def test_one_number_of_two_people_leads_to_both():
    people = {someone(cmnd=CMND), someone(cmnd=CMND, full_name="Trần Thị Bé", sex=2)}
    assert {person.person_id for person in lookups.by_number(CMND)} == people


def test_many_homes_are_read_at_once():
    an, be = someone(), someone(area(BEN_THANH))
    homes = lookups.homes([an, be, 999_999_999])
    assert {person: [row["area_id"] for row in rows] for person, rows in homes.items()} == {
        an: [area(CAU_GIAY)],
        be: [area(BEN_THANH)],
    }


def test_a_name_that_only_sounds_alike_is_not_found(acting):
    someone(full_name="Nguyễn Văn Ang")
    assert found(acting, name="Nguyễn Văn An", birth_date=BORN) == []


def test_what_was_found_by_number_need_not_bear_the_name(acting):
    an = someone(pin=PIN)
    assert found(acting, number=PIN, name="Trần Thị Bé", birth_date=BORN) == [an]


def test_tables_of_the_first_version_are_told_apart():
    assert not lookups.has_old_tables()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE person DROP COLUMN home_address")
    assert lookups.has_old_tables()
