"""Forged, expired and revoked passes: the officer is told which it is in words that are read at arm's
length, and why.
"""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.utils import timezone
from playwright.sync_api import expect

from dancu.checkpoints import actions, lookups, passes
from dancu.credentials import qr
from dancu.credentials.codec import from_qr_text, to_qr_text
from dancu.testing.travellers import declare, journey

from .at_work import banner, take_station, verdict
from .country import Country
from .person import Person
from .test_main_job import crossings

LARGE = 30  # px


def test_a_forged_pass_is_called_forged_and_is_reported_with_its_plate(
    camera: Callable[..., Person], small_country: Country
):
    message = bytearray(from_qr_text(passes.PREFIX, declare().qr_text))
    message[-1] ^= 1  # one bit of the signature
    binh = camera(qr.png(to_qr_text(passes.PREFIX, bytes(message)), 8))
    take_station(binh, small_country.binh)
    says(binh, "Forged code", "Changed after signing. The code is forged.")
    binh.fills("Number plate", "51F-999.99")
    binh.presses("Turn back")
    binh.sees(
        "Reported: %(what)s, %(decision)s.",
        what=binh.words("Forged code"),
        decision=binh.words("turned back"),
    )
    binh.presses("Incidents")
    binh.reads("51F-99999")


def test_an_expired_pass_says_so_and_since_when_and_is_let_through_for_a_reason_only(
    camera: Callable[..., Person], small_country: Country
):
    declared = declare()
    text = seal_earlier(declared.pass_id, timezone.now() - dt.timedelta(hours=75))
    binh = camera(qr.png(text, 8))
    take_station(binh, small_country.binh)
    says(binh, "Pass expired", "Expired at %(time)s, %(ago)s.")
    expect(binh.page.get_by_role("button", name=binh.words("Let through"), exact=True)).to_have_count(0)

    binh.presses("Let through for a reason")
    binh.has_title("Let through: what is the reason?")
    binh.presses("Record")  # without one
    expect(binh.page.get_by_role("alert").filter(visible=True)).to_be_visible()
    assert crossings() == []
    binh.presses("Medical emergency")
    expect(banner(binh)).to_contain_text(binh.words("let through"))
    assert crossings() == [(small_country.station, "through")]


def test_a_revoked_pass_whose_letters_are_typed_says_by_what_reason(
    desk: Callable[..., Person], small_country: Country
):
    declared = declare()
    actions.revoke_pass(declared.pass_id, "Ảnh chụp mã bị chuyền tay")
    binh = desk()
    take_station(binh, small_country.binh)
    binh.types(lookups.pass_code(declared.pass_id).lower().replace("-", " "))
    binh.keys("Enter")
    says(binh, "Pass revoked", "Revoked at %(time)s: %(reason)s", reason="Ảnh chụp mã bị chuyền tay")
    expect(binh.page.get_by_role("button", name=binh.words("Let through"), exact=True)).to_have_count(0)
    binh.keys("F2")  # the key that lets through when there is nothing against it
    says(binh, "Pass revoked", "Revoked at %(time)s: %(reason)s")
    assert crossings() == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_is_no_pass_at_all_is_told_in_the_officers_language(
    desk: Callable[..., Person], small_country: Country, language: str
):
    binh = desk(language)
    take_station(binh, small_country.binh)
    binh.types("https://example.org/a-menu-of-a-restaurant")
    binh.keys("Enter")
    says(binh, "Unreadable code", "This is not a pass from this system, or only part of the code was read.")


def says(binh: Person, headline: str, why: str, **values: str) -> None:
    """The verdict, large and in red, and beneath it why."""
    sign = verdict(binh)
    words = sign.get_by_text(binh.words(headline), exact=True)
    expect(words).to_be_in_viewport()
    assert float(words.evaluate("words => parseFloat(getComputedStyle(words).fontSize)")) >= LARGE
    expect(sign).to_contain_text(binh.pattern(why, **values))
    expect(sign).to_have_class("dancu-decision dancu-decision--stop")


def seal_earlier(pass_id: int, issued_at: dt.datetime) -> str:
    """The pass as if it had been issued then."""
    text = passes.seal(pass_id, journey(), True, issued_at)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE pass SET issued_at = %s, expires_at = %s, qr_text = %s WHERE pass_id = %s",
            [issued_at, issued_at + passes.valid_for(journey()), text, pass_id],
        )
    return text
