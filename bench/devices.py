"""What devices bring in, beside the same decisions pressed at the desk; what they carry, and how long that
takes to compare, with a hundred thousand withdrawn passes.
"""

import gzip
import json
import time
from collections.abc import Iterator
from uuid import UUID

import msgspec
from django.db import connection, transaction
from uuid_utils.compat import uuid7

from bench import country
from bench.figures import Figure
from dancu.checkpoints import actions as checkpoints
from dancu.checkpoints import ask_list
from dancu.checkpoints.codes import pass_code
from dancu.credentials import actions as credentials
from dancu.devices import actions, lookups
from dancu.devices.values import in_iso
from dancu.devices.wire import SyncRequest
from dancu.testing.devices import Telephone, enrolled, shift_of
from dancu.testing.officials import acting_as
from dancu.testing.travellers import declare
from dancu.values.ids import moment_of

_TRAVELLERS = 400  # each way; two batches
_WITHDRAWN = 100_000
_LIVE = 300_000
_TRAVELLING = """
WITH who AS (
    SELECT n, -n AS person_id, gen_random_uuid() AS declaration_id, 20000000000000000 + n AS pass_id
    FROM generate_series(1, %(passes)s) AS n
), declared AS (
    INSERT INTO declaration (
        person_id, declaration_id, declared_at, departs_on, arrives_on, origin_area, destination_area,
        birth_year, birth_month, birth_day, declared_by, number_kind, number, full_name, phone, reason,
        vehicle, plate, symptoms, outcome, levels, given_key)
    SELECT person_id, declaration_id, now() - interval '1 hour', current_date, current_date, 1, 1,
           1940 + n %% 70, 1 + n / 7 %% 12, 1 + n / 11 %% 28, 'self', 'pin', lpad(n::text, 12, '0'),
           'Lê Văn ' || n, '09' || lpad(n::text, 8, '0'), 'work', 'car', '51F-' || n,
           CASE WHEN n %% 33 = 0 THEN '{fever}' ELSE '{}' END::text[],
           CASE WHEN n %% 10 = 0 THEN 'differences' ELSE 'confirmed' END, '{}', n %% 4000
    FROM who
), passed AS (
    INSERT INTO pass (person_id, pass_id, declaration_id, issued_at, expires_at, qr_text)
    SELECT person_id, pass_id, declaration_id, now() - interval '1 hour', now() + interval '3 days', ''
    FROM who
)
INSERT INTO crossing (person_id, crossed_at, crossing_id, pass_id, station_id, direction, decision,
                      reason_code, official_id, declaration_id, origin_area, destination_area, vehicle)
SELECT person_id, now() - interval '30 minutes', gen_random_uuid(), pass_id, 1, 'in', 'secondary', 'fever',
       1, declaration_id, 1, 1, 'car'
FROM who WHERE n %% 333 = 0
"""


def measure(seconds: int) -> Iterator[Figure]:
    credentials.create_key("bundle")
    station = country.station()
    acting = acting_as(country.official("bench-officer", "checkpoint_officer"))
    telephone = enrolled(acting, station, f"Bench {uuid7()}"[:40])
    shift = shift_of(telephone, acting, station)
    device = next(
        each.device
        for each in lookups.devices(acting)
        if str(each.device["device_id"]) == telephone.device_id
    )
    pressed = _passes("P")
    began = time.perf_counter()
    for pass_id in pressed:
        checkpoints.record_crossing(
            acting,
            crossing_id=uuid7(),
            pass_id=pass_id,
            station_id=station,
            direction="in",
            decision="through",
        )
    by_hand = _TRAVELLERS / (time.perf_counter() - began)
    items = [_item(telephone, pass_id, shift) for pass_id in _passes("D")]
    began = time.perf_counter()
    for first in range(0, _TRAVELLERS, 200):
        batch = {"made": telephone.made, "waiting": _TRAVELLERS, "items": items[first : first + 200]}
        answer = actions.deliver(device, msgspec.json.decode(json.dumps(batch), type=SyncRequest), "", "")
        assert all(each.is_ == "taken" for each in answer.answers), answer.answers[0]
    delivered = _TRAVELLERS / (time.perf_counter() - began)
    yield Figure("devices.delivered", delivered, "a second", by_hand, _TRAVELLERS)
    yield from _carried(device)
    yield from _asked()


