"""Decisions against the verdict, by station and officer: somebody in charge looks at each and says that it
was in order or that they talked to the officer. Nobody looks at their own.
"""

import datetime as dt
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dancu.accounts import lookups as accounts
from dancu.accounts.caller import OfficialRequest
from dancu.checkpoints import actions, against, lookups
from dancu.checkpoints.errors import NoSuchOverride, OwnDecision, ReviewedBefore
from dancu.checkpoints.lookups import Override, pass_code
from dancu.checkpoints.overrides import RESULTS
from dancu.checkpoints.reasons import LONGEST
from dancu.rules import lookups as rules
from dancu.rules.errors import NoSuchRule
from dancu.rules.wording import in_language
from dancu.web.access import duty
from dancu.web.kit import address
from dancu.web.kit.cells import mark
from dancu.web.kit.columns import FILE, PAGE, ListColumn
from dancu.web.kit.filters import ListChoice
from dancu.web.kit.lists import Listing
from dancu.web.kit.paging import first
from dancu.web.templatetags.dancu import moment

_COLOURS = {against.RED: "red", against.WOULD_STOP: "red", against.NOT_KNOWN: "grey"}
_MOST_IN_A_FILE = 100_000


@duty("overrides")
@require_http_methods(["GET", "HEAD", "POST"])
def overrides(request: OfficialRequest) -> HttpResponse:
    """Those at which nobody looked, or all, latest first; POST asks for others."""
    names = accounts.usernames(lookups.who_overrode(request.acting))
    listing = _listing(request, names)
    if request.method == "POST":
        return listing.lead_on(request)
    found, last = first(_found(request, listing, listing.size + 1), listing.size)
    after = f"{last['crossed_at'].isoformat()} {last['crossing_id']}" if last else ""
    shown = listing.shown(request, found, after=after)
    return render(request, "stations/overrides.html", {"list": shown, "explained": (against_is(),)})


@duty("overrides")
@require_safe
def as_file(request: OfficialRequest, file: str) -> HttpResponse:
    """The same list, whole, as CSV or as an Excel workbook."""
    listing = _listing(request, accounts.usernames(lookups.who_overrode(request.acting)))
    return listing.as_file(file, _found(request, listing, _MOST_IN_A_FILE, file))


@duty("overrides")
@require_POST
def review(request: OfficialRequest, crossing_id: UUID, result: str) -> HttpResponse:
    """Somebody has looked at it; what they wrote stands under the crossing's id, for one form sends all."""
    words = request.POST.get(f"words-{crossing_id}", "")
    try:
        actions.review_override(request.acting, crossing_id, result, words)
        messages.success(request, _("Noted: %(result)s.") % {"result": str(RESULTS[result]).lower()})
    except (NoSuchOverride, OwnDecision, ReviewedBefore) as problem:
        messages.error(request, str(problem))
    query = address.without_page(request.GET).urlencode()
    return redirect(reverse("stations:overrides") + (f"?{query}" if query else ""))


def against_is() -> Any:
    """What stands in the list, for who reads it first."""
    return _(
        "Travellers who were let through in the last three months although the verdict was red or a reason "
        "was asked for, and those whom a device without the network let through where the server knew more."
    )


def _found(
    request: OfficialRequest, listing: Listing[Override], most: int, detail: str = ""
) -> list[Override]:
    asked = listing.asked(request)
    return lookups.overrides(
        request.acting,
        station_id=address.number(asked["station"]),
        official_id=address.number(asked["officer"]),
        only_open=asked["which"] != "all",
        before=_before(asked["after"]) if not detail else None,
        most=most,
        detail=detail,
    )


def _before(after: str) -> tuple[dt.datetime, UUID] | None:
    at, _space, crossing_id = after.partition(" ")
    with suppress(ValueError):
        return dt.datetime.fromisoformat(at), UUID(crossing_id)
    return None


