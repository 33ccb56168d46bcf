"""What each role may do, where, and for what purpose. Every page and endpoint of an official asks for one
duty.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

ANY = "any"  # a page for every official in any role: the office's home, one's own password

DUTIES: dict[str, Words] = {
    "scan": _("scan passes at a checkpoint"),
    "identify": _("confirm who a person is"),
    "arrivals": _("receive arrivals in a commune"),
    "search": _("search the register"),
    "person": _("see a person’s record"),
    "statistics": _("read the population statistics"),
    "correct": _("correct the register"),
    "review": _("review cases"),
    "site_list": _("report discrepancies"),
    "accounts": _("manage officials’ accounts"),
    "audit": _("read the audit log"),
}

PURPOSES: dict[str, Words] = {
    "passage": _("Control of movement at checkpoints"),
    "residence": _("Arrivals, residence and isolation"),
    "vaccination": _("Vaccination"),
    "register_quality": _("Accuracy of the register"),
    "administration": _("Administration of this system"),
    "oversight": _("Oversight of how this system is used"),
}

JURISDICTIONS: dict[str, Words] = {
    "nation": _("Whole country"),
    "area": _("Area"),
    "station": _("Checkpoint"),
    "facility": _("Health facility"),
}


@dataclass(frozen=True)
class Role:
    """What a role may do, what kinds of jurisdiction it is given in, for what purpose, how long it may sit
    idle.

    `alone`: whoever has it, had it or will have it has no other role, before or after.
    """

    name: Words
    duties: frozenset[str]
    jurisdictions: tuple[str, ...]
    purpose: str
    idle: timedelta = timedelta(minutes=30)
    alone: bool = False


ROLES: dict[str, Role] = {
    "checkpoint_officer": Role(
        _("Checkpoint officer"),
        frozenset({"scan", "identify"}),
        ("station", "area", "nation"),
        "passage",
        idle=timedelta(hours=12),  # a shift: the phone lies in a pocket between two cars
    ),
    "commune_officer": Role(
        _("Commune officer"),
        frozenset({"arrivals", "search", "person", "statistics", "site_list"}),
        ("area", "nation"),
        "residence",
    ),
    "vaccinator": Role(
        _("Vaccinator"), frozenset({"identify", "site_list"}), ("facility", "area", "nation"), "vaccination"
    ),
    "data_steward": Role(
        _("Data steward"),
        frozenset({"search", "person", "correct", "review", "statistics"}),
        ("nation", "area"),
        "register_quality",
    ),
    "administrator": Role(_("Administrator"), frozenset({"accounts"}), ("nation",), "administration"),
    "auditor": Role(_("Auditor"), frozenset({"audit"}), ("nation",), "oversight", alone=True),
}


def roles_with(duty: str) -> frozenset[str]:
    """The roles that have `duty`; all of them for `ANY`."""
    return frozenset(code for code, role in ROLES.items() if duty == ANY or duty in role.duties)


def apart(role: str, other: str) -> bool:
    """Whether no account may ever have both: who reads the audit reads nothing there of their own work."""
    return role != other and any(each in ROLES and ROLES[each].alone for each in (role, other))
