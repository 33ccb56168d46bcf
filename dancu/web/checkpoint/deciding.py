"""Letting through, holding for a check, turning back: recorded once, whatever is pressed twice."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dancu.checkpoints import actions, lookups
from dancu.checkpoints.errors import (
    AboutNeeded,
    BadCrossingId,
    BadPassCode,
    FindingNeeded,
    NegativeTestNeeded,
    NoSuchPass,
    ReasonNeeded,
    TakenBack,
    UnknownReason,
)
from dancu.checkpoints.reasons import (
    ABOUT,
    FINDINGS,
    LONGEST,
    NO_FINDING,
    OTHER_PERSON,
    REASONS,
    Reason,
    Words,
    asks_about,
)
from dancu.web.access import duty
from dancu.web.checkpoint import undecided
from dancu.web.checkpoint.banner import recorded
from dancu.web.checkpoint.lost import first_stands
from dancu.web.checkpoint.pieces import show
from dancu.web.checkpoint.ready import ready
from dancu.web.checkpoint.shift import StationRequest, on_shift
from dancu.web.checkpoint.verdicts import of_examination
from dancu.web.htmx import is_htmx

DECISIONS = ("through", "secondary", "back", "override")


class DecisionReasonForm(forms.Form):
    """Why: one press, or words of one's own."""

    reason = forms.CharField(required=False, max_length=40)
    other_reason = forms.CharField(required=False, max_length=LONGEST)
    about = forms.ChoiceField(required=False, choices=[(sign, sign) for sign in (*ABOUT, NO_FINDING)])

    def given(self) -> Reason:
        """The reason, which may be none."""
        given = self.cleaned_data
        return Reason(
            given["reason"],
            given["other_reason"].strip(),
            given["about"] if given["other_reason"].strip() else "",
        )

    def reason_for(self, decision: str, pass_id: int | None = None, instead_of: UUID | None = None) -> Reason:
        """The same for this decision ("release": of a waiting) with a pass, in place of that of another
        crossing. Raises AboutNeeded, FindingNeeded, NegativeTestNeeded.
        """
        given = self.given()
        ill = _open_illnesses(pass_id, instead_of) if decision == "through" and given.written else set()
        if asks_about(given, decision, may_be_recovered=bool(ill)):
            if decision != "through":
                raise AboutNeeded
            raise NegativeTestNeeded if lookups.only_a_test_answers(ill) else FindingNeeded
        return given


class DecisionForm(DecisionReasonForm):
    """`override`: let through though the verdict is to stop, for a reason. `asked`: this comes from the
    page that asks for one.
    """

    code = forms.CharField(max_length=20)
    crossing_id = forms.UUIDField()
    decision = forms.ChoiceField(choices=[(decision, decision) for decision in DECISIONS])
    asked = forms.BooleanField(required=False)
    plate = forms.CharField(required=False, max_length=20)


@duty("scan")
@on_shift
@require_POST
def decide(request: StationRequest) -> HttpResponse:
    """Record the decision, or ask for its reason first."""
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return ready(request, problem=_("The form did not arrive intact. Scan again."), status=422)
    given, reason = form.cleaned_data, form.given()
    decision = "through" if given["decision"] == "override" else given["decision"]
    asked = (
        given["code"],
        given["crossing_id"],
        "override" if decision == "through" else decision,
        given["plate"],
    )
    try:
        pass_id = lookups.pass_id_of(given["code"])
        if not lookups.pass_in_full(pass_id):  # before anything is asked about nobody
            raise NoSuchPass
        if answer := first_stands(request, pass_id, given["crossing_id"], decision, reason):
            return answer
        if not reason and given["decision"] != "through":
            raise ReasonNeeded
        form.reason_for(decision, pass_id)
        added = actions.record_crossing(
            request.acting,
            crossing_id=given["crossing_id"],
            pass_id=pass_id,
            station_id=request.shift.station_id,
            direction=request.shift.direction,
            decision=decision,
            reason=reason,
            plate=given["plate"],
        )
    except AboutNeeded as problem:
        return ask_reason(request, *asked, asks=str(problem), written=given["other_reason"])
    except (ReasonNeeded, UnknownReason) as problem:
        return ask_reason(
            request, *asked, problem=str(problem) if given["asked"] else "", written=given["other_reason"]
        )
    except (NoSuchPass, BadPassCode, BadCrossingId, TakenBack) as problem:
        return ready(request, problem=str(problem), status=422)
    if not added and (answer := first_stands(request, pass_id, given["crossing_id"], decision, reason)):
        return answer  # pressed at this very moment
    undecided.settle(request, pass_id, told_apart=reason.code == OTHER_PERSON)
    return recorded(request, decision, pass_id, given["crossing_id"])


def _not_recorded(_request: HttpRequest) -> str:
    return _(
        "Your session ended, so the decision was not recorded. Sign in, and the traveller will be shown "
        "again for you to decide."
    )


decide.unsent = _not_recorded  # type: ignore[attr-defined]  # see web/access.py


def ask_reason(
    request: StationRequest,
    code: str,
    crossing_id: UUID,
    decision: str,
    plate: str = "",
    problem: str = "",
    asks: str = "",
    written: str = "",
) -> HttpResponse:
    """The page on which the reason is one press; of words of one's own that press says whether they are
    of an illness, or of a recovery (`asks` for it). Who leaves the page without one has decided nothing, and
    the desk says so.
    """
    shown = lookups.pass_in_full(pass_id := lookups.pass_id_of(code)) or {"full_name": ""}
    undecided.note(request, pass_id)
    examined = (
        lookups.examine(request.acting, request.shift.station_id, pass_id=pass_id)
        if decision == "override"
        else None
    )
    why = of_examination(examined).reasons if examined else []
    context = {
        "code": code,
        "crossing_id": crossing_id,
        "decision": decision,
        "plate": plate,
        "reasons": REASONS[decision].items(),
        "problem": problem,
        "asks": asks,
        "name": shown["full_name"],
        "why": why,
        "presses": own_words_presses(decision, pass_id),
        "written": written,
    }
    return show(request, "reason", context, 422 if problem or asks else 200)


def own_words_presses(
    decision: str, pass_id: int, instead_of: UUID | None = None
) -> list[tuple[str, str, Words]]:
    """The presses that record an officer's own words for this decision with a pass, in place of that of
    another crossing, as the name and value that each sends, and its words: of what the words are; of what was
    found only what answers something. None where it does not matter.
    """
    if decision not in ("through", "override"):
        return [("about", value, words) for value, words in ABOUT.items()]
    answering = lookups.answering(_open_illnesses(pass_id, instead_of))
    offered = {code: words for code, words in FINDINGS.items() if code in {*answering, NO_FINDING}}
    return [
        ("about" if value == NO_FINDING else "reason", value, words)
        for value, words in (offered.items() if answering else ())
    ]


def _open_illnesses(pass_id: int | None, instead_of: UUID | None) -> set[frozenset[str]]:
    shown = lookups.pass_in_full(pass_id) if pass_id else None
    return lookups.open_illnesses(lookups.memory_of(shown), shown, instead_of) if shown else set()


def back_to_desk(request: StationRequest, **context: Any) -> HttpResponse:
    """The desk ready for the next, as a piece or by the browser's way."""
    return ready(request, **context) if is_htmx(request) else redirect("checkpoint:home")
