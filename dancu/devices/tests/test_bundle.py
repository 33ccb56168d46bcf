"""What a device carries: the differences give the same as the whole, and the signature says so."""

import gzip
import json
from base64 import urlsafe_b64decode

import cbor2
import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dancu.checkpoints import actions as checkpoints
from dancu.checkpoints.codes import pass_code
from dancu.credentials import lookups as credentials
from dancu.devices import bundle as bundles
from dancu.devices import lookups
from dancu.devices.bundle import digest_of
from dancu.devices.values import Place
from dancu.modules import BundlePart
from dancu.testing.database import rolled_back, rows
from dancu.testing.travellers import declare

pytestmark = pytest.mark.usefixtures("country")
CONTENT: dict[str, object] = {}


def content(_kind: str, _number: int) -> dict[str, object]:
    return CONTENT


def looked_at_anew() -> None:
    rows("UPDATE bundle_part SET checked_at = '-infinity'")


class Carrier:
    """What a device does with what it is sent."""

    def __init__(self, telephone) -> None:
        self.telephone = telephone
        self.parts: dict[str, dict[str, str]] = {}
        self.numbers: dict[str, int] = {}
        self.manifest: dict = {}

    def ask(self) -> dict:
        have = ",".join(f"{part}.{number}" for part, number in self.numbers.items())
        answer = self.telephone.ask("GET", f"/api/devices/bundle?have={have}").json()
        message = urlsafe_b64decode(answer["manifest"] + "==")
        self.manifest = credentials.verify("bundle", message, timezone.now()).payload
        for code, part in answer["parts"].items():
            there = (
                self.parts.setdefault(code, {})
                if part["from"]
                else self.parts.__setitem__(code, {}) or self.parts[code]
            )
            for key, value in part["entries"]:
                there.pop(key, None)
                if value is not None:
                    there[key] = value
            self.numbers[code] = part["to"]
        for code, (number, digest) in self.manifest[201].items():
            assert (self.numbers[code], digest_of(self.parts[code])) == (number, digest), code
        return answer["parts"]


@pytest.fixture
def carrier(telephone) -> Carrier:
    return Carrier(telephone)


def test_a_new_device_gets_all_that_its_place_carries(carrier, station):
    carrier.ask()
    assert {"keys", "withdrawn", "areas", "reasons"} <= set(carrier.parts)
    assert carrier.manifest[200] == ["station", station]
    assert json.loads(carrier.parts["areas"]["26740"])[1] == "Thành phố Hồ Chí Minh"
    assert {json.loads(key)["usage"] for key in carrier.parts["keys"].values()} >= {"pass"}
    assert ["fever", {"vi": "Sốt hoặc có triệu chứng khác", "en": "Fever or other symptoms"}] in json.loads(
        carrier.parts["reasons"]["secondary"]
    )


def test_a_reason_that_answers_what_a_device_does_not_know_is_not_offered(carrier):
    carrier.ask()
    assert "other_person" not in {code for code, _words in json.loads(carrier.parts["reasons"]["through"])}


def test_asked_again_a_device_gets_what_changed_and_nothing_else(carrier, an, acting):
    first, second = (
        declare(),
        declare(full_name="Trần Thị Bích", number_kind="none", number="", phone="0912345678"),
    )
    checkpoints.revoke_pass(first.pass_id, acting=acting, reason="lost")
    carrier.ask()
    assert carrier.parts["withdrawn"] == {pass_code(first.pass_id): '"revoked"'}
    checkpoints.revoke_pass(second.pass_id, acting=acting, reason="lost")
    looked_at_anew()
    parts = carrier.ask()
    assert parts["withdrawn"]["entries"] == [[pass_code(second.pass_id), '"revoked"']]
    assert parts["areas"]["entries"] == []


