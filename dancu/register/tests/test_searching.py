import datetime as dt

import pytest

from dancu.accounts.lookups import Acting
from dancu.areas import lookups as areas
from dancu.audit import lookups as audit
from dancu.register import actions, living_there, searching
from dancu.register.codes import TEMPORARY
from dancu.register.lookups import SearchPage, search
from dancu.register.merging import actions as merging
from dancu.register.merging import lookups as merging_lookups
from dancu.testing.officials import acting_as
from dancu.testing.people import BEN_THANH, CAU_GIAY, HA_NOI, HO_CHI_MINH, YEN_HOA, area, chi, ha, someone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

YEAR = {"birth_date": dt.date(1985, 1, 1), "until": dt.date(1985, 12, 31)}


@pytest.fixture
def acting() -> Acting:
    """Chi, of the ward Cầu Giấy."""
    return acting_as(chi())


@pytest.fixture
def steward() -> Acting:
    """Hà, the nation's data steward."""
    return acting_as(ha())


@pytest.fixture
def province() -> Acting:
    """An officer of Hà Nội."""
    return acting_as(chi(HA_NOI, "hanoi"))


def ids(listing: SearchPage) -> list[int]:
    return [person.person_id for person in listing.people]


def everyone(acting: Acting, **asked) -> list[int]:
    """All pages of a listing."""
    found, after = [], None
    for _page in range(60):
        listing = search(acting, after=after, **asked)
        found += ids(listing)
        after = listing.after
        if after is None:
            return found
    raise AssertionError("the pages have no end")


@pytest.mark.parametrize("who", ["acting", "steward", "province"])
def test_a_year_means_all_of_it(who, request):
    born = [someone(birth_date=dt.date(1985, *day)) for day in ((1, 1), (6, 30), (12, 31))]
    for near in (dt.date(1984, 12, 31), dt.date(1986, 1, 1)):
        someone(birth_date=near)
    assert ids(search(request.getfixturevalue(who), name="Nguyễn Văn An", **YEAR)) == born
    assert ids(search(request.getfixturevalue(who), name="an", **YEAR)) == born


def test_a_month_means_all_of_it_and_whoever_is_known_by_the_month_is_found_by_any_day_of_it(steward):
    an = someone(birth_date=dt.date(1985, 3, 1), birth_precision="M")
    assert ids(
        search(steward, name="văn an", birth_date=dt.date(1985, 3, 1), until=dt.date(1985, 3, 31))
    ) == [an]
    assert ids(search(steward, name="Nguyễn Văn An", birth_date=dt.date(1985, 3, 20))) == [an]
    assert ids(search(steward, name="Nguyễn Văn An", birth_date=dt.date(1985, 4, 20))) == []


@pytest.mark.parametrize("name", ["Nguyễn", "nguyen", "Văn", "Nguyễn Văn", "van an", "An"])
def test_any_part_of_the_name_lists_those_of_the_own_commune(acting, name):
    an = someone()
    someone(full_name="Trần Thị Ánh Tuyết", sex=2)
    someone(area(YEN_HOA))
    assert ids(search(acting, name=name)) == [an]


def test_a_part_of_a_word_is_no_part_of_a_name(acting):
    someone()
    assert (
        ids(search(acting, name="Nguy"))
        == ids(search(acting, name="n"))
        == ids(search(acting, name=".*"))
        == []
    )


def test_a_name_with_an_apostrophe_is_found(acting):
    hen = someone(full_name="H'Hen Niê")
    assert ids(search(acting, name="H'Hen")) == ids(search(acting, name="h'hen nie")) == [hen]


def test_who_is_written_as_asked_comes_before_who_is_written_otherwise(acting, steward):
    otherwise = someone(full_name="Nguyễn Lệ Hằng", birth_date=dt.date(1950, 1, 1))
    as_asked = someone(full_name="Lê Thị Hằng", birth_date=dt.date(1990, 1, 1))
    assert ids(search(acting, name="Lê")) == [as_asked, otherwise]
    assert ids(search(acting, name="le")) == [otherwise, as_asked]


def test_those_who_live_in_the_commune_for_now_are_listed_too(acting, steward):
    an = someone(area(BEN_THANH))
    actions.record_move(
        steward,
        an,
        area_id=area(CAU_GIAY),
        address="",
        moved_on=dt.date(2025, 8, 1),
        basis="CT01",
        kind=TEMPORARY,
    )
    assert ids(search(acting, name="Nguyễn Văn An", **YEAR)) == [an]


