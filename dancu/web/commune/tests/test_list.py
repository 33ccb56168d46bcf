import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from uuid_utils.compat import uuid7

from dancu.audit import lookups as audit
from dancu.checkpoints import actions as checkpoints
from dancu.checkpoints.actions import open_station
from dancu.isolation import actions
from dancu.testing.arrivals import cross, expect, withdraw
from dancu.testing.officials import acting_as, make_official, signed_in
from dancu.testing.pages import links, sealed, text
from dancu.testing.people import BEFORE, BEN_THANH, CAU_GIAY, DICH_VONG, HA_NOI, HO_CHI_MINH, YEN_HOA, area
from dancu.testing.travellers import add_an, declare, journey
from dancu.web.access import BY_ITSELF
from dancu.web.commune.tests.pages import as_htmx, people, row_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

AN, BE, CHIN = "Nguyễn Văn An", "Trần Thị Bé", "Lê Văn Chín"


def recorded(person_id: int, action: str) -> int:
    return [entry.action for entry in audit.of_person(person_id)].count(action)


def seen_in(page) -> str:
    return re.search(r'"Dancu-Seen": "([^"]+)"', page.content.decode())[1]


def test_the_officer_sees_who_is_coming_with_all_that_is_needed_to_receive_them(desk):
    station = open_station("Chốt Pháp Vân", area(YEN_HOA), 20.97, 105.85)
    declaration = expect(
        full_name=AN, outcome="differences", differing=["name", "residence"], warnings=["contact"]
    )
    cross(declaration, station_id=station, plate="30A-99999")
    at = timezone.localtime().strftime("%H:%M")
    said = row_of(desk.get("/commune/"), AN)
    for fact in (
        "Check first",
        AN,
        "1985",
        "0912 345 678",
        "30A-99999",
        "Agrees, apart from some details : name, residence",
        "Contact with a case",
        f"Passed Chốt Pháp Vân at {at}",
        "Phường Bến Thành, Hồ Chí Minh",
        "12 Xuân Thủy, Phường Cầu Giấy",
        f"Expected {timezone.localdate():%d/%m}",
    ):
        assert fact in said


def test_a_passport_is_no_alarm_of_the_rank_of_a_number_that_disagrees(desk, country):
    declare(
        number_kind="passport",
        number="C1234567",
        full_name=AN,
        nationality="USA",
        destination_area=area(CAU_GIAY),
    )
    said = row_of(desk.get("/commune/"), AN)
    assert "Needs checking" in said
    assert "Check first" not in said
    assert "Passport: not held in the register. Compare it with the document" in said
    declare(number_kind="none", number="", full_name=BE, destination_area=area(CAU_GIAY))
    said = row_of(desk.get("/commune/"), BE)
    assert "Check first" in said
    assert "No number declared" in said


def test_a_number_that_was_not_declared_is_not_called_one_written_wrongly(desk, country):
    person_id = add_an()
    binh = make_official("binh", "checkpoint_officer")
    declare_as(binh, person_id, number_kind="none", number="", destination_area=area(CAU_GIAY))
    said = row_of(desk.get("/commune/"), AN)
    assert "no number declared" in said
    assert "typing error" not in said


def declare_as(official, person_id: int, **changes) -> None:
    """Keyed in by this officer, who recognised the person."""
    checkpoints.declare(journey(**changes), uuid7(), acting_as(official), person_id=person_id)


def test_a_telephone_is_a_link_that_calls(desk):
    expect()
    assert 'href="tel:0912345678"' in desk.get("/commune/").content.decode()


def test_a_child_is_called_on_the_telephone_of_whoever_declared_and_it_is_said_whose_it_is(desk):
    expect(
        full_name=BE, phone="", warnings=["symptoms"], declarer_name="Lê Thị Mẹ", declarer_phone="0987654321"
    )
    for page in (desk.get("/commune/"), desk.get(sealed(desk, "/commune/?q=0987654321", "q"))):
        said = row_of(page, BE)
        assert "0987 654 321 of Lê Thị Mẹ, who declared" in said
        assert "no phone number" not in said
    assert 'href="tel:0987654321"' in page.content.decode()
    assert "0987 654 321" in text(desk.get(links(page, BE)[0]))
    assert "0987 654 321 of Lê Thị Mẹ, who declared" in text(desk.get("/commune/arrivals/list/"))


