"""What browsers are told that they may do on our pages."""

import re

import pytest
from django.http import HttpResponse
from django.template.loader import get_template
from django.test import Client, RequestFactory

from dancu.web.messages import DANCU
from dancu.web.security import SecurityHeaders

TEMPLATES = sorted(file for file in DANCU.rglob("templates/**/*.html"))


def answer(view=lambda request: HttpResponse("")):
    return SecurityHeaders(view)(RequestFactory().get("/"))


def policy():
    return dict(part.strip().split(" ", 1) for part in answer()["Content-Security-Policy"].split(";"))


def test_scripts_and_styles_come_from_our_own_server_and_from_nowhere_else():
    assert policy()["default-src"] == "'self'"
    assert policy()["script-src"] == "'self' 'wasm-unsafe-eval'"
    assert policy()["style-src"] == "'self'"


def test_nobody_puts_our_pages_in_a_frame_or_sends_our_forms_elsewhere():
    assert policy()["frame-ancestors"] == "'none'"
    assert policy()["form-action"] == "'self'"
    assert policy()["base-uri"] == "'self'"
    assert policy()["object-src"] == "'none'"


def test_the_camera_is_for_our_own_pages_and_the_microphone_for_none():
    assert "camera=(self)" in answer()["Permissions-Policy"]
    assert "microphone=()" in answer()["Permissions-Policy"]


def test_an_address_with_a_persons_number_is_not_told_to_other_sites():
    assert answer()["Referrer-Policy"] == "same-origin"


def test_what_an_official_saw_is_not_kept_by_the_browser():
    def view(request):
        request.acting = object()
        return HttpResponse("")

    assert answer(view)["Cache-Control"] == "no-store"
    assert "Cache-Control" not in answer()


def test_a_view_may_set_a_policy_of_its_own():
    def view(request):
        return HttpResponse("", headers={"Content-Security-Policy": "default-src 'none'"})

    assert answer(view)["Content-Security-Policy"] == "default-src 'none'"


def test_every_page_of_the_program_carries_the_headers(client):
    response = client.get("/no-such-page/")

    assert response.status_code == 404
    assert "default-src 'self'" in response["Content-Security-Policy"]
    assert "camera=(self)" in response["Permissions-Policy"]


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: str(file.relative_to(DANCU)))
def test_no_template_has_a_script_or_a_style_that_the_policy_would_stop(file):
    source = file.read_text("utf-8")

    scripts = [
        tag
        for tag in re.findall(r"<script\b[^>]*>", source)
        if "src=" not in tag and "application/json" not in tag
    ]
    assert not scripts
    assert not re.findall(r"<style\b", source)
    assert not re.findall(r"\sstyle\s*=\s*[\"']", source)
    assert not re.findall(r"\son[a-z]+\s*=\s*[\"']", source)
    assert not re.findall(r"hx-on[:-]|[\"']javascript:", source)


def test_the_page_for_a_fault_needs_nothing_that_may_be_broken():
    page = get_template("500.html").render()

    assert "Hệ thống gặp sự cố" in page
    assert "Something went wrong" in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    "charset", ["utf-16", "utf-7", "rot13", "hex", "idna", "undefined", "nowhere", "utf-8"]
)
def test_a_form_of_another_charset_is_read_as_utf_8_and_answered(charset):
    browser = Client(raise_request_exception=False)
    sent = "username=chi&password=x".encode("utf-16" if charset == "utf-16" else "utf-8")
    answer = browser.generic(
        "POST", "/office/sign-in/", sent, f"application/x-www-form-urlencoded; charset={charset}"
    )
    assert answer.status_code in (200, 400, 403)
    assert "default-src 'self'" in answer["Content-Security-Policy"]
