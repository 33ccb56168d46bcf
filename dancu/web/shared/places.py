"""The name of the place that a role is for, and of the role there."""

from django.utils.translation import gettext as _

from dancu.accounts.duties import JURISDICTIONS, ROLES, Words
from dancu.areas import lookups as areas
from dancu.areas.errors import UnknownArea
from dancu.checkpoints import lookups as checkpoints
from dancu.checkpoints.errors import NoSuchStation


def place(kind: str, number: int) -> str:
    """An area's path, a station's name, a facility's number, the whole country. A place not known (yet)
    shows its number.
    """
    if kind == "nation":
        return str(JURISDICTIONS["nation"])
    try:
        if kind == "area":
            return areas.get(number).path
        if kind == "station":
            return checkpoints.station(number)["name"]
    except UnknownArea:
        return _("Area no. %(number)s") % {"number": number}
    except NoSuchStation:
        return _("Checkpoint no. %(number)s") % {"number": number}
    return _("Health facility no. %(number)s") % {"number": number}


def role_there(role: str, kind: str, number: int) -> Words:
    """What an official in this role is called: one who receives arrivals for a whole province or the
    country is no commune's officer.
    """
    if role == "commune_officer" and is_wider(kind, number):
        return _("National officer") if kind == "nation" else _("Provincial officer")
    return ROLES[role].name if role in ROLES else role


def is_wider(kind: str, number: int) -> bool:
    """Whether the place is more than one commune."""
    if kind != "area":
        return kind == "nation"
    area = areas.get_many([number]).get(number)
    return area is not None and area.level < areas.COMMUNE