def test_who_was_keyed_in_without_a_telephone_is_called_on_the_one_declared_before(desk):
    expect(minutes_ago=60, phone="0912345678")
    expect(
        minutes_ago=30,
        phone="",
        declarer_name="Lê Thị Mẹ",
        declarer_phone="0987654321",
        destination_area=area(YEN_HOA),
    )
    at = timezone.localtime(timezone.now() - dt.timedelta(minutes=30)).strftime("%H:%M")
    declaration = expect(phone="")
    said = row_of(desk.get("/commune/"), AN)
    assert "0987 654 321 of Lê Thị Mẹ, who declared" in said
    met = desk.post(f"/commune/arrivals/{declaration}/met/", **as_htmx("arrival"))
    assert "0987 654 321" in text(met)
    expect(person_id=2, full_name=CHIN, minutes_ago=30, phone="0911222333")
    expect(person_id=2, full_name=CHIN, phone="")
    assert f"0911 222 333 declared {at}" in row_of(desk.get("/commune/"), CHIN)


def test_who_never_gave_a_telephone_has_none(desk):
    expect(phone="")
    assert "no phone number" in row_of(desk.get("/commune/"), AN)


def test_what_was_expected_yesterday_is_overdue_until_they_are_met(desk, officer):
    from dancu.testing.officials import acting_as

    declaration = expect(full_name=AN, arrives_on=timezone.localdate() - dt.timedelta(days=1))
    assert "overdue" in row_of(desk.get("/commune/"), AN)
    actions.meet(acting_as(officer), declaration)
    assert "overdue" not in row_of(desk.get("/commune/"), AN)


def test_what_needs_attention_stands_at_the_top(desk):
    expect(person_id=1, full_name=AN)
    expect(person_id=2, full_name=BE, minutes_ago=5, outcome="disagrees", differing=["name"])
    expect(person_id=3, full_name=CHIN, minutes_ago=9, outcome="differences", differing=["sex"])
    assert people(desk.get("/commune/")) == [BE, CHIN, AN]


def test_the_neighbours_arrivals_are_not_seen(desk, neighbours_desk):
    expect(person_id=1, full_name=AN)
    expect(person_id=2, full_name=BE, destination_area=area(YEN_HOA))
    assert people(desk.get("/commune/")) == [AN]
    assert people(neighbours_desk.get("/commune/")) == [BE]


def test_who_has_left_is_on_the_other_list(desk):
    expect(person_id=1, full_name=AN)
    expect(person_id=2, full_name=BE, origin_area=area(CAU_GIAY), destination_area=area(BEN_THANH))
    page = desk.get("/commune/?list=left")
    assert people(page) == [BE]
    assert "People who have left" in text(page)


def test_arrivals_at_a_ward_of_former_days_are_seen_by_its_successor(desk):
    expect(full_name=AN, destination_area=area(DICH_VONG, on=BEFORE))
    assert people(desk.get("/commune/")) == [AN]


def test_the_provinces_officer_sees_the_province_with_counts_by_commune(provinces_desk):
    expect(person_id=1, full_name=AN)
    expect(person_id=2, full_name=BE, destination_area=area(YEN_HOA), outcome="not_found")
    expect(person_id=3, full_name=CHIN, destination_area=area(BEN_THANH))
    page = provinces_desk.get("/commune/")
    assert sorted(people(page)) == [AN, BE]
    (units,) = links(page, "Counts by unit")
    for page in (provinces_desk.get(units), provinces_desk.get(units, **as_htmx())):
        assert "Phường Yên Hòa 1 1 0 0 0 0 0 0 1 Phường Cầu Giấy 0 1 0 0 0 0 0 0 1" in text(
            page
        )  # those with most to check first
        (link,) = links(page, "Phường Yên Hòa")
        assert people(provinces_desk.get(link)) == [BE]


