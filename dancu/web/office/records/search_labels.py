"""What is said of a search: how it was understood, what would narrow it down, and which place a word was
or may have been.
"""

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _

from dancu.accounts.lookups import Acting
from dancu.areas import lookups as areas
from dancu.matching import lookups as matching
from dancu.matching.lookups import ReadLine
from dancu.matching.normalising.word_lists import may_be_surname
from dancu.register.lookups import visible_areas
from dancu.text.folding import fold


def read_as(line: ReadLine) -> list[tuple[Any, str]]:
    """How the question was understood."""
    told = [
        (_("Number"), line.number),
        (_("Phone number"), line.phone),
        (_("Name"), line.name),
        (_("Born"), _born(line)),
        (_("Residence"), _called(line.places)),
    ]
    return [(label, value) for label, value in told if value]


def _born(line: ReadLine) -> str:
    if line.birth_date and line.or_before:
        return _("%(before)s or %(year)s") % {
            "before": line.birth_date.year - 1,
            "year": line.birth_date.year,
        }
    return str(line.birth_date or "")


def _called(places: Collection[int]) -> str:
    known = areas.get_many(places)
    return _(" or ").join(known[place].path for place in places if place in known)


def place_alone(places: Collection[int]) -> str:
    """What is said where nothing but a place was given."""
    told = _("%(place)s is a place. To find people there, add a name, a birth date or a year of birth")
    return told % {"place": _called(places)} if places else ""


def also_place(acting: Acting, line: ReadLine) -> str:
    """The place that is called as the name is which was asked, where nothing else was."""
    is_alone = line.name and not (line.number or line.phone or line.birth_date or line.places)
    return _called(matching.places_alone(line.name, visible_areas(acting))) if is_alone else ""


def narrower(acting: Acting, line: ReadLine) -> list[Any]:
    """What was not given, and would narrow it down."""
    born = line.birth_date
    told = (
        [_("the birth date or year of birth")]
        if not born
        else []
        if born.day
        else [_("the day and month of birth")]
    )
    first, *others = line.name.split() or [""]
    is_whole = len(others) > 1 or (others and may_be_surname(first) and fold(first) not in ("van", "thi"))
    told += [] if is_whole else [_("the full name, including the family name")]
    own = visible_areas(acting)
    told += [] if line.places or (own and len(own) < 100) else [_("the commune")]
    return [*told, _("a personal number or phone number")]


def outside(acting: Acting, line: ReadLine) -> str:
    """The place that was asked, where none of its people may be seen."""
    own = visible_areas(acting)
    ids = {area_id for place in line.places for area_id in areas.ids_below(place)}
    return (
        areas.get(line.places[0]).path
        if line.places and own is not None and not ids.intersection(own)
        else ""
    )
