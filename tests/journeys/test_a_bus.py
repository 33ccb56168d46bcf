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
from .offline import an_hour_ago, arrive, gun, recorded, says, stored
from .person import Person

NOBODYS: dict[str, Any] = {"number_kind": "none", "number": ""}
WORDS = "An Bình Chi Dung Giang Hà Hoa Khanh Lan Mai Nga Oanh Phúc Quý Sơn".split()
CARD = "079200009999|025123456|Trần Thị Hoa|15021990|Nữ|12 Lê Lợi, Phường Bến Nghé|25042021"
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


def test_a_choice_outlives_the_page_with_the_network_and_without(
    enrolled: Callable[..., Person], small_country: Country
):
    codes = passengers()
    binh = enrolled("en")
    at_the_bus(binh)
    scan(binh, codes[0])
    unfold(binh, "Nguyễn Văn An")
    choose(binh, "Nguyễn Văn An", "Hold for a check", "Fever or other symptoms")
    binh.fills("Plate", "51B-12345")
    binh.page.wait_for_timeout(1_200)  # until it is kept
    binh.page.reload()
    binh.presses("Go on with this vehicle")
    held = lines(binh).filter(has_text="Nguyễn Văn An")
    expect(held.locator("input[value=secondary]")).to_be_checked()
    expect(held.locator("summary")).to_contain_text("Hold for a check")  # also where it is folded
    expect(binh.field("Plate")).to_have_value("51B-12345")
    binh.page.context.set_offline(True)
    scan(binh, codes[1])
    binh.fills("Aboard", "2")
    choose(binh, NAMES[0], "Turn back", "Journey not permitted")
    binh.page.locator("body").press("F2")
    recorded(binh).to_contain_text("1 held for a check, 1 turned back")
    binh.page.context.set_offline(False)
    assert sorted(row[1:3] for row in arrive(2)) == [("back", "not_permitted"), ("secondary", "fever")]
    says(binh, "Everything is sent")
    binh.opens("/checkpoint/")
    binh.does_not_read("Go on with this vehicle")  # it was recorded on the device


def test_a_gun_in_the_wrong_field_reads_onto_the_list(desk: Callable[..., Person], small_country: Country):
    codes = passengers()
    binh = desk("en")
    take_station(binh, small_country.binh)
    at_the_bus(binh)
    binh.fills("Plate", f"51B-12345{codes[0]}")
    binh.field("Plate").press("Enter")
    expect(lines(binh)).to_have_count(1)
    expect(binh.field("Plate")).to_have_value("51B-12345")
    expect(binh.page.locator("[data-last]")).to_contain_text("Nguyễn Văn An")


def test_nobody_whom_a_verdict_stopped_is_walked_past_without_the_network(
    enrolled: Callable[..., Person], small_country: Country
):
    codes = passengers()
    binh = enrolled("en")
    binh.page.context.set_offline(True)
    gun(binh, codes[0])
    binh.keys("F4")
    binh.presses("Fever or other symptoms")
    recorded(binh).to_contain_text("held for a check")
    at_the_bus(binh)
    scan(binh, codes[0], CARD)
    expect(lines(binh).filter(has_text="Nguyễn Văn An")).to_have_attribute("data-answer", "stop")
    for words in ("Not in this vehicle", "Throw the list away"):
        binh.press(binh.page.get_by_role("button", name=words).last)
        binh.sees(
            "Nguyễn Văn An is stopped by the verdict. Decide on them: without the network nobody is taken off the "
            "list unseen."
        )
    expect(lines(binh)).to_have_count(2)
    choose(binh, "Nguyễn Văn An", "Turn back", "Journey not permitted")
    binh.fills("Aboard", "2")
    binh.page.locator("body").press("F2")
    recorded(binh).to_contain_text("Still to be entered or decided on here: Trần Thị Hoa")


def unfold(binh: Person, name: str) -> None:
    line = lines(binh).filter(has_text=name)
    if line.locator("details").get_attribute("open") is None:
        line.locator("summary").click()


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
    binh.presses("Throw the list away")
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


def test_a_camera_reads_on_and_a_code_of_fifteen_too(camera: Callable[..., Person], small_country: Country):
    texts = [declare(full_name=f"Nguyễn Hoàng Thảo {word}", **NOBODYS).qr_text for word in WORDS]
    (group,) = seal_group(texts)
    binh = camera(qr.png(group, 6, "L"))
    take_station(binh, small_country.binh)
    binh.presses("Several people in one vehicle")
    expect(lines(binh)).to_have_count(15)  # the camera starts by itself
    expect(binh.page.locator("video")).to_be_visible()  # and reads on
    expect(binh.page.locator("[data-scan-part=message]")).to_have_text(binh.words("Code read"))
