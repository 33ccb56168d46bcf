"""What an officer scanned or typed: one field takes a pass's QR text, its code, a personal number, or an
identity card's QR text.
"""

from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from dancu.checkpoints.errors import BadPassCode
from dancu.checkpoints.groups import PREFIX as GROUP
from dancu.checkpoints.groups import GroupFacts, is_group, unseal_group
from dancu.checkpoints.lookups import pass_id_of
from dancu.checkpoints.passes import PREFIX
from dancu.credentials import qr
from dancu.credentials.errors import Altered, CredentialError, RetiredKey, UnknownKey
from dancu.register.card import Card, read_card
from dancu.register.errors import RegisterError
from dancu.values.digits import clean_number
from dancu.values.numbers import check_cmnd, check_pin
from dancu.values.passports import clean_passport, looks_like_passport

_LONGEST_TYPED = 24  # nobody types more by hand; what is longer came from a scanner


FORGED = ("altered", "unknown_key", "withdrawn_key")
"""Statuses of an examination of whose bearer no crossing can be recorded: each becomes an incident."""


class NotUnderstood(Exception):
    """What was scanned or typed is none of these; the message says what would be right."""


class ForgedGroup(NotUnderstood):
    """A code for several people that is not ours; `status` as an examination calls it."""

    def __init__(self, status: str) -> None:
        super().__init__(
            _("This code for several people is not ours, or was changed. Ask each for their own pass.")
        )
        self.status = status


@dataclass(frozen=True)
class PresentedCode:
    """One of: `text` of a QR code that may be a pass, `pass_id` of a typed code, a `number`, a
    `passport`'s, a `card`, or a `group` of passes.
    """

    text: str = ""
    group: GroupFacts | None = None
    pass_id: int | None = None
    number: str = ""
    passport: str = ""
    card: Card | None = None


def read(text: str) -> PresentedCode:
    """Tell apart what was scanned or typed. Raises NotUnderstood."""
    text = text.strip("\ufeff \t\r\n")
    if not text:
        raise NotUnderstood(_("Scan a code, or type the pass code or the number on the card."))
    if text[: len(PREFIX)].upper() == PREFIX:
        return PresentedCode(text=_as_scanned(text))
    if is_group(text):
        return PresentedCode(group=_group(_as_scanned(text)))
    if "|" in text or "｜" in text:
        return PresentedCode(card=_card(text))
    if (number := clean_number(text)).isdecimal():
        return PresentedCode(number=_number(number))
    if text[:4].upper() == "HC1:":
        raise NotUnderstood(
            _("This is a vaccination certificate, not a pass. Ask for the pass or the identity card.")
        )
    if len(text) > _LONGEST_TYPED:
        return PresentedCode(text=text)
    try:
        return PresentedCode(pass_id=pass_id_of(text))
    except BadPassCode as problem:
        if looks_like_passport(number):  # no pass code is so short
            return PresentedCode(passport=clean_passport(number))
        raise NotUnderstood(str(problem)) from None


def in_picture(picture: UploadedFile) -> str:
    """The text of the QR code in an uploaded picture; a pass's or a card's, where there are several.
    Raises NotUnderstood.
    """
    try:
        if (picture.size or 0) > qr.MAX_MEGABYTES << 20:
            raise qr.PictureTooLarge(qr.MAX_MEGABYTES, qr.MAX_MEGAPIXELS)
        found = qr.read(picture.read())
    except CredentialError as problem:
        raise NotUnderstood(str(problem)) from None
    if not found:
        raise NotUnderstood(
            _("We could not find a code in this photo. Hold the camera closer, avoid glare and take another.")
        )
    return min(found, key=lambda text: (not text.startswith((PREFIX, GROUP)), "|" not in text))


def _as_scanned(text: str) -> str:
    """A scanner gun types its code: with Caps Lock on in small letters, and through a Vietnamese keyboard
    with marks in it.
    """
    if not text.isascii():
        raise NotUnderstood(
            _(
                "The Vietnamese keyboard changed the scanner's text. Switch Vietnamese typing off (Unikey: "
                "E) and scan again."
            )
        )
    return text.upper()


def _group(text: str) -> GroupFacts:
    try:
        return unseal_group(text)
    except (Altered, UnknownKey, RetiredKey) as problem:
        status = {Altered: "altered", UnknownKey: "unknown_key"}.get(type(problem), "withdrawn_key")
        raise ForgedGroup(status) from problem
    except CredentialError as problem:
        raise NotUnderstood(_("Only part of this code was read. Scan it again.")) from problem


def _card(text: str) -> Card:
    try:
        return read_card(text)
    except RegisterError as problem:
        raise NotUnderstood(str(problem)) from None


def _number(number: str) -> str:
    problems = check_cmnd(number) if len(number) == 9 else check_pin(number)
    for problem in problems:
        if problem.kind == "error":
            raise NotUnderstood(problem.message)
    return number
