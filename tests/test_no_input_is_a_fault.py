"""Hostile values everywhere (tests/fuzzing.py): a minute here, longer with bin/fuzz."""

import os

import pytest
from django.test import Client

from dancu.accounts import lookups as accounts
from dancu.accounts import quotas, reading
from dancu.accounts.duties import ROLES
from dancu.accounts.tokens import create_token
from dancu.testing.officials import make_official, signed_in
from dancu.testing.travellers import commune, my_thuan
from dancu.web.citizen import limits
from tests.fuzzing import Fuzzer
from tests.journeys import country
from tests.journeys.everywhere import something_everywhere

pytestmark = pytest.mark.django_db
KINDS = {"area": lambda: commune("Phường Ninh Kiều, Cần Thơ"), "station": my_thuan, "facility": lambda: 7}


def test_nothing_that_is_sent_is_answered_with_a_fault(published_areas, monkeypatch):
    for name in ("PER_ADDRESS", "PER_NUMBER", "PER_SESSION", "CODES_PER_ADDRESS", "PICTURES_PER_ADDRESS"):
        monkeypatch.setattr(limits, name, 10**6)
    monkeypatch.setattr(reading, "MOST_AN_HOUR", 10**6)
    quotas.forget()
    small = country.found()
    there = something_everywhere(small, small.chi)
    clients = {"nobody": Client(raise_request_exception=False)}
    for role in ROLES:
        kind = ROLES[role].jurisdictions[0]
        official = make_official(
            f"fuzz.{role.replace('_', '.')}", role, *((kind, KINDS[kind]()) if kind in KINDS else ())
        )
        clients[role] = signed_in(Client(raise_request_exception=False), official)
    system = make_official("fuzz.system", "vaccinator")
    token = create_token(system.pk, accounts.grants(system.pk)[0].grant_id, "fuzz")
    seed = int(os.environ.get("DANCU_FUZZ_SEED", "29"))
    fuzzer = Fuzzer(clients, there, token, seed)
    fuzzer.run(float(os.environ.get("DANCU_FUZZ_SECONDS", "45")))
    print(f"\nseed {seed}: {fuzzer.tried} requests, {len(fuzzer.faults)} faults")
    assert fuzzer.tried > 50
    assert not fuzzer.faults, "\n\n".join(f"{f.who}: {f.sent}\n{f.why}" for f in fuzzer.faults[:10])
