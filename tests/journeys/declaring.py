"""A citizen declares a journey: the questions in their order, answered by whoever holds the phone."""

from playwright.sync_api import expect

from dancu.testing.travellers import AN

from .country import DESTINATION, HOME, PHONE, full_path
from .person import Person

COMMUNE = "Commune, ward or special zone"


def declare(an: Person, *, name: str = str(AN["full_name"])) -> None:
    """From the first page to the one with all answers, as the register holds them but for the `name`."""
    begin(an)
    say_who(an, name)
    an.picks_commune(COMMUNE, "ben thanh", full_path(HOME))
    say_home_and_origin(an)
    an.picks_commune(COMMUNE, "ninh kieu", full_path(DESTINATION))
    say_the_rest(an)


def begin(an: Person) -> None:
    an.opens("/")
    an.presses("Declare a journey")
    an.chooses("I am", "Who is travelling?")
    an.presses("Continue")
    an.presses("Enter the details instead")


def say_who(an: Person, name: str) -> None:
    """Number, name, birth date and telephone."""
    an.chooses("Personal identification number (12 digits)", "What type of number does the traveller have?")
    an.fills("The number", str(AN["pin"]))
    an.presses("Continue")
    born = AN["birth_date"]
    an.fills("Full name", name)
    an.fills_date("Birth date", born.day, born.month, born.year)
    an.chooses("Male", "Sex")
    an.presses("Continue")
    an.fills("Traveller's phone number", PHONE)
    an.presses("Continue")


def say_home_and_origin(an: Person) -> None:
    """What follows the commune of the home; the journey begins there."""
    an.fills("Address", "12 Lê Lợi")
    an.chooses("Yes", "Is the traveller's permanent residence registered there?")
    an.presses("Continue")
    an.has_title("Where the journey starts")
    expect(an.field(COMMUNE)).to_have_value(full_path(HOME))
    an.presses("Continue")


def say_the_rest(an: Person) -> None:
    """What follows the commune of the destination."""
    an.fills("Address at the destination", "25 Trần Hưng Đạo")
    an.presses("Continue")
    an.has_title("Departure and arrival")  # both today, unless he says otherwise
    an.presses("Continue")
    an.chooses("Family: funeral, illness, care", "What is the purpose of the journey?")
    an.presses("Continue")
    an.chooses("Motorbike", "How will the traveller get there?")
    an.presses("Continue")
    an.fills("Number plate", "59x1 234.56")
    an.presses("Continue")
    an.chooses("None of these", "Has the traveller had any of these?")
    an.chooses("No", "Has the traveller been near someone who has or may have COVID-19?")
    an.presses("Continue")
    an.has_title("Places visited in the last 14 days")  # none
    an.presses("Continue")
    an.chooses("No test in the last 30 days", "What was the traveller's most recent COVID-19 test?")
    an.chooses("2", "How many doses of a COVID-19 vaccine has the traveller had?")
    an.presses("Continue")
    an.has_title("Check your answers")


def send(an: Person) -> None:
    """The commitment, and off it goes."""
    an.ticks("I confirm this is true. I understand that giving false information is an offence.")
    an.presses("Send the declaration")


def save_picture(an: Person) -> bytes:
    """The slip that the page lets one keep among one's photographs."""
    with an.page.expect_download() as saving:
        an.presses("Save as a picture")
    return saving.value.path().read_bytes()


def pass_code_shown(an: Person) -> str:
    """The code's letters, below the picture."""
    return an.page.locator(".dancu-pass__letters").inner_text().strip()
