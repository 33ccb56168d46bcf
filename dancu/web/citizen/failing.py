"""A form that was sent with faults: kept in the session for the page that shows it, and the browser is led
there.

So no page of the browser's history is one that was posted, and Back never asks whether to send it again.
"""

import time
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict

from dancu.accounts.sessions import short_lived
from dancu.web.citizen.draft import IDLE
from dancu.web.citizen.forms.base import Kept

_KEY = short_lived("failed")


def keep(request: HttpRequest, page: str, typed: Kept, errors: dict[str, list[str]] | None = None) -> None:
    """Keep what was typed on `page` until it is shown. `errors`: what is wrong, where checking it again
    would not tell.
    """
    request.session[_KEY] = {"page": page, "typed": typed, "errors": errors or {}, "at": int(time.time())}


def kept(request: HttpRequest, page: str) -> tuple[Kept, dict[str, list[str]]] | None:
    """What was typed on this page, as long as no other page was opened; its reader may load it again, or
    in the other language.
    """
    held: dict[str, Any] = request.session.get(_KEY) or {}
    if held and (held["page"] != page or time.time() - held["at"] > IDLE):
        forget(request)
        return None
    return (held["typed"], held["errors"]) if held else None


def forget(request: HttpRequest) -> None:
    """It was put right, or given up."""
    request.session.pop(_KEY, None)


def errors_of(form: forms.Form) -> dict[str, list[str]]:
    """What a form complains of, by field, in the words of its reader."""
    return {field: [str(error) for error in errors] for field, errors in form.errors.items()}


def show_errors(form: forms.Form, errors: dict[str, list[str]]) -> None:
    """The form complains of these and of nothing else."""
    form._errors = ErrorDict()  # pyright: ignore  # Django offers no other way
    form.cleaned_data = {}
    for field, texts in errors.items():
        for text in texts:
            form.add_error(None if field == "__all__" else field, text)


def typed_in(data: MultiValueDict[str, Any], *names: str) -> Kept:
    """What a page sent for these inputs."""
    return {name: [str(value)[:200] for value in data.getlist(name)[:5]] for name in names if name in data}
