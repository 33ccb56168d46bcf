import datetime as dt
import re

import pytest
from django.test import Client

from dancu.audit import lookups as audit
from dancu.register import actions, lookups
from dancu.testing.officials import acting_as, signed_in
from dancu.testing.pages import links, press, text
from dancu.testing.people import BEN_THANH, CAU_GIAY, SINCE, YEN_HOA, area, ha, someone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

PIN, OTHER_PIN = "001085001234", "001085005678"
BASIS = "Giấy khai sinh số 12/2021"


@pytest.fixture
def desk():
    """A browser in which Hà, the nation's data steward, is signed in."""
    return signed_in(Client(), ha())


def day(name: str, on: dt.date) -> dict[str, str]:
    return {f"{name}_0": str(on.day), f"{name}_1": str(on.month), f"{name}_2": str(on.year)}


def held(person_id: int) -> dict:
    return lookups.get(person_id)


def test_a_field_is_corrected_after_old_and_new_were_shown(desk):
    an = someone(pin=PIN)
    address = f"/office/person/{an}/correct/full_name/"
    assert links(desk.get(f"/office/person/{an}/"), "Correct : Full name") == [address]
    asked = desk.post(address, {"value": " Nguyễn  Văn Ân", "basis": BASIS})
    assert "Full name Nguyễn Văn An Nguyễn Văn Ân Legal basis" in text(asked)
    assert held(an)["full_name"] == "Nguyễn Văn An", "nothing is done before the answer"
    done = press(desk, address, asked)
    assert done["Location"] == f"/office/person/{an}/"
    assert held(an)["full_name"] == "Nguyễn Văn Ân"
    said = text(desk.get(f"/office/person/{an}/"))
    assert "The change has been recorded." in said
    assert f"Full name: Nguyễn Văn An → changed to Nguyễn Văn Ân Basis: {BASIS}" in said
    assert "by ha" in said
    assert [entry.action for entry in audit.of_person(an)].count("register.correction") == 1


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("sex", {"value": "2"}, {"sex": 2}),
        (
            "birth_date",
            day("value", dt.date(1985, 12, 3)) | {"precision": "D"},
            {"birth_date": dt.date(1985, 12, 3)},
        ),
        (
            "birth_date",
            day("value", dt.date(1986, 5, 9)) | {"precision": "Y"},
            {"birth_date": dt.date(1986, 1, 1), "birth_precision": "Y"},
        ),
        ("ethnicity", {"value": "02"}, {"ethnicity": "02"}),
        ("religion", {"value": "02"}, {"religion": "02"}),
        ("nationality", {"value": "LAO"}, {"nationality": "LAO"}),
        ("marital_status", {"value": "4"}, {"marital_status": 4}),
        ("blood_group", {"value": "AB"}, {"blood_group": "AB"}),
        ("phone", {"value": "+84 987 654 321"}, {"phone": "0987654321"}),
        ("phone", {"value": ""}, {"phone": None}),
        ("email", {"value": "an@example.vn"}, {"email": "an@example.vn"}),
        ("cmnd", {"value": "012 345 678"}, {"cmnd": "012345678"}),
        ("card_issued_on", day("value", dt.date(2021, 4, 25)), {"card_issued_on": dt.date(2021, 4, 25)}),
    ],
)
def test_every_kind_of_field_can_be_corrected(desk, field, value, expected):
    an = someone(pin=PIN, phone="0912345678")
    address = f"/office/person/{an}/correct/{field}/"
    assert desk.get(address).status_code == 200
    press(desk, address, desk.post(address, value | {"basis": BASIS}))
    assert {name: held(an)[name] for name in expected} == expected


def test_a_birthplace_is_a_commune_as_it_was_called_then(desk):
    an = someone()
    address = f"/office/person/{an}/correct/birth_area/"
    press(desk, address, desk.post(address, {"value": "phường Bến Nghé, quận 1", "basis": BASIS}))
    born_in = held(an)["birth_area"]
    assert lookups.record_of(an).areas[born_in].path == "Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh"


