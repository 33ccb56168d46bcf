"""Drafting a rule's next version, or an area's first: in the fields of a form or as text, checked in words,
and kept.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import HTML, Button, Div, Field, Layout
from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dancu.accounts.caller import OfficialRequest
from dancu.accounts.lookups import Acting
from dancu.areas import lookups as areas
from dancu.rules import actions, contradicting, lookups
from dancu.rules.documents import LARGEST, parse, read
from dancu.rules.errors import BadRule, RuleError, TooLate
from dancu.rules.kinds import RuleKind, kinds
from dancu.rules.rule import Rule
from dancu.rules.wording import in_language
from dancu.web.access import duty
from dancu.web.office.rules import fields, forming, mistakes, showing, versions
from dancu.web.office.rules.changing import changed
from dancu.web.office.rules.forming import RuleFields
from dancu.web.office.rules.layout import laid_out
from dancu.web.office.sign_in.forms import sent


class DocumentForm(forms.Form):
    """A rule as JSON. Once it is valid `rule` is what it says."""

    document = forms.CharField(
        label=gettext_lazy("The rule as a document (JSON)"),
        help_text=gettext_lazy(
            "Change what is to be otherwise. Name the law in “citation”, and give every text in Vietnamese "
            "(vi) and English (en)."
        ),
        max_length=LARGEST,
        widget=forms.Textarea({"spellcheck": "false", "autocapitalize": "none", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Enter the rule")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule: Rule | None = None
        self.helper = FormHelper()
        self.helper.attrs = {"novalidate": "novalidate"}
        self.helper.layout = Layout(
            Field.textarea("document", rows=24, css_class="dancu-document"),
            Div(
                Button.secondary("check", _("Check")),
                Button.primary("send", _("Keep as a draft"), data_prevent_double_click="true"),
                HTML(
                    format_html(
                        '<button class="govuk-button govuk-button--secondary" data-module="govuk-button"'
                        ' name="do" value="as-form">{}</button>',
                        _("Edit in the form"),
                    )
                ),
                css_class="govuk-button-group",
            ),
        )

    def clean_document(self) -> dict[str, Any]:
        try:
            document = parse(self.cleaned_data["document"])
            self.rule = read(document)
            contradicting.check(self.rule)
        except RuleError as wrong:
            raise forms.ValidationError(str(wrong)) from wrong
        return document


@duty("rules")
def following(request: OfficialRequest, rule_id: str) -> HttpResponse:
    """The next version of a rule: as it stands, until it is changed."""
    every = versions.of_rule(request.acting, rule_id)
    if not every:
        raise Http404
    signed = [each for each in every if each.is_signed]
    standing = next((each for each in every if each.state == versions.IN_FORCE), (signed or every)[0])
    begun = dict(standing.rule.document) | {"version": actions.next_version(rule_id)} | _times()
    return _page(request, Begun(standing.rule.kind, begun, standing.title))


@duty("rules")
def first(request: OfficialRequest, kind: str) -> HttpResponse:
    """An area's own rule of this kind, as the country's, until it is changed."""
    of = kinds().get(kind)
    if of is None or not of.by_area:
        raise Http404
    standing = lookups.in_force(kind)
    code = _own_area(request.acting)
    begun = (
        dict(standing.document if standing else _empty(of))
        | {"id": f"{kind}-{code or 'XX'}", "version": 1, "area": code}
        | _times()
    )
    return _page(request, Begun(of, begun, str(of.words), is_first=True))


@dataclass(frozen=True)
class Begun:
    """What a draft begins with. `is_first`: of an area that has no rule yet."""

    kind: RuleKind
    document: Mapping[str, Any]
    title: str
    is_first: bool = False


def _page(request: OfficialRequest, begun: Begun) -> HttpResponse:
    """In fields, or as text; from the one to the other nothing is lost."""
    sent_form = "document" not in request.POST
    if request.method != "POST":
        is_text = request.GET.get("as") == "text"
        return _text(request, begun, laid_out(begun.document)) if is_text else _fields(request, begun)
    if sent_form:
        return _sent_fields(request, begun, forming.of_post(request.POST, begun.kind))
    return _as_form(request, begun) if request.POST.get("do") == "as-form" else _sent_text(request, begun)


def _fields(request: OfficialRequest, begun: Begun) -> HttpResponse:
    try:
        return _form(request, begun, forming.of_document(begun.document, begun.kind))
    except RuleError as wrong:  # what came before is more than fields hold
        return _text(request, begun, laid_out(begun.document), str(wrong))


def _sent_fields(request: OfficialRequest, begun: Begun, form: RuleFields) -> HttpResponse:
    button = request.POST.get("do", "")
    if button == "as-text":
        return _text(request, begun, laid_out(form.document()))
    if not {"check", "send"} & request.POST.keys():
        after, there = changed(form, button)
        if after.is_too_long:
            full = _("The form can hold no more lines: edit the rule as text")
            return _form(request, begun, form, {"form": full})
        return _form(request, begun, after, there=there)
    rule, wrong = mistakes.checked(form)
    if rule and "send" in request.POST:
        try:
            return _kept(request, actions.draft(request.acting, form.document()))
        except RuleError as problem:
            wrong = {"valid_from" if isinstance(problem, TooLate) else "form": str(problem)}
    return _form(request, begun, form, wrong, rule=rule)


def _form(
    request: OfficialRequest,
    begun: Begun,
    form: RuleFields,
    wrong: Mapping[str, str] | None = None,
    there: str = "",
    rule: Rule | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "view": fields.drawn(form, dict(wrong or {})),
        "title": begun.title,
        "is_first": begun.is_first,
        "there": there,
        "where": showing.where_code(form.area),
        **_checked(rule),
    }
    return render(request, "office/rule_form.html", context, status=422 if wrong else 200)


def _text(request: OfficialRequest, begun: Begun, document: str, told: str = "") -> HttpResponse:
    form = DocumentForm(initial={"document": document})
    context = {"form": form, "title": begun.title, "told": told}
    return render(request, "office/rule_new.html", context)


def _as_form(request: OfficialRequest, begun: Begun) -> HttpResponse:
    form = DocumentForm(sent(request))
    try:
        document = parse(request.POST["document"])
        if document.get("kind") != begun.kind.code:
            raise BadRule("kind", _("it is one of: %(known)s") % {"known": begun.kind.code})
        return _form(request, begun, forming.of_document(document, begun.kind))
    except RuleError as wrong:
        form.errors.clear()
        form.add_error("document", str(wrong))
        return render(request, "office/rule_new.html", {"form": form, "title": begun.title}, status=422)


def _sent_text(request: OfficialRequest, begun: Begun) -> HttpResponse:
    form = DocumentForm(sent(request))
    if form.is_valid() and form.rule and "check" not in request.POST:
        try:
            return _kept(request, actions.draft(request.acting, form.cleaned_data["document"]))
        except RuleError as wrong:
            form.add_error("document", str(wrong))
    context: dict[str, Any] = {"form": form, "title": begun.title, **_checked(form.rule)}
    return render(request, "office/rule_new.html", context, status=422 if form.errors else 200)


def _kept(request: OfficialRequest, rule: Rule) -> HttpResponse:
    messages.success(request, _("Kept. It counts once somebody else has signed it."))
    return redirect("office:rule", rule.id, rule.version)


def _checked(rule: Rule | None) -> dict[str, Any]:
    if rule is None:
        return {}
    return {"checked": in_language(rule.title), "clauses": showing.clauses(rule, versions.before(rule))}


def _times() -> dict[str, Any]:
    """From tomorrow on, until something else is said."""
    tomorrow = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) + dt.timedelta(days=1)
    return {"valid_from": tomorrow.isoformat(), "valid_to": None}


def _own_area(acting: Acting) -> str:
    return areas.get(acting.jurisdiction_id).code if acting.jurisdiction_kind == "area" else ""


def _empty(kind: RuleKind) -> dict[str, Any]:
    """A rule of a kind that has none yet."""
    words = {"vi": "", "en": ""}
    said = {"kind": kind.code, "citation": "", "title": words, "clauses": []}
    return said | {"otherwise": {"then": kind.without, "words": words}}