def test_the_provinces_officer_is_called_so_and_reads_of_the_province(desk, provinces_desk):
    home = text(provinces_desk.get("/office/"))
    assert "Provincial officer" in home
    assert "your province or city" in home
    assert "your commune" not in home
    assert "to your area in this period" in text(provinces_desk.get("/commune/"))
    assert "Who is coming to your commune today" in text(desk.get("/office/"))


def test_the_nations_officer_counts_by_province_and_then_by_commune(published_areas):
    desk = signed_in(Client(), make_official("quoc", "commune_officer", "nation"))
    expect(person_id=1, full_name=AN)
    expect(person_id=3, full_name=CHIN, destination_area=area(BEN_THANH))
    (link,) = links(desk.get("/commune/arrivals/units/"), "Thành phố Hồ Chí Minh")
    page = desk.get(link)
    assert people(page) == [CHIN]
    (units,) = links(page, "Counts by unit")
    assert links(desk.get(units), "Phường Bến Thành")


@pytest.mark.parametrize("code", [YEN_HOA, BEN_THANH, HO_CHI_MINH])
def test_guessing_the_address_of_another_area_shows_nobody(desk, code):
    for person_id, destination in enumerate((CAU_GIAY, YEN_HOA, BEN_THANH), 1):
        expect(person_id=person_id, destination_area=area(destination))
    for address in ("/commune/", "/commune/arrivals.csv"):
        page = desk.get(f"{address}?area={area(code)}")
        said = b"".join(page.streaming_content).decode() if page.streaming else page.content.decode()
        assert AN not in said


def test_a_communes_officer_has_no_counts_by_commune(desk):
    expect()
    assert "By unit" not in text(desk.get("/commune/"))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("state=on_the_way", [BE]),
        ("outcome=disagrees", [CHIN]),
        ("attention=1", [AN, CHIN]),
        ("warned=1", [AN]),
        ("q=be", [BE]),
        ("q=0987", [BE]),
        ("q=%20tran%20%20thi%20", [BE]),
        ("q=30h999", [CHIN]),
        (
            "state=nonsense&outcome=x&days=x&area=x&page=-1&q=&from=x&to=2026-13-01&other=x&sort=-x",
            [AN, CHIN, BE],
        ),
        ("q=%00", [AN, CHIN, BE]),
        ("sort=name", [AN, BE, CHIN]),
        ("sort=-name", [CHIN, BE, AN]),
        ("overdue=1", []),
        ("companions=1", [BE]),
        ("days=today", [AN, CHIN, BE]),
        ("days=tomorrow", []),
        ("from=2000-01-01&to=2100-12-31", [AN, CHIN, BE]),
        ("from=2000-01-01&to=2000-01-02", []),
        ("q=b1234567", [BE]),
        ("page=99999999", [AN, CHIN, BE]),
        ("q=nobody", []),
        ("page=9", [AN, CHIN, BE]),
    ],
)
def test_the_filters_stand_in_the_address(desk, query, found):
    expect(person_id=1, full_name=AN, minutes_ago=9, warnings=["symptoms"], plate="")
    cross(
        expect(person_id=2, full_name=BE, phone="0987654321", plate="", companions=1, number="B1234567"),
        person_id=2,
    )
    expect(person_id=3, full_name=CHIN, outcome="disagrees", plate="30H-99999")
    page = desk.get(sealed(desk, f"/commune/?{query}", "q"))
    assert page.status_code == 200
    assert people(page) == found