@pytest.mark.parametrize(
    ("field", "given", "said"),
    [
        ("full_name", {"value": "", "basis": BASIS}, "Enter the correct value"),
        ("full_name", {"value": "<b>", "basis": BASIS}, "A name has only letters"),
        ("full_name", {"value": "Nguyễn Văn Ân", "basis": ""}, "Enter the legal basis"),
        ("full_name", {"value": "Nguyễn Văn Ân", "basis": "x"}, "Enter the document, its number and date"),
        (
            "birth_date",
            day("value", dt.date(2085, 1, 1)) | {"precision": "D", "basis": BASIS},
            "The date must be",
        ),
        ("cmnd", {"value": "12", "basis": BASIS}, "An old card number has 9 digits."),
        ("phone", {"value": "hello", "basis": BASIS}, "Enter a phone number with 10 digits"),
        ("email", {"value": "hello", "basis": BASIS}, "Enter an email address, such as ten@example.vn"),
    ],
)
def test_what_is_wrong_is_said_before_anything_is_asked(desk, field, given, said):
    an = someone()
    page = desk.post(f"/office/person/{an}/correct/{field}/", given)
    assert page.status_code == 422
    assert said in text(page)


def test_a_correction_that_corrects_nothing_says_so(desk):
    an = someone()
    address = f"/office/person/{an}/correct/full_name/"
    page = desk.post(address, {"value": "Nguyễn Văn An", "basis": BASIS})
    assert page.status_code == 422
    assert "The record already says this." in text(page)


def test_a_correction_that_makes_the_number_disagree_is_remarked_and_may_be_made(desk):
    an = someone(pin=PIN)
    address = f"/office/person/{an}/correct/sex/"
    asked = desk.post(address, {"value": "2", "basis": BASIS})
    assert "The sex differs from the one that the personal number was given for." in text(asked)
    press(desk, address, asked)
    assert held(an)["sex"] == 2


def test_what_somebody_else_changed_meanwhile_is_asked_anew(desk):
    an = someone()
    address = f"/office/person/{an}/correct/full_name/"
    asked = desk.post(address, {"value": "Nguyễn Văn Ân", "basis": BASIS})
    actions.correct(acting_as(ha(username="other")), an, {"full_name": "Nguyễn Văn Ấn"}, BASIS)
    again = press(desk, address, asked)
    assert "Someone else has just changed this record" in text(again)
    assert held(an)["full_name"] == "Nguyễn Văn Ấn"
    press(desk, address, again)
    assert held(an)["full_name"] == "Nguyễn Văn Ân"


def test_going_back_keeps_what_was_typed(desk):
    an = someone()
    page = desk.post(
        f"/office/person/{an}/correct/full_name/", {"value": "Nguyễn Văn Ân", "basis": BASIS, "edit": "1"}
    )
    assert page.status_code == 200
    assert 'value="Nguyễn Văn Ân"' in page.content.decode()


def test_fields_that_have_actions_of_their_own_are_not_corrected_as_fields(desk):
    an = someone(pin=PIN)
    for field in ("pin", "home_area", "status", "person_id", "shoe_size"):
        assert desk.get(f"/office/person/{an}/correct/{field}/").status_code == 404


def moved(kind: int = 1, on: dt.date = dt.date(2025, 8, 1), **more: str) -> dict[str, str]:
    given = {
        "kind": str(kind),
        "commune": "Phường Yên Hòa, Thành phố Hà Nội",
        "address": "5 Trung Kính",
        "basis": BASIS,
    }
    return given | day("moved_on", on) | more


def test_a_move_is_recorded_after_old_and_new_were_shown(desk):
    an = someone()
    address = f"/office/person/{an}/move/"
    asked = desk.post(address, moved())
    old = "12 Xuân Thủy, Phường Cầu Giấy, Thành phố Hà Nội, since 01/01/2010"
    assert f"{old} 5 Trung Kính, Phường Yên Hòa, Thành phố Hà Nội, since 01/08/2025" in text(asked)
    press(desk, address, asked)
    assert held(an)["home_area"] == area(YEN_HOA)
    said = text(desk.get(f"/office/person/{an}/"))
    assert "since 01/08/2025 · Permanent residence 5 Trung Kính, Phường Yên Hòa" in said
    assert "01/01/2010 to 31/07/2025 · Permanent residence 12 Xuân Thủy, Phường Cầu Giấy" in said


