"""The result of a comparison in an officer's words. A field or level that has no words yet shows its code."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

FIELDS: dict[str, Words] = {
    "prior": _("Starting point: one person among very many"),
    "name": _("Name"),
    "full_name": _("Name"),
    "family_name": _("Family name"),
    "middle_name": _("Middle name"),
    "given_name": _("Given name"),
    "birth_date": _("Birth date"),
    "birth": _("Birth date"),
    "number": _("Personal number"),
    "cmnd": _("Old card number"),
    "phone": _("Phone number"),
    "sex": _("Sex"),
    "home": _("Residence"),
    "commune": _("Residence"),
    "residence": _("Residence"),
    "address": _("Address"),
    "father_name": _("Father's name"),
    "mother_name": _("Mother's name"),
    "household": _("Household"),
}
LEVELS: dict[str, Words] = {
    "same": _("the same"),
    "exact": _("the same"),
    "spelling": _("the same, spelt differently"),
    "unmarked": _("the same without accents"),
    "marks": _("the same apart from accents"),
    "sound": _("sounds the same"),
    "order": _("the same words in another order"),
    "crossed": _("family name and given name swapped"),
    "shortened": _("shortened, or part left out"),
    "initial": _("an initial only"),
    "close": _("one or two letters different"),
    "swapped": _("day and month swapped"),
    "year_only": _("only the year is known"),
    "year_near": _("a year off"),
    "day_and_month": _("same day and month, different year"),
    "weeks": _("less than two months apart"),
    "year": _("only the year is the same"),
    "one_digit": _("one digit different"),
    "two_digits": _("two digits different"),
    "repaired": _("the same once a typing error is corrected"),
    "same_commune": _("same commune"),
    "current_commune": _("currently lives there"),
    "same_district": _("another commune in the same former district"),
    "near_commune": _("a nearby commune"),
    "letters": _("the same initials"),
    "same_province": _("another commune in the same province"),
    "missing": _("not given"),
    "different": _("different"),
}


_AS_GIVEN = {"same", "unmarked", "missing", "same_commune", "current_commune"}


def field_in_words(field: str) -> Words:
    """The name of a field."""
    return FIELDS.get(field, field)


def level_in_words(level: str) -> Words:
    """The name of a level of agreement."""
    return LEVELS.get(level, level)


def in_bits(weight: float) -> str:
    """A weight with its sign, as the reader's language writes it: "+9.1", "−2,3"."""
    rounded = round(weight, 1) + 0.0  # no "−0.0"
    return ("−" if rounded < 0 else "+") + number_format(abs(rounded), 1)


def step_in_words(step: Mapping[str, Any]) -> str:
    """One step of a waterfall: "Name: the same without accents +9.1"."""
    level = str(level_in_words(step["level"]))
    words = f"{field_in_words(step['field'])}: {level}" if level else str(field_in_words(step["field"]))
    return f"{words} {in_bits(step['weight'])}"


def differences_in_words(waterfall: Iterable[Mapping[str, Any]]) -> list[str]:
    """The steps of a waterfall that differ from what was declared, without weights: "Birth date: one digit
    different".
    """
    unlike = [step for step in waterfall if step["field"] != "prior" and step["level"] not in _AS_GIVEN]
    return [f"{field_in_words(step['field'])}: {level_in_words(step['level'])}" for step in unlike]


def waterfall_in_words(waterfall: Iterable[Mapping[str, Any]]) -> str:
    """A waterfall in one line, the strongest step first: "Birth date: day and month swapped +8.8; …"."""
    said = [step for step in waterfall if step["field"] != "prior" and step["level"] != "missing"]
    return "; ".join(step_in_words(step) for step in sorted(said, key=lambda step: -abs(step["weight"])))
