"""The citizen's declaration in a browser whose scripts are switched off, or never arrive."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from dancu.credentials import qr
from dancu.testing.travellers import AN

from .country import HOME, card_of_an, full_path
from .declaring import COMMUNE, begin, save_picture, say_home_and_origin, say_the_rest, say_who, send
from .person import Person


def test_without_scripts_an_types_communes_chooses_among_several_of_one_name_and_gets_his_pass(
    phone: Callable[..., Person],
):
    an = phone(java_script_enabled=False)
    declare_without_scripts(an)
    an.has_title("Travel pass")
    an.reads(full_path("Phường Tân An, Cần Thơ"))
    assert qr.read(save_picture(an))[0].startswith("DC1:")


def declare_without_scripts(an: Person) -> None:
    """From the first page to the pass; the commune of destination is one of several of its name."""
    begin(an)
    say_who(an, str(AN["full_name"]))
    an.fills(COMMUNE, HOME)
    say_home_and_origin(an)

    an.fills(COMMUNE, "Tân An")
    an.presses("Continue")
    an.sees(
        "Many communes match “%(text)s”. Choose one of those below the box, or enter the name of the "
        "province too.",
        text="Tân An",
    )
    expect(an.page.locator(".govuk-error-summary")).to_be_visible()
    an.press(an.page.get_by_role("radio", name=full_path("Phường Tân An, Cần Thơ")))
    say_the_rest(an)
    an.reads(full_path("Phường Tân An, Cần Thơ"))

    send(an)


def test_a_card_is_photographed_where_no_script_can_run_the_camera(
    phone: Callable[..., Person], tmp_path: Path
):
    (tmp_path / "card.png").write_bytes(qr.png(card_of_an(), 6))
    an = phone(java_script_enabled=False)
    an.opens("/declare/")
    an.chooses("I am", "Who is travelling?")
    an.presses("Continue")
    an.field("Take a photo of the code").set_input_files(tmp_path / "card.png")
    an.presses("Read the code")
    expect(an.field("Traveller's phone number")).to_be_visible()
    an.opens("/declare/identity/")
    expect(an.field("Full name")).to_have_value(str(AN["full_name"]))
