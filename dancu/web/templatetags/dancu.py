"""Pieces that every page uses: {% load dancu %}.

{% status _("Valid") "green" %}                 a word in a colour: green, amber, red, blue, grey
{% decision "go" words reasons %}               the answer at a checkpoint: go, check or stop
{% summary rows %}                              facts: rows of (label, value[, url[, words of the link]])
{% row _("Name") person.name %}                 one fact, inside <dl class="govuk-summary-list">
{{ person.born_on|day }}  {{ at|moment }}       dd/mm/yyyy and hh:mm dd/mm/yyyy, in local time
{{ plate|plate }}                               59X1-234.56
{{ pin|pin }}                                  079 200 001 234
{% sealed_query born=person.born_on %}          the query of an address, unreadable but for the official who is shown it
{% forgotten_search %}                          says so where such a query is too old
"""  # noqa: E501

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BaseForm, BoundField, CheckboxSelectMultiple, MultiWidget, RadioSelect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from dancu.values.plates import shown_plate
from dancu.web import sought
from dancu.web.shared.amounts import in_digits

register = template.Library()
Words = str | Promise

COLOURS = ("green", "amber", "red", "blue", "grey")
ANSWERS = ("go", "check", "stop")

# htmx asks only our own server, runs no text as code, writes no styles, and keeps no page with someone's
# data. What it brings works at once: in the 20 ms that it would wait for a transition a press loads a whole
# page, and the cursor is taken away from who types already.
_HTMX = {
    "allowEval": False,
    "allowScriptTags": False,
    "includeIndicatorStyles": False,
    "selfRequestsOnly": True,
    "historyCacheSize": 0,
    "defaultSettleDelay": 0,
    "refreshOnHistoryMiss": True,
    "timeout": 20_000,
    "responseHandling": [
        {"code": "204", "swap": False},
        {"code": "[23]..", "swap": True},
        {"code": "422", "swap": True},
        {"code": "[45]..", "swap": False, "error": True},
    ],
}


@register.simple_tag
def htmx_config() -> str:
    """The content of <meta name="htmx-config">, in single quotes."""
    return str(mark_safe(json.dumps(_HTMX, separators=(",", ":"))))  # noqa: S308 (a constant)


@register.simple_tag
def status(words: Words, colour: str = "grey") -> str:
    """A word in a colour; the word says it all, the colour only helps."""
    if colour not in COLOURS:
        raise template.TemplateSyntaxError(
            f"{{% status %}} knows the colours {', '.join(COLOURS)}, not {colour!r}"
        )
    return str(format_html('<strong class="govuk-tag govuk-tag--{}">{}</strong>', colour, words))


@register.inclusion_tag("web/decision.html")
def decision(answer: str, words: Words, reasons: Iterable[Words] = ()) -> dict[str, Any]:
    """The full-width answer: "go" is green, "check" amber, "stop" red, each with its sign and words."""
    if answer not in ANSWERS:
        raise template.TemplateSyntaxError(f"{{% decision %}} knows {', '.join(ANSWERS)}, not {answer!r}")
    return {"answer": answer, "words": words, "reasons": list(reasons)}


@register.inclusion_tag("web/summary.html")
def summary(rows: Iterable[tuple[Any, ...]]) -> dict[str, Any]:
    """A list of facts. A row is (label, value), or with a url, or with a url and its words, to offer a
    link.
    """
    padded = [(*row, *("",) * (4 - len(row))) for row in rows]
    return {"rows": padded, "with_actions": any(row[2] for row in padded)}


@register.inclusion_tag("web/summary_row.html")
def row(label: Words, value: Any, url: str = "", words: Words = "") -> dict[str, Any]:
    """One fact of a summary list."""
    return {"label": label, "value": value, "url": url, "action": words}


@register.simple_tag(takes_context=True)
def sealed_query(context: template.Context, **given: Any) -> str:
    """The query of an address with what tells of somebody: a name, a day of their life."""
    return sought.query(context["request"], given)


@register.inclusion_tag("web/forgotten_search.html", takes_context=True)
def forgotten_search(context: template.Context) -> dict[str, Any]:
    """That what is sealed in the page's address cannot be opened any more, where it is so."""
    return {"is_forgotten": sought.is_forgotten(context["request"])}


@register.filter
def day(value: date | None) -> str:
    """dd/mm/yyyy in local time; nothing for None."""
    if isinstance(value, datetime):
        value = _local(value)
    return f"{value:%d/%m/%Y}" if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """hh:mm dd/mm/yyyy in local time; nothing for None."""
    return f"{_local(value):%H:%M %d/%m/%Y}" if value else ""


@register.filter
def amount(value: int) -> str:
    """A whole number in groups of three, as the language has it: 3,412."""
    return in_digits(value)


@register.filter
def pin(value: str | None) -> str:
    """A personal number in groups of three."""
    return _number(value) if value else ""


@register.filter
def plate(value: str | None) -> str:
    """A number plate as it is painted: 59X1-234.56."""
    return shown_plate(value) if value else ""


@register.filter
def error_links(form: BaseForm) -> list[tuple[str, str]]:
    """(id of the input to go to, message) for every error of the form, in the order of its fields."""
    fields = form.visible_fields()
    first = _input_of(fields[0]) if fields else ""
    links = [(first, str(error)) for error in form.non_field_errors()]
    links += [("", str(error)) for field in form.hidden_fields() for error in field.errors]
    return links + [link for field in fields for link in _links_of(field)]


def _links_of(field: BoundField) -> list[tuple[str, str]]:
    """A date says which of its three inputs is meant: crispy-forms-gds keeps their errors on their
    widgets.
    """
    parts = [getattr(part.widget, "errors", []) for part in getattr(field.field, "fields", [])]
    at = {str(error): f"{field.auto_id}_{place}" for place, errors in enumerate(parts) for error in errors}
    return [(at.get(str(error), _input_of(field)), str(error)) for error in field.errors]


def _input_of(field: BoundField) -> str:
    widget = field.field.widget
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return f"id_{field.html_name}_1"
    return f"{field.auto_id}_0" if isinstance(widget, MultiWidget) else field.auto_id


def _number(text: str) -> str:
    groups = (text[start : start + 3] for start in range(0, len(text), 3))
    return str(format_html('<span class="dancu-number">{}</span>', " ".join(groups)))


def _local(value: datetime) -> datetime:
    return timezone.localtime(value) if timezone.is_aware(value) else value