def _carried(device: lookups.Device) -> Iterator[Figure]:
    """The whole bundle, compressed, and what comparing costs where nothing changed, beside the first time."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO pass (person_id, pass_id, declaration_id, issued_at, expires_at, qr_text) "
                "SELECT -n, 10000000000000000 + n, gen_random_uuid(), now(), now() + interval '3 days', '' "
                f"FROM generate_series(1, {_WITHDRAWN}) AS n"
            )
            cursor.execute(
                "INSERT INTO revocation (person_id, pass_id, revoked_at, revoked_by, reason) "
                f"SELECT -n, 10000000000000000 + n, now(), 0, '' FROM generate_series(1, {_WITHDRAWN}) AS n"
            )
        first, whole = _compared(device)
        again, whole = _compared(device)
        yield Figure("devices.compared_again", again, "ms", first, 1)
        entries = {code: part.entries for code, part in whole.parts.items()}
        size = len(gzip.compress(msgspec.json.encode(entries), 6))
        yield Figure("devices.bundle_compressed", size / 1e6, "MB", 1.0, 1)
        transaction.set_rollback(True)


def _asked() -> Iterator[Figure]:
    """Looking for the passes to ask about, which is done once a minute, beside reading the declarations of
    all that have time left; and how large the list is, compressed. Of 300,000 passes 3 in a hundred declared
    an illness, 10 did not agree in full, 3 in a thousand were stopped.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_TRAVELLING, {"passes": _LIVE})
        cursor.execute("ANALYZE pass, declaration, crossing")
        began = time.perf_counter()
        cursor.execute(
            "SELECT p.pass_id, d.* FROM pass p JOIN declaration d USING (person_id, declaration_id) "
            "WHERE p.expires_at > now()"
        )
        cursor.fetchall()
        read = (time.perf_counter() - began) * 1e3
        began = time.perf_counter()
        asked = ask_list.to_ask_about("", 0)
        yield Figure("devices.to_ask_about", (time.perf_counter() - began) * 1e3, "ms", read, len(asked))
        size = len(gzip.compress(msgspec.json.encode([[key, str(why)] for key, why in asked.items()]), 6))
        yield Figure("devices.asked_compressed", size / 1e6, "MB", 1.0, len(asked))
        transaction.set_rollback(True)


def _compared(device: lookups.Device) -> tuple[float, lookups.Bundle]:
    """How long it takes, in ms, to compare all parts with what they are made of and to give them whole."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE bundle_part SET checked_at = '-infinity'")
    began = time.perf_counter()
    whole = lookups.bundle(device, {})
    return (time.perf_counter() - began) * 1e3, whole


def _passes(salt: str) -> list[int]:
    """Of travellers of whom nothing else is known."""
    words = (
        "An Bình Chi Dung Giang Hà Hải Hạnh Hiền Hoa Huy Khánh Lan Linh Long Mai Minh Nam Nga Ngọc".split()
    )
    names = [f"Lê {one} {two}" for one in words for two in words][:_TRAVELLERS]
    telephones = (f"09{ord(salt):02d}{nth:06d}" for nth in range(_TRAVELLERS))
    return [
        declare(full_name=name, number_kind="none", number="", phone=phone).pass_id
        for name, phone in zip(names, telephones, strict=True)
    ]


def _item(telephone: Telephone, pass_id: int, shift: str) -> dict[str, object]:
    told = {"pass": pass_code(pass_id), "decision": "through", "direction": "in", "shown": "amber"}
    made = uuid7()
    at = moment_of(UUID(str(made)))
    assert at
    return telephone.item("crossing", told, shift, id=made, at=in_iso(at))
