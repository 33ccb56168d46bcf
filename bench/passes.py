"""Passes signed and verified per second on one core, beside bare ES256 of the same library."""

import datetime as dt
import time
from collections.abc import Callable, Iterator

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.utils import timezone

from bench.figures import Figure
from dancu.areas import lookups as areas
from dancu.checkpoints import passes
from dancu.checkpoints.codes import new_pass_id
from dancu.checkpoints.journeys import Journey
from dancu.matching.lookups import PartialDate


def measure(seconds: int) -> Iterator[Figure]:
    home, there = (areas.find(name, level=areas.COMMUNE)[0].area_id for name in ("Sài Gòn", "Ninh Kiều"))
    today = timezone.localdate()
    journey = Journey(
        full_name="Nguyễn Thị Thanh Tuyền",
        birth=PartialDate(1990, 5, 12),
        number_kind="pin",
        number="079190001234",
        origin_area=home,
        destination_area=there,
        departs_on=today,
        arrives_on=today + dt.timedelta(1),
        reason="home",
        vehicle="motorbike",
        plate="51F-12345",
    )
    now = timezone.now()
    text = passes.seal(new_pass_id(), journey, True, now)
    key = ec.generate_private_key(ec.SECP256R1())
    signature = key.sign(b"x" * 150, ec.ECDSA(hashes.SHA256()))
    public = key.public_key()
    each = max(1.0, seconds / 4)
    bare_sign = _rate(lambda: key.sign(b"x" * 150, ec.ECDSA(hashes.SHA256())), each)
    bare_verify = _rate(lambda: public.verify(signature, b"x" * 150, ec.ECDSA(hashes.SHA256())), each)
    issue = _rate(lambda: passes.seal(new_pass_id(), journey, True, now), each)
    verify = _rate(lambda: passes.unseal(text, now), each)
    yield Figure("passes.issued_per_second_core", issue[0], "pass/s", bare_sign[0], issue[1])
    yield Figure("passes.verified_per_second_core", verify[0], "pass/s", bare_verify[0], verify[1])
    yield Figure("passes.qr_text_length", len(text), "characters", 400, 1)


def _rate(work: Callable[[], object], seconds: float) -> tuple[float, int]:
    work()
    done, began = 0, time.perf_counter()
    while (took := time.perf_counter() - began) < seconds:
        work()
        done += 1
    return done / took, done
