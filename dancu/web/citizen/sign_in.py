"""A citizen's sign-in: a number and a telephone, then the code that was sent to that telephone.

Every answer is the same whether the two belong together or not; only who holds the telephone finds out.
Whoever else asks or guesses, who holds the telephone has a code that lives, or gets one; who has lost it
reads from when another can be sent.
"""

import secrets
import time
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

from crispy_forms_gds.layout import Field, Fixed
from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dancu.accounts.sessions import short_lived
from dancu.audit import actions as audit
from dancu.messaging import actions as messaging
from dancu.messaging import lookups as messages_sent
from dancu.messaging.errors import NotAPhoneNumber, TooManyCodes
from dancu.register import actions as register
from dancu.values.digits import clean_number
from dancu.web.access import begin_citizens_session, client_address, ours, public
from dancu.web.citizen import failing, holders, limits
from dancu.web.citizen.forms.base import bound
from dancu.web.citizen.identity import passes_with, person_with
from dancu.web.citizen.privacy import private
from dancu.web.citizen.sending import too_often
from dancu.web.forms import helper
from dancu.web.shared.phones import PhoneField

_ASKING = short_lived("citizen_asking", "number", "phone")
_SECONDS = 10 * 60  # from the number to the code
_PURPOSE = "citizen sign-in"
# seconds that every request for a code takes; finding and sending one took 6 to 14 ms, finding nobody 6
_AS_LONG = 0.1
_WRONG_LENGTH = gettext_lazy("The code has 6 or 12 digits. Check the message")


