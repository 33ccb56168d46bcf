"""Doubtful cases, one at a time: two records side by side, and the steward says whether they are one
person.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dancu.accounts.caller import OfficialRequest
from dancu.accounts.lookups import Acting
from dancu.checkpoints import actions as checkpoints
from dancu.db.transactions import whole
from dancu.review import actions, lookups
from dancu.review.actions import LONGEST_REASON
from dancu.review.adjudication import SAME, CaseStanding
from dancu.review.errors import ReviewError
from dancu.review.lookups import ShownCase
from dancu.web.access import duty
from dancu.web.htmx import is_htmx, lead
from dancu.web.office.review.labels import DECISIONS, KINDS, RECORDED
from dancu.web.office.review.likelihood import likelihood
from dancu.web.office.review.side_by_side import (
    ComparedRow,
    WaterfallStep,
    beside,
    declared,
    register_side,
    steps,
)

Words = str | Promise


@dataclass(frozen=True)
class DecisionChoice:
    """One of the persons on the right: `facts` tell them apart in the list of them, `rows` compare them
    with the left side.
    """

    nth: int
    person_id: int
    name: str
    facts: str
    rows: list[ComparedRow]
    steps: list[WaterfallStep]
    verdict: str
    colour: str
    score: str


@duty("review")
def review(request: OfficialRequest) -> HttpResponse:
    """The case before the official, or the next one."""
    return render(request, "office/review.html", _context(request, _kind(request.GET)))


@duty("review")
@require_POST
def decide(request: OfficialRequest) -> HttpResponse:
    """The answer to the case shown, and the next case."""
    sent = request.POST
    decision = sent.get("decision", "")
    case_id, person_id = _number(sent.get("case")), _number(sent.get("person"))
    try:
        now = _decide(request.acting, case_id, decision, person_id or None, sent.get("reason", ""))
    except ReviewError as refused:
        return _go_on(request, str(refused), is_refused=True)
    said = str(RECORDED[now.status]) % {"decision": DECISIONS[decision]}
    left = _number(sent.get("left"))  # of a duplicate
    if left and person_id and now.answer and now.answer.decision == SAME and request.acting.may("correct"):
        return _to_merge(request, reverse("office:person-merge", args=(left, person_id)), said)
    return _go_on(request, said)


@duty("review")
@require_POST
def undo(request: OfficialRequest) -> HttpResponse:
    """The last answer is taken back; its case is there again."""
    try:
        _take_back(request.acting)
    except ReviewError as refused:
        return _go_on(request, str(refused), is_refused=True)
    return _go_on(request, _("Answer undone. Here is the case again."), kind="")


@whole
def _decide(acting: Acting, case_id: int, decision: str, person_id: int | None, reason: str) -> CaseStanding:
    now = actions.decide(acting, case_id, decision, person_id, reason)
    checkpoints.follow(acting, case_id)
    return now


@whole
def _take_back(acting: Acting) -> None:
    checkpoints.follow(acting, actions.undo(acting))


def _go_on(
    request: OfficialRequest, said: str, *, is_refused: bool = False, kind: str | None = None
) -> HttpResponse:
    kind = _kind(request.POST) if kind is None else kind
    if is_htmx(request):
        context = _context(request, kind) | {"said": said, "is_refused": is_refused}
        return render(request, "office/review_case.html", context)
    messages.add_message(request, messages.WARNING if is_refused else messages.SUCCESS, said)
    return redirect(reverse("office:review") + (f"?kind={kind}" if kind else ""))


def _to_merge(request: HttpRequest, merge: str, said: str) -> HttpResponse:
    """To the page on which the two become one; the queue waits."""
    queue = format_html(
        '<a class="govuk-link" href="{}">{}</a>', reverse("office:review"), _("Back to cases for review")
    )
    messages.success(
        request,
        format_html(
            "{} {} {}", said, _("The records have not been merged yet. You can merge them here."), queue
        ),
    )
    return lead(request, merge)


def _context(request: OfficialRequest, kind: str) -> dict[str, Any]:
    acting: Acting = request.acting
    checkpoints.ask_about_doubtful()
    case = lookups.next_case(acting, kind)
    progress = lookups.progress(acting)
    left = progress.left.get(kind, 0) if kind else sum(progress.left.values())
    many = {
        code for code, cases in progress.left.items() if cases >= lookups.COUNTED_TO and kind in ("", code)
    }
    kinds = [(code, words, progress.left[code]) for code, words in KINDS.items() if progress.left.get(code)]
    return {
        "case": case,
        "kind": kind,
        "kind_words": KINDS.get(case.kind, case.kind) if case else "",
        "choices": _choices(case) if case else [],
        "earlier": _earlier(case) if case else [],
        "left": left,
        "is_more": bool(many),
        "kinds": kinds if len(kinds) > 1 or kind else [],
        "progress": progress,
        "to_merge": lookups.to_merge(acting) if acting.may("correct") else [],
        "most": lookups.COUNTED_TO,
        "longest_reason": LONGEST_REASON,
    }


def _choices(case: ShownCase) -> list[DecisionChoice]:
    made = []
    for one in case.candidates:
        all_held = register_side(one.person)
        left = register_side(case.left, all_held) if case.left else declared(case.declared)
        right = register_side(one.person, left)
        facts = ", ".join(all_held[field] for field in ("birth", "commune_code") if field in all_held)
        made.append(
            DecisionChoice(
                one.nth,
                one.person["person_id"],
                one.person["full_name"],
                facts,
                beside(left, right),
                steps(one.waterfall),
                **likelihood(one.score),
            )
        )
    return made


def _earlier(case: ShownCase) -> list[str]:
    """The two answers that disagree, in words; whose they are does not matter."""
    nth = {one.person["person_id"]: one.nth for one in case.candidates}
    several = len(nth) > 1
    return [
        f"{DECISIONS[answer.decision]} ({nth[answer.person_id]})"
        if several and answer.person_id in nth
        else str(DECISIONS[answer.decision])
        for answer in case.earlier
    ]


def _kind(given: QueryDict) -> str:
    kind = given.get("kind", "")
    return kind if kind in KINDS else ""


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else 0
