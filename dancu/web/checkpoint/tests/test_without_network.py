"""The page that browsers keep for when there is no network is nobody's, and whole."""

import re

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db


def kept(language: str, client: Client | None = None):
    return (client or Client()).get(reverse("checkpoint:offline", args=[language]))


@pytest.mark.parametrize(
    ("language", "words"), [("vi", "Mã PIN của thiết bị này"), ("en", "PIN of this device")]
)
def test_each_language_has_its_own_whatever_the_browser_asks_for(language, words):
    page = kept(language).content.decode()
    assert words in page and f'<html lang="{language}"' in page


def test_it_is_the_same_each_time_and_bears_nothing_of_whoever_asks(country, binh):
    here = Client()
    here.force_login(binh)
    first, again, theirs = kept("vi"), kept("vi"), kept("vi", here)
    assert first["Dancu-Version"] == again["Dancu-Version"] == theirs["Dancu-Version"]
    assert first.content == theirs.content
    assert "csrf" not in first.content.decode().lower()
    assert binh.full_name not in theirs.content.decode()


def test_another_language_has_another_version_and_none_else_is_there():
    assert kept("vi")["Dancu-Version"] != kept("en")["Dancu-Version"]
    assert kept("fr").status_code == 404


def test_all_that_it_loads_is_among_the_files():
    page = kept("vi").content.decode()
    files = set(Client().get(reverse("checkpoint:offline-files")).json()["files"])
    loaded = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page))
    assert loaded and loaded <= files
    assert any("scan-worker" in file for file in files) and any(file.endswith(".wasm") for file in files)


def test_it_is_not_taken_from_a_browsers_own_memory():
    assert kept("vi")["Cache-Control"] == Client().get(reverse("checkpoint:offline-files"))["Cache-Control"]
    assert "default-src 'self'" in kept("vi")["Content-Security-Policy"]


def test_a_telephone_may_install_the_desk():
    told = Client().get(reverse("checkpoint:manifest"))
    assert told["Content-Type"] == "application/manifest+json"
    assert told.json()["start_url"] == told.json()["scope"] == reverse("checkpoint:home")
