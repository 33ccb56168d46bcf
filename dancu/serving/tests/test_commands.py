"""What `dancu serve` refuses to do."""

import pytest
from click.testing import CliRunner

from dancu.accounts.tests.factories import make_official
from dancu.serving.commands import serve

pytestmark = pytest.mark.django_db


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
    assert "to this machine alone" in said("--host", host)


def test_a_server_that_cannot_open_second_factors_does_not_begin(settings):
    make_official("chi", "commune_officer")
    settings.KEY_PASSPHRASE = "another"
    assert "is not the passphrase" in said()
