"""Several people in one vehicle: one screen, one press for all; also where the network goes in the middle."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import expect

from dancu.checkpoints.groups import seal_group
from dancu.credentials import qr
from dancu.testing.travellers import declare

from .at_work import take_station
from .chromium import Watched
from .country import Country
from .looking import Seen, all_well
from .measuring import fits, measure
from .offline import an_hour_ago, arrive, recorded, says, stored
from .person import Person

NOBODYS: dict[str, Any] = {"number_kind": "none", "number": ""}
WORDS = "An Bình Chi Dung Giang Hà Hoa Khanh Lan Mai Nga Oanh Phúc Quý Sơn Tâm Uyên Vân Xuân Yến".split()
NAMES = ("Lê Ngọc Lan", "Phạm Văn Tư", "Vũ Thị Mai")


def passengers() -> list[str]:
    """The codes of An, whom the register knows, and of three strangers; all older than a device's list."""
    with an_hour_ago():
        return [declare().qr_text, *(declare(full_name=name, **NOBODYS).qr_text for name in NAMES)]


def at_the_bus(binh: Person) -> None:
    binh.keys("F6")
    binh.has_title("People in one vehicle")


def scan(binh: Person, *codes: str) -> None:
    """A scanner gun, one code behind the other."""
    for code in codes:
        count = lines(binh).count()
        binh.fills("Pass code, card or number", code)
        binh.field("Pass code, card or number").press("Enter")
        expect(lines(binh)).to_have_count(count + 1)


def lines(binh: Person) -> Any:
    return binh.page.locator("[data-seats] [data-seat]")


def choose(binh: Person, name: str, decision: str, reason: str = "") -> None:
    line = lines(binh).filter(has_text=name)
    line.get_by_role("radio", name=binh.words(decision), exact=True).check()
    if reason:
        line.locator("[data-field=reason]").select_option(label=binh.words(reason))


def vehicles() -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT v.plate, v.aboard, (SELECT count(*) FROM crossing c WHERE c.vehicle_check = v.check_id) "
            "FROM vehicle_check v"
        )
        return cursor.fetchall()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_bus_is_one_list_and_one_press(desk: Callable[..., Person], small_country: Country, language: str):
    codes = passengers()
    binh = desk(language)
    take_station(binh, small_country.binh)
    at_the_bus(binh)
    scan(binh, *codes)
    expect(lines(binh).first).to_contain_text(NAMES[-1])  # the last one on top
    tally = binh.page.locator("[data-tally]")
    expect(tally).to_contain_text("4")
    binh.fills("Plate", "51b 123.45")
    binh.fills("Aboard", "5")
    binh.page.locator("body").press("F2")
    expect(binh.page.locator("[data-vehicle-problem]")).to_contain_text("5")
    binh.fills("Without a code", "1")
    for name in NAMES[:2]:
        choose(binh, name, "Let through")
    choose(binh, NAMES[2], "Hold for a check", "Fever or other symptoms")
    binh.page.locator("body").press("F2")
    done = expect(binh.page.locator("[data-recorded]"))
    done.to_contain_text("51B-12345")
    done.to_contain_text(f"3 {binh.words('let through')}, 1 {binh.words('held for a check')}")
    assert sorted(row[1] for row in stored()) == ["secondary", "through", "through", "through"]
    assert vehicles() == [("51B-12345", 5, 4)]

    binh.keys("F10")  # a mistake: all of it
    expect(lines(binh)).to_have_count(4)
    binh.page.reload()
    binh.presses("Go on with this vehicle")
    expect(lines(binh)).to_have_count(4)


def test_the_network_goes_in_the_middle_of_a_bus(enrolled: Callable[..., Person], small_country: Country):
    codes = passengers()
    binh = enrolled("en")
    at_the_bus(binh)
    scan(binh, *codes[:2])
    binh.page.context.set_offline(True)
    scan(binh, *codes[2:])
    expect(lines(binh).filter(has_text=NAMES[1])).to_have_attribute("data-answer", "check")
    binh.fills("Pass code, card or number", codes[2])
    binh.field("Pass code, card or number").press("Enter")
    binh.sees(f"{NAMES[1]} is already on the list.")
    binh.fills("Plate", "51B-12345")
    binh.fills("Aboard", "4")
    binh.page.locator("body").press("F2")
    binh.sees(f"{NAMES[0]}: choose a decision.")
    for name in NAMES:
        choose(binh, name, "Let through")
    binh.page.locator("body").press("F2")
    recorded(binh).to_contain_text("51B-12345: 4 let through")
    assert stored() == []
    binh.page.context.set_offline(False)
    assert {row[1] for row in arrive(4)} == {"through"}
    says(binh, "Everything is sent")
    assert vehicles() == [("51B-12345", 4, 4)]


