"""The name of the place that a role is for, and of the role there."""

from django.utils.translation import gettext as _

from dancu.accounts.duties import place_in_words as place
from dancu.accounts.duties import role_of
from dancu.areas import lookups as areas
from dancu.modules import Words

__all__ = ["is_wider", "place", "role_there"]


def role_there(role: str, kind: str, number: int) -> Words:
    """What an official in this role is called: one who receives arrivals for a whole province or the
    country is no commune's officer.
    """
    if role == "commune_officer" and is_wider(kind, number):
        return _("National officer") if kind == "nation" else _("Provincial officer")
    return role_of(role).name


def is_wider(kind: str, number: int) -> bool:
    """Whether the place is more than one commune."""
    if kind != "area":
        return kind == "nation"
    area = areas.get_many([number]).get(number)
    return area is not None and area.level < areas.COMMUNE
