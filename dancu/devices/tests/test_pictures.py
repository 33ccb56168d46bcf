"""Pictures come in pieces, over whatever network, and are whole or not there."""

import random
from uuid import UUID

import pytest
from uuid_utils.compat import uuid7

from dancu.devices import lookups, pictures
from dancu.devices.errors import NotHereYet
from dancu.testing.database import rows
from dancu.testing.devices import sha256_of

pytestmark = pytest.mark.usefixtures("country")
PICTURE = random.Random(1).randbytes(600_000)


def put(telephone, begins: int, content: bytes, of: bytes = PICTURE, **more):
    path = f"/api/devices/pictures/{sha256_of(of)}?from={begins}&of={len(of)}"
    return telephone.ask("PUT", path, body=content)


def have(telephone, of: bytes = PICTURE) -> int:
    return telephone.ask("GET", f"/api/devices/pictures/{sha256_of(of)}").json()["have"]


def whole(acting, of: bytes = PICTURE) -> bytes:
    device_id = lookups.devices(acting)[0].device["device_id"]
    return lookups.picture(device_id, bytes.fromhex(sha256_of(of)))


def test_a_picture_is_there_when_its_last_piece_is(telephone, acting):
    for begins in range(0, len(PICTURE), 250_000):
        with pytest.raises(NotHereYet):
            whole(acting)
        assert have(telephone) == begins
        assert put(telephone, begins, PICTURE[begins : begins + 250_000]).status_code == 200
    assert whole(acting) == PICTURE


def test_pieces_that_come_twice_or_out_of_order_change_nothing(telephone, acting):
    assert put(telephone, 250_000, PICTURE[250_000:500_000]).json() == {"have": 0}
    assert put(telephone, 0, PICTURE[:250_000]).json() == {"have": 250_000}
    assert put(telephone, 0, b"other").json() == {"have": 250_000}
    put(telephone, 250_000, PICTURE[250_000:500_000])
    assert put(telephone, 500_000, PICTURE[500_000:]).json() == {"have": 600_000}
    assert whole(acting) == PICTURE


def test_pieces_of_another_picture_are_dropped(telephone):
    answer = put(telephone, 0, b"x" * 1000, of=b"y" * 1000)
    assert (answer.status_code, answer.json()["code"]) == (422, "wrong-hash")
    assert have(telephone, b"y" * 1000) == 0
    assert rows("SELECT count(*) FROM device_picture_piece") == [(0,)]


@pytest.mark.parametrize(
    "of, piece", [(9 << 20, 10), (1_000_000, 300_000), (0, 10)], ids=["whole", "piece", "nothing"]
)
def test_what_is_too_large_is_refused(telephone, of, piece):
    path = f"/api/devices/pictures/{'0' * 64}?from=0&of={of}"
    assert telephone.ask("PUT", path, body=b"x" * piece).status_code == 413


def test_pictures_that_nothing_names_are_bounded_and_forgotten(telephone, monkeypatch):
    monkeypatch.setattr(pictures, "_MOST_WAITING", 2)
    answers = [put(telephone, 0, b"a", of=bytes([nth]) * 10).status_code for nth in range(3)]
    assert answers == [200, 200, 413]
    rows("UPDATE device_picture SET changed_at = now() - interval '8 days'")
    pictures.forget_old()
    assert rows(
        "SELECT (SELECT count(*) FROM device_picture), (SELECT count(*) FROM device_picture_piece)"
    ) == [(0, 0)]


def test_a_forged_code_waits_for_its_photograph_and_is_reported_with_it(telephone, shift, picture):
    told = {"kind": "altered", "decision": "secondary", "code_text": "DC1:X", "picture": sha256_of(picture)}
    sent = telephone.item("incident", told, shift)
    assert telephone.send(sent).json()["answers"] == [{"id": sent["id"], "is": "later"}]
    put(telephone, 0, picture, of=picture)
    assert telephone.send(sent).json()["answers"] == [{"id": sent["id"], "is": "taken"}]
    ((small,),) = rows("SELECT picture FROM incident")
    assert bytes(small)[:2] == b"\xff\xd8"


def test_one_photograph_belongs_to_two_reports(telephone, shift, picture):
    told = {"kind": "altered", "decision": "secondary", "code_text": "DC1:X", "picture": sha256_of(picture)}
    put(telephone, 0, picture, of=picture)
    sent = [telephone.item("incident", told, shift) for _ in range(2)]
    assert [each["is"] for each in telephone.send(*sent).json()["answers"]] == ["taken", "taken"]


def test_a_report_whose_photograph_never_comes_is_taken_without_it_after_a_week(telephone, shift, picture):
    rows("UPDATE device_shift SET began_at = began_at - interval '9 days'")
    rows("UPDATE official_grant SET valid_from = valid_from - 10")
    told = {"kind": "altered", "decision": "secondary", "code_text": "DC1:X", "picture": sha256_of(picture)}
    late = UUID(int=uuid7().int - (8 * 86_400_000 << 80))
    answer = telephone.send(telephone.item("incident", told, shift, id=late)).json()["answers"]
    assert answer[0]["is"] == "taken"


@pytest.fixture
def picture() -> bytes:
    from io import BytesIO

    from PIL import Image

    made = BytesIO()
    Image.new("RGB", (40, 30), "red").save(made, "PNG")
    return made.getvalue()