def test_a_move_of_another_time_is_into_the_commune_as_it_was_called_then(desk):
    an = someone()
    address = f"/office/person/{an}/move/"
    given = moved(on=dt.date(2021, 8, 1))
    page = desk.post(address, given)
    choices = re.findall(r'name="commune_choice"[^>]*value="([0-9]+)"', page.content.decode())
    assert str(area(YEN_HOA, dt.date(2021, 8, 1))) in choices, "today's name leads to what it was made of"
    asked = desk.post(address, given | {"commune_choice": str(area(YEN_HOA, dt.date(2021, 8, 1)))})
    press(desk, address, asked)
    assert held(an)["home_area"] == area(YEN_HOA, dt.date(2021, 8, 1))


def test_a_temporary_residence_has_an_end_that_was_agreed(desk):
    an = someone()
    address = f"/office/person/{an}/move/"
    press(desk, address, desk.post(address, moved(2) | day("until", dt.date(2026, 8, 1))))
    assert "Temporary residence · agreed until 01/08/2026" in text(desk.get(f"/office/person/{an}/"))
    assert held(an)["home_area"] == area(CAU_GIAY)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (moved() | day("until", dt.date(2022, 8, 1)), "A permanent residence has no agreed end"),
        (moved(2) | day("until", dt.date(2025, 8, 1)), "The end must be after the beginning"),
        (moved(commune="xyzzy"), "We could not find this commune."),
        (moved(on=dt.date(2085, 1, 1)), "The date must be"),
    ],
)
def test_a_move_that_cannot_be_is_refused(desk, given, said):
    assert said in text(desk.post(f"/office/person/{someone()}/move/", given))


def test_a_move_before_the_present_home_is_refused_with_the_day(desk):
    an = someone()
    address = f"/office/person/{an}/move/"
    cau_giay = "Phường Dịch Vọng, Quận Cầu Giấy, Thành phố Hà Nội"
    page = desk.post(address, moved(on=SINCE - dt.timedelta(days=1), commune=cau_giay))
    assert page.status_code == 422
    assert "began or ended on 01/01/2010" in text(page)


def test_a_number_is_replaced_and_the_old_one_leads_to_its_holder(desk):
    an = someone(pin=PIN)
    address = f"/office/person/{an}/new-number/"
    asked = desk.post(address, {"pin": "001 085 005 678", "basis": BASIS} | day("on", dt.date(2021, 8, 1)))
    assert "••••••••1234 001 085 005 678" in text(asked)
    press(desk, address, asked)
    assert held(an)["pin"] == OTHER_PIN
    assert [person.person_id for person in lookups.by_number(PIN)] == [an]


@pytest.mark.parametrize(
    ("pin", "said"), [("123", "A personal number has 12 digits"), (OTHER_PIN, "belongs to another")]
)
def test_no_number_is_given_that_is_none_or_another_persons(desk, pin, said):
    an = someone(pin=PIN)
    someone(pin=OTHER_PIN)
    address = f"/office/person/{an}/new-number/"
    page = desk.post(address, {"pin": pin, "basis": BASIS} | day("on", dt.date(2021, 8, 1)))
    if page.status_code == 200:
        page = press(desk, address, page)
    assert said in text(page)
    assert held(an)["pin"] == PIN


def test_an_areas_steward_changes_nobody_outside_it():
    desk = signed_in(Client(), ha(CAU_GIAY))
    stranger = someone(area(BEN_THANH))
    for change in ("correct/full_name", "move", "new-number"):
        assert desk.get(f"/office/person/{stranger}/{change}/").status_code == 404
        assert (
            desk.post(
                f"/office/person/{stranger}/{change}/", {"value": "X", "basis": BASIS, "confirmed": "1"}
            ).status_code
            == 404
        )
    assert held(stranger)["full_name"] == "Nguyễn Văn An"


def test_a_steward_who_moves_someone_out_of_their_area_is_led_to_the_search():
    desk = signed_in(Client(), ha(CAU_GIAY))
    an = someone()
    address = f"/office/person/{an}/move/"
    done = press(desk, address, desk.post(address, moved()))
    assert done["Location"] == "/office/search/"
