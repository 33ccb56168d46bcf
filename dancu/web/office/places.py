"""The name of the place that a role is for."""

from django.utils.translation import gettext as _

from dancu.accounts.duties import JURISDICTIONS
from dancu.areas import lookups as areas
from dancu.areas.errors import UnknownArea
from dancu.checkpoints import lookups as checkpoints
from dancu.checkpoints.errors import NoSuchStation


def place(kind: str, number: int) -> str:
    """An area's path, a station's name, a facility's number, the whole country. A place not known (yet) shows its number."""
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
        return _("Checkpoint station no. %(number)s") % {"number": number}
    return _("Health facility no. %(number)s") % {"number": number}