def test_what_was_asked_for_stays_in_the_form(desk):
    hanoi = area(HA_NOI)
    asked = f"q=b%C3%A9&state=met&days=14&warned=1&overdue=1&companions=1&from=2026-11-01&to=2026-11-30&other={hanoi}&sort=-name"
    page = desk.get(sealed(desk, f"/commune/?{asked}", "q")).content.decode()
    assert 'name="q" type="search" value="bé"' in page
    for chosen in (
        '<option value="met" selected>',
        '<option value="14" selected>',
        'name="warned" value="1" checked',
        'name="overdue" value="1" checked',
        'name="companions" value="1" checked',
        'name="from" value="2026-11-01"',
        'name="to" value="2026-11-30"',
        f'<option value="{hanoi}" selected>',
        'name="sort" value="-name"',
        'id="filters-more" open',
    ):
        assert chosen in page


@pytest.mark.parametrize(
    "query", ["state=declared", "overdue=1", "attention=1", "state=met&from=2026-11-01", "q=an"]
)
def test_what_a_count_or_the_search_asks_for_opens_no_panel_but_is_told_beside_it(desk, query):
    page = desk.get(sealed(desk, f"/commune/?{query}", "q"))
    assert 'id="filters-more" open' not in page.content.decode()
    further = sum(word in query for word in ("state", "overdue", "from"))
    assert (f"{further} in use" in text(page)) == (further > 0)


@pytest.mark.parametrize("query", ["page=99", "page=99&q=an", "page=2&state=declared"])
def test_a_page_further_than_the_list_goes_is_its_last(desk, query):
    expect(full_name=AN)
    address = sealed(desk, f"/commune/?{query}", "q")
    assert people(desk.get(address)) == [AN]
    assert people(desk.get(address, **as_htmx())) == [AN]


def test_warnings_stay_after_met_the_gravest_first_on_the_list_the_sheet_and_in_the_file(desk):
    expect(warnings=["symptoms", "contact", "positive"], minutes_ago=1)
    desk.post(f"/commune/arrivals/{expect()}/met/")
    words = ("Positive test", "Contact with a case", "Symptoms")
    file = b"".join(desk.get("/commune/arrivals.csv").streaming_content).decode()
    for said in (row_of(desk.get("/commune/"), AN), text(desk.get("/commune/arrivals/list/")), file):
        places = [said.index(word) for word in words]
        assert places == sorted(places)


def test_an_illness_declared_for_another_commune_is_told_without_its_journey(desk):
    expect(warnings=["positive"], destination_area=area(YEN_HOA), destination_detail="99 Trung Kính")
    healthy = expect()
    for page in ("/commune/", "/commune/arrivals/list/"):
        said = text(desk.get(page))
        assert f"Positive test, declared elsewhere at {timezone.localtime():%H:}" in said
        assert "99 Trung Kính" not in said
    assert "Check first: may be ill" in row_of(desk.get("/commune/"), AN)
    assert "Check first: may be ill" in text(desk.get(f"/commune/journeys/{healthy}/"))


def test_a_list_without_anyone_says_what_to_do(desk):
    assert "Nobody has declared a journey to here in this period." in text(desk.get("/commune/"))
    expect()
    page = desk.get(sealed(desk, "/commune/?q=nobody", "q"))
    assert "Nobody found. Try only part of the name" in text(page)
    assert "Nobody matches these filters. Clear filters" in text(desk.get("/commune/?state=held"))
    assert links(page, "Clear filters") == ["/commune/"]


def test_the_counts_are_links_that_show_just_those(desk):
    expect(person_id=1, full_name=AN)
    expect(person_id=2, full_name=BE, outcome="disagrees")
    cross(expect(person_id=3, full_name=CHIN), person_id=3)
    page = desk.get("/commune/?days=14")
    for words, found in (
        ("1 to check first", [BE]),
        ("1 on the way", [CHIN]),
        ("2 declared", [BE, AN]),
        ("0 met", []),
    ):
        (link,) = links(page, words)
        assert people(desk.get(link)) == found
        assert "days=14" in link


