"""What devices call that lose the network: to be enrolled, to send, to carry. docs/devices.md"""

from base64 import urlsafe_b64encode
from collections.abc import Mapping
from typing import Annotated, Any, cast

import msgspec
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from dancu.accounts.caller import client_address, request_id
from dancu.devices import actions, errors, lookups
from dancu.devices.rows import Device
from dancu.devices.values import in_iso
from dancu.devices.wire import SyncAnswer, SyncRequest
from dancu.endpoints.access import OPEN
from dancu.endpoints.declaration import OnError, Resource, endpoint
from dancu.endpoints.problems import NOT_FOUND, ProblemKind, Refusal
from dancu.endpoints.readers import Json, Octets

_ASK = {"WWW-Authenticate": "Dancu-Device"}
TIME = "Dancu-Time"  # header: what time it is here, for a device whose clock is wrong

NO_SUCH_CODE = ProblemKind(
    "no-such-code",
    404,
    _("The code does not count"),
    _("It is wrong, has been used or is older than an hour. Ask for a new one."),
)
TOO_MANY_TRIES = ProblemKind(
    "too-many-tries", 429, _("Too many codes were tried"), _("Wait a quarter of an hour.")
)
BAD_KEY = ProblemKind(
    "bad-key", 422, _("The public key is none on P-256"), _("Send a JWK with kty EC, crv P-256, x and y.")
)
NOT_THIS_DEVICE = ProblemKind(
    "not-this-device",
    401,
    _("The device is not known, or did not sign this"),
    _("Sign each request with the device’s key, as docs/devices.md says, or enrol it again."),
)
WRONG_CLOCK = ProblemKind(
    "wrong-clock",
    401,
    _("The device’s clock is wrong"),
    _("Correct it by the header “Dancu-Time”, sign anew and send again."),
)
CUT_OFF = ProblemKind(
    "cut-off", 403, _("The device has been cut off"), _("Forget what it carries, and enrol it again.")
)
TOO_MANY_ITEMS = ProblemKind(
    "too-many-items",
    413,
    _("Too much is sent at once"),
    _("Send at most 200 items, none of more than 64 kB."),
)
TOO_LARGE_PICTURE = ProblemKind(
    "too-large-picture",
    413,
    _("The picture is too large"),
    _("A picture may have 8 MB, and a piece of it 256 kB."),
)
WRONG_HASH = ProblemKind(
    "wrong-hash",
    422,
    _("The picture has another hash"),
    _("Name it by its SHA-256 in 64 small hexadecimal digits, and send it again from the beginning."),
)


class PublicKeyJwk(msgspec.Struct):
    """A public key on P-256 (RFC 7517)."""

    kty: str
    crv: str
    x: str
    y: str


class EnrolmentRequest(msgspec.Struct):
    """A code, and the public key that the device has made."""

    code: str
    public_key: PublicKeyJwk
    app: str = ""


class DevicePlace(msgspec.Struct):
    """Where a device belongs."""

    kind: str
    id: int
    name: str


class EnrolledDevice(msgspec.Struct):
    """What the device is from now on."""

    device_id: str
    name: str
    place: DevicePlace
    lease_until: str
    server_time: str


class ServerTime(msgspec.Struct):
    """What time it is here."""

    server_time: str


class BundleQuery(msgspec.Struct):
    """What the device has."""

    have: Annotated[
        str, msgspec.Meta(description=gettext_noop("its numbers of parts: keys.7,areas.3"), max_length=2000)
    ] = ""


class SentPart(msgspec.Struct, rename={"since": "from", "sequence": "to"}):
    """What changed of a part from one number to another: key, and its JSON text or null where it is gone."""

    since: int
    sequence: int
    entries: list[tuple[str, str | None]]


class SentBundle(msgspec.Struct):
    """The manifest, COSE_Sign1 in base64url, and what changed of each part."""

    manifest: str
    parts: dict[str, SentPart]


class PieceQuery(msgspec.Struct, rename={"begins": "from", "whole": "of"}):
    """Which piece of a picture."""

    begins: Annotated[int, msgspec.Meta(ge=0, description=gettext_noop("where the piece begins, in bytes"))]
    whole: Annotated[int, msgspec.Meta(ge=0, description=gettext_noop("how many bytes the whole has"))]


class PictureProgress(msgspec.Struct):
    """How many bytes from the beginning are there."""

    have: int


class DeviceRequest(HttpRequest):
    """A request that a device has signed, which is in `device`."""

    device: Device


