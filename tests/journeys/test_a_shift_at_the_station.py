"""A shift at a station: Bình taps how long the queue is, and Long, who watches over all stations, is told that
it grows; Bình lets somebody through against the verdict, and Long looks at it; Bình hands over to Tâm, who takes
over.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from dancu.checkpoints import actions, lookups
from dancu.testing.officials import acting_as, make_official
from dancu.testing.travellers import declare, hai_van

from .at_work import banner, sign_in, take_station, verdict
from .country import STATION, Country
from .measuring import fits, measure
from .person import Person

LEADER = "checkpoint_leader"
pytestmark = pytest.mark.parametrize("size", ["phone", "desk"])


@pytest.fixture
def somebody(size: str, phone: Callable[..., Person], desk: Callable[..., Person]) -> Callable[..., Person]:
    """`somebody("vi")`: with a phone of 360 points, or at a computer."""
    return {"phone": phone, "desk": desk}[size]


def tap(binh: Person, vehicles: str) -> None:
    """One of the five buttons at the foot of the desk."""
    binh.press(binh.page.locator(".dancu-queue__step", has_text=vehicles).first)
    pressed = binh.page.locator(".dancu-queue__step[aria-current]")
    expect(pressed).to_contain_text(vehicles)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_queue_that_grows_is_told_to_who_watches_over_all_stations(
    somebody: Callable[..., Person], small_country: Country, size: str, language: str
):
    hai_van()
    binh, long = somebody(language), somebody(language)
    measured = [measure(binh.page), measure(long.page)]
    take_station(binh, small_country.binh)
    expect(binh.page.locator(".dancu-queue")).to_contain_text(binh.words("not known"))
    tap(binh, "0")
    tap(binh, "21–50")
    binh.sees("The queue is growing")
    expect(verdict(binh)).to_have_count(0)
    if not binh.page.evaluate("matchMedia('(pointer: coarse)').matches"):
        expect(binh.page.locator("#id_text")).to_be_focused()  # where a scanner gun types

    sign_in(long, make_official("long", LEADER), "/stations/")
    long.has_title("Checkpoints")
    notice = long.page.get_by_role("alert")
    expect(notice).to_contain_text(f"{STATION}: {long.words('the queue is growing')}")
    expect(long.page.locator("[data-row]").first).to_contain_text(STATION)  # the worst first
    long.press(notice.get_by_role("link", name=STATION))
    long.has_heading(STATION)
    long.sees("The queue is growing")
    assert size == "desk" or all(fits(each) for each in measured)


def test_a_decision_against_the_verdict_is_looked_at_by_somebody_else(
    somebody: Callable[..., Person], small_country: Country, size: str
):
    declared = declare()
    actions.revoke_pass(
        declared.pass_id,
        acting=acting_as(make_official("hoa", "checkpoint_officer")),
        reason_code="shared",
    )
    code = lookups.pass_code(declared.pass_id)
    binh, long = somebody(), somebody()
    measured = measure(long.page)
    take_station(binh, small_country.binh)
    binh.fills("Pass code, card or number", code)
    binh.presses("Look up")
    expect(verdict(binh)).to_contain_text(binh.words("Pass revoked"))
    binh.presses("Let through for a reason")
    binh.presses("Original papers checked")
    expect(banner(binh)).to_contain_text(binh.words("let through"))

    sign_in(long, make_official("long", LEADER), "/stations/overrides/")
    long.has_title("Against the verdict")
    line = long.page.locator("[data-row]")
    expect(line).to_contain_text(code)
    expect(line).to_contain_text(long.words("the verdict was red"))
    line.locator("input").fill("Đã gọi cho chốt")
    line.focus()
    long.keys("t")
    long.sees("There are no such decisions.")
    long.opens("/stations/overrides/?which=all")
    expect(line).to_contain_text("Đã gọi cho chốt")
    expect(line).to_contain_text(long.words("Talked to"))
    assert size == "desk" or fits(measured)


def test_the_next_shift_sees_what_was_handed_over_first_until_it_is_taken_over(
    somebody: Callable[..., Person], small_country: Country, size: str
):
    binh, tam = somebody(), somebody()
    measured = [measure(binh.page), measure(tam.page)]
    take_station(binh, small_country.binh)
    binh.presses("Hand over the shift")
    binh.has_title("Hand over the shift")
    binh.fills("What the next shift should know (optional)", "Một làn đang sửa")
    binh.press(binh.page.locator(".dancu-bar__button"))
    binh.sees("Handed over. The next officer at the desk sees it first.")
    binh.does_not_read("Một làn đang sửa")

    take_station(
        tam, make_official("tam", "checkpoint_officer", "station", small_country.station, "Lê Văn Tâm")
    )
    left = tam.page.locator(".dancu-handed--first")
    expect(left).to_contain_text("Một làn đang sửa")
    expect(left).to_contain_text("binh")
    expect(left).to_be_in_viewport()
    tam.presses("Taken over")
    expect(left).to_have_count(0)
    tam.opens("/checkpoint/")
    expect(left).to_have_count(0)
    tam.opens(f"/stations/{small_country.station}/")
    tam.reads("tam")
    assert size == "desk" or all(fits(each) for each in measured)