def _listing(request: OfficialRequest, names: dict[int, str]) -> Listing[Override]:
    """For whoever looks: their stations, and the officers who decided so there."""
    reviewers: dict[int, str] = {}

    def reviewer(row: Override) -> str:
        by = row["reviewed_by"]
        if by is None:
            return ""
        if by not in reviewers:
            reviewers.update({by: ""} | accounts.usernames([by]))
        return reviewers[by]

    def seen(row: Override) -> Any:
        if row["result"] is None:
            return _to_do(request, row)
        who = _("%(who)s, %(at)s") % {"who": reviewer(row), "at": moment(row["reviewed_at"])}
        return [mark(RESULTS[row["result"]], "green"), who, row["words"]]

    return Listing(
        gettext_lazy("Against the verdict"),
        (
            ListColumn("when", gettext_lazy("When"), lambda row: row["crossed_at"]),
            ListColumn("station", gettext_lazy("Checkpoint"), lambda row: row["station"]),
            ListColumn("officer", gettext_lazy("Officer"), lambda row: names.get(row["official_id"], "")),
            ListColumn("against", gettext_lazy("What stood against it"), _stood, _stood_shown),
            ListColumn("clause", gettext_lazy("Rule"), lambda row: clause(row["ruled_by"])),
            ListColumn("reason", gettext_lazy("Reason"), lambda row: row["reason"] or _("none given")),
            ListColumn("pass", gettext_lazy("Pass"), lambda row: pass_code(row["pass_id"])),
            ListColumn("plate", gettext_lazy("Number plate"), lambda row: row["plate"]),
            ListColumn("seen", gettext_lazy("Looked at"), shown=seen, on=(PAGE,)),
            ListColumn(
                "result",
                gettext_lazy("Looked at"),
                lambda row: RESULTS[row["result"]] if row["result"] else None,
                on=(FILE,),
            ),
            ListColumn("reviewer", gettext_lazy("By"), reviewer, on=(FILE,)),
            ListColumn("reviewed", gettext_lazy("At"), lambda row: row["reviewed_at"], on=(FILE,)),
            ListColumn("words", gettext_lazy("Note"), lambda row: row["words"], on=(FILE,)),
        ),
        "against-the-verdict",
        filters=(
            ListChoice("station", gettext_lazy("Checkpoint"), lambda: _stations(request)),
            ListChoice("officer", gettext_lazy("Officer"), lambda: _officers(names)),
            ListChoice(
                "which",
                gettext_lazy("Which decisions"),
                lambda: [("all", _("All"))],
                gettext_lazy("Not looked at yet"),
            ),
        ),
    )


def clause(ruled_by: str) -> str:
    """Which clause of which rule, with its words and citation, of “passage 2 3 red”; that nobody knows, of
    what was recorded before it was kept.
    """
    parts = ruled_by.split(" ")
    if len(parts) != 4:
        return _("not known")
    told = {"rule": parts[0], "version": parts[1], "clause": parts[2]}
    head = (
        _("%(rule)s, version %(version)s, clause %(clause)s")
        if parts[2] != "0"
        else _("%(rule)s, version %(version)s, no clause")
    ) % told
    with suppress(NoSuchRule, StopIteration, ValueError, IndexError):
        rule = next(each for each in rules.signed(parts[0]) if str(each.version) == parts[1])
        nth = int(parts[2])
        words = in_language(rule.clauses[nth - 1].words if nth else rule.otherwise_words)
        return f"{head}: {words} ({rule.citation})" if rule.citation else f"{head}: {words}"
    return head


def _stood(row: Override) -> str:
    return str(against.WORDS[row["against"]])


def _stood_shown(row: Override) -> Any:
    return mark(against.WORDS[row["against"]], _COLOURS.get(row["against"], "amber"))


def _to_do(request: OfficialRequest, row: Override) -> Any:
    """The note and the two buttons; of one's own decision, that somebody else has to look."""
    if row["official_id"] == request.acting.official_id:
        return _("Your own decision: somebody else has to look at it")
    query = address.without_page(request.GET).urlencode()
    buttons = [
        format_html(
            '<button class="govuk-button govuk-button--secondary dancu-button--small" form="list-deeds" '
            'formaction="{}{}" data-key="{}">{}<span class="govuk-visually-hidden">: {}</span> '
            '<kbd aria-hidden="true">{}</kbd></button>',
            reverse(f"stations:override-{name}", args=[row["crossing_id"]]),
            f"?{query}" if query else "",
            key,
            RESULTS[result],
            pass_code(row["pass_id"]),
            key.upper(),
        )
        for name, result, key in (("in-order", "in_order", "o"), ("talked-to", "talked_to", "t"))
    ]
    note = format_html(
        '<label class="govuk-label" for="words-{0}">{1}'
        '<span class="govuk-visually-hidden">: {2}</span></label>'
        '<input class="govuk-input" id="words-{0}" name="words-{0}" form="list-deeds" '
        'maxlength="{3}" autocomplete="off">',
        row["crossing_id"],
        _("Note (optional)"),
        pass_code(row["pass_id"]),
        LONGEST,
    )
    return format_html('<div class="dancu-line-deeds">{}{}{}</div>', note, *buttons)


def _stations(request: OfficialRequest) -> list[tuple[str, str]]:
    return [(str(each["station_id"]), each["name"]) for each in lookups.stations(request.acting)]


def _officers(names: dict[int, str]) -> list[tuple[str, str]]:
    return sorted(((str(number), name) for number, name in names.items()), key=lambda each: each[1])
