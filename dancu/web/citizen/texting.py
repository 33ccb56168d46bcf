"""The message with the pass's address: to the telephone that was declared, in the language of whoever
declared.
"""

import datetime as dt
from contextlib import suppress
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dancu.accounts.throttle import allow
from dancu.areas import lookups as areas
from dancu.checkpoints.lookups import pass_in_full
from dancu.checkpoints.rows import PassInFull
from dancu.messaging import actions as messaging
from dancu.messaging.errors import NotAPhoneNumber
from dancu.register import actions as register
from dancu.web.citizen.limits import HOUR
from dancu.web.citizen.tokens import short_page
from dancu.web.templatetags.dancu import moment

PER_PHONE = 8  # in an hour: a family with one telephone
_ONCE = 31 * 24 * HOUR  # longer than any pass is valid
_USEFUL = dt.timedelta(days=3)  # advice to stay where one is
_SENT, _MOST = "texted", 30


def phone_of(shown: PassInFull) -> str:
    """The telephone that a pass's holder is reached by: their own, or that of whoever declared for them;
    "" for none.
    """
    return shown["phone"] or shown["declarer_phone"]


def send_advice(request: HttpRequest, declaration_id: UUID, phone: str, hotline: str, full_name: str) -> None:
    """To whom no pass was issued: whom to call, once for each declaration. The given name alone says whom it
    is about, since one telephone is a whole family's; neither number nor health.
    """
    if (
        not phone
        or not allow(f"advice sms {declaration_id}", 1, _ONCE)
        or not allow(f"pass sms phone {phone}", PER_PHONE, HOUR)
    ):
        return
    text = _(
        "dancu: no pass was issued for {name}. Do not set out. Call {hotline} or your commune's health "
        "station. Help: {address}"
    ).format(
        name=_given_name(full_name),
        hotline=hotline,
        address=request.build_absolute_uri(reverse("about:help")),
    )
    with suppress(NotAPhoneNumber):
        messaging.send_sms(phone, text, "pass", None, language=get_language() or "vi", useful_for=_USEFUL)


def send_link(request: HttpRequest, pass_id: int) -> None:
    """Send the pass's address, once for each pass, and no more to one telephone than a family needs. The
    given name alone says whose it is; neither number nor health.

    `was_sent` tells this session whether it was.
    """
    shown = pass_in_full(pass_id)
    if not shown or not (phone := phone_of(shown)):
        return
    if not allow(f"pass sms {pass_id}", 1, _ONCE) or not allow(f"pass sms phone {phone}", PER_PHONE, HOUR):
        return
    text = _("dancu: {name}'s travel pass to {place}, valid until {until}: {address}").format(
        name=_given_name(shown["full_name"]),
        place=areas.get(shown["destination_area"]).name,
        until=moment(shown["expires_at"]),
        address=request.build_absolute_uri(short_page(pass_id)),
    )
    with suppress(NotAPhoneNumber), transaction.atomic():
        now = register.hold_people([shown["person_id"]])
        messaging.send_sms(
            phone,
            text,
            "pass",
            now.get(shown["person_id"]),
            language=get_language() or "vi",
            useful_for=shown["expires_at"] - timezone.now(),
        )
        request.session[_SENT] = [*request.session.get(_SENT, []), pass_id][-_MOST:]


def _given_name(full_name: str) -> str:
    """By what a family tells its members apart, in few letters: each more is a part of a message sooner."""
    return (full_name.split() or [""])[-1][:20]


def was_sent(request: HttpRequest, pass_id: int) -> bool:
    """Whether this session had the pass's address sent."""
    return pass_id in request.session.get(_SENT, [])