def test_a_bus_begun_without_the_network_is_finished_with_it(
    enrolled: Callable[..., Person], small_country: Country
):
    codes = passengers()
    binh = enrolled("en")
    binh.page.context.set_offline(True)
    at_the_bus(binh)
    scan(binh, *codes[:3])
    binh.fills("Plate", "51B-12345")
    binh.page.context.set_offline(False)
    says(binh, "Everything is sent")
    binh.page.goto(binh.page.url.split("checkpoint")[0] + "checkpoint/vehicle/")
    expect(lines(binh)).to_have_count(3)
    expect(binh.field("Plate")).to_have_value("51B-12345")
    scan(binh, codes[3])
    binh.fills("Aboard", "4")
    for name in NAMES:
        choose(binh, name, "Turn back", "Journey not permitted")
    binh.page.locator("body").press("F2")
    expect(binh.page.locator("[data-recorded]")).to_contain_text("1 let through, 3 turned back")
    assert len(arrive(4)) == 4
    binh.page.goto(binh.page.url.split("checkpoint")[0] + "checkpoint/vehicle/")
    expect(lines(binh)).to_have_count(0)


def test_the_list_fits_a_telephone_and_a_reader(
    phone: Callable[..., Person], small_country: Country, watched: Watched
):
    codes = passengers()
    binh = phone("vi")
    take_station(binh, small_country.binh)
    binh.presses("Several people in one vehicle")
    binh.has_title("People in one vehicle")
    scan(binh, *codes)
    measured, seen = measure(binh.page), Seen()
    binh.page.reload()
    seen.look(binh.page)
    binh.presses("Go on with this vehicle")
    expect(lines(binh)).to_have_count(4)
    seen.look(binh.page)
    assert all_well(seen)
    assert fits(measured)


def test_one_code_for_all_is_one_scan_with_the_network_and_without(
    enrolled: Callable[..., Person], small_country: Country
):
    codes = passengers()
    (group,) = seal_group(codes)
    binh = enrolled("en")
    binh.fills("Pass code, card or number", group)
    binh.field("Pass code, card or number").press("Enter")
    expect(lines(binh)).to_have_count(4)
    binh.keys("Escape")
    expect(lines(binh)).to_have_count(0)

    binh.page.context.set_offline(True)
    binh.fills("Pass code, card or number", group)
    binh.field("Pass code, card or number").press("Enter")
    expect(lines(binh)).to_have_count(4)
    expect(lines(binh).filter(has_text="Nguyễn Văn An")).to_have_attribute("data-answer", "go")
    binh.fills("Aboard", "4")
    for name in NAMES:
        choose(binh, name, "Let through")
    binh.page.locator("body").press("F2")
    recorded(binh).to_contain_text("4 let through")
    binh.page.context.set_offline(False)
    assert {row[1] for row in arrive(4)} == {"through"}  # each is proved by the group's signature
    says(binh, "Everything is sent")


def test_a_camera_reads_on_and_a_code_of_twenty_too(camera: Callable[..., Person], small_country: Country):
    texts = [declare(full_name=f"Nguyễn Hoàng Thảo {word}", **NOBODYS).qr_text for word in WORDS]
    (group,) = seal_group(texts)
    binh = camera(qr.png(group, 6, "L"))
    take_station(binh, small_country.binh)
    binh.presses("Several people in one vehicle")
    expect(lines(binh)).to_have_count(20)  # the camera starts by itself
    expect(binh.page.locator("video")).to_be_visible()  # and reads on
    expect(binh.page.locator("[data-scan-part=message]")).to_have_text(
        binh.words("This code has already been read. Hold the next one inside the frame.")
    )