class SignedByDevice:
    """A device that is enrolled, by its signature."""

    scheme = "device"
    duty = ""
    words = _("an enrolled device, which signs its requests")
    problems = (NOT_THIS_DEVICE, WRONG_CLOCK)
    described: Mapping[str, Any] = {
        "type": "apiKey",
        "in": "header",
        "name": "Authorization",
        "description": "`Dancu-Device DEVICE_ID:MILLISECONDS:SIGNATURE`, see docs/devices.md.",
    }

    def let_in(self, request: HttpRequest) -> str:
        """The device. Raises Refusal."""
        try:
            device = cast(DeviceRequest, request).device = lookups.device_of(request)
        except errors.NotThisDevice as problem:
            raise Refusal(NOT_THIS_DEVICE, lazystr(problem), "authorization", _ASK) from None
        except errors.WrongClock as problem:
            raise Refusal(WRONG_CLOCK, lazystr(problem), "authorization", {**_ASK, TIME: _now()}) from None
        return f"device {device['device_id']}"


DEVICE = SignedByDevice()


@endpoint(
    "POST",
    access=OPEN,
    summary=_("Enrol a device with a code"),
    body=Json(EnrolmentRequest),
    answer=EnrolledDevice,
    problems=(
        OnError(errors.NoSuchCode, NO_SUCH_CODE, "code"),
        OnError(errors.TooManyTries, TOO_MANY_TRIES, "code"),
        OnError(errors.BadKey, BAD_KEY, "public_key"),
    ),
)
def enrol(request: HttpRequest, asked: EnrolmentRequest) -> EnrolledDevice:
    """The code works once; sent again with the same key it gives the same device."""
    key = msgspec.to_builtins(asked.public_key)
    device = actions.enrol(asked.code, key, asked.app, client_address(request))
    place = lookups.Place(device["place_kind"], device["place_id"])
    return EnrolledDevice(
        str(device["device_id"]),
        device["name"],
        DevicePlace(place.kind, place.number, place.words),
        in_iso(device["lease_until"]),
        _now(),
    )


@endpoint("GET", access=OPEN, summary=_("What time it is here"), answer=ServerTime)
def server_time(_request: HttpRequest) -> ServerTime:
    """By which a device corrects its clock."""
    return ServerTime(_now())


@endpoint(
    "POST",
    access=DEVICE,
    summary=_("Send what was done with a device"),
    body=Json(SyncRequest),
    answer=SyncAnswer,
    problems=(OnError(errors.TooManyItems, TOO_MANY_ITEMS, "items"),),
    changes="by item",
)
def sync(request: DeviceRequest, sent: SyncRequest) -> SyncAnswer:
    """One id counts once, in whatever order and however often it comes; an empty list is a sign of life."""
    return actions.deliver(request.device, sent, client_address(request), request_id(request))


@endpoint(
    "GET",
    access=DEVICE,
    summary=_("What has changed of what a device carries"),
    query=BundleQuery,
    answer=SentBundle,
    problems=(OnError(errors.CutOff, CUT_OFF),),
    compressed=True,
)
def bundle(request: DeviceRequest, asked: BundleQuery) -> SentBundle:
    """All of it where the device has nothing, or what cannot be continued."""
    found = lookups.bundle(request.device, _numbers(asked.have))
    return SentBundle(
        urlsafe_b64encode(found.manifest).rstrip(b"=").decode(),
        {code: SentPart(part.since, part.sequence, part.entries) for code, part in found.parts.items()},
    )


@endpoint(
    "GET",
    access=DEVICE,
    summary=_("How much of a picture is there"),
    answer=PictureProgress,
    problems=(NOT_FOUND, OnError(errors.WrongHash, WRONG_HASH, "sha256")),
)
def progress(request: DeviceRequest, sha256: str) -> PictureProgress:
    """Where its next piece begins."""
    return PictureProgress(lookups.have(request.device, lookups.named(sha256)))


@endpoint(
    "PUT",
    access=DEVICE,
    summary=_("Send a piece of a picture"),
    body=Octets(),
    query=PieceQuery,
    answer=PictureProgress,
    problems=(
        NOT_FOUND,
        OnError(errors.WrongHash, WRONG_HASH, "sha256"),
        OnError(errors.TooLargePicture, TOO_LARGE_PICTURE, "body"),
        OnError(errors.CutOff, CUT_OFF),
    ),
    changes="by item",
)
def piece(request: DeviceRequest, content: bytes, asked: PieceQuery, sha256: str) -> PictureProgress:
    """A piece that does not begin at what is there changes nothing."""
    named = lookups.named(sha256)
    return PictureProgress(actions.add_piece(request.device, named, asked.begins, asked.whole, content))


picture = Resource(progress, piece)


def _numbers(text: str) -> dict[str, int]:
    """What stands in no such form is passed over: the device then gets everything."""
    pairs = (each.partition(".") for each in text.split(","))
    return {part: int(number) for part, _dot, number in pairs if number.isascii() and number.isdigit()}


def _now() -> str:
    return in_iso(timezone.now())
