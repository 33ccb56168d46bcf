from datetime import UTC, datetime, timedelta

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dancu.credentials import actions, envelope, errors, lookups

NOON = datetime(2021, 8, 11, 12, tzinfo=UTC)
PASS = {
    1: "VN",
    4: int((NOON + timedelta(hours=72)).timestamp()),
    6: int(NOON.timestamp()),
    -260: {1: {"n": "Nguyễn Văn An", "b": "2000-02-15", "p": "079200001234"}},
}
WITH_KEY = settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def test_what_was_signed_is_read_back_with_its_key(key):
    verified = lookups.verify("pass", actions.sign("pass", PASS), NOON)
    assert verified == lookups.Verified(PASS, key)


def test_a_message_is_a_tagged_cose_sign1_as_any_other_program_reads_it(key):
    message = cbor2.loads(actions.sign("pass", PASS))
    assert message.tag == 18
    protected, unprotected, payload, signature = message.value
    assert (cbor2.loads(protected), unprotected) == ({1: -7, 4: key}, {})
    assert payload == cbor2.dumps(PASS, canonical=True)
    assert len(signature) == 64


def test_a_message_without_its_tag_is_accepted(key):
    untagged = actions.sign("pass", PASS).removeprefix(b"\xd2")
    assert lookups.verify("pass", untagged, NOON).payload == PASS


@pytest.mark.parametrize(
    ("hours", "refusal"),
    [(-1, errors.NotYetValid), (0, None), (72, None), (73, errors.Expired), (-9999, errors.NotYetValid)],
)
def test_it_counts_from_its_issue_to_its_expiry_both_included(key, hours, refusal):
    message = actions.sign("pass", PASS)
    if refusal is None:
        assert lookups.verify("pass", message, NOON + timedelta(hours=hours)).payload == PASS
    else:
        with pytest.raises(refusal):
            lookups.verify("pass", message, NOON + timedelta(hours=hours))


def test_times_may_have_fractions(key):
    payload = {4: NOON.timestamp() + 0.75, 6: NOON.timestamp() + 0.25}
    message = actions.sign("pass", payload)
    assert lookups.verify("pass", message, NOON + timedelta(seconds=0.5)).payload == payload
    with pytest.raises(errors.NotYetValid):
        lookups.verify("pass", message, NOON)


def test_a_message_of_another_usage_is_not_a_pass(key):
    actions.create_key("certificate")
    certificate = actions.sign("certificate", PASS)
    assert lookups.verify("certificate", certificate, NOON).payload == PASS
    with pytest.raises(errors.UnknownKey):
        lookups.verify("pass", certificate, NOON)


def test_a_strangers_well_formed_message_has_an_unknown_key(key):
    stranger = envelope.write(
        b"stranger", cbor2.dumps(PASS, canonical=True), generate_private_key(SECP256R1())
    )
    with pytest.raises(errors.UnknownKey):
        lookups.verify("pass", stranger, NOON)


def test_a_stranger_who_names_our_key_has_a_signature_that_does_not_match(key):
    stranger = envelope.write(key, cbor2.dumps(PASS, canonical=True), generate_private_key(SECP256R1()))
    with pytest.raises(errors.Altered):
        lookups.verify("pass", stranger, NOON)


def test_another_payload_under_the_same_signature_is_altered(key):
    message = actions.sign("pass", PASS)
    assert message.count(b"079200001234") == 1
    with pytest.raises(errors.Altered):
        lookups.verify("pass", message.replace(b"079200001234", b"079200001235"), NOON)


def test_the_twin_of_a_signature_does_not_count(key):
    """ECDSA accepts (r, s) and (r, n - s); a credential has one spelling, so that it can be told from its
    copies.
    """
    message = actions.sign("pass", PASS)
    s = int.from_bytes(message[-32:])
    with pytest.raises(errors.Altered):
        lookups.verify("pass", message[:-32] + (envelope._ORDER - s).to_bytes(32), NOON)


def test_no_flipped_bit_goes_unnoticed(key):
    message = actions.sign("pass", PASS)
    for bit in range(8 * len(message)):
        flipped = bytearray(message)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises(errors.NotAccepted):
            lookups.verify("pass", bytes(flipped), NOON)


