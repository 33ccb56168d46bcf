"""What msgspec could not read, in words: which field, and what would be right. Never what was sent."""

import re
from typing import Final, NamedTuple

import msgspec
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dancu.endpoints.problems import Words

_AT: Final = re.compile(r"(?P<said>.*?)(?: - at (?:`key` in )?`\$\.?(?P<where>[^`]*)`)?", re.DOTALL)
_MISSING: Final = re.compile(r"Object missing required field `(\w+)`")
_UNKNOWN: Final = re.compile(r"Object contains unknown field `(.*)`", re.DOTALL)
_KIND: Final = re.compile(r"Expected `([^`]+)`, got `[^`]+`")
_LENGTH: Final = re.compile(r"Expected `(\w+)` of length (>=|<=|==) (\d+)")
_BOUND: Final = re.compile(r"Expected `\w+` (>=|<=|>|<) (\S+)")
_NAME: Final = re.compile(r"[A-Za-z_]\w{0,39}", re.ASCII)  # what is sent as a name may be anything
_NUMBERS: Final = re.compile(r"\d{5}")
KINDS: Final[dict[str, Words]] = {
    "str": gettext_lazy("text"),
    "int": gettext_lazy("a whole number"),
    "float": gettext_lazy("a number"),
    "bool": gettext_lazy("true or false"),
    "array": gettext_lazy("a list"),
    "object": gettext_lazy("an object with fields"),
    "null": gettext_lazy("null"),
    "uuid": gettext_lazy("a UUID"),
    "date": gettext_lazy("a date like 2025-07-01"),
    "datetime": gettext_lazy("a moment with its zone, like 2025-07-01T08:00:00+07:00"),
}
_FORMS: Final = {"UUID": "uuid", "date": "date", "datetime": "datetime"}


class Misread(NamedTuple):
    """The field, as people[3].number, "" for all of it; and what would be right, in the reader's language."""

    field: str
    words: str


def misread(error: msgspec.DecodeError | msgspec.ValidationError) -> Misread:
    """What msgspec says, for whoever sent it."""
    parts = _AT.fullmatch(str(error))
    said, where = (parts["said"], parts["where"] or "") if parts else (str(error), "")
    if found := _MISSING.fullmatch(said):
        return Misread(_within(where, found[1]), _("This field is required."))
    if found := _UNKNOWN.fullmatch(said):
        name = found[1] if _NAME.fullmatch(found[1]) and not _NUMBERS.search(found[1]) else ""
        return Misread(_within(where, name), _("There is no such field here. Leave it out."))
    return Misread(where, _right(said, isinstance(error, msgspec.ValidationError)))


def _within(where: str, name: str) -> str:
    return ".".join(filter(None, (where, name)))


def _right(said: str, is_json: bool) -> str:
    if found := _KIND.fullmatch(said):
        return _send(found[1].split(" | "))
    if found := _LENGTH.fullmatch(said):
        return _of_length(found[1] == "array", found[2], int(found[3]))
    if found := _BOUND.fullmatch(said):
        return _bounds()[found[1]] % {"bound": found[2]}
    for form, kind in _FORMS.items():
        if said.startswith("Invalid") and said.rpartition(" ")[2] == form:
            return _send([kind])
    if "timezone" in said:
        return _send(["datetime"])
    if said.startswith("Invalid enum value"):
        return _("Send one of the values that are listed for this field.")
    if not is_json:
        return _("This is not JSON in UTF-8, or it breaks off.")
    return _("Send it in the form that is described for this field.")


def _send(kinds: list[str]) -> str:
    named = [str(KINDS[kind]) for kind in kinds if kind in KINDS]
    if not named:
        return _("Send it in the form that is described for this field.")
    return _("Send %(what)s.") % {"what": _(" or ").join(named)}


def _of_length(is_list: bool, bound: str, many: int) -> str:
    if is_list and bound == ">=":
        words = ngettext("Send at least %(many)d item.", "Send at least %(many)d items.", many)
    elif is_list:
        words = ngettext("Send at most %(many)d item.", "Send at most %(many)d items.", many)
    elif bound == ">=":
        words = ngettext("Send at least %(many)d character.", "Send at least %(many)d characters.", many)
    else:
        words = ngettext("Send at most %(many)d character.", "Send at most %(many)d characters.", many)
    return words % {"many": many}


def _bounds() -> dict[str, str]:
    return {
        ">=": _("Send %(bound)s or more."),
        "<=": _("Send %(bound)s or less."),
        ">": _("Send more than %(bound)s."),
        "<": _("Send less than %(bound)s."),
    }