@pytest.mark.parametrize("who", ["acting", "steward", "province"])
@pytest.mark.parametrize("name", ["Nguyễn Văn An", "An", "nguyen", "Văn"])
def test_those_who_live_in_a_place_for_now_are_found_where_it_is_asked_for(who, name, request, steward):
    an, gone = someone(area(BEN_THANH)), someone(area(BEN_THANH))
    for person, until in ((an, None), (gone, dt.date(2025, 9, 1))):
        move = {"area_id": area(CAU_GIAY), "address": "", "moved_on": dt.date(2025, 8, 1), "basis": "CT01"}
        actions.record_move(steward, person, **move, kind=TEMPORARY)
        if until:
            actions.record_move(
                steward, person, **move | {"area_id": area(YEN_HOA), "moved_on": until}, kind=TEMPORARY
            )
    assert ids(search(request.getfixturevalue(who), name=name, places=areas.ids_below(area(CAU_GIAY)))) == [
        an
    ]


def test_those_who_live_in_a_province_for_now_are_found_by_their_whole_name(province, steward):
    an = someone(area(BEN_THANH))
    actions.record_move(
        steward,
        an,
        area_id=area(CAU_GIAY),
        address="",
        moved_on=dt.date(2025, 8, 1),
        basis="CT01",
        kind=TEMPORARY,
    )
    for acting in (steward, province):
        assert ids(search(acting, name="Nguyễn Văn An", places=areas.ids_below(area(HA_NOI)))) == [an]
        assert ids(search(acting, name="Nguyễn Văn An", places=areas.ids_below(area(HO_CHI_MINH)))) == (
            [an] if acting is steward else []
        )


def test_where_more_live_for_now_than_are_looked_at_the_name_leads_there_and_it_is_told(
    acting, steward, monkeypatch
):
    monkeypatch.setattr(living_there, "MOST_LODGING", 1)
    people = [
        someone(area(BEN_THANH), full_name=name) for name in ("Lê Văn Ba", "Nguyễn Văn An", "Trần Văn Tư")
    ]
    for person in people:
        actions.record_move(
            steward,
            person,
            area_id=area(CAU_GIAY),
            address="",
            moved_on=dt.date(2025, 8, 1),
            basis="CT01",
            kind=TEMPORARY,
        )
    listing = search(acting, name="Nguyễn Văn An")
    assert ids(listing) == [people[1]]
    assert listing.crowded


def test_a_birth_date_alone_lists_those_of_the_commune_and_asks_for_more_in_the_nation(acting, steward):
    an = someone()
    assert ids(search(acting, **YEAR)) == [an]
    listing = search(steward, **YEAR)
    assert ids(listing) == []
    assert listing.crowded


def test_a_commune_is_read_a_part_at_a_time_and_nobody_is_left_out_or_listed_twice(acting, monkeypatch):
    monkeypatch.setattr(living_there, "_AT_A_TIME", 3)
    monkeypatch.setattr(searching, "MOST_FOUND", 4)
    wanted = [
        someone(full_name=name) for name in ("Lê Văn Ba", "Nguyễn Thị Lệ", "LÊ VĂN TƯ") for _ in range(5)
    ]
    for _ in range(12):
        someone(full_name="Trần Văn Năm", birth_date=dt.date(1960, 1, 1))
    for name in ("Lê", "le"):
        found = everyone(acting, name=name)
        assert sorted(found) == sorted(wanted)
    monkeypatch.setattr(living_there, "_PATIENCE", 0)
    assert sorted(everyone(acting, name="Lê")) == sorted(wanted)


def test_a_key_that_leads_to_more_than_are_read_is_told(steward, province, monkeypatch):
    monkeypatch.setattr(searching, "MOST_READ", 3)
    monkeypatch.setattr(searching, "MOST_SIFTED", 3)
    for _ in range(4):
        someone()
    for acting in (steward, province):
        for name in ("Nguyễn Văn An", "an"):
            assert search(acting, name=name, **YEAR).crowded
    monkeypatch.setattr(searching, "MOST_READ", 4)
    assert not search(steward, name="Nguyễn Văn An", **YEAR).crowded


