"""The message with the pass's address: to the telephone that was declared, in the language of whoever declared."""

import datetime as dt
from contextlib import suppress

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dancu.accounts.throttle import allow
from dancu.areas import lookups as areas
from dancu.checkpoints.lookups import pass_in_full
from dancu.messaging import actions as messaging
from dancu.messaging.errors import NotAPhoneNumber
from dancu.web.citizen.limits import HOUR
from dancu.web.citizen.tokens import short_page
from dancu.web.templatetags.dancu import moment

PER_PHONE = 8  # in an hour: a family with one telephone
_ONCE = 72 * HOUR


def phone_of(shown: dict) -> str:
    """The telephone that a pass's holder is reached by: their own, or that of whoever declared for them; "" for none."""
    return shown["phone"] or shown["declarer_phone"]


def send_link(request: HttpRequest, pass_id: int) -> None:
    """Send the pass's address, once for each pass, and no more to one telephone than a family needs. Neither name nor number nor health."""
    shown = pass_in_full(pass_id)
    if not shown or not (phone := phone_of(shown)):
        return
    if not allow(f"pass sms {pass_id}", 1, _ONCE) or not allow(f"pass sms phone {phone}", PER_PHONE, HOUR):
        return
    text = _("dancu: your journey pass to {place}, valid until {until}: {address}").format(
        place=areas.get(shown["destination_area"]).name,
        until=moment(shown["expires_at"]),
        address=request.build_absolute_uri(short_page(pass_id)),
    )
    person_id = shown["person_id"] if shown["person_id"] > 0 else None
    with suppress(NotAPhoneNumber):
        messaging.send_sms(
            phone, text, "pass", person_id, language=get_language() or "vi", useful_for=dt.timedelta(hours=72)
        )
