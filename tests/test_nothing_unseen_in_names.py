"""Marks of direction and letters of no width are in no name, whichever door it comes in by: they would show
one name and hold another.

Forms and actions are found, not listed: a new one with a name in it is tried by itself, or fails here until
it is.
"""

import datetime as dt
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction

import dancu.web
from dancu.accounts import actions as accounts
from dancu.accounts.errors import AccountError
from dancu.accounts.models import Official
from dancu.checkpoints import actions as checkpoints
from dancu.discrepancies import site_file
from dancu.register import actions, importing, lookups
from dancu.register.errors import RegisterError
from dancu.testing.database import rows
from dancu.testing.family import BASIS, DAY, woman
from dancu.testing.people import BEN_THANH, CAU_GIAY, area, someone
from dancu.testing.travellers import journey
from dancu.text.invisible import visible
from dancu.web.office.records.correcting import CORRECTABLE
from dancu.web.shared.names import NameField

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_areas")]

BIDI = [chr(code) for code in (0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A))]
NO_WIDTH = [
    chr(code) for code in (0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD, 0x034F, 0x180E, 0x3164, 0xE0041)
]
SPOILT = [
    name.replace("_", each)
    for each in (*BIDI, *NO_WIDTH)
    for name in ("Nguyễn _Văn An", "Nguyễn Văn A_n", "_Trần Bình_")
]
ONLY_UNSEEN = ["\u202e", "\u200b\u200d", " \ufeff "]


def is_clean(name: str) -> bool:
    """Whether nothing in it is unseen."""
    return visible(name) == name and not set(name) & {*BIDI, *NO_WIDTH}


def form_classes() -> list[type[forms.BaseForm]]:
    """Every form of every page."""
    for module in pkgutil.walk_packages(dancu.web.__path__, "dancu.web."):
        if "tests" not in module.name.split("."):
            importlib.import_module(module.name)

    def below(of: type) -> Iterator[type]:
        for each in of.__subclasses__():
            yield each
            yield from below(each)

    found = {
        each
        for each in below(forms.BaseForm)
        if each.__module__.startswith("dancu.") and ".tests." not in each.__module__
    }
    return sorted(found, key=lambda each: (each.__module__, each.__name__))


def is_name(field: str) -> bool:
    return (field == "name" or field.endswith("_name")) and field != "username"


# What is looked for is in no record: a search reads the name itself (`legible_name`), and tells it to nobody
SOUGHT = {("dancu.web.office.records.searching", "SearchForm", "name")}

FIELDS = [
    (form, field)
    for form in form_classes()
    for field in form.base_fields
    if is_name(field) and (form.__module__, form.__name__, field) not in SOUGHT
]


def test_there_are_forms_with_names_in_them() -> None:
    modules = {form.__module__.split(".")[2] for form, _field in FIELDS}
    assert modules >= {"citizen", "checkpoint", "office"}


@pytest.mark.parametrize(("form", "field"), FIELDS, ids=lambda each: getattr(each, "__name__", each))
def test_no_form_lets_them_in(form: type[forms.BaseForm], field: str) -> None:
    asked = form.base_fields[field]
    assert isinstance(asked, NameField)
    for spoilt in SPOILT:
        try:
            name = asked.clean(spoilt)
        except ValidationError:
            continue
        assert is_clean(name), ascii(spoilt)
    for nothing in ONLY_UNSEEN:
        if asked.required:
            with pytest.raises(ValidationError):
                asked.clean(nothing)
        else:
            assert asked.clean(nothing) == ""


@pytest.mark.parametrize("field", [field for field in CORRECTABLE if is_name(field)])
def test_no_correction_lets_them_in(field: str) -> None:
    asked = CORRECTABLE[field]({})
    assert isinstance(asked, NameField)
    assert all(is_clean(asked.clean(spoilt)) for spoilt in SPOILT)


def add(name: str) -> Any:
    return actions.add_person(
        None,
        full_name=name,
        birth_date=dt.date(1990, 1, 1),
        sex=1,
        home_area=area(CAU_GIAY),
        valid_from=DAY,
        basis=BASIS,
    )


