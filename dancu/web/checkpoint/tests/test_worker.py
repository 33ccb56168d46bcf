"""The service worker of the checkpoint's pages."""

import pytest
from django.test import Client
from django.urls import reverse

from dancu.web import build
from dancu.web.static_files import NotBuilt


def test_anybody_gets_the_worker_that_was_built_last_and_asks_for_it_again() -> None:
    answer = Client().get(reverse("checkpoint:worker"))
    built = (build.BUILT / build.names()["device-worker.js"]).read_bytes()

    assert answer.content == built
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer["Cache-Control"] == "no-cache"


def test_its_scope_is_the_checkpoints_pages() -> None:
    assert reverse("checkpoint:worker") == reverse("checkpoint:home") + "worker.js"


def test_where_nothing_is_built_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "names", dict)
    with pytest.raises(NotBuilt, match="built"):
        Client().get(reverse("checkpoint:worker"))
