"""What is sent to an endpoint, read into its type: a body of JSON, a batch of them, octets, a query."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, Generic, Protocol, TypeVar, get_type_hints

import msgspec
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from dancu.endpoints.misread import misread
from dancu.endpoints.problems import BAD_BODY, BAD_QUERY, TOO_MANY, ProblemKind, Refusal

T = TypeVar("T")
JSON: Final = "application/json"


class SentReader(Protocol):
    """Reads a body. `media`: its type; `type`: what of it is described."""

    media: str
    problems: tuple[ProblemKind, ...]

    @property
    def type(self) -> Any: ...

    def read(self, body: bytes) -> Any:
        """What was sent, for the view. Raises Refusal."""
        ...


class Json(Generic[T]):
    """One value of a type."""

    media = JSON
    problems: tuple[ProblemKind, ...] = (BAD_BODY,)

    def __init__(self, of: type[T]) -> None:
        self.type = of
        self._decoder = msgspec.json.Decoder(of)

    def read(self, body: bytes) -> T:
        """What was sent. Raises Refusal."""
        try:
            return self._decoder.decode(body)
        except msgspec.DecodeError as error:
            field, words = misread(error)
            raise Refusal(BAD_BODY, words, field or "body") from None
        except RecursionError:
            raise Refusal(BAD_BODY, _("JSON is nested too deeply."), "body") from None


class Batch(Generic[T]):
    """Up to `most` values of a type, in an object's one list `under`. One that cannot be read is given as
    what is wrong with it, by field, and hinders no other; where no field is at fault, by `one`.
    """

    media = JSON
    problems = (BAD_BODY, TOO_MANY)

    def __init__(self, of: type[T], under: str, one: str, most: int = 1000) -> None:
        self.under, self.one, self.most = under, one, most
        self.type = msgspec.defstruct(f"{of.__name__}Batch", [(under, list[of])], forbid_unknown_fields=True)
        raw = msgspec.defstruct("Raw", [(under, list[msgspec.Raw])], forbid_unknown_fields=True)
        self._each = Json(raw)
        self._all, self._one = msgspec.json.Decoder(self.type), msgspec.json.Decoder(of)

    def read(self, body: bytes) -> Sequence[T | dict[str, str]]:
        """Each that was sent, or what is wrong with it. Raises Refusal, where there are too many before any
        is read.
        """
        each = getattr(self._each.read(body), self.under)
        if len(each) > self.most:
            words = _("Send at most %(most)d in one request. This one has %(many)d.")
            raise Refusal(TOO_MANY, words % {"most": self.most, "many": len(each)}, self.under)
        try:
            return getattr(self._all.decode(body), self.under)
        except (msgspec.DecodeError, RecursionError):
            return [self._read_one(one) for one in each]

    def _read_one(self, one: msgspec.Raw) -> T | dict[str, str]:
        try:
            return self._one.decode(one)
        except msgspec.DecodeError as error:
            field, words = misread(error)
        except RecursionError:
            field, words = "", _("JSON is nested too deeply.")
        return {field or self.one: words}


class Octets:
    """Bytes as they are: a piece of a picture. `media`: their type."""

    problems: tuple[ProblemKind, ...] = ()
    type = bytes

    def __init__(self, media: str = "application/octet-stream") -> None:
        self.media = media

    def read(self, body: bytes) -> bytes:
        """What was sent."""
        return body


class QueryReader(Generic[T]):
    """The parameters of an address, as a type's fields."""

    def __init__(self, of: type[T]) -> None:
        self.type = of
        self._lists = {
            name for name, hint in get_type_hints(of).items() if str(hint).startswith(("list[", "set["))
        }

    def read(self, request: HttpRequest) -> T:
        """What was asked. Raises Refusal."""
        try:
            return msgspec.convert(self._given(request.GET), self.type, strict=False)
        except msgspec.ValidationError as error:
            field, words = misread(error)
            raise Refusal(BAD_QUERY, words, field or "query") from None

    def _given(self, query: QueryDict) -> Mapping[str, Any]:
        return {name: query.getlist(name) if name in self._lists else value for name, value in query.items()}
