"""What a citizen learns who typed something wrong, and how it is put right."""

from collections.abc import Callable

from playwright.sync_api import expect

from dancu.checkpoints import lookups
from dancu.testing.travellers import AN

from .country import Country
from .declaring import declare, send
from .knowing_who import sign_in
from .person import Person


def test_a_wrong_name_is_answered_neutrally_and_once_corrected_a_pass_comes(
    phone: Callable[..., Person], small_country: Country
):
    an = phone()
    sign_in(an)
    declare(an, name="Lê Thị Bưởi")
    send(an)
    an.has_title("We could not confirm what you typed")
    an.sees("Check the number, name and birth date against the card, and correct anything that is different.")
    an.does_not_read(str(AN["full_name"]))  # nothing of what the register holds

    an.presses("Correct what I typed")
    an.has_title("Check your answers")
    an.press(
        an.page.get_by_role("link", name=an.words("Name and birth date"))
    )  # “Change: name and birth date”
    expect(an.field("Full name")).to_have_value("Lê Thị Bưởi")
    an.fills("Full name", "nguyen van an")  # as phones without Vietnamese keys write it
    an.presses("Continue")
    an.has_title("Check your answers")
    send(an)
    an.has_title("Travel pass")
    an.reads("nguyen van an")
    assert len([row for row in lookups.passes_of(small_country.an) if not row["revoked_at"]]) == 1


def test_who_is_certain_goes_on_and_the_pass_says_that_an_officer_will_look(phone: Callable[..., Person]):
    an = phone()
    sign_in(an)
    declare(an, name="Lê Thị Bưởi")
    send(an)
    an.presses("Continue to the pass")
    an.has_title("Travel pass")
    an.sees("An officer at the checkpoint will check the traveller's papers. Have them ready.")
