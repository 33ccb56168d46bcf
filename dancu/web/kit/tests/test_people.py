"""The field by which an official says who is meant: shown only to whom they may see, and checked once more."""

import pytest
from django import forms
from django.utils import timezone, translation
from django.utils.datastructures import MultiValueDict

from dancu.accounts import reading
from dancu.accounts.errors import TooMuchRead
from dancu.accounts.lookups import Acting
from dancu.register import actions as register
from dancu.register.merging import actions as merging
from dancu.testing.database import rows
from dancu.testing.officials import acting_as, make_official
from dancu.testing.pages import text
from dancu.testing.people import BEN_THANH, DICH_VONG, area, chi, ha, someone
from dancu.values.masking import mask
from dancu.web.kit.people import PersonField, ask_for_people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

PIN, CMND, NAME = "001085001234", "012345678", "Nguyễn Văn An"
CARD = f"{PIN}|{CMND}|{NAME}|12031985|Nam|12 Xuân Thủy, Dịch Vọng Hậu, Cầu Giấy, Hà Nội|25042021"


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


class Form(forms.Form):
    who = PersonField(label="Who")


def sent(acting: Acting, typed: str, choice: str = "", *, asks: bool = False, but: tuple = ()) -> Form:
    """The form after what was typed and chosen."""
    data = {"who": [typed], "who_choice": [choice]} | ({"who_find": ["1"]} if asks else {})
    form = Form(MultiValueDict(data))
    ask_for_people(form, acting, but)
    form.full_clean()
    return form


def offered(form: Form) -> list[dict]:
    return form.fields["who"].widget.people()


def choice(acting: Acting, typed: str) -> str:
    """What chooses the only one who is offered."""
    (one,) = offered(sent(acting, typed))
    return one["choice"]


def searches(person_id: int) -> int:
    """How often they were found, by the audit."""
    asked = "SELECT 1 FROM audit_entry WHERE person_id = %s AND action = 'register.search'"
    return len(rows(asked, person_id))


def told(form: Form) -> str:
    return " ".join(form.errors.get("who", []))


@pytest.mark.parametrize(
    "typed", [PIN, "001 085 001 234", CMND, CARD, f"{NAME} 12/3/1985", "nguyen van an 1985"]
)
def test_a_person_is_found_by_number_name_or_card_and_taken_once_chosen(typed):
    an, steward = someone(pin=PIN, cmnd=CMND), acting_as(ha())
    form = sent(steward, typed)
    assert told(form) == "Check that this is the person you mean, and continue."
    (one,) = offered(form)
    assert (one["person_id"], one["is_chosen"], one["pin"]) == (an, True, mask(PIN))
    assert PIN not in str(form).replace(typed, "")
    assert sent(steward, typed, one["choice"]).cleaned_data["who"] == an


def test_a_record_is_found_by_its_own_number_and_leads_to_the_one_that_stays():
    stays, goes, steward = someone(), someone(pin=PIN), acting_as(ha())
    chosen = choice(steward, f"#{goes}")
    merging.merge_people(steward, stays, goes, basis="Biên bản 7/2021")
    assert sent(steward, f"#{goes}", chosen).cleaned_data["who"] == stays


def test_several_are_shown_to_choose_from_and_none_is_taken_unchosen():
    both = {someone(pin=PIN), someone(pin="001085001235")}
    form = sent(acting_as(ha()), NAME + " 1985")
    assert told(form) == "Choose the person you mean."
    assert {one["person_id"] for one in offered(form)} == both
    assert not any(one["is_chosen"] for one in offered(form))


def test_who_lives_elsewhere_is_told_apart_from_nobody_by_nothing_and_is_not_in_the_audit():
    away = someone(area(BEN_THANH), pin=PIN)
    officer = acting_as(chi())
    for typed in (PIN, "001085009999", f"#{away}", "#999999999"):
        form = sent(officer, typed)
        assert told(form).startswith("Nobody in your area was found.")
        assert offered(form) == []
    assert searches(away) == 0


def test_whoever_is_shown_is_in_the_audit():
    an = someone(pin=PIN)
    offered(sent(acting_as(chi()), PIN))
    assert searches(an) == 1


def test_who_moved_away_since_they_were_chosen_is_refused():
    an, officer = someone(pin=PIN), acting_as(chi())
    chosen = choice(officer, PIN)
    move = {"area_id": area(BEN_THANH), "address": "1 Lê Lợi", "moved_on": timezone.localdate()}
    register.record_move(acting_as(ha()), an, basis="Phiếu 1/2026", **move)
    assert told(sent(officer, PIN, chosen)).startswith("Nobody in your area was found.")


def test_a_choice_that_was_forged_or_belongs_to_another_text_or_official_counts_for_nothing():
    an, other = someone(pin=PIN), someone(pin="001085001235", full_name="Lê Thị Bưởi")
    officer, another = acting_as(chi()), acting_as(chi(username="lan"))
    chosen = choice(officer, PIN)
    forged = [str(an), chosen.replace(str(an), str(other), 1), choice(officer, "001085001235")]
    for wrong in [*forged, choice(another, PIN), "x" * 5000, chosen[:-1], "\0"]:
        assert "who" not in sent(officer, PIN, wrong).cleaned_data
    assert sent(officer, PIN, chosen).cleaned_data["who"] == an


def test_whom_it_cannot_be_is_neither_offered_nor_taken():
    an, steward = someone(pin=PIN), acting_as(ha())
    chosen = choice(steward, PIN)
    assert offered(sent(steward, PIN, but=(an,))) == []
    assert "who" not in sent(steward, PIN, chosen, but=(an,)).cleaned_data


def test_asking_who_is_meant_takes_nobody_though_one_is_chosen():
    someone(pin=PIN)
    steward = acting_as(ha())
    form = sent(steward, PIN, choice(steward, PIN), asks=True)
    assert "who" not in form.cleaned_data
    page = str(form["who"])
    assert 'role="alert"' in page
    assert NAME in text(page)


def test_who_may_not_search_the_register_finds_the_holder_of_a_number_alone():
    an = someone(area(DICH_VONG), pin=PIN)
    vaccinator = acting_as(make_official("dung", "vaccinator"))
    assert [one["full_name"] for one in offered(sent(vaccinator, CARD))] == [NAME]
    assert offered(sent(vaccinator, PIN[:-1] + "5")) == []
    for typed in (f"{NAME} 12/3/1985", f"#{an}"):
        form = sent(vaccinator, typed)
        assert (offered(form), bool(told(form))) == ([], True)


def test_a_field_that_may_be_empty_gives_nobody_and_one_that_may_not_says_so():
    steward = acting_as(ha())
    assert told(sent(steward, " ")) == "Enter a name and birth date, or a number"
    form = Form(MultiValueDict({"who": [""]}))
    form.fields["who"].required = False
    ask_for_people(form, steward)
    assert form.is_valid()
    assert form.cleaned_data["who"] is None


def test_asking_is_counted_with_everything_else_that_is_read(monkeypatch):
    monkeypatch.setattr(reading, "MOST_AN_HOUR", 2)
    steward = acting_as(ha())
    sent(steward, PIN)
    sent(steward, "#5")
    with pytest.raises(TooMuchRead):
        sent(steward, NAME)