@pytest.mark.parametrize("who", ["steward", "province", "acting"])
@pytest.mark.parametrize("name", ["Long", "long", "Khắc Long", "khac long", "Nguyễn Khắc Long"])
def test_the_last_words_of_a_name_lead_there_where_few_are_called_so(who, name, request):
    long = someone(full_name="Nguyễn Khắc Long")
    someone(full_name="Long Văn Tám")
    listing = search(request.getfixturevalue(who), name=name)
    assert long in ids(listing)
    assert not (listing.crowded or listing.too_common)


def test_those_of_another_province_are_not_among_the_last_words_people(province, steward):
    here, _there = (someone(area(place), full_name="Nguyễn Khắc Long") for place in (CAU_GIAY, BEN_THANH))
    lodging = someone(area(BEN_THANH), full_name="Lê Khắc Long")
    actions.record_move(
        steward,
        lodging,
        area_id=area(CAU_GIAY),
        address="",
        moved_on=dt.date(2025, 8, 1),
        basis="CT01",
        kind=TEMPORARY,
    )
    assert sorted(ids(search(province, name="Khắc Long"))) == [here, lodging]
    assert sorted(ids(search(steward, name="Khắc Long", places=areas.ids_below(area(HA_NOI))))) == [
        here,
        lodging,
    ]


def test_too_many_is_said_only_where_as_many_were_counted_who_fit(steward, monkeypatch):
    monkeypatch.setattr(searching, "MOST_READ", 2)
    for name in ("Nguyễn Văn Long", "Lê Văn Long", "Nguyễn Khắc Long"):
        someone(full_name=name)
    crowded = search(steward, name="Long")
    assert (len(crowded.people), crowded.crowded) == (2, True)
    assert not search(steward, name="Khắc Long").crowded
    assert not search(steward, name="Văn Long").crowded


def test_a_last_word_of_more_people_than_can_be_looked_at_leads_to_nobody_and_what_is_advised_does(
    steward, province, monkeypatch
):
    monkeypatch.setattr(searching, "MOST_SIFTED", 2)
    long, *_others = [someone(full_name="Nguyễn Khắc Long") for _ in range(3)]
    for acting in (steward, province):
        for name in ("Long", "Khắc Long"):
            listing = search(acting, name=name)
            assert (listing.people, listing.crowded, listing.too_common) == ([], False, True)
        for more in (
            {"name": "Nguyễn Khắc Long"},
            {"name": "Khắc Long", **YEAR},
            {"name": "Long", "places": [area(CAU_GIAY)]},
        ):
            assert long in ids(search(acting, **more)), more


def test_where_few_people_are_registered_any_part_of_a_name_and_a_birth_date_are_enough(province, steward):
    long = someone(full_name="Nguyễn Khắc Long")
    someone(area(BEN_THANH), full_name="Nguyễn Khắc Long")
    for asked in ({"name": "Nguyễn"}, {"name": "khac"}, {"name": "Nguyễn Khắc"}, YEAR):
        listing = search(province, **asked)
        assert (ids(listing), listing.complete) == ([long], True)
    in_the_nation = search(steward, name="Nguyễn")
    assert (in_the_nation.people, in_the_nation.by_ending, in_the_nation.complete) == ([], True, False)


def test_a_number_beside_a_birth_date_leads_to_its_holder_and_not_to_too_many(steward):
    an = someone(pin="001085001234")
    listing = search(steward, number="001085001234", birth_date=dt.date(1985, 3, 12))
    assert (ids(listing), listing.crowded) == ([an], False)


def test_a_place_narrows_it_down_and_who_lives_elsewhere_is_not_among_them(steward):
    an, _elsewhere = someone(), someone(area(YEN_HOA))
    assert ids(search(steward, name="An", places=areas.ids_below(area(CAU_GIAY)))) == [an]


def test_whoever_bears_a_former_name_stands_on_one_page_only(acting, monkeypatch):
    monkeypatch.setattr(searching, "MOST_FOUND", 2)
    people = [someone(birth_date=dt.date(1980 + nth, 1, 1)) for nth in range(5)]
    kept, other = someone(full_name="Lê Thị Hoa", birth_date=dt.date(1982, 6, 1)), someone()
    merging.merge_people(acting_as(ha()), kept, other, basis="Biên bản xác minh")
    for name in ("Nguyễn Văn An", "nguyen van an"):
        assert sorted(everyone(acting, name=name)) == sorted([*people, kept])


