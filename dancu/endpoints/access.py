"""Who may call an endpoint. A kind of caller is an object with one method, `let_in`: a module that has
callers of its own (devices, another ministry's gateway) writes one beside its endpoints.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol, cast

from django.http import HttpRequest
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from dancu.accounts import errors
from dancu.accounts.caller import OfficialRequest, client_address
from dancu.accounts.duties import DUTIES
from dancu.accounts.tokens import acting_by_token
from dancu.endpoints.problems import BAD_TOKEN, NO_TOKEN, NOT_ALLOWED, QUOTA, ProblemKind, Refusal, Words

_ASK: Final = {"WWW-Authenticate": 'Bearer realm="dancu"'}


class Access(Protocol):
    """A kind of caller. `scheme`: its name among the document's security schemes, and as the mark of a view
    in the tests; `duty`: what a token's role has to have, "" where callers have no roles; `words`: who it
    is, for people; `problems`: with what it refuses; `described`: the scheme, as OpenAPI has it.
    """

    @property
    def scheme(self) -> str: ...
    @property
    def duty(self) -> str: ...
    @property
    def words(self) -> Words: ...
    @property
    def problems(self) -> tuple[ProblemKind, ...]: ...
    @property
    def described(self) -> Mapping[str, Any]: ...

    def let_in(self, request: HttpRequest) -> str:
        """Who calls: a name that is theirs alone and stays. What the view needs of them it sets on the
        request. Raises Refusal.
        """
        ...


class Everybody:
    """Anyone may call, without saying who they are."""

    scheme = "public"
    duty = ""
    words = _("everybody")
    problems: tuple[ProblemKind, ...] = ()
    described: Mapping[str, Any] = {}

    def let_in(self, request: HttpRequest) -> str:
        """Whoever it is."""
        return ""


OPEN: Final = Everybody()


@dataclass(frozen=True)
class TokenWith:
    """A system with a token, acting as an official's account under one role that has this duty; it is in
    `request.acting`.
    """

    duty: str
    scheme = "token"
    problems = (NO_TOKEN, BAD_TOKEN, NOT_ALLOWED, QUOTA)
    described = {"type": "http", "scheme": "bearer", "description": "`dancu officials token` hands it out."}

    def __post_init__(self) -> None:
        if self.duty not in DUTIES:
            raise ValueError(f"{self.duty!r} is no duty; see dancu.accounts.duties.DUTIES")

    @property
    def words(self) -> Words:
        """Whose token."""
        return format_lazy(_("a token whose role may: {duty}"), duty=DUTIES[self.duty])

    def let_in(self, request: HttpRequest) -> str:
        """The account and its role. Raises Refusal."""
        token = bearer(request)
        try:
            acting = acting_by_token(token, client_address(request))
        except errors.NotGranted:
            raise Refusal(BAD_TOKEN, field="authorization", headers=_ASK) from None
        if not acting.may(self.duty):
            raise Refusal(NOT_ALLOWED, field="authorization")
        cast(OfficialRequest, request).acting = acting
        return f"official {acting.official_id} under {acting.grant_id}"


def bearer(request: HttpRequest) -> str:
    """The token in the header Authorization. Raises Refusal where there is none."""
    scheme, _space, token = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Refusal(NO_TOKEN, field="authorization", headers=_ASK)
    return token.strip()
