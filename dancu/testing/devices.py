"""A telephone at a station: it makes a key, signs what it asks for, and counts what it sends."""

import hashlib
import json
import time
from base64 import urlsafe_b64encode
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from django.test import Client
from uuid_utils.compat import uuid7

from dancu.devices import actions, lookups
from dancu.devices.signing import text_to_sign
from dancu.devices.values import Place, in_iso
from dancu.values.ids import moment_of


class Telephone:
    """A device as a browser is one, with its private key."""

    def __init__(self) -> None:
        self._key = generate_private_key(SECP256R1())
        self.device_id = ""
        self.made = 0

    @property
    def public_key(self) -> dict[str, str]:
        numbers = self._key.public_key().public_numbers()
        return {
            "kty": "EC",
            "crv": "P-256",
            "x": _text(numbers.x.to_bytes(32)),
            "y": _text(numbers.y.to_bytes(32)),
        }

    def enrol(self, code: str, client: Client | None = None) -> Any:
        """What the server answers; the device knows its id from then on."""
        asked = {"code": code, "public_key": self.public_key}
        answer = (client or Client()).post("/api/devices/enrol", asked, content_type="application/json")
        self.device_id = answer.json().get("device_id", "")
        return answer

    def header(self, method: str, path: str, body: bytes = b"", ahead: float = 0) -> str:
        """The Authorization header of a request, by a clock that is so many seconds ahead."""
        moment = int((time.time() + ahead) * 1000)
        signature = self._key.sign(text_to_sign(method, path, moment, body), ECDSA(SHA256()))
        r, s = decode_dss_signature(signature)
        return f"Dancu-Device {self.device_id}:{moment}:{_text(r.to_bytes(32) + s.to_bytes(32))}"

    def send(self, *items: dict[str, Any], ahead: float = 0, **said: Any) -> Any:
        """What the server answers to these items."""
        content = {"made": self.made, "waiting": len(items), "items": list(items)} | said
        return self.ask("POST", "/api/devices/sync", content, ahead=ahead)

    def ask(
        self,
        method: str,
        path: str,
        content: Any = None,
        *,
        body: bytes | None = None,
        ahead: float = 0,
    ) -> Any:
        """A signed request."""
        sent = body if body is not None else json.dumps(content).encode() if content is not None else b""
        return Client().generic(
            method,
            path,
            sent,
            content_type="application/octet-stream" if method == "PUT" else "application/json",
            headers={"Authorization": self.header(method, path, sent, ahead)},
        )

    def item(self, kind: str, payload: dict[str, Any], shift: str = "", **changed: Any) -> dict[str, Any]:
        """Something that is done now, with the next counter."""
        self.made += 1
        made = changed.pop("id", None) or uuid7()
        at = moment_of(UUID(str(made)))
        return {
            "id": str(made),
            "kind": kind,
            "at": in_iso(at) if at else "",
            "counter": self.made,
            "shift": shift or None,
            "payload": payload,
        } | changed


def enrolled(acting: Any, station_id: int, name: str = "Telephone 1") -> Telephone:
    """A telephone of that station, enrolled by a code of this official."""
    telephone = Telephone()
    code = actions.make_code(acting, Place("station", station_id), name)
    device = actions.enrol(code, telephone.public_key, "test", "10.0.0.1")
    telephone.device_id = str(device["device_id"])
    return telephone


def shift_of(telephone: Telephone, acting: Any, station_id: int) -> str:
    """This officer works with it from now on."""
    device = lookups.device(UUID(telephone.device_id)).device
    shift = actions.begin_shift(acting, device, Place("station", station_id), f"of {acting.official_id}")
    return str(shift["shift_id"])


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _text(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()