class WhoIsItForm(forms.Form):
    """The number and the telephone."""

    number = forms.CharField(
        label=gettext_lazy("Personal identification number"),
        help_text=gettext_lazy("Or the number given in the declaration."),
        max_length=40,
        widget=forms.TextInput(
            {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}
        ),
        error_messages={"required": gettext_lazy("Enter the number")},
    )
    phone = PhoneField(
        label=gettext_lazy("Phone number"),
        help_text=gettext_lazy("The phone number in the register, or the one given in the declaration."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields = (Field.text(name, label_size="s", field_width=Fixed.TWENTY) for name in self.fields)
        self.helper = helper(*fields, submit=gettext_lazy("Send me a code"))

    def clean_number(self) -> str:
        number = clean_number(self.cleaned_data["number"]).upper()
        if not (5 <= len(number) <= 20 and number.isascii() and number.isalnum()):
            raise ValidationError(
                _("A personal identification number has 12 digits, such as 079200001234"), "number"
            )
        return number


class TextedCodeForm(forms.Form):
    """The digits of the message, six or twelve."""

    code = forms.CharField(
        label=gettext_lazy("Code from the message"),
        max_length=20,
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={
            "required": gettext_lazy("Enter the code from the message"),
            "max_length": _WRONG_LENGTH,
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(
            Field.text("code", label_size="s", field_width=Fixed.TWENTY), submit=gettext_lazy("Continue")
        )

    def clean_code(self) -> str:
        digits = clean_number(self.cleaned_data["code"])
        if not (digits.isascii() and digits.isdigit() and len(digits) in messages_sent.LENGTHS):
            raise ValidationError(_WRONG_LENGTH, "length")
        return digits


@public
@private
@require_http_methods(["GET", "HEAD", "POST"])
def who(request: HttpRequest) -> HttpResponse:
    """Ask for number and telephone, and send a code if they belong together."""
    if request.method != "POST":
        failed = failing.kept(request, "sign-in")
        form = WhoIsItForm(bound(failed[0]) if failed else None)
        return render(request, "citizen/sign_in.html", {"form": form, "next": _wanted(request)})
    form = WhoIsItForm(request.POST)
    if not form.is_valid():
        failing.keep(request, "sign-in", failing.typed_in(request.POST, *form.fields))
        return redirect(f"{reverse('citizen:sign-in')}?{urlencode({'next': _wanted(request)})}")
    failing.forget(request)
    number, phone = form.cleaned_data["number"], form.cleaned_data["phone"]
    if until := limits.asking_for_code(request, number, phone):
        return too_often(request, until)
    asking = {
        "number": number,
        "phone": phone,
        "next": _wanted(request),
        "at": int(time.time()),
        "who": secrets.token_hex(8),
    }
    _send_if_they_belong(asking)
    request.session[_ASKING] = asking
    return redirect("citizen:code")


@public
@private
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Ask for the code, and let in whoever has it."""
    asking = request.session.get(_ASKING)
    if not asking or time.time() - asking["at"] > _SECONDS:
        if request.session.pop(_ASKING, None):
            words = _(
                "You did not enter a code within 10 minutes. Enter the two numbers again. A code of 12 "
                "digits that you have is valid for 2 hours."
            )
            messages.warning(request, words)
        return redirect("citizen:sign-in")
    if request.method != "POST":
        form = TextedCodeForm()
        if failed := failing.kept(request, "code"):
            failing.show_errors(form, failed[1])
        since, again = messages_sent.long_code_window(asking["at"])
        page = {"form": form, "next": asking["next"], "since": since, "again": again}
        return render(request, "citizen/code.html", page)
    form = TextedCodeForm(request.POST)
    if form.is_valid():
        number, phone = asking["number"], asking["phone"]
        given = form.cleaned_data["code"]
        if messaging.check_code(_PURPOSE, _subject(asking), given) or messaging.check_long_code(
            _PURPOSE, phone, given
        ):
            failing.forget(request)
            return _let_in(request, number, phone, asking["next"])
        form.add_error("code", _not_the_code(asking, given))
    failing.keep(request, "code", {}, failing.errors_of(form))
    return redirect("citizen:code")


@public
@require_POST
def out(request: HttpRequest) -> HttpResponse:
    """End the citizen's session; nothing of it stays on the device."""
    request.session.flush()
    return redirect("citizen:home")


def _send_if_they_belong(asking: dict[str, Any]) -> None:
    """Send a code where number and telephone belong together. Either way it takes as long, and nothing is
    said.

    Each asker has a code of their own: nobody ends another's by asking too, nor uses up its tries. A
    telephone that the register knows is not kept waiting by what others declare with it. Where a day's codes
    are used up, the telephone has a long one, which is good for each of them.
    """
    began = time.monotonic()
    number, phone = asking["number"], asking["phone"]
    person_id = person_with(number, phone)
    if person_id or passes_with(number, phone):
        with suppress(NotAPhoneNumber), transaction.atomic():
            now = register.hold_people([person_id or 0]).get(person_id or 0)
            language = get_language() or "vi"
            try:
                messaging.send_code(
                    _PURPOSE,
                    _subject(asking),
                    phone,
                    now,
                    language,
                    counted=f"{'registered' if person_id else 'declared'} {phone}",
                    most=limits.CODES_TO_A_TELEPHONE,
                    within=limits.A_DAY,
                )
            except TooManyCodes:
                messaging.send_long_code(_PURPOSE, phone, now, language)
    time.sleep(max(0.0, _AS_LONG - (time.monotonic() - began)))


def _subject(asking: dict[str, Any]) -> str:
    return f"{asking['number']} {asking['phone']} {asking['who']}"


def _not_the_code(asking: dict[str, Any], given: str) -> str:
    if given == asking["number"]:
        return _("This is your personal number. Enter the code from the message")
    return _("The code is wrong, has been used or is no longer valid. Check the latest message")


def _let_in(request: HttpRequest, number: str, phone: str, wanted: str) -> HttpResponse:
    if person_id := person_with(number, phone):
        begin_citizens_session(request, person_id)
        audit.record_citizen(person_id, "citizen.signed_in", client_address(request))
        return redirect(wanted)
    holders.begin_session(request, number, phone)
    return redirect("citizen:passes")


def _wanted(request: HttpRequest) -> str:
    return ours(request, request.POST.get("next") or request.GET.get("next") or "") or reverse(
        "citizen:passes"
    )
