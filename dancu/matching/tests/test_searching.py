import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from dancu.accounts.models import Official
from dancu.audit import lookups as audit
from dancu.matching.compare import ClaimedIdentity
from dancu.matching.lookups import Hit, PartialDate, candidates_anywhere, search, search_page
from dancu.matching.wording import waterfall_in_words
from dancu.register import actions
from dancu.register.merging import actions as merging
from dancu.testing.officials import acting_as
from dancu.testing.people import (
    BEFORE,
    BEN_THANH,
    BORN,
    CAU_GIAY,
    DICH_VONG,
    HA_NOI,
    YEN_HOA,
    area,
    chi,
    ha,
    someone,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

PIN, ONE_DIGIT_OFF, OTHER_PIN, CMND, PHONE = (
    "001085001234",
    "001085001334",
    "001085995678",
    "012345678",
    "0912345678",
)
BIRTH, SWAPPED = PartialDate.of(BORN), PartialDate(1985, 12, 3)


@pytest.fixture
def steward() -> Official:
    """Hà, the nation's data steward."""
    return ha()


def sought(official: Official, **asked) -> list[Hit]:
    return search(acting_as(official), **asked)


def ids(hits: list[Hit]) -> list[int]:
    return [hit.person.person_id for hit in hits]


def levels(hit: Hit) -> dict[str, str]:
    return {str(step["field"]): str(step["level"]) for step in hit.waterfall or ()}


def searches_of(person_id: int) -> list[str]:
    now = timezone.now()
    entries = audit.search(now - dt.timedelta(hours=1), now + dt.timedelta(hours=1), person_id=person_id)
    return [entry.detail for entry in entries if entry.action == "register.search"]


@pytest.mark.parametrize(
    "asked",
    [{"number": PIN}, {"number": CMND}, {"phone": PHONE}, {"name": "nguyen van an", "birth_date": BIRTH}],
)
def test_who_fits_one_field_as_it_stands_is_found_and_nobody_else_is_looked_for(steward, asked):
    an = someone(pin=PIN, cmnd=CMND, phone=PHONE)
    someone(pin=ONE_DIGIT_OFF, full_name="Nguyễn Văn Ba")
    [hit] = sought(steward, **asked)
    assert (hit.person.person_id, hit.exact, hit.waterfall) == (an, True, None)
    assert len(searches_of(an)) == 1


def test_a_wrong_digit_with_the_name_and_the_birth_date_finds_the_person_and_says_why(steward):
    an = someone(pin=PIN)
    [hit] = sought(steward, number=ONE_DIGIT_OFF, name="Nguyễn Văn An", birth_date=BIRTH)
    assert (hit.person.person_id, hit.exact) == (an, False)
    assert {"number": "one_digit", "birth_date": "same", "given_name": "same"}.items() <= levels(hit).items()
    with override("en"):
        assert "Personal number: one digit different +" in waterfall_in_words(hit.waterfall or ())
    assert len(searches_of(an)) == 1  # what the number and what the name led to is one search


def test_a_wrong_digit_alone_finds_whom_it_may_mean(steward):
    an = someone(pin=PIN)
    assert ids(sought(steward, number="001085001243")) == [an]  # neighbours exchanged


@pytest.mark.parametrize("at", range(12))
def test_a_number_of_nobodys_finds_whoever_is_one_digit_away_in_the_jurisdiction_only(steward, at):
    an, stranger = someone(pin=PIN), someone(area(BEN_THANH), pin="001085995678")
    asked = PIN[:at] + str((int(PIN[at]) + 5) % 10) + PIN[at + 1 :]
    [hit] = sought(steward, number=asked)
    assert (hit.person.person_id, hit.exact, levels(hit)["number"]) == (an, False, "one_digit")
    assert searches_of(an) == ["perhaps meant"]
    official = chi()
    assert ids(sought(official, number=asked)) == [an]
    assert ids(sought(official, number="001085995679")) == []
    assert searches_of(stranger) == []


def test_an_old_card_number_or_a_telephone_one_digit_off_finds_whose_it_may_be(steward):
    an = someone(cmnd=CMND, phone=PHONE)
    assert [(hit.person.person_id, hit.exact) for hit in sought(steward, number="012345679")] == [(an, False)]
    assert [(hit.person.person_id, hit.exact) for hit in sought(steward, phone="0912345679")] == [(an, False)]


@pytest.mark.parametrize("year", [1984, 1986])
@pytest.mark.parametrize("who", ["ha", "chi"])
def test_a_year_off_by_one_finds_who_is_perhaps_meant(who, year):
    an = someone()
    someone(birth_date=dt.date(1970, 1, 1))
    official = {"ha": ha, "chi": chi}[who]()
    hits = sought(official, name="Nguyễn Văn An", birth_date=PartialDate(year))
    assert (hits[0].person.person_id, hits[0].exact) == (an, False)
    assert (
        ids(sought(official, name="Nguyen Van An", birth_date=PartialDate(year), commune=area(CAU_GIAY)))[0]
        == an
    )


@pytest.mark.parametrize("birth", [(1985, 2), (1985, 4), (1984, 3), (1986, 3)])
def test_a_month_off_by_one_finds_who_is_perhaps_meant(steward, birth):
    an = someone()
    hits = sought(steward, name="Nguyễn Văn An", birth_date=PartialDate(*birth))
    assert [(hit.person.person_id, hit.exact) for hit in hits] == [(an, False)]


def test_the_month_after_december_is_the_next_years(steward):
    an = someone(birth_date=dt.date(1985, 1, 20))
    assert ids(sought(steward, name="Nguyễn Văn An", birth_date=PartialDate(1984, 12))) == [an]


@pytest.mark.parametrize(
    "name",
    [
        "ương Hoàng Thảo",
        "Lươn Hoàng Thảo",
        "Lương Hoàng Hảo",
        "Lương Hoàng hảo",
        "Lương Hoàng",
        "Lương",
        "Lương Hoàng Vảo",
    ],
)
@pytest.mark.parametrize("who", ["ha", "chi"])
def test_with_the_exact_date_a_part_of_the_name_or_a_wrong_letter_is_enough(who, name):
    thao = someone(
        full_name="Lương Hoàng Thảo", birth_date=dt.date(2015, 4, 6), valid_from=dt.date(2015, 5, 1)
    )
    someone(full_name="Trần Văn Bé", birth_date=dt.date(2015, 4, 6), valid_from=dt.date(2015, 5, 1))
    official = {"ha": ha, "chi": chi}[who]()
    assert ids(sought(official, name=name, birth_date=PartialDate(2015, 4, 6))) == [thao]


@pytest.mark.parametrize("on", [None, BEFORE])
def test_a_place_that_is_not_theirs_leads_to_who_is_perhaps_meant_elsewhere(steward, on):
    trang = someone(full_name="Chử Lệ Trang", sex=2, birth_date=dt.date(1994, 10, 3))
    hits = sought(steward, name="Chử Lệ Trang", birth_date=PartialDate(1994), commune=area(YEN_HOA, on))
    assert [(hit.person.person_id, hit.exact) for hit in hits] == [(trang, False)]
    assert ids(sought(steward, name="Chử Lệ Trang", commune=area(YEN_HOA, on))) == [trang]


def test_who_is_almost_certainly_another_is_not_meant(steward):
    someone(full_name="Trần Thị Bé", sex=2, birth_date=dt.date(1950, 7, 9), cmnd="012345677")
    asked = {"number": CMND, "name": "Nguyễn Văn An", "birth_date": BIRTH, "commune": area(CAU_GIAY)}
    assert sought(steward, **asked) == []


def test_it_is_told_whether_what_was_asked_can_tell_one_person(steward):
    someone()
    acting = acting_as(steward)
    little = search_page(acting, name="Nguyễn Văn An", birth_date=PartialDate(1984))
    much = search_page(acting, number=PIN, name="Nguyễn Văn An", birth_date=SWAPPED, places=[area(CAU_GIAY)])
    assert much.hits
    assert (little.hits[0].exact, little.tells, much.tells) == (False, little.tells, True)


def test_a_name_without_marks_and_the_commune_are_enough_though_no_birth_date_is_known(steward):
    an = someone()
    someone(area(YEN_HOA))
    [hit] = sought(steward, name="nguyen van an", commune=area(CAU_GIAY))
    assert (hit.person.person_id, hit.exact) == (an, True)
    first, *_others = sought(steward, name="nguyen van am", commune=area(CAU_GIAY))
    assert (first.person.person_id, first.exact) == (an, False)
    assert {"given_name": "close", "home": "same_commune", "birth_date": "missing"}.items() <= levels(
        first
    ).items()


def test_a_commune_of_former_days_leads_to_those_who_live_there_now(steward):
    an = someone()
    assert ids(sought(steward, name="Nguyễn Văn An", commune=area(DICH_VONG, on=BEFORE))) == [an]


def test_a_misspelt_name_with_the_birth_date_finds_the_person(steward):
    an = someone(full_name="Trịnh Quốc Khánh")
    [hit] = sought(steward, name="Trình Quốc Khanh", birth_date=BIRTH, commune=area(CAU_GIAY))
    assert hit.person.person_id == an
    [hit] = sought(steward, name="Chịnh Quốc Khánh", birth_date=BIRTH)
    assert (hit.person.person_id, hit.exact, levels(hit)["family_name"]) == (an, False, "sound")


def test_day_and_month_swapped_are_seen_through(steward):
    an = someone()
    [hit] = sought(steward, name="Nguyễn Văn An", birth_date=SWAPPED, commune=area(CAU_GIAY))
    assert (hit.person.person_id, levels(hit)["birth_date"]) == (an, "swapped")


def test_a_year_alone_is_enough_with_the_commune_and_fits_beside_the_number(steward):
    an = someone(pin=PIN)
    assert ids(
        sought(steward, name="Nguyễn Văn An", birth_date=PartialDate(1985), commune=area(CAU_GIAY))
    ) == [an]
    [hit] = sought(steward, number=PIN, birth_date=PartialDate(1985))
    assert (hit.person.person_id, hit.exact) == (an, True)
    [hit] = sought(steward, number=PIN, birth_date=PartialDate(1985, 4))
    assert (hit.person.person_id, hit.exact) == (an, False)


def test_who_fits_every_field_comes_first_and_whom_one_of_them_speaks_against_is_told_so(steward):
    namesake = someone(pin=OTHER_PIN)
    an = someone(pin=PIN, phone=PHONE)
    hits = sought(steward, number=PIN, phone=PHONE, name="van an", birth_date=BIRTH, commune=area(CAU_GIAY))
    assert [(hit.person.person_id, hit.exact) for hit in hits] == [(an, True), (namesake, False)]
    assert levels(hits[1])["number"] == "different"


def test_a_number_of_somebody_else_shows_both_the_holder_and_who_is_meant(steward):
    holder = someone(pin=PIN, full_name="Trần Thị Bé", sex=2, birth_date=dt.date(1950, 7, 9))
    an = someone(pin=OTHER_PIN)
    hits = sought(steward, number=PIN, name="Nguyễn Văn An", birth_date=BIRTH, commune=area(CAU_GIAY))
    assert set(ids(hits)) == {holder, an}
    assert not any(hit.exact for hit in hits)
    assert levels(next(hit for hit in hits if hit.person.person_id == holder))["number"] == "same"


def test_a_number_that_was_replaced_is_still_its_holders(steward):
    an = someone(pin=PIN)
    actions.replace_pin(acting_as(ha(username="ha2")), an, OTHER_PIN, dt.date(2021, 8, 1), "Sai giới tính")
    [hit] = sought(steward, number=PIN, name="Nguyễn Văn An", birth_date=BIRTH)
    assert (hit.person.person_id, hit.exact) == (an, True)


def test_an_official_of_a_commune_means_their_own_where_none_is_named():
    an = someone()
    someone(area(YEN_HOA))
    [hit] = sought(chi(), name="Nguyen Van An", birth_date=PartialDate(1985))
    assert (hit.person.person_id, hit.exact) == (an, True)
    [hit] = sought(chi(username="chi2"), name="Nguyen Van Am", birth_date=PartialDate(1985))
    assert hit.person.person_id == an


def test_where_an_official_works_is_evidence_for_nobody_unless_it_was_typed():
    an = someone()
    official = chi()
    [hit] = sought(official, name="Nguyễn Văn An", birth_date=PartialDate(1984))
    assert (ids([hit]), levels(hit)["home"]) == ([an], "missing")
    [hit] = sought(official, name="Nguyễn Văn An", birth_date=PartialDate(1984), commune=area(CAU_GIAY))
    assert levels(hit)["home"] == "same_commune"


@pytest.mark.parametrize(
    "asked",
    [
        {"birth_date": PartialDate(1984)},
        {"birth_date": PartialDate(1986, 3, 12)},
        {"birth_date": PartialDate(1985, 3, 22)},
        {"birth_date": BIRTH, "phone": "0971222999"},
        {"phone": "0971222999"},
    ],
)
def test_a_name_with_another_date_or_telephone_never_decides_in_the_officials_own_commune(asked):
    an = someone(full_name="Kiều Minh Đức", phone=PHONE)
    [hit] = [hit for hit in sought(chi(), name="Kiều Minh Đức", **asked) if hit.person.person_id == an]
    assert not hit.exact
    unlike = [
        str(step["field"]) for step in hit.waterfall or () if step["level"] not in ("same", "missing", "")
    ]
    assert set(unlike) == {"phone" if "phone" in asked else "birth_date"}
    assert not hit.decides


def test_nobody_outside_the_area_of_work_is_shown_nor_written_to_the_audit():
    stranger = someone(area(YEN_HOA), pin=PIN)
    official = chi()
    for asked in (
        {"number": "001085001243"},
        {"number": ONE_DIGIT_OFF, "name": "Nguyễn Văn An", "birth_date": BIRTH},
        {"name": "Nguyễn Văn An", "birth_date": SWAPPED, "commune": area(YEN_HOA)},
    ):
        assert sought(official, **asked) == []
    assert searches_of(stranger) == []
    assert ids(sought(chi(HA_NOI, "hanoi"), number="001085001243")) == [stranger]


def test_who_may_be_meant_is_on_the_record_like_who_fits(steward):
    an = someone()
    sought(steward, name="Nguyễn Văn An", birth_date=SWAPPED, commune=area(CAU_GIAY))
    assert searches_of(an) == ["perhaps meant"]


def test_a_search_that_finds_nobody_is_on_the_record(steward):
    someone()
    assert sought(steward, number="079190123456", name="Lò Thị Mùi", birth_date=PartialDate(1971, 8, 8)) == []
    assert searches_of(0) == ["by number, name"]


def test_at_most_ten_may_be_meant_and_nobody_stands_there_twice(steward):
    for _ in range(14):
        someone()
    hits = sought(steward, number=PIN, name="Nguyễn Văn An", birth_date=SWAPPED, commune=area(CAU_GIAY))
    assert len(set(ids(hits))) == len(hits) == 10


def test_ten_people_cost_as_many_statements_as_one(steward):
    counts = []
    for more in (2, 8):
        for _ in range(more):
            someone()
        with CaptureQueriesContext(connection) as queries:
            hits = sought(steward, number=PIN, name="Nguyễn Văn An", birth_date=BIRTH, commune=area(YEN_HOA))
        counts.append(
            [
                len(hits),
                len([query for query in queries.captured_queries if "Which edition" not in query["sql"]]),
            ]
        )
    assert [hits for hits, _steps in counts] == [2, 10]
    assert counts[0][1] == counts[1][1] <= 21


def test_who_holds_the_telephone_comes_before_those_who_have_none(steward):
    for year in (1970, 1975, 1980):
        someone(full_name="Trần Thị Bình", birth_date=dt.date(year, 1, 1))
    holder = someone(full_name="Lê Văn Bình", birth_date=dt.date(1990, 1, 1), phone=PHONE)
    hits = search_page(acting_as(chi()), name="bình", phone=PHONE).hits
    assert ids(hits)[0] == holder
    assert len(hits) == 4
    assert ids(sought(steward, name="bình", phone=PHONE))[0] == holder


def test_the_whole_name_and_the_year_are_told_where_day_and_month_are_others(steward):
    an = someone()
    other_day = PartialDate(BORN.year, 11, 27)
    [hit] = sought(steward, name="nguyen van an", birth_date=other_day)
    assert (hit.person.person_id, hit.exact) == (an, False)
    assert sought(steward, name="Nguyễn Văn Ân Huy", birth_date=other_day) == []
    assert sought(steward, name="Nguyễn Văn An", birth_date=PartialDate(BORN.year + 3, 11, 27)) == []


@pytest.mark.parametrize("year", [1995, 1965, 1958, 1989])
def test_the_whole_name_is_offered_where_one_digit_of_the_year_is_another_or_two_are_exchanged(year):
    an = someone()
    someone(birth_date=dt.date(1973, 3, 12))
    hits = sought(chi(), name="nguyen van an", birth_date=PartialDate(year))
    assert [(hit.person.person_id, hit.exact) for hit in hits] == [(an, False)]


def test_an_age_finds_whoever_was_born_in_that_year_or_the_one_before(steward):
    people = [someone(birth_date=dt.date(year, 7, 1)) for year in (1975, 1976, 1977, 1978)]
    found = search_page(
        acting_as(steward), name="Nguyễn Văn An", birth_date=PartialDate(1977), or_before=True
    )
    assert ids([hit for hit in found.hits if hit.exact]) == people[1:3]


def test_at_the_desk_a_birth_date_that_a_merge_left_behind_leads_to_the_person(steward):
    kept, other = someone(), someone(birth_date=dt.date(1999, 11, 27))
    merging.merge_people(acting_as(steward), kept, other, basis="Biên bản xác minh")
    declared = ClaimedIdentity("", "Nguyễn Văn An", PartialDate(1999, 11, 27), home_areas=frozenset())
    assert [person.person_id for person in candidates_anywhere(declared, 5)] == [kept]
