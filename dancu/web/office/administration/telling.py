"""The message to an official whose account somebody proposes to change, or has changed: to the telephone
that the account names.
"""

from contextlib import suppress

from django.utils import translation
from django.utils.translation import gettext as _

from dancu.accounts import lookups, waiting
from dancu.messaging import actions as messaging
from dancu.messaging.errors import NotAPhoneNumber
from dancu.web.office.administration.proposal_labels import what

_LANGUAGE = "vi"  # what officials work in; the page shows it in theirs


def tell(proposal_id: int) -> None:
    """Send it, where the account has a telephone. Names no citizen and holds no secret."""
    proposal = waiting.proposal(proposal_id)
    phone = lookups.official(proposal.official_id).phone
    with translation.override(_LANGUAGE):
        given = {"what": what(proposal), "who": proposal.proposed_by, "second": proposal.decided_by}
        if proposal.state == "open":
            text = _(
                "%(who)s has proposed a change to your account: %(what)s. If you did not ask for it, sign in "
                "and stop it, or call another administrator."
            )
        else:
            text = _(
                "Your account was changed: %(what)s. Proposed by %(who)s, confirmed by %(second)s. If you do "
                "not recognise this, call an administrator immediately."
            )
        with suppress(NotAPhoneNumber):  # none, or one of another kind
            messaging.send_sms(phone, text % given, "account", language=_LANGUAGE)
