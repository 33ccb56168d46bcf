"""Merges in words: the fields of two records, what hangs on one, what was merged before."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dancu.accounts.lookups import Acting, usernames
from dancu.areas import lookups as areas
from dancu.matching import lookups as matching
from dancu.matching.wording import waterfall_in_words
from dancu.register import lookups, words
from dancu.register.lookups import TOGETHER, RegisteredPerson, View
from dancu.register.words import meaning
from dancu.values.masking import mask
from dancu.web.office.records.record import FIELDS, value
from dancu.web.office.review.likelihood import likelihood
from dancu.web.office.review.side_by_side import steps
from dancu.web.shared.belongings import belongings
from dancu.web.shared.people import listed
from dancu.web.templatetags.dancu import day

Words = str | Promise

# In the order they are shown: all that a steward may choose (register.lookups.MERGE_FIELDS).
CHOICES: dict[str, Words] = {
    **{field: label for field, label in FIELDS.items() if field not in ("status_on", "relation")},
    "household_id": gettext_lazy("Household"),
    "father_id": gettext_lazy("Father"),
    "mother_id": gettext_lazy("Mother"),
    "spouse_id": gettext_lazy("Spouse"),
}
_ROLES = {"father_id": "father", "mother_id": "mother", "spouse_id": "spouse"}


@dataclass(frozen=True)
class MergeRow:
    """One field of two records. `differs`: one of the two values has to be chosen."""

    field: str
    label: Words
    left: str
    right: str
    differs: bool


@dataclass(frozen=True)
class MergeText:
    """A merge as the person's page tells it; `name`: what the other record called the person."""

    merge_id: UUID
    other_id: int
    name: str
    at: dt.datetime
    by: str
    basis: str
    hanging: list[str]
    undone_at: dt.datetime | None
    undone_by: str
    undone_basis: str
    in_force: bool


def beside(left: View, right: View) -> list[MergeRow]:
    """The two records field by field, those that differ first."""
    known = left.areas | right.areas
    rows = [
        MergeRow(
            field,
            label,
            _text(field, left, known),
            _text(field, right, known),
            _differs(field, left.person, right.person),
        )
        for field, label in CHOICES.items()
    ]
    return sorted((row for row in rows if row.left or row.right), key=lambda row: not row.differs)


# What speaks against two records being one person's, said in words (matching.lookups.apart).
_APART: dict[str, Words] = {
    "sex": gettext_lazy("One record is of a man, the other of a woman."),
    "birth_date": gettext_lazy("The birth dates are more than a year apart."),
    "numbers": gettext_lazy("Each record has its own personal number in use."),
    "deaths": gettext_lazy("The records have different dates of death."),
    "spouses": gettext_lazy("The records have different spouses."),
}


def likeness(left: RegisteredPerson, right: RegisteredPerson) -> dict[str, Any]:
    """How likely the two records are one person's, in words and step by step; `is_unlikely`: so little
    that it has to be confirmed.
    """
    score = matching.likeness(left["person_id"], right["person_id"])
    known = matching.conflicting_facts(left, right)
    is_unlikely = score.weight < matching.thresholds()["review"] or {"sex", "birth_date"} <= {*known}
    told = {
        "apart": [_APART[name] for name in known],
        "is_unlikely": is_unlikely,
        "steps": steps(score.as_json()),
    }
    return told | likelihood(score.weight)


def duplicates(acting: Acting, person_id: int) -> list[dict[str, Any]]:
    """The records that may be the same person's, as office/merge_found.html lists them, with what speaks
    for them in a line.
    """
    hits = matching.possible_duplicates(acting, person_id)
    return [
        shown
        | {"told": waterfall_in_words(hit.waterfall or ())}
        | likelihood(sum(float(step["weight"]) for step in hit.waterfall or ()))
        for shown, hit in zip(listed([hit.person for hit in hits]), hits, strict=True)
    ]


def stand_again(stops: int) -> str:
    """How many stops at checkpoints stand again since a merge was undone."""
    said = ngettext(
        "%(count)s checkpoint stop is open again, because it had ended only through a decision on the other "
        "person’s pass.",
        "%(count)s checkpoint stops are open again, because they had ended only through a decision on the "
        "other person’s pass.",
        stops,
    )
    return said % {"count": stops}


def merges(person_id: int) -> list[MergeText]:
    """The merges of a person, latest first, those undone too."""
    found = lookups.merges_of(person_id)
    names = usernames(
        {official for merge in found for official in (merge.merged_by, merge.undone_by) if official}
    )
    return [
        MergeText(
            merge.merge_id,
            merge.other_id,
            merge.other["full_name"],
            merge.merged_at,
            names.get(merge.merged_by, ""),
            merge.basis,
            belongings(merge.counts),
            merge.undone_at,
            names.get(merge.undone_by or 0, ""),
            merge.undone_basis or "",
            merge.in_force,
        )
        for merge in found
    ]


def _text(field: str, view: View, known: Mapping[int, areas.Area]) -> str:
    """A field and what goes with it."""
    person = view.person
    shown = str(value(field, person[field], person, known)) if field in FIELDS else ""
    if field == "status" and person["status_on"]:
        shown = _joined((shown, day(person["status_on"])), " · ")
    elif field == "home_area" and shown:
        home = _joined((person["home_address"], shown))
        shown = home + (
            " · " + _("since %(day)s") % {"day": day(person["home_since"])} if person["home_since"] else ""
        )
    elif field == "household_id":
        shown = _joined((person["household_no"], meaning(words.RELATIONS, person["relation"])), " · ")
    elif field in _ROLES:
        shown = _joined(row["full_name"] for row in view.relatives if row["kind"] == _ROLES[field])
    elif field in ("pin", "cmnd"):
        shown = mask(person[field] or "")
    return shown


def _differs(field: str, left: RegisteredPerson, right: RegisteredPerson) -> bool:
    parts = [part for part in (field, *TOGETHER.get(field, ())) if part in left]
    return any((left[part] or None) != (right[part] or None) for part in parts)


def _joined(parts: Iterable[Any], between: str = ", ") -> str:
    return between.join(str(part) for part in parts if part)
