"""What stands in a cell of a list on the page: text, and what of it can be pressed or has a colour."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from dancu.web.shared.amounts import in_digits
from dancu.web.templatetags.dancu import day, moment, status

Words = str | Promise


def cell(value: Any) -> Any:
    """As the page shows it: days and moments in local time, numbers with their thousands, several things one
    below the other, nothing for None.
    """
    if isinstance(value, dt.datetime):
        return moment(value)
    if isinstance(value, dt.date):
        return day(value)
    if isinstance(value, int):
        return in_digits(value)
    if isinstance(value, list):
        return below(value)
    return "" if value is None else value


def below(parts: Iterable[Any]) -> SafeString:
    """One below the other, without what is empty."""
    shown = [(part,) for each in parts if (part := cell(each))]
    return format_html_join(SafeString("<br>"), "{}", shown)


def link(url: str, words: Words) -> SafeString:
    """Leads to a page."""
    return format_html('<a class="govuk-link" href="{}">{}</a>', url, words)


def mark(words: Words, colour: str = "grey") -> SafeString:
    """A word in a colour (`{% status %}`)."""
    return SafeString(status(words, colour))


def deed(url: str, words: Words, about: Words) -> SafeString:
    """A button that does something to what the line is `about`, which only a screen reader says."""
    return format_html(
        '<button class="govuk-button govuk-button--secondary dancu-button--small" form="list-deeds" '
        'formaction="{}">{}<span class="govuk-visually-hidden">: {}</span></button>',
        url,
        words,
        about,
    )
