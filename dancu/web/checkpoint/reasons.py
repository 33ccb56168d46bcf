"""The reasons officers give most, one press each."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

REASONS: dict[str, list[Words]] = {
    "secondary": [
        _("Fever or other symptoms"),
        _("Declared details do not match the card"),
        _("No card or other paper"),
        _("Test missing or too old"),
        _("Code may belong to somebody else"),
    ],
    "back": [
        _("Journey not permitted"),
        _("Comes from a locked-down area"),
        _("Pass expired or revoked"),
        _("False declaration"),
        _("Refuses the check"),
    ],
    "override": [
        _("Medical emergency"),
        _("Original papers checked"),
        _("Written order of an authority"),
        _("Person and card agree; the code is old"),
    ],
    "revoke": [
        _("Used by somebody else"),
        _("Picture of a code shared with others"),
        _("False declaration"),
        _("Confiscated at the checkpoint"),
    ],
}
