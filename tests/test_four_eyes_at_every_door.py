"""One administrator, and every other official alone, tries every page, endpoint and command: nobody is
let in or lets anybody do more.
"""

import ast
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.test import Client
from django.urls import resolve, reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from dancu.accounts import actions, lookups, proposals, waiting
from dancu.accounts.commands import officials
from dancu.accounts.duties import ROLES
from dancu.accounts.models import Grant, Official
from dancu.accounts.tokens import create_token
from dancu.testing.officials import acting_as, agreed, make_official, signed_in
from tests.test_every_url_with_every_role import PAGES, Page

HOUSE = Path(__file__).resolve().parents[1]
DEEDS = {"grant_role", "reset_password", "reset_second_factor", "unlock", "Agreed"}
MAY_DO_THEM = {  # what two agreed on; the machine's command line; a country that is no country
    "dancu/accounts/proposals.py",
    "dancu/accounts/commands.py",
    "dancu/demo/preparing.py",
}
SENT = {  # whatever any of the forms asks for
    "why": "I say so",
    "answer": "I say so",
    "role": "data_steward",
    "kind": "nation",
    "username": "ghost",
    "full_name": "Ghost",
    "phone": "",
    "password": "bốn-con-gà-mái-ri",
    "again": "bốn-con-gà-mái-ri",
    "confirmed": "1",
    "next": "/office/",
    "grant": "1",
}


def keys_of_all() -> dict[str, object]:
    """What lets officials in, and what they may do; locked accounts are left out, which one may lock."""
    return {
        "grants": set(
            Grant.objects.filter(ended_at=None).values_list("official_id", "role", "jurisdiction_kind")
        ),
        "passwords": set(Official.objects.values_list("username", "password")),
        "devices": set(TOTPDevice.objects.filter(confirmed=True).values_list("user_id", "key")),
        "open": set(Official.objects.filter(is_active=True).values_list("username", flat=True)),
    }


def opened(before: dict[str, object], after: dict[str, object]) -> dict[str, object]:
    """What is there that was not there before, but for accounts without a password."""
    new = {kind: after[kind] - before[kind] for kind in before}
    new["passwords"] = {
        (name, password) for name, password in new["passwords"] if not password.startswith("!")
    }
    new["open"] -= {"ghost"}
    return {kind: found for kind, found in new.items() if found}


def addresses(page: Page, there: dict[str, list[object]]) -> list[str]:
    """The page's address with whatever is there."""
    parts = resolve(page.path).kwargs
    found = [{}]
    for part, sample in parts.items():
        found = [given | {part: value} for given in found for value in there.get(part, [sample])]
    return [reverse(page.name, kwargs=given) for given in found]


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_on_no_page_does_one_alone_open_anything(role):
    alone, chi, closed = (
        make_official("alone", role),
        make_official("chi", "commune_officer"),
        make_official("closed", "vaccinator"),
    )
    giang, khanh = make_official("giang", "administrator"), make_official("khanh", "administrator")
    actions.lock(None, closed.pk)
    proposer = alone if role == "administrator" else giang
    ghost = Official.objects.get(pk=actions.create_official(acting_as(giang), "second", "Second").official_id)
    agreed(giang, khanh, ghost.pk, "role", "administrator", "nation")
    waits = [proposals.propose_role(acting_as(proposer), chi.pk, "data_steward", "nation", why="I say so")]
    waits += [
        proposals.propose(acting_as(proposer), chi.pk, kind, "I say so")
        for kind in ("password", "authenticator")
    ]
    waits += [proposals.propose(acting_as(proposer), closed.pk, "unlock", "I say so")]
    there = {
        "official_id": [chi.pk, closed.pk, alone.pk, ghost.pk],
        "proposal_id": waits,
        "change": ["lock", "forgive", "unlock", "password", "authenticator"],
        "decision": ["confirm"] if role == "administrator" else ["confirm", "refuse", "withdraw"],
        "grant_id": [999_999],
    }
    before = keys_of_all()
    client = Client(raise_request_exception=False)
    sent = 0
    for page in PAGES:
        if "sign-in" in page.path or page.name in ("office:sign-out", "office:password"):
            continue
        for address in addresses(page, there):
            signed_in(client, alone)
            client.post(address, SENT)
            sent += 1
    assert sent > 100
    assert opened(before, keys_of_all()) == {}
    if role == "administrator":
        assert {waiting.proposal(each).state for each in waits} == {"open"}
        assert {each.kind for each in waiting.of_official(ghost.pk) if each.waits} == set(proposals.KINDS)


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_no_endpoint_opens_anything_for_a_system(role):
    system = make_official("system", role)
    token = create_token(system.pk, lookups.grants(system.pk)[0].grant_id, "a system")
    before = keys_of_all()
    for page in PAGES:
        for method in ("post", "put", "patch", "delete"):
            getattr(Client(raise_request_exception=False), method)(
                page.path,
                '{"role": "data_steward"}',
                "application/json",
                headers={"Authorization": f"Bearer {token}"},
            )
    assert opened(before, keys_of_all()) == {}


@pytest.mark.django_db
@pytest.mark.parametrize("command", sorted(officials.commands))
def test_a_command_that_opens_something_leaves_it_for_all_administrators_to_see(command):
    for name in ("chi", "dung"):
        make_official(name, "vaccinator" if name == "dung" else "commune_officer")
    actions.lock(None, lookups.official_named("chi").pk)
    seen, before = len(waiting.decided_lately()), keys_of_all()
    words = {
        "create": ["ghost", "--name", "Ghost", "--role", "data_steward"],
        "grant": ["chi", "--role", "data_steward"],
        "reset": ["chi", "--second-factor"],
        "token": ["dung", "a system"],
        "end-token": ["dung", "a system"],
        "list": [],
        "proposals": [],
    }.get(command, ["chi"])
    asks_why = any(option.name == "why" for option in officials.commands[command].params)
    CliRunner().invoke(officials, [command, *words, *(["--why", "I say so"] if asks_why else [])])
    new = opened(before, keys_of_all())
    assert bool(new) == (command in ("grant", "reset", "unlock", "create"))
    if new:
        assert asks_why
        assert len(waiting.decided_lately()) > seen


def test_nothing_else_in_the_house_does_what_takes_two():
    found = set()
    for file in (HOUSE / "dancu").rglob("*.py"):
        where = str(file.relative_to(HOUSE))
        if {"tests", "testing"}.intersection(file.parts) or where in (
            *MAY_DO_THEM,
            "dancu/accounts/actions.py",
            "dancu/accounts/eyes.py",
        ):
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            name = (
                node.attr
                if isinstance(node, ast.Attribute)
                else node.id
                if isinstance(node, ast.Name)
                else ""
            )
            if name in DEEDS:
                found.add(f"{where}:{getattr(node, 'lineno', 0)} {name}")
    assert not found
