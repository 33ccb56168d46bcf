"""What a doubtful case and a record in the fix loop are called."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Words = str | Promise

KINDS: dict[str, Words] = {
    "record": _("A record sent to us"),
    "declaration": _("A declaration of travel"),
    "duplicate": _("Two records of the register"),
}
DECISIONS: dict[str, Words] = {
    "same": _("Same person"),
    "different": _("Different people"),
    "not_sure": _("Not sure"),
}
RECORDED: dict[str, Words] = {
    "decided": _("Recorded: %(decision)s."),
    "waiting": _("Recorded: %(decision)s. Somebody else will look at it too."),
    "disputed": _("Recorded: %(decision)s. Your colleague answered otherwise: a third will decide."),
}
FIELDS: dict[str, Words] = {  # in the order they are shown
    "number": _("Personal number"),
    "cmnd": _("Old card number"),
    "full_name": _("Full name"),
    "birth": _("Birth date"),
    "sex": _("Sex"),
    "phone": _("Telephone"),
    "commune_code": _("Commune"),
    "address": _("House and street"),
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
    "record_wrong": _("Change what differs, then mark it as updated:"),
    "register_wrong": _("Your record is right: the register is being corrected. Nothing to change."),
    "not_this_person": _(
        "The number belongs to somebody else. Ask the person for their card, correct the number and list it again."
    ),
    "cannot_tell": _(
        "The police could not tell who this is. Ask the person for their card and list the record again."
    ),
}
STATUSES: dict[str, Words] = {
    "listed": _("Waiting for the police"),
    "verified": pgettext_lazy("records", "Verified"),
    "updated": pgettext_lazy("records", "Updated"),
}
STATUS_COLOURS = {"listed": "amber", "verified": "blue", "updated": "green"}
