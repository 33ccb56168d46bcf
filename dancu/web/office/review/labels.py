"""What a doubtful case and a discrepancy are called."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Words = str | Promise

KINDS: dict[str, Words] = {
    "record": _("A record from a site"),
    "declaration": _("A travel declaration"),
    "duplicate": _("Two records in the register"),
}
DECISIONS: dict[str, Words] = {
    "same": _("Same person"),
    "different": _("Different people"),
    "not_sure": _("Not sure"),
}
RECORDED: dict[str, Words] = {
    "decided": _("Recorded: %(decision)s."),
    "waiting": _("Recorded: %(decision)s. Someone else will review it too."),
    "disputed": _("Recorded: %(decision)s. A colleague answered differently, so a third person will decide."),
}
FIELDS: dict[str, Words] = {  # in the order they are shown
    "number": _("Personal number"),
    "cmnd": _("Old card number"),
    "full_name": _("Full name"),
    "birth": _("Birth date"),
    "sex": _("Sex"),
    "phone": _("Phone number"),
    "commune_code": _("Commune"),
    "address": _("House number and street"),
    "father_name": _("Father"),
    "mother_name": _("Mother"),
    "status": _("Status"),
}
VERDICTS: dict[str, Words] = {
    "record_wrong": _("The site's record is wrong"),
    "register_wrong": _("The register is wrong"),
    "not_this_person": _("Not this person"),
    "cannot_tell": _("Cannot tell"),
}
VERDICT_KEYS: dict[str, str] = {
    "record_wrong": "1",
    "register_wrong": "2",
    "not_this_person": "3",
    "cannot_tell": "4",
}
WHAT_TO_DO: dict[str, Words] = {  # what a verdict asks of the site
    "record_wrong": _("Correct what differs, then mark the record as corrected:"),
    "register_wrong": _(
        "Your record is right. The register is being corrected, so you do not need to change anything."
    ),
    "not_this_person": _(
        "The number belongs to someone else. Ask the person for their card, correct the number and report "
        "the record again."
    ),
    "cannot_tell": _(
        "The police could not tell who this is. Ask the person for their card and report the record again."
    ),
}
STATUSES: dict[str, Words] = {
    "listed": _("Waiting for the police"),
    "verified": pgettext_lazy("records", "Verified"),
    "updated": pgettext_lazy("records", "Corrected"),
}
STATUS_COLOURS = {"listed": "amber", "verified": "blue", "updated": "green"}