def test_only_those_of_the_page_are_on_the_record(acting, monkeypatch):
    monkeypatch.setattr(searching, "MOST_FOUND", 1)
    first, second = someone(), someone()
    listing = search(acting, name="An")
    seen = [
        [entry.action for entry in audit.of_person(each)].count("register.search") for each in (first, second)
    ]
    assert (ids(listing), seen) == ([first], [1, 0])


def test_the_name_and_the_birth_date_of_a_record_that_was_merged_lead_to_the_one_that_stayed(steward):
    kept, other = someone(), someone(full_name="Lê Lệ Phương", sex=1, birth_date=dt.date(1985, 7, 24))
    assert ids(search(steward, name="Lê Lệ Phương", birth_date=dt.date(1985, 7, 24))) == [other]
    merging.merge_people(steward, kept, other, basis="Biên bản xác minh")
    for name in ("Lê Lệ Phương", "le le phuong", "Lệ Phương"):
        listing = search(steward, name=name, birth_date=dt.date(1985, 7, 24))
        assert (ids(listing), listing.formerly) == ([kept], {kept: "Lê Lệ Phương"})
        assert ids(search(steward, name=name, **YEAR)) == [kept]
        listing = search(steward, name=name)
        assert (ids(listing), listing.formerly) == ([kept], {kept: "Lê Lệ Phương"})
    namesake = someone(full_name="Lê Lệ Phương", sex=2, birth_date=dt.date(1990, 1, 1))
    listing = search(steward, name="Lê Lệ Phương")
    assert (ids(listing), listing.formerly) == ([namesake, kept], {kept: "Lê Lệ Phương"})
    assert ids(search(steward, name="Trần Lệ Phương", birth_date=dt.date(1985, 7, 24))) == []
    assert ids(search(steward, name="Lê Lệ Phương", birth_date=dt.date(1985, 7, 25))) == []
    stranger = acting_as(chi(BEN_THANH, "ben"))
    for born in ({"birth_date": dt.date(1985, 7, 24)}, {}):
        assert ids(search(stranger, name="Lê Lệ Phương", **born)) == []
    [merged] = merging_lookups.merges_of(kept)
    merging.undo_merge(steward, merged.merge_id, basis="Biên bản xác minh")
    assert ids(search(steward, name="Lê Lệ Phương", birth_date=dt.date(1985, 7, 24))) == [other]


def test_what_either_record_said_before_a_merge_leads_to_the_one_that_stayed(steward):
    kept = someone(full_name="Đặng Thị Hồng Thúy", birth_date=dt.date(1996, 1, 15))
    other = someone(full_name="Bùi Bích Uyên", birth_date=dt.date(1996, 5, 30))
    merging.merge_people(steward, kept, other, basis="Biên bản xác minh", fields=["full_name", "birth_date"])
    old, new = dt.date(1996, 1, 15), dt.date(1996, 5, 30)
    for name in ("Bùi Bích Uyên", "Đặng Thị Hồng Thúy"):
        for born in (old, new):
            listing = search(steward, name=name, birth_date=born)
            assert ids(listing) == [kept], (name, born)
            assert listing.formerly == ({kept: name} if name == "Đặng Thị Hồng Thúy" else {})
            assert listing.born_formerly == ({kept: old} if born == old else {})
    year = {"birth_date": dt.date(1996, 1, 1), "until": dt.date(1996, 12, 31)}
    assert ids(search(steward, name="Đặng Thị Hồng Thúy", **year)) == [kept]
    assert ids(search(steward, name="Bùi Bích Uyên", birth_date=dt.date(1996, 2, 1))) == []
    [merged] = merging_lookups.merges_of(kept)
    merging.undo_merge(steward, merged.merge_id, basis="Biên bản xác minh")
    assert ids(search(steward, name="Đặng Thị Hồng Thúy", birth_date=old)) == [kept]
    assert ids(search(steward, name="Đặng Thị Hồng Thúy", birth_date=new)) == []


def test_who_holds_the_telephone_is_first_and_on_the_first_page_only(acting, monkeypatch):
    monkeypatch.setattr(searching, "MOST_FOUND", 2)
    people = [someone(birth_date=dt.date(1980 + nth, 1, 1)) for nth in range(4)]
    holder = someone(birth_date=dt.date(1990, 1, 1), phone="0912345678")
    first = search(acting, name="An", phone="0912345678")
    assert ids(first)[0] == holder
    assert everyone(acting, name="An", phone="0912345678") == [holder, *people]