def test_a_long_list_has_pages(desk):
    for person_id in range(1, 54):
        expect(person_id=person_id, minutes_ago=person_id)
    page = desk.get("/commune/?days=3")
    assert "1–50 of 53" in text(page)
    (second,) = re.findall(r'href="([^"]*page=2[^"]*)" aria-label="Page 2"', page.content.decode())
    assert "days=3" in second
    rest = desk.get(f"/commune/{second.replace('&amp;', '&')}")
    assert "51–53 of 53" in text(rest)
    assert len(people(rest)) == 3


def test_a_person_who_declared_three_times_has_one_line_with_the_others_folded(desk):
    oldest = expect(person_id=1, full_name=AN, minutes_ago=90)
    cross(oldest, minutes_ago=60, state="held")
    expect(person_id=1, full_name=AN, minutes_ago=50, outcome="disagrees", differing=["birth_date"])
    newest = expect(person_id=1, full_name=AN)
    page = desk.get("/commune/")
    assert people(page) == [AN]
    said = row_of(page, AN)
    for words in (
        "Check first",
        "Disagrees with the register : birth date",
        "Held at",
        "+2 journeys",
        f"arrivals/{newest}/met/",
    ):
        assert words in said + page.content.decode()
    assert "1 to check first" in text(page)
    assert "0 declared 0 on the way 1 held 0 met 1 in total" in text(page)


def test_whoever_was_turned_back_or_cancelled_is_neither_overdue_nor_met(desk):
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    cross(expect(person_id=1, full_name=AN, arrives_on=yesterday), state="turned_back")
    withdraw(2, expect(person_id=2, full_name=BE, arrives_on=yesterday))
    page = desk.get("/commune/")
    for name in (AN, BE):
        said = row_of(page, name)
        assert "No longer expected" in said
        assert "overdue" not in said
        assert "Expected" not in said
    assert "/met/" not in page.content.decode().replace("/commune/arrivals/met/", "")
    assert "data-tick>" not in page.content.decode()


def test_a_telephone_that_is_not_the_registers_is_flagged(desk):
    from dancu.testing.people import someone

    expect(person_id=someone(phone="0911222333"), full_name=AN, phone="0999000111")
    expect(person_id=someone(phone="0911222333"), full_name=BE, phone="0911222333")
    page = desk.get("/commune/")
    assert "The declared phone number is not the one in the register" in row_of(page, AN)
    assert "not the one in the register" not in row_of(page, BE)
    assert "0911222333" not in page.content.decode().replace('href="tel:0911222333"', "")


def test_who_may_be_ill_stands_on_top_of_both_lists_and_is_said_beside_the_other_one(desk):
    saigon = signed_in(Client(), make_official("saigon", "commune_officer", "area", area(BEN_THANH)))
    seen = seen_in(saigon.get("/commune/"))
    expect(person_id=1, full_name=AN, outcome="disagrees")
    expect(person_id=2, full_name=BE, minutes_ago=30, warnings=["positive"])
    for page in (desk.get("/commune/"), saigon.get("/commune/?list=left")):
        assert people(page) == [BE, AN]
        assert "Check first: may be ill" in row_of(page, BE)
    for page in (saigon.get("/commune/"), saigon.get("/commune/", **as_htmx(**{"Dancu-Seen": seen}))):
        assert "1 may be ill" in text(page)
    assert "may be ill" not in text(desk.get("/commune/")).replace("may be ill:", "")


def test_columns_are_ordered_by_their_heads_and_turned_round_by_a_second_press(desk):
    page = desk.get("/commune/?days=3")
    expect(person_id=1, full_name=AN)
    page = desk.get("/commune/?days=3")
    (link,) = links(page, "Person")
    assert link == "?days=3&sort=name"
    page = desk.get(f"/commune/{link}")
    assert 'aria-sort="ascending"' in page.content.decode()
    assert links(page, "Person") == ["?days=3&sort=-name"]
    assert 'aria-sort="descending"' in desk.get("/commune/?sort=-name").content.decode()


