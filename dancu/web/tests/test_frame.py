"""The frame of every page, and the fragments that pages share."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import include, path
from django.utils import translation

from dancu.accounts.lookups import Acting
from dancu.web.context import Frame
from dancu.web.templatetags import dancu as tags


def _page(request):
    return HttpResponse("")


def _pages(namespace, *names):
    return include(
        ([path(f"{name}/" if name != "home" else "", _page, name=name) for name in names], namespace)
    )


urlpatterns = [
    path("checkpoint/", _pages("checkpoint", "home")),
    path("commune/", _pages("commune", "home")),
    path("office/", _pages("office", "home", "search", "accounts", "sign-out")),
    path("language/", _page, name="set_language"),
]
pytestmark = pytest.mark.urls(__name__)


def frame_of(role, where="/office/"):
    request = RequestFactory().get(where)
    request.acting = Acting(1, role, "nation", 0, "passage", "127.0.0.1")
    request.user = SimpleNamespace(full_name="Nguyễn Thị Bình")
    return Frame(request)


def shown(source, **values):
    return Template("{% load dancu %}" + source).render(Context(values))


@pytest.mark.parametrize(
    ("role", "leads_to"),
    [
        ("checkpoint_officer", ["/office/", "/checkpoint/"]),
        ("commune_officer", ["/office/", "/commune/", "/office/search/"]),
        ("data_steward", ["/office/", "/office/search/"]),
        ("vaccinator", ["/office/"]),
        ("administrator", ["/office/", "/office/accounts/"]),  # and the proposals, where there is such a page
        ("auditor", ["/office/"]),
    ],
)
def test_the_navigation_leads_where_the_duties_lead_and_to_no_page_that_is_missing(role, leads_to):
    assert [item.url for item in frame_of(role).navigation] == leads_to


def test_the_page_one_is_on_is_marked_and_so_is_the_one_above_it():
    def current(where):
        return [item.current for item in frame_of("commune_officer", where).navigation]

    assert current("/office/search/") == ["", "", "page"]
    assert current("/office/search/12/") == ["", "", "true"]
    assert current("/office/") == ["page", "", ""]


def test_an_official_sees_their_name_role_place_and_the_way_out():
    with translation.override("en"):
        page = render_to_string("web/officials.html", {"frame": frame_of("checkpoint_officer")})

    assert "Nguyễn Thị Bình" in page
    assert "Checkpoint officer" in page
    assert "Whole country" in page
    assert 'action="/office/sign-out/"' in page


def test_nobody_at_work_sees_neither_navigation_nor_sign_out():
    frame = Frame(RequestFactory().get("/"))

    assert frame.official == {}
    assert frame.navigation == []
    assert "sign-out" not in render_to_string("web/officials.html", {"frame": frame})


@pytest.mark.parametrize(
    ("language", "words"), [("vi", "Chuyển đến nội dung chính"), ("en", "Skip to the main content")]
)
def test_a_page_speaks_its_readers_language_and_offers_the_other(language, words):
    with translation.override(language):
        page = render_to_string("web/page.html", {"frame": Frame(RequestFactory().get("/x/?a=1"))})

    assert f'<html lang="{language}"' in page
    assert words in page
    assert '<input type="hidden" name="next" value="/x/?a=1">' in page
    assert f'value="{language}" lang="{language}"' in page
    assert page.count('aria-pressed="true"') == 1


@pytest.mark.parametrize(
    ("answer", "words"), [("go", "Let through"), ("check", "Look closer"), ("stop", "Turn back")]
)
def test_a_decision_is_told_in_words_and_with_a_sign_not_by_colour_alone(answer, words):
    banner = shown("{% decision answer words reasons %}", answer=answer, words=words, reasons=["A <reason>"])

    assert f"dancu-decision--{answer}" in banner
    assert words in banner
    assert "<svg" in banner
    assert "A &lt;reason&gt;" in banner


def test_a_decision_or_a_colour_that_does_not_exist_is_refused():
    with pytest.raises(TemplateSyntaxError, match="go, check, stop"):
        shown("{% decision 'maybe' 'Maybe' %}")
    with pytest.raises(TemplateSyntaxError, match="green"):
        shown("{% status 'Valid' 'pink' %}")


def test_a_status_is_a_word_in_a_colour():
    assert (
        shown("{% status words 'amber' %}", words="<b>")
        == '<strong class="govuk-tag govuk-tag--amber">&lt;b&gt;</strong>'
    )


def test_a_summary_says_so_where_nothing_is_recorded():
    with translation.override("en"):
        listed = shown("{% summary rows %}", rows=[("Name", "An"), ("Phone", None, "/phone/"), ("Doses", 0)])

    assert "not recorded" in listed
    assert 'href="/phone/"' in listed
    assert '<dd class="govuk-summary-list__value">0</dd>' in listed
    assert listed.count("not recorded") == 1


def test_days_and_moments_are_written_as_in_vietnam_and_in_local_time():
    late = datetime(2021, 8, 20, 18, 5, tzinfo=UTC)

    assert tags.day(date(1985, 3, 7)) == "07/03/1985"
    assert tags.day(late) == "21/08/2021"
    assert tags.moment(late) == "01:05 21/08/2021"
    assert tags.day(None) == tags.moment(None) == ""


def test_a_personal_number_is_shown_in_groups():
    assert "079 200 001 234" in tags.pin("079200001234")
