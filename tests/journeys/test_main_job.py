"""What the platform is for, from one end to the other, as three people live it on the same afternoon."""

from collections.abc import Callable

from django.db import connection
from playwright.sync_api import expect

from dancu.testing.travellers import AN

from .at_work import banner, sign_in, take_station, verdict
from .country import DESTINATION, STATION, Country, full_path
from .declaring import declare, pass_code_shown, save_picture, send
from .person import Person


def test_an_declares_on_his_phone_bình_scans_that_very_code_and_chi_sees_him_coming_at_once(
    phone: Callable[..., Person],
    camera: Callable[..., Person],
    desk: Callable[..., Person],
    small_country: Country,
):
    chi = desk()
    chi.page.clock.install()
    sign_in(chi, small_country.chi, "/commune/")
    chi.sees(
        "Nobody has declared a journey to here in this period. New declarations appear here automatically "
        "within a minute."
    )

    an = phone()
    declare(an)
    send(an)
    an.has_title("Travel pass")
    an.reads(AN["full_name"])
    an.reads(full_path(DESTINATION))
    code, picture = pass_code_shown(an), save_picture(an)

    chi.page.clock.fast_forward(20_000)  # her list asks by itself; she touches nothing
    chi.reads(AN["full_name"])
    chi.sees("Declared at %(time)s")

    binh = camera(picture)
    take_station(binh, small_country.binh)  # after which the camera starts by itself
    expect(verdict(binh)).to_contain_text(binh.words("Let through"))
    binh.reads(AN["full_name"])
    binh.reads(code)
    binh.presses("Let through")
    recorded = banner(binh)
    expect(recorded).to_contain_text(f"{AN['full_name']}: {binh.words('let through')}")

    # The camera runs again for the next one. An still holds his phone before it, and is not scanned a second
    # time.
    binh.sees("This code has already been read. Hold the next one inside the frame.")
    expect(recorded).to_be_in_viewport()
    assert crossings() == [(small_country.station, "through")]

    chi.page.clock.fast_forward(20_000)
    chi.sees("Passed %(station)s at %(time)s", station=STATION)
    expect(chi.page.locator("[data-row]")).to_have_count(1)


def crossings() -> list[tuple[int, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT station_id, decision FROM crossing ORDER BY crossed_at")
        return cursor.fetchall()