def test_what_is_over_goes_from_the_device(carrier, an, acting):
    declared = declare()
    checkpoints.revoke_pass(declared.pass_id, acting=acting, reason="lost")
    carrier.ask()
    rows("UPDATE pass SET expires_at = now() - interval '1 minute'")
    looked_at_anew()
    assert carrier.ask()["withdrawn"]["entries"] == [[pass_code(declared.pass_id), None]]
    assert carrier.parts["withdrawn"] == {}


def test_whoever_was_away_for_longer_than_gone_entries_are_kept_gets_everything(carrier, an, acting):
    declared = declare()
    checkpoints.revoke_pass(declared.pass_id, acting=acting, reason="lost")
    carrier.ask()
    rows("UPDATE pass SET expires_at = now() - interval '1 minute'")
    looked_at_anew()
    lookups.bundle(lookups.devices(acting)[0].device, {})
    rows("UPDATE bundle_entry SET changed_at = now() - interval '8 days'")
    bundles.forget_gone()
    assert carrier.ask()["withdrawn"]["from"] == 0
    assert carrier.parts["withdrawn"] == {}


def test_a_number_that_nobody_gave_gets_everything(carrier):
    carrier.numbers = {"areas": 10**12}
    carrier.parts = {"areas": {"nonsense": "1"}}
    assert carrier.ask()["areas"]["from"] == 0
    assert "nonsense" not in carrier.parts["areas"]


def test_what_nobody_changed_is_not_looked_at_again_within_its_time(carrier, an, acting):
    carrier.ask()
    checkpoints.revoke_pass(declare().pass_id, acting=acting, reason="lost")
    assert carrier.ask()["withdrawn"]["entries"] == []


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.dictionaries(st.text("aé𝕏\ue000|\t", min_size=1, max_size=3), st.integers(0, 3), max_size=6),
        min_size=1,
        max_size=6,
    ),
    st.data(),
)
def test_differences_give_the_same_as_the_whole_whenever_a_device_asks(
    country, station, acting, contents, data
):
    place = Place("station", station)
    with rolled_back():
        part = BundlePart(f"{__name__}:content")
        have, there = 0, {}
        for each in contents:
            CONTENT.clear()
            CONTENT.update(each)
            looked_at_anew()
            bundles._refresh("trial", part, place)
            if data.draw(st.booleans()):
                (stored,) = bundles._sql.all(
                    "changes", parts=["trial"], kinds=["station"], numbers=[station], have=[have]
                )
                there = there if stored["since"] else {}
                for key, value in zip(stored["keys"], stored["texts"], strict=True):
                    there.pop(key, None)
                    if value is not None:
                        there[key] = value
                have = stored["sequence"]
                assert there == {key: json.dumps(value) for key, value in each.items()}
                assert digest_of(there) == bytes(stored["digest"])


def test_the_digest_is_of_utf_16_code_units_in_order():
    private_use, astral = "\ue000", "𝕏"  # U+E000 comes after the surrogates of U+1D54F
    assert digest_of({private_use: "1", astral: "2"}) == digest_of({astral: "2", private_use: "1"})
    import hashlib

    assert (
        digest_of({private_use: "1", astral: "2"})
        == hashlib.sha256(f"{astral}\t2\n{private_use}\t1\n".encode()).digest()
    )


def test_the_manifest_is_a_credential_as_passes_are(telephone):
    answer = telephone.ask("GET", "/api/devices/bundle").json()
    message = urlsafe_b64decode(answer["manifest"] + "==")
    assert message[:1] == b"\xd2"
    assert set(cbor2.loads(cbor2.loads(message).value[2])) == {4, 6, 200, 201}


def test_the_bundle_is_sent_compressed_to_who_takes_it(telephone, client):
    path = "/api/devices/bundle"
    headers = {"Authorization": telephone.header("GET", path), "Accept-Encoding": "gzip, br"}
    small, whole = client.get(path, headers=headers), telephone.ask("GET", path)
    assert (small["Content-Encoding"], len(small.content) * 3 < len(whole.content)) == ("gzip", True)
    assert json.loads(gzip.decompress(small.content))["parts"] == whole.json()["parts"]
