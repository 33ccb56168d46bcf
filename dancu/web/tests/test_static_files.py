"""Styles and scripts: named by their content, sent compressed, kept for ever; and what a citizen waits
for is little.
"""

import re
import time

import pytest
from django.test import Client
from django.urls import reverse

from dancu.credentials import actions as credentials
from dancu.testing.officials import make_official, signed_in
from dancu.testing.travellers import add_an, declare
from dancu.web.build import BUILT, names
from dancu.web.citizen.tests.factories import answers
from dancu.web.citizen.tokens import pass_page
from dancu.web.messages import DANCU
from dancu.web.static_files import BuiltFiles, NotBuilt

MOST = 60 * 1024  # bytes that are sent before a citizen's page is seen; 1.2 s at 400 kbit/s
TOLD = ("/", "/help/", "/privacy/", "/accessibility/", "/sign-in/")
PHONE = {"Accept-Encoding": "gzip, deflate, br", "Accept-Language": "vi"}


def files_of(page: str) -> list[str]:
    """What a page loads before it is seen and used."""
    return re.findall(r'(?:<script[^>]*src|<link[^>]*href|<img[^>]*src)="(/[^"]+)"', page)


def sent(browser: Client, path: str) -> tuple[int, list[str]]:
    """How many bytes the page and all it loads take on the way, and what it loads."""
    response = browser.get(path)
    assert response.status_code == 200, path
    plain = browser.get(path, headers={"Accept-Encoding": ""}).content.decode()
    loaded = files_of(plain)
    return len(response.content) + sum(length(browser, file) for file in set(loaded)), loaded


def length(browser: Client, file: str) -> int:
    response = browser.get(file)
    assert response["Content-Encoding"] == "br", file
    return len(b"".join(response.streaming_content))


@pytest.mark.django_db
def test_no_page_of_a_citizens_declaration_sends_more_than_60_kilobytes(published_areas):
    phone, given = Client(headers=PHONE), answers()
    weights = {path: sent(Client(headers=PHONE), path)[0] for path in TOLD}
    path = "/declare/who/"
    while path.startswith("/declare/"):
        weights[path] = sent(phone, path)[0]
        step = path.strip("/").split("/")[-1]
        path = phone.post(path, given[step])["Location"] if step in given else ""

    assert "/declare/check/" in weights
    assert len(weights) > 18
    assert not {path: weight for path, weight in weights.items() if weight > MOST}


@pytest.mark.django_db
def test_neither_does_a_pass_nor_what_is_a_citizens_own(published_areas):
    credentials.create_key("pass")
    person_id = add_an()
    declared = declare()
    phone = Client(headers=PHONE)
    phone.get("/sign-in/")
    session = phone.session
    session["citizen"] = {"person_id": person_id, "seen": int(time.time())}
    session.save()
    pages = [
        pass_page(declared.pass_id),
        pass_page(declared.pass_id, "citizen:pass-full"),
        "/passes/",
        "/me/",
    ]
    weights = {path: sent(phone, path)[0] for path in pages}

    assert not {path: weight for path, weight in weights.items() if weight > MOST}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/", "/declare/who/", "/sign-in/", "/office/sign-in/", "/help/officials/", "/nowhere/"]
)
def test_all_that_a_page_loads_is_kept_for_ever_and_bears_its_contents_hash(path):
    browser = Client()
    files = files_of(browser.get(path).content.decode())

    assert len(files) >= 3
    for file in files:
        assert re.fullmatch(r"/static/built/[\w-]+\.[0-9a-f]{12}\.(css|js|svg)", file), file
        response = browser.get(file)
        assert response.status_code == 200
        assert "immutable" in response["Cache-Control"]
        assert int(re.search(r"max-age=(\d+)", response["Cache-Control"])[1]) >= 31_536_000


@pytest.mark.django_db
def test_a_browser_that_knows_no_brotli_gets_gzip_and_one_that_knows_neither_the_file_itself():
    file = BuiltFiles().url("built/citizen.css")
    lengths = {}
    for accepted, encoding in (("br", "br"), ("gzip", "gzip"), ("", None)):
        response = Client().get(file, headers={"Accept-Encoding": accepted})
        lengths[accepted] = len(b"".join(response.streaming_content))
        assert response.get("Content-Encoding") == encoding
        assert response["Vary"] == "Accept-Encoding"
    assert lengths["br"] < lengths["gzip"] < lengths[""] / 5


def test_the_decoder_is_compressed_and_named_by_its_content_through_worker_and_page():
    scan, worker = ((BUILT / names()[name]).read_text() for name in ("scan.js", "scan-worker.js"))

    assert names()["scan-worker.js"] in scan
    assert names()["zxing_reader.wasm"] in worker
    assert (BUILT / f"{names()['zxing_reader.wasm']}.br").stat().st_size < 400_000


def test_every_built_file_lies_there_compressed_twice():
    assert not [
        file
        for file in names().values()
        for ending in ("", ".br", ".gz")
        if not (BUILT / f"{file}{ending}").exists()
    ]


def test_a_file_that_was_never_built_is_a_mistake_of_ours_found_at_once():
    with pytest.raises(NotBuilt, match="not built"):
        BuiltFiles().url("built/nothing.css")


@pytest.mark.django_db
def test_a_page_is_compressed_only_where_it_holds_nothing_of_anybody():
    stranger = Client(headers=PHONE)
    assert stranger.get("/").get("Content-Encoding") == "gzip"

    desk = signed_in(Client(headers=PHONE), make_official("chi", "commune_officer"))
    assert "Content-Encoding" not in desk.get(reverse("office:home"))
    citizen = Client(headers=PHONE)
    citizen.post("/declare/who/", {"who": "self"})
    assert "Content-Encoding" not in citizen.get("/declare/who/")


@pytest.mark.parametrize(
    ("sheet", "folders"),
    [
        ("citizen.css", ["web/citizen", "web/about", "web/templates"]),
        ("officials.css", ["web/office", "web/checkpoint", "web/commune", "web/templates"]),
    ],
)
def test_every_component_that_stands_on_a_page_has_its_look_in_the_sheet_of_that_page(sheet, folders):
    style = (BUILT / names()[sheet]).read_text()
    files = [file for folder in folders for file in (DANCU / folder).rglob("*.html")]
    classes = {
        name for file in files for name in re.findall(r"govuk-[a-z]+(?:-[a-z]+)*", file.read_text("utf-8"))
    }
    hooks = {
        "govuk-template",
        "govuk-heading",
        "govuk-form-group",
        "govuk-radios--small",
        "govuk-js-character-count",
    }

    assert len(classes) > 20
    assert not {name for name in classes - hooks if f".{name}" not in style}
