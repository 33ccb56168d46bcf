"""What was repaired in what was declared, in an officer's words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

FAULTS: dict[str, Words] = {
    "spaces": _("spaces too many"),
    "invisible": _("invisible characters"),
    "unicode_form": _("marks stored apart from their letters"),
    "code_page": _("read in another alphabet (code page)"),
    "apostrophe": _("another apostrophe"),
    "font_tcvn3": _("typed in an old TCVN3 (ABC) font"),
    "font_vni": _("typed in an old VNI font"),
    "font_cp1258": _("read in another alphabet (code page)"),
    "viqr": _("signs of VIQR left in the name"),
    "foreign_d": _("a foreign letter for Đ"),
    "abbreviated": _("abbreviated"),
    "telex": _("Telex keys left in the name"),
    "vni_typing": _("VNI keys left in the name"),
    "tone_placement": _("tone mark on the other vowel"),
    "letter_case": _("all in capitals or all in small letters"),
    "addressed": _("a title, a list number or a mark beside it"),
    "parent_named": _("a parent's name beside it"),
    "set_apart": _("the family name set apart by a comma or a slash"),
    "given_first": _("given name first"),
}
