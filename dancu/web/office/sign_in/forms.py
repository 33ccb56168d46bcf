"""The forms of signing in."""

from typing import Any

from crispy_forms_gds.layout import Field, Fixed, Fluid
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from dancu.accounts.models import Official
from dancu.web.forms import helper


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with, though it be nothing at all; None where the page is only read."""
    return request.POST if request.method == "POST" else None


class SignInForm(forms.Form):
    """User name and password."""

    username = forms.CharField(
        label=_("Username"),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": _("Enter your username")},
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
        error_messages={"required": _("Enter your password")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(
            Field.text("username", field_width=Fluid.TWO_THIRDS),
            Field.text("password", field_width=Fluid.TWO_THIRDS),
            submit=_("Continue"),
        )


class CodeForm(forms.Form):
    """The six digits that an authenticator shows."""

    code = forms.CharField(
        label=_("Six-digit code"),
        help_text=_("Your authenticator app shows a new code every 30 seconds."),
        widget=forms.TextInput(
            {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
        ),
        error_messages={"required": _("Enter the code your authenticator app shows")},
    )

    def __init__(self, *args: Any, submit: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(Field.text("code", field_width=Fixed.TEN), submit=submit or _("Sign in"))

    def clean_code(self) -> str:
        code = "".join(self.cleaned_data["code"].split())  # "123 456", as authenticators show it
        RegexValidator(r"^[0-9]{6}\Z", _("The code must be six digits, such as 123 456"))(code)
        return code


class NewPasswordForm(forms.Form):
    """A password of one's own, twice."""

    password = forms.CharField(
        label=_("New password"),
        help_text=_("At least 12 characters. Three or four unrelated words are easy to remember."),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        error_messages={"required": _("Enter a new password")},
    )
    again = forms.CharField(
        label=_("Repeat new password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        error_messages={"required": _("Enter the new password again")},
    )

    def __init__(self, official: Official, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._official = official
        self.helper = helper(
            Field.text("password", field_width=Fluid.TWO_THIRDS),
            Field.text("again", field_width=Fluid.TWO_THIRDS),
            submit=_("Save new password"),
        )

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        if self._official.check_password(password):
            raise ValidationError(_("Choose a password that is different from your current one"))
        validate_password(password, self._official)
        return password

    def clean(self) -> None:
        password, again = self.cleaned_data.get("password"), self.cleaned_data.get("again")
        if password and again and password != again:
            self.add_error("again", _("The two passwords do not match"))


class OwnPasswordForm(NewPasswordForm):
    """The same, for an official at work: the password they have now comes first."""

    current = forms.CharField(
        label=_("Current password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
        error_messages={"required": _("Enter your current password")},
    )
    field_order = ["current", "password", "again"]

    def __init__(self, official: Official, *args: Any, **kwargs: Any) -> None:
        super().__init__(official, *args, **kwargs)
        self.helper = helper(
            *(Field.text(name, field_width=Fluid.TWO_THIRDS) for name in self.fields),
            submit=_("Save new password"),
        )

    def clean_current(self) -> str:
        if not self._official.check_password(self.cleaned_data["current"]):
            raise ValidationError(_("The current password is wrong"))
        return self.cleaned_data["current"]
