"""What arrivals are called in the words of a commune's officer: states, outcomes, what differs, what to
look at first.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dancu.isolation.wording import ATTENTION, OUTCOMES, STATES

__all__ = ["ATTENTION", "OUTCOMES", "STATES"]

Words = str | Promise


NOT_EXPECTED: Words = _("No longer expected")

STATES_AT: dict[str, Words] = {
    "declared": _("Declared at %(time)s"),
    "told_to_stay": _("Declared illness at %(time)s: no pass given, advised not to travel"),
    "on_the_way": _("Passed %(station)s at %(time)s"),
    "held": _("Held at %(station)s at %(time)s"),
    "turned_back": _("Turned back at %(station)s at %(time)s"),
    "met": _("Met at %(time)s"),
    "withdrawn": _("Cancelled at %(time)s"),
}
# Those held whose waiting ended without a crossing, by how it did (checkpoints.reasons; "other": in words of
# the officer's own)
ENDED_AT: dict[str, Words] = {
    "found_positive": _(
        "Held at %(station)s at %(time)s, tested positive, then handed over to the health station or a "
        "hospital"
    ),
    "health_post": _("Held at %(station)s at %(time)s, then handed over to the health station or a hospital"),
    "police": _("Held at %(station)s at %(time)s, then handed over to the police"),
    "left": _("Held at %(station)s at %(time)s, then left without waiting"),
    "other": _("Held at %(station)s at %(time)s, but no longer there"),
}
STATE_COLOURS = {
    "declared": "grey",
    "told_to_stay": "red",
    "on_the_way": "blue",
    "held": "red",
    "turned_back": "red",
    "met": "green",
}

SHORT_OUTCOMES: dict[str, Words] = {  # for a list of one line a person
    "confirmed": _("Agrees"),
    "differences": _("Differs"),
    "disagrees": _("Disagrees"),
    "not_found": _("Not in the register"),
    "unreadable": _("No number declared"),
    "passport": _("Passport: check the document"),
}
FIELDS: dict[str, Words] = {
    "number": _("number (typing error)"),
    "another_number": _("number (someone else’s, or nobody’s)"),
    "no_number": _("no number declared"),
    "passport": _("passport (not held in the register)"),
    "name": _("name"),
    "birth_date": _("birth date"),
    "sex": _("sex"),
    "residence": _("residence"),
    "status": _("the person with this number is dead or missing"),
}
WARNINGS: dict[str, Words] = {  # the gravest first, since a narrow column may cut the last
    "positive": _("Positive test"),
    "contact": _("Contact with a case"),
    "symptoms": _("Symptoms"),
}
FOUND_ELSEWHERE: Words = _("%(warnings)s, found at a checkpoint at %(time)s")
DECLARED_ELSEWHERE: Words = _("%(warnings)s, declared elsewhere at %(time)s")
PERIODS: dict[int, Words] = {
    1: _("Updated in the last 24 hours"),
    3: _("Updated in the last 3 days"),
    7: _("Updated in the last 7 days"),
    14: _("Updated in the last 14 days"),
    30: _("Updated in the last 30 days"),
}
ARRIVING: dict[str, Words] = {
    "today": _("Arriving today"),
    "tomorrow": _("Arriving tomorrow"),
    "next-3": _("Arriving in the next 3 days"),
    "next-7": _("Arriving in the next 7 days"),
}
DIRECTIONS: dict[str, Words] = {"in": _("inbound"), "out": _("outbound")}
DECISIONS: dict[str, Words] = {
    "through": _("Passed %(station)s"),
    "secondary": _("Held for a second check at %(station)s"),
    "back": _("Turned back at %(station)s"),
}