def test_the_number_of_queries_does_not_grow_with_the_list(desk, settings):
    settings.AREAS_KEPT_SECONDS = (
        60  # else each look at an area asks whether the list is still the one that was read
    )
    counted = []
    for people_more in (1, 30):
        for person_id in range(people_more):
            expect(
                person_id=100 * people_more + person_id,
                origin_area=area(BEN_THANH if person_id % 2 else YEN_HOA),
            )
        with CaptureQueriesContext(connection) as queries:
            desk.get("/commune/")
        counted.append(len(queries))
    assert counted[0] == counted[1]
    assert counted[0] <= 13


def test_every_look_at_the_list_is_on_the_record_for_each_person_shown(desk):
    expect(person_id=1)
    expect(person_id=2, destination_area=area(YEN_HOA))
    desk.get("/commune/")
    desk.get("/commune/")
    assert (recorded(1, "arrivals.list"), recorded(2, "arrivals.list")) == (2, 0)


def test_the_list_refreshes_itself_only_when_something_changed(desk):
    declaration = expect(full_name=AN)
    address = sealed(desk, "/commune/?q=an", "q")
    page = desk.get(address)
    asked = as_htmx(**{"Dancu-Seen": seen_in(page)})
    assert desk.get(address, **asked).status_code == 204
    cross(declaration)
    news = desk.get(address, **asked)
    assert news.status_code == 200
    assert "Passed" in row_of(news, AN)
    assert "<html" not in news.content.decode()
    assert desk.get(address, **as_htmx(**{"Dancu-Seen": seen_in(news)})).status_code == 204


def test_what_is_new_is_marked_and_said_politely(desk):
    expect(person_id=1, full_name=AN, minutes_ago=5)
    seen = seen_in(desk.get("/commune/"))
    expect(person_id=2, full_name=BE)
    news = desk.get("/commune/", **as_htmx(**{"Dancu-Seen": seen}))
    assert "New" in row_of(news, BE)
    assert "New" not in row_of(news, AN)
    assert "1 new or changed in the list." in text(news)
    assert 'id="arrivals-news" role="status"' in desk.get("/commune/").content.decode()


def test_a_list_that_refreshes_itself_fills_no_audit_with_itself(desk):
    expect(person_id=1)
    seen = seen_in(desk.get("/commune/"))
    expect(person_id=2)
    for _ in range(3):
        desk.get("/commune/", **as_htmx(**{"Dancu-Seen": seen}))
    assert (recorded(1, "arrivals.list"), recorded(2, "arrivals.list")) == (1, 1)


@pytest.mark.parametrize("seen", ["x", "2020", "2020-01-01T00:00:00 3", "9" * 300])
def test_a_nonsense_answer_of_what_was_seen_is_passed_over(desk, seen):
    expect(full_name=AN)
    assert people(desk.get("/commune/", **as_htmx(**{"Dancu-Seen": seen}))) == [AN]


def test_a_list_before_an_empty_chair_does_not_keep_the_session_alive(desk):
    session = desk.session
    session["seen"] = then = session["seen"] - 29 * 60
    session.save()
    desk.get("/commune/", headers={BY_ITSELF: "yes"})
    assert desk.session["seen"] == then
    desk.get("/commune/")
    assert desk.session["seen"] > then


def test_names_are_written_as_text(desk):
    expect(full_name="<script>alert(1)</script>", destination_detail='"><img src=x>')
    page = desk.get("/commune/").content.decode()
    assert "<script>alert" not in page
    assert "<img src=x>" not in page


def test_the_page_speaks_vietnamese(desk, settings):
    settings.LANGUAGE_CODE = "vi"
    expect(outcome="disagrees", differing=["birth_date"], warnings=["symptoms"])
    said = text(desk.get("/commune/"))
    for words in (
        "Người đến",
        "Không khớp dữ liệu dân cư",
        "ngày sinh",
        "Có triệu chứng",
        "Ưu tiên kiểm tra",
    ):
        assert words in said
