"""Drafting a rule's next version, or an area's first: a document is written, checked in words, and kept."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Button, Div, Field, Layout
from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dancu.accounts.caller import OfficialRequest
from dancu.accounts.lookups import Acting
from dancu.areas import lookups as areas
from dancu.rules import actions, lookups
from dancu.rules.documents import LARGEST, parse, read
from dancu.rules.errors import RuleError
from dancu.rules.kinds import RuleKind, kinds
from dancu.rules.rule import Rule
from dancu.rules.wording import in_language
from dancu.web.access import duty
from dancu.web.office.rules import showing, versions
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
                css_class="govuk-button-group",
            ),
        )

    def clean_document(self) -> dict[str, Any]:
        try:
            document = parse(self.cleaned_data["document"])
            self.rule = read(document)
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
    return _page(request, begun, standing.title)


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
    return _page(request, begun, str(of.words))


def _page(request: OfficialRequest, begun: Mapping[str, Any], title: str) -> HttpResponse:
    form = DocumentForm(sent(request), initial={"document": laid_out(begun)})
    context: dict[str, Any] = {"form": form, "title": title}
    if form.is_valid() and form.rule:
        if "check" not in request.POST:
            try:
                kept = actions.draft(request.acting, form.cleaned_data["document"])
            except RuleError as wrong:
                form.add_error("document", str(wrong))
            else:
                messages.success(request, _("Kept. It counts once somebody else has signed it."))
                return redirect("office:rule", kept.id, kept.version)
        context |= {
            "checked": in_language(form.rule.title),
            "clauses": showing.clauses(form.rule, versions.before(form.rule)),
        }
    return render(request, "office/rule_new.html", context, status=422 if form.errors else 200)


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
