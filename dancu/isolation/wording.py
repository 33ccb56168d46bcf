"""How far a journey is, what comparing it with the register came to, and what to look at first, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

STATES: dict[str, Words] = {
    "declared": _("Declared"),
    "told_to_stay": _("Advised not to travel"),
    "on_the_way": _("On the way"),
    "held": _("Held at a checkpoint"),
    "turned_back": _("Turned back"),
    "met": _("Met"),
    "withdrawn": _("Journey cancelled"),
}
OUTCOMES: dict[str, Words] = {
    "confirmed": _("Agrees with the register"),
    "differences": _("Agrees, apart from some details"),
    "disagrees": _("Disagrees with the register"),
    "not_found": _("Number not in the register"),
    "unreadable": _("No number declared"),
    "passport": _("Passport: not held in the register. Compare it with the document"),
}
ATTENTION: dict[int, Words] = {
    4: _("Check first: may be ill"),
    3: _("Check first"),
    2: _("Needs checking"),
    1: _("No concerns"),
    0: _("Done"),
}
