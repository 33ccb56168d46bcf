"""The server as operations.md says that it is to run: behind a proxy that speaks HTTPS, under names of its own."""

import urllib.request
from urllib.error import HTTPError

import pytest

from dancu.serving import server as serving


@pytest.mark.parametrize(
    "settings",
    [
        {"DANCU_HTTPS": "1"},
        {"DANCU_HOSTS": "dancu.example.vn"},
        {"DANCU_HTTPS": "1", "DANCU_HOSTS": "dancu.example.vn"},
    ],
    ids=" ".join,
)
def test_the_server_lives_under_the_settings_of_a_country(settings, monkeypatch):
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    port = serving.free_port()
    with serving.server(port, workers=1) as started:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/") as answer:  # as a load balancer asks
            assert answer.status == 200
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/.well-known/dancu-keys.json",
            headers={"Host": settings.get("DANCU_HOSTS", "localhost"), "X-Forwarded-Proto": "https"},
        )
        try:
            assert urllib.request.urlopen(request).status == 200
        except HTTPError as problem:  # the database of a test machine may be empty
            assert problem.code == 500, problem
        assert started.process.poll() is None
