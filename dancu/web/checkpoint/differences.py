"""What was declared beside what the register holds, field by field, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dancu.areas import lookups as areas
from dancu.checkpoints.rows import Declaration
from dancu.matching.lookups import PartialDate
from dancu.values.sexes import sex_label

Words = str | Promise

FIELDS: dict[str, Words] = {
    "status": gettext_lazy("Holder of the number"),
    "number": gettext_lazy("Number"),
    "name": gettext_lazy("Name"),
    "birth_date": gettext_lazy("Birth date"),
    "sex": gettext_lazy("Sex"),
    "residence": gettext_lazy("Residence"),
}
HOW: dict[str, dict[str, Words]] = {
    "status": {
        "dead": gettext_lazy("the holder of this number has died"),
        "missing_person": gettext_lazy("the holder of this number is recorded as missing"),
    },
    "number": {
        "look_alike": gettext_lazy("letters typed for digits; found by name and birth date"),
        "lost_zero": gettext_lazy("a 0 missing at the front; found by name and birth date"),
        "transposed": gettext_lazy("two digits swapped; found by name and birth date"),
        "one_digit": gettext_lazy("one wrong digit; found by name and birth date"),
        "another": gettext_lazy(
            "someone else's or nobody's; all other details match one person in the register"
        ),
        "not_declared": gettext_lazy("not declared; found by the other details"),
    },
    "name": {
        "marks": gettext_lazy("different accents"),
        "order": gettext_lazy("words in a different order"),
        "shortened": gettext_lazy("shortened, or a word missing"),
        "close": gettext_lazy("one or two letters differ"),
        "different": gettext_lazy("a different name"),
        "missing": gettext_lazy("not declared"),
    },
    "birth_date": {
        "swapped": gettext_lazy("day and month swapped"),
        "year_only": gettext_lazy("only the year declared"),
        "one_digit": gettext_lazy("one digit differs"),
        "year_near": gettext_lazy("a year off"),
        "different": gettext_lazy("a different date"),
        "missing": gettext_lazy("not declared"),
    },
    "sex": {"different": gettext_lazy("differs")},
    "residence": {
        "same_province": gettext_lazy("another commune in the same province"),
        "different": gettext_lazy("a different province"),
    },
}


# Where no number that the register could hold led to them
UNNUMBERED: dict[str, Words] = {
    "dead": gettext_lazy("this person has died"),
    "missing_person": gettext_lazy("this person is recorded as missing"),
    "not_declared": gettext_lazy("a passport number, not in the register; found by the other details"),
}


@dataclass(frozen=True)
class Identity:
    """Who somebody is, as text; the home is looked up only where it is shown. `number_kind`: of the
    number that was given, if any.
    """

    name: str
    birth: str
    sex: Words
    home_area: int | None
    number_kind: str = "pin"

    @property
    def is_numbered(self) -> bool:
        """Whether a number was given that the register could hold."""
        return self.number_kind in ("pin", "cmnd")

    @property
    def home(self) -> str:
        return str(areas.get_many([self.home_area]).get(self.home_area, "")) if self.home_area else ""


@dataclass(frozen=True)
class Difference:
    """One field that does not agree."""

    field: Words
    how: Words
    declared: Words
    held: Words


def declared_identity(declaration: Declaration) -> Identity:
    """What a declaration (a row) says."""
    birth = PartialDate(declaration["birth_year"], declaration["birth_month"], declaration["birth_day"])
    home = declaration["permanent_area"] or declaration["home_area"]
    return Identity(
        declaration["full_name"],
        str(birth),
        sex_in_words(declaration["sex"]),
        home,
        declaration["number_kind"],
    )


def registered_identity(person: Mapping[str, Any]) -> Identity:
    """What the register (a row) says."""
    birth = registered_birth(person["birth_date"], person["birth_precision"])
    return Identity(person["full_name"], birth, sex_in_words(person["sex"]), person["home_area"])


def registered_birth(born: Any, precision: str) -> str:
    """A birth date as far as the register knows it."""
    return f"{born:{ {'Y': '%Y', 'M': '%m/%Y'}.get(precision, '%d/%m/%Y') }}"


def differences(levels: Mapping[str, str], declared: Identity, held: Identity | None) -> list[Difference]:
    """The fields of `levels` (matching.compare's) that do not agree, the gravest first. Where nobody of the
    register is shown, nothing can differ from them: told is only what is wrong with the number, and that its
    holder is dead or missing.
    """
    return [
        Difference(
            _field(name, declared),
            _how(name, levels[name], declared),
            _value(name, declared),
            _value(name, held),
        )
        for name in FIELDS
        if levels.get(name) in HOW[name]
        and (held or (name in ("status", "number") and levels[name] != "not_declared"))
    ]


def sex_in_words(sex: int) -> str:
    return str(sex_label(sex))


def number_end(number: str) -> str:
    """Enough of a number to compare with a card: "…1234"."""
    return f"…{number[-4:]}" if number else ""


def _field(name: str, declared: Identity) -> Words:
    return _("In the register") if name == "status" and not declared.is_numbered else FIELDS[name]


def _how(name: str, level: str, declared: Identity) -> Words:
    """In words that are true also of those who gave no number."""
    if (name == "status" and not declared.is_numbered) or (
        name == "number" and declared.number_kind == "passport"
    ):
        return UNNUMBERED.get(level, HOW[name][level])
    return HOW[name][level]


def _value(name: str, identity: Identity | None) -> Words:
    if identity is None or name in ("status", "number"):
        return ""
    return (
        identity.home
        if name == "residence"
        else {"name": identity.name, "birth_date": identity.birth, "sex": identity.sex}[name]
    )
