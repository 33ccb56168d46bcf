"""What `dancu serve` refuses to do."""

import os
import subprocess
import sys
from contextlib import nullcontext
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from django.db import connection

from dancu.register import lookups as register
from dancu.serving.commands import serve
from dancu.testing.officials import make_official
from dancu.testing.people import someone

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_is_served(monkeypatch):
    """Where it does not refuse, it ends."""
    monkeypatch.setattr(
        "dancu.serving.server.server", lambda *_arguments: nullcontext(SimpleNamespace(watch=lambda: None))
    )
    monkeypatch.setattr("signal.signal", lambda *_arguments: None)


def said(*arguments: str) -> str:
    done = CliRunner().invoke(serve, ["--port", "1", *arguments])
    assert done.exit_code == 1
    return done.output


def test_a_country_s_limits_need_the_address_of_who_calls(settings):
    settings.HTTPS, settings.CLIENT_ADDRESS_HEADER = True, ""
    assert "DANCU_CLIENT_ADDRESS_HEADER" in said()


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::"])
def test_a_demo_is_for_one_machine(settings, host):
    settings.DEMO = True
    assert "to this machine only" in said("--host", host)


def test_a_server_that_cannot_open_second_factors_does_not_begin(settings):
    make_official("chi", "commune_officer")
    settings.KEY_PASSPHRASE = "another"
    assert "is not the passphrase" in said()


def began_with(file: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO import_run VALUES (gen_random_uuid(), %s, '', clock_timestamp(), "
            "clock_timestamp(), 1, 1, 0, 0)",
            [file],
        )


def test_a_demo_is_not_served_from_a_register_of_real_people(settings, published_areas):
    settings.DEMO = True
    someone()
    assert "was not created as a demo" in said()
    began_with("population-2026.parquet")
    began_with("demo-5000.parquet")
    assert "was not created as a demo" in said()


def test_a_demo_knows_its_own_register_and_an_empty_one(published_areas):
    assert register.is_a_demos()
    began_with("demo-5000.parquet")
    someone()
    assert register.is_a_demos()


def test_no_name_but_this_machine_s_is_allowed_unless_named():
    environment = {name: value for name, value in os.environ.items() if name != "DANCU_HOSTS"}
    asked = "from django.conf import settings; print(settings.ALLOWED_HOSTS)"
    told = subprocess.check_output(
        [sys.executable, "-c", asked],
        env=environment | {"DJANGO_SETTINGS_MODULE": "dancu.settings", "DANCU_SECRET_KEY": "x"},
        text=True,
    )
    assert told.strip() == "['127.0.0.1', 'localhost', '[::1]']"
