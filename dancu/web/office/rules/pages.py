"""By which rules everybody works, each in words; and a version that waits for a second signature."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dancu.accounts.caller import OfficialRequest
from dancu.accounts.duties import ANY
from dancu.accounts.lookups import Acting
from dancu.rules import actions, lookups, replaying
from dancu.rules.errors import NoSuchRule, RuleError
from dancu.rules.kinds import RuleKind, kinds
from dancu.web.access import duty
from dancu.web.office.rules import showing, versions
from dancu.web.office.rules.layout import laid_out
from dancu.web.office.rules.versions import LATER, WAITING, RuleVersion
from dancu.web.templatetags.dancu import moment


@dataclass(frozen=True)
class KindOfRule:
    """What decides one kind of thing now, the whole country's first, and what will. `without`: the answer
    where no rule is in force. `may_add`: whether this official may draft another area's rule.
    """

    kind: RuleKind
    now: list[RuleVersion]
    later: list[RuleVersion]
    without: str
    may_add: bool


@duty(ANY)
def rules(request: OfficialRequest) -> HttpResponse:
    """The rules in force and those to come; for who makes them, also what waits."""
    is_maker = request.acting.may("rules")
    lookups.look_again()
    context = {
        "unsigned": versions.unsigned() if is_maker else [],
        "is_maker": is_maker,
        "kinds": [_of_kind(kind, request.acting) for kind in kinds().values()],
    }
    return render(request, "office/rules.html", context)


@duty(ANY)
def rule(request: OfficialRequest, rule_id: str, version: int) -> HttpResponse:
    """One version in words."""
    lookups.look_again()
    shown = _found(request.acting, rule_id, version)
    before = versions.before(shown.rule)
    every = versions.of_rule(request.acting, rule_id)
    context = {
        "version": shown,
        "before": before,
        "after": versions.after(shown.rule),
        "elsewhere": [showing.where(each) for each in versions.areas_of_their_own(shown.rule)],
        "has_new_title": before is not None and before.title != shown.rule.title,
        "has_new_citation": before is not None and before.citation != shown.rule.citation,
        "clauses": showing.clauses(shown.rule, before),
        "facts": showing.readable_facts(shown.rule.kind),
        "document": laid_out(shown.rule.document),
        "others": [each for each in every if each.rule.version != version],
        "may_replay": request.acting.may("rules") and replaying.can_be_replayed(shown.rule),
        "may_draft": request.acting.may("rules") and actions.may_draft(request.acting, shown.rule.area),
        **_signing(request.acting, shown),
    }
    return render(request, "office/rule.html", context)


@duty(ANY)
def document(request: OfficialRequest, rule_id: str, version: int) -> HttpResponse:
    """The same as a file."""
    shown = _found(request.acting, rule_id, version)
    response = HttpResponse(laid_out(shown.rule.document) + "\n", content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{rule_id}.{version}.json"'
    return response


@duty("rules")
@require_POST
def sign(request: OfficialRequest, rule_id: str, version: int) -> HttpResponse:
    """The second signature, under the document that was shown."""
    shown = _found(request.acting, rule_id, version)
    if shown.drafted is None or request.POST.get("digest") != shown.drafted["digest"]:
        messages.error(request, _("This is not the document that was shown to you. Read it again."))
        return redirect("office:rule", rule_id, version)
    try:
        signed = actions.sign(request.acting, rule_id, version)
    except RuleError as wrong:
        messages.error(request, str(wrong))
    else:
        done = _("Signed. It counts from %(moment)s.") % {"moment": moment(signed.valid_from)}
        messages.success(request, done)
    return redirect("office:rule", rule_id, version)


@duty("rules")
@require_POST
def end_draft(request: OfficialRequest, rule_id: str, version: int) -> HttpResponse:
    """It is refused, or whoever drafted it withdraws it."""
    _found(request.acting, rule_id, version)
    try:
        actions.end_draft(request.acting, rule_id, version, request.POST.get("words", ""))
    except RuleError as wrong:
        messages.error(request, str(wrong))
    else:
        messages.success(request, _("Nobody can sign this draft any more."))
    return redirect("office:rule", rule_id, version)


def _of_kind(kind: RuleKind, acting: Acting) -> KindOfRule:
    edition, now = lookups.current(), timezone.now()
    by_area = edition.rules.get(kind.code, {})
    in_force = (edition.in_force(kind.code, now, code) for code in by_area)
    to_come = [RuleVersion(each, None) for several in by_area.values() for each in several]
    return KindOfRule(
        kind,
        sorted((RuleVersion(each, None) for each in in_force if each), key=_country_first),
        sorted((each for each in to_come if each.state == LATER), key=_country_first),
        kind.in_words(kind.without),
        kind.by_area and acting.may("rules"),
    )


def _country_first(version: RuleVersion) -> tuple[bool, str, float]:
    return bool(version.rule.area), version.where, version.rule.valid_from.timestamp()


def _signing(acting: Acting, shown: RuleVersion) -> dict[str, object]:
    """Whether this official may sign it, or why not."""
    if shown.drafted is None or shown.state != WAITING:
        return {}
    is_own = shown.drafted["drafted_by"] == acting.official_id
    ending = {"may_end": acting.may("rules") and actions.may_draft(acting, shown.rule.area), "is_own": is_own}
    try:
        actions.may_sign(acting, shown.drafted)
    except RuleError as wrong:
        return {"why_not": str(wrong), **ending}
    return {"may_sign": True, **ending}


def _found(acting: Acting, rule_id: str, version: int) -> RuleVersion:
    try:
        return versions.found(acting, rule_id, version)
    except NoSuchRule as missing:
        raise Http404(str(missing)) from missing
