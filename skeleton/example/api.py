"""What other systems call."""

from typing import Annotated
from uuid import UUID

import msgspec
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from dancu.accounts.caller import OfficialRequest
from dancu.endpoints.access import TokenWith
from dancu.endpoints.declaration import OnError, endpoint
from dancu.endpoints.problems import ProblemKind
from dancu.endpoints.readers import Json

from . import actions, lookups
from .errors import NobodyHere

NOBODY_HERE = ProblemKind(
    "example-nobody-here",
    422,
    _("Nobody in the area has this number"),
    _("Check the number. Whoever lives elsewhere is looked after by another office."),
)


class ExampleCount(msgspec.Struct):
    """How many notes there are."""

    notes: int


class ExampleNew(msgspec.Struct, forbid_unknown_fields=True):
    """What is noted about whoever has the number."""

    number: Annotated[
        str, msgspec.Meta(max_length=20, description=gettext_noop("the personal number of whom it is about"))
    ]
    text: Annotated[
        str, msgspec.Meta(min_length=1, max_length=500, description=gettext_noop("what is noted"))
    ]


class ExampleWritten(msgspec.Struct):
    """The note that was written."""

    note_id: UUID


@endpoint(
    "GET",
    access=TokenWith("example"),
    summary=_("How many notes there are of people in the area"),
    answer=ExampleCount,
)
def count(request: OfficialRequest) -> ExampleCount:
    """Of those whom the token's account may see."""
    return ExampleCount(lookups.count(request.acting))


@endpoint(
    "POST",
    access=TokenWith("example"),
    summary=_("Note something about a person"),
    body=Json(ExampleNew),
    answer=ExampleWritten,
    problems=(OnError(NobodyHere, NOBODY_HERE, "number"),),
    changes="by key",
)
def add(request: OfficialRequest, sent: ExampleNew) -> ExampleWritten:
    """A request that is repeated with the same Idempotency-Key writes nothing more."""
    return ExampleWritten(actions.note(request.acting, sent.number, sent.text))
