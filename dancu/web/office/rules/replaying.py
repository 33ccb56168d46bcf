"""A version of a rule tried on what was decided on a day, or several: how many would have been answered
otherwise, and of how many nobody knows.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from dancu.accounts.caller import OfficialRequest
from dancu.rules import lookups, replaying
from dancu.rules.errors import NoSuchRule, RuleError
from dancu.rules.past import DecidedPlace
from dancu.rules.replaying import Replayed
from dancu.rules.rule import Rule
from dancu.rules.wording import in_language
from dancu.web.access import duty
from dancu.web.office.rules import versions

MOST_PLACES = 20


@dataclass(frozen=True)
class Told:
    """What came of it, in words. `changes`: (instead of what, what, how many); `lines`: (why, how many);
    `want`: (what is not known, of how many).
    """

    replayed: Replayed
    changes: Sequence[tuple[str, str, int]]
    lines: Sequence[tuple[str, int]]
    want: Sequence[tuple[str, int]]
    examples: Sequence[tuple[replaying.ChangedExample, str, str]]

    @property
    def places(self) -> Sequence[replaying.ChangedAt]:
        """Where most would have been."""
        return self.replayed.by_place[:MOST_PLACES]


@duty("rules")
def replay(request: OfficialRequest, rule_id: str, version: int) -> HttpResponse:
    """Yesterday's, until other days are asked for."""
    lookups.look_again()
    try:
        shown = versions.found(request.acting, rule_id, version)
    except NoSuchRule as missing:
        raise Http404(str(missing)) from missing
    if not replaying.can_be_replayed(shown.rule):
        raise Http404
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    asked = request.POST or request.GET  # what is typed stands in no address
    first = parse_day(asked.get("from")) or yesterday
    last = parse_day(asked.get("to")) or first
    places = replaying.where(request.acting, shown.rule)
    only = _chosen(asked.get("place", ""), places)
    context = {
        "version": shown,
        "first": first,
        "last": last,
        "yesterday": yesterday,
        "places": places,
        "only": only,
        "instead_of": _in_force(shown.rule),
    }
    since, until = _start(first), _start(last + dt.timedelta(days=1))
    try:
        told = replaying.replay(request.acting, shown.rule, since, until, only)
    except RuleError as wrong:
        return render(request, "office/rule_replay.html", {**context, "problem": str(wrong)}, status=422)
    return render(request, "office/rule_replay.html", {**context, "told": _told(told, shown.rule)})


def parse_day(text: str | None) -> dt.date | None:
    """A day as a field of a page sends it; None where it is none."""
    try:
        return parse_date(text or "")
    except ValueError:
        return None


def _start(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def _chosen(number: str, places: Sequence[DecidedPlace]) -> int | None:
    return next((each.number for each in places if str(each.number) == number), None)


def _in_force(rule: Rule) -> Rule | None:
    """What decides now in the draft's place: of its area, else of the country."""
    edition, now = lookups.current(), timezone.now()
    return edition.in_force(rule.kind.code, now, rule.area) or edition.in_force(rule.kind.code, now)


def _told(told: Replayed, rule: Rule) -> Told:
    kind = rule.kind
    return Told(
        told,
        [(kind.in_words(each.before), kind.in_words(each.after), each.count) for each in told.changes],
        [(_line(number, rule), count) for number, count in told.by_line],
        [(str(kind.facts[name].words), count) for name, count in told.for_want_of.items()],
        [(each, kind.in_words(each.before), kind.in_words(each.after)) for each in told.examples],
    )


def _line(number: int | None, rule: Rule) -> str:
    if number is None:
        return _("by one of several lines")
    if not number:
        return _("Otherwise") + ": " + in_language(rule.otherwise_words)
    words = _("Line %(number)s") % {"number": number}
    return f"{words}: {in_language(rule.clauses[number - 1].words)}"