def correct(field: str) -> Callable[[str], Any]:
    return lambda name: actions.correct(None, someone(full_name="Lê Cu"), {field: name}, BASIS)


def bear(field: str) -> Callable[[str], Any]:
    given = {"full_name": "Nguyễn Bé", "birth_date": DAY, "sex": 1, "basis": BASIS}
    return lambda name: actions.record_birth(None, woman(), **(given | {field: name}))


def marry(name: str) -> Any:
    return actions.record_marriage(None, someone(), None, DAY, BASIS, spouse_name=name)


def employ(name: str) -> Any:
    return accounts.create_official(None, "an.nguyen", name)


def declare(field: str) -> Callable[[str], Any]:
    return lambda name: journey(**{field: name})


ACTIONS: dict[tuple[str, str], Callable[[str], Any]] = {
    ("add_person", "full_name"): add,
    ("correct", "full_name"): correct("full_name"),
    ("correct", "father_name"): correct("father_name"),
    ("correct", "mother_name"): correct("mother_name"),
    ("record_birth", "full_name"): bear("full_name"),
    ("record_birth", "other_parent_name"): bear("other_parent_name"),
    ("record_marriage", "spouse_name"): marry,
    ("create_official", "full_name"): employ,
    ("Journey", "full_name"): declare("full_name"),
    ("Journey", "declarer_name"): declare("declarer_name"),
}


NO_PERSONS = {("open_station", "name")}


def test_no_action_with_a_name_is_forgotten_here() -> None:
    found = {
        (name, parameter)
        for module in (actions, accounts, checkpoints)
        for name, action in inspect.getmembers(module, inspect.isfunction)
        if (not name.endswith("_key") and ".register." in action.__module__)
        or action.__module__.endswith(".actions")
        for parameter in inspect.signature(action).parameters
        if is_name(parameter)
    }
    assert found - NO_PERSONS - {("right_name", "name")} <= ACTIONS.keys()


def held() -> str:
    """All text that the register and the accounts hold."""
    return ascii(
        [
            rows("SELECT full_name, father_name, mother_name FROM person"),
            rows("SELECT full_name FROM named_relative"),
            list(Official.objects.values_list("full_name", "sought_by")),
        ]
    )


def is_unseen_in(told: str) -> bool:
    return any(ascii(each)[1:-1] in told for each in (*BIDI, *NO_WIDTH))


@pytest.mark.parametrize(("action", "field"), ACTIONS)
def test_no_action_lets_them_in(action: str, field: str) -> None:
    for spoilt in SPOILT[:: 1 if action == "Journey" else 4]:
        with transaction.atomic():
            made = ACTIONS[action, field](spoilt)
            assert not is_unseen_in(held()), ascii(spoilt)
            assert action != "Journey" or is_clean(getattr(made, field))
            transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("action", "field"),
    [key for key in ACTIONS if key[0] != "Journey" and key[1] in ("full_name", "spouse_name")],
)
@pytest.mark.parametrize("nothing", ONLY_UNSEEN, ids=ascii)
def test_a_name_of_nothing_that_is_seen_is_none(action: str, field: str, nothing: str) -> None:
    with pytest.raises((RegisterError, AccountError)):
        ACTIONS[action, field](nothing)


def test_no_population_file_lets_them_in(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    pl.DataFrame(
        [
            {
                "pin": f"0010850{nth:05}",
                "full_name": spoilt,
                "father_name": spoilt,
                "mother_name": spoilt,
                "birth_date": "1985-03-12",
                "sex": "1",
                "permanent_code": BEN_THANH,
            }
            for nth, spoilt in enumerate(SPOILT)
        ]
    ).write_csv(file)
    importing.import_files([file], tmp_path / "rejected.csv", dt.date.today())
    assert lookups.number_of_people() > 0
    assert not is_unseen_in(held())


def test_no_list_of_a_site_lets_them_in() -> None:
    lines = "\n".join(f"{nth},,,{spoilt}" for nth, spoilt in enumerate(SPOILT, start=1))
    read = site_file.read_site_file(f"record_id,number,birth,full_name\n{lines}\n".encode())
    assert read.records
    assert all(is_clean(value) for record in read.records.values() for value in record.values())
