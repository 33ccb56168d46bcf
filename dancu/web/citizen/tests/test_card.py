import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dancu.credentials import qr
from dancu.web.citizen.tests.factories import CARD, answer, errors_in, step_at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_the_card(phone):
    answer(phone, "who", who="self")


def picture(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("card.png", qr.png(text, 4), "image/png")


def test_the_text_of_a_card_fills_in_number_and_identity(phone):
    assert step_at(answer(phone, "card", code=CARD)) == "phone"
    page = phone.get("/declare/identity/").content.decode()
    assert 'value="Nguyễn Văn An"' in page
    assert 'value="079200001234"' in phone.get("/declare/number/").content.decode()


def test_a_picture_of_the_card_is_read_by_the_server(phone):
    assert step_at(phone.post("/declare/card/", {"code": "", "picture": picture(CARD)})) == "phone"


def test_only_what_the_form_asks_is_kept_of_a_card(phone):
    answer(phone, "card", code=CARD)
    kept = str(phone.session["draft"])
    assert "079200001234" in kept
    assert "12 Lê Lợi" not in kept
    assert "025123456" not in kept
    assert "25042021" not in kept


def test_the_national_code_without_a_sex_leaves_that_question(phone):
    assert step_at(answer(phone, "card", code="079200001234|NGUYEN VAN AN|2000-02-15|1||")) == "identity"
    assert 'value="NGUYEN VAN AN"' in phone.get("/declare/identity/").content.decode()


def test_who_has_no_card_at_hand_types(phone):
    assert step_at(answer(phone, "card", skip="1", code="rubbish")) == "number"


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"code": ""}, "Scan the square code on the card, or paste its text."),
        ({"code": "DC1:NCFOXN"}, "This is not the code of an identity card"),
        ({"code": CARD.replace("15022000", "31022000")}, "The code on the card could not be read in full."),
        ({"code": CARD.replace("079200001234", "0792")}, "The number in this code is not a personal number."),
    ],
)
def test_what_is_no_card_is_said_beside_the_field(phone, sent, told):
    page = answer(phone, "card", **sent)
    assert page.status_code == 200
    assert told in " ".join(errors_in(page)).replace("&#x27;", "'")
    assert 'id="id_code_1_error"' in page.content.decode()


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (SimpleUploadedFile("a.png", b"not a picture"), "This photo cannot be read"),
        (
            SimpleUploadedFile("b.png", qr.png("https://example.org", 4)),
            "This is not the code of an identity card",
        ),
    ],
)
def test_a_picture_of_something_else_is_told_apart(phone, file, told):
    file.seek(0)
    response = answer(phone, "card", code="", picture=file)
    assert told in " ".join(errors_in(response)).replace("&#x27;", "'")


def test_a_picture_without_any_code_is_told(phone):
    from io import BytesIO

    from PIL import Image

    blank = BytesIO()
    Image.new("L", (300, 300), "white").save(blank, "PNG")
    response = answer(phone, "card", picture=SimpleUploadedFile("c.png", blank.getvalue()))
    assert "We could not find a code in this photo" in " ".join(errors_in(response))


def test_pictures_are_counted_as_each_takes_long_to_read(phone, monkeypatch):
    monkeypatch.setattr("dancu.web.citizen.limits.PICTURES_PER_SESSION", 2)
    answers = [
        phone.post("/declare/card/", {"code": "", "picture": picture("no card")}).status_code
        for _ in range(3)
    ]
    assert answers == [302, 302, 429]
    assert step_at(answer(phone, "card", code=CARD)) == "phone"  # the text of a code is read at once