def test_no_part_and_no_extension_of_a_message_counts(key):
    message = actions.sign("pass", PASS)
    for length in range(len(message)):
        with pytest.raises(errors.NotAccepted):
            lookups.verify("pass", message[:length], NOON)
    for more in (b"\0", b"\xf6", message):
        with pytest.raises(errors.NotAccepted):
            lookups.verify("pass", message + more, NOON)


@WITH_KEY
@given(st.binary(max_size=400))
def test_any_other_bytes_are_not_a_credential(key, data):
    with pytest.raises(errors.NotACredential):
        lookups.verify("pass", data, NOON)


@WITH_KEY
@given(st.lists(st.tuples(st.integers(0, 2**20), st.integers(1, 255)), min_size=1, max_size=6), st.booleans())
def test_any_damage_to_a_message_is_refused(key, damage, tagged):
    message = actions.sign("pass", PASS)[0 if tagged else 1 :]
    damaged = bytearray(message)
    for place, change in damage:
        damaged[place % len(damaged)] ^= change
    if bytes(damaged) != message:
        with pytest.raises(errors.NotAccepted):
            lookups.verify("pass", bytes(damaged), NOON)


@WITH_KEY
@given(
    st.dictionaries(
        st.integers(-300, 300).filter(lambda label: label not in (4, 6)),
        st.recursive(
            st.none()
            | st.booleans()
            | st.integers()
            | st.text(max_size=9)
            | st.binary(max_size=9)
            | st.floats(allow_nan=False),
            lambda inner: (
                st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4)
            ),
            max_leaves=12,
        ),
        max_size=6,
    ),
    st.integers(0, 4_000_000_000),
    st.integers(0, 31 * 86_400),
)
def test_every_payload_comes_back_as_it_was(key, payload, issued, life):
    payload |= {6: issued, 4: issued + life}
    at = datetime.fromtimestamp(issued, UTC)
    assert lookups.verify("pass", actions.sign("pass", payload), at).payload == payload


@pytest.mark.parametrize(
    "nested", [b"\x81" * 2000, b"\xd2" * 2000, b"\x84" + b"\x9f" * 2000, b"\xbf" * 2000, b"\xd2\x84" * 999]
)
def test_deep_nesting_is_not_a_credential(key, nested):
    with pytest.raises(errors.NotACredential):
        lookups.verify("pass", nested, NOON)


def test_a_message_of_a_megabyte_is_not_a_credential(key):
    with pytest.raises(errors.NotACredential):
        lookups.verify("pass", actions.sign("pass", PASS) + bytes(1_000_000), NOON)


def test_what_does_not_fit_into_one_qr_code_is_not_signed(key):
    with pytest.raises(errors.TooLong, match="2200"):
        actions.sign("pass", PASS | {7: bytes(2_200)})


@pytest.mark.parametrize(
    "times",
    [
        {},
        {4: 1},
        {6: 1},
        {4: 1, 6: 2},
        {4: "2", 6: 1},
        {4: True, 6: False},
        {4: float("nan"), 6: 0},
        {4: float("inf"), 6: 0},
        {4: 5, 6: -5},
        {4: None, 6: None},
        {4: 10**18, 6: 10**18},
    ],
)
def test_a_payload_without_sound_times_is_not_signed(key, times):
    with pytest.raises(errors.BadClaims):
        actions.sign("pass", times)


def test_a_pass_that_would_outlive_its_key_is_not_signed(key):
    with pytest.raises(errors.LivesTooLong):
        actions.sign("pass", {6: 0, 4: 32 * 86_400})


def test_a_payload_that_cbor_cannot_write_is_not_signed(key):
    circle: list = []
    circle.append(circle)
    for value in (object(), circle, datetime(2021, 8, 11)):
        with pytest.raises(errors.CannotBeWritten):
            actions.sign("pass", PASS | {7: value})


def test_a_signed_payload_without_times_is_not_a_credential(key):
    """Nothing of ours signs such a payload, but an older or another program with our key may have."""
    from dancu.credentials import keyring

    kid, private = keyring.signer("pass")
    for payload in (b"\xff", b"\xa0", b"\x01", b"\xc5\x82\x1a\x3b\x9a\xca\x00\x01", b"\x81" * 1000):
        with pytest.raises(errors.NotACredential):
            lookups.verify("pass", envelope.write(kid, payload, private), NOON)
