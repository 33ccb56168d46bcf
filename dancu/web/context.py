"""What every page's frame shows: languages, who is at work, and where they may go. Templates find it as
`frame`.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dancu import modules
from dancu.accounts.lookups import Acting
from dancu.web.access import page_before
from dancu.web.citizen.draft import WAS_OVER
from dancu.web.office.administration.ended_areas import ended_area
from dancu.web.sessions import Ending, ending
from dancu.web.shared.places import place, role_there

_LANGUAGES: dict[str, str] = {"vi": "Tiếng Việt", "en": "English"}


@dataclass(frozen=True)
class Destination:
    """A page in the navigation. `current` is the value of aria-current: "page" there, "true" below it, ""
    elsewhere.
    """

    url: str
    words: str | Promise
    current: str


class Frame:
    """What surrounds the content of one page, worked out only where a template asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @property
    def demo(self) -> bool:
        return settings.DEMO

    @property
    def address(self) -> str:
        """Where the language form comes back to: this page, or the one that held the form which this page
        answers.
        """
        if self._request.method in ("GET", "HEAD"):
            return self._request.get_full_path()
        return page_before(self._request) or self._request.get_full_path()

    @cached_property
    def session(self) -> Ending | None:
        """What ends for this reader when nothing is done, and when."""
        return ending(self._request)

    @property
    def declaration_was_over(self) -> bool:
        """Whether answers were deleted because nothing was done for half an hour. Said once."""
        session = getattr(self._request, "session", None)
        return bool(session and session.pop(WAS_OVER, False))

    @property
    def hotlines(self) -> dict[str, str]:
        """Whom to call, as it is written and as a telephone dials it."""
        health, help_ = settings.HEALTH_HOTLINE, settings.HELP_HOTLINE
        digits = {"health_digits": health.replace(" ", ""), "help_digits": help_.replace(" ", "")}
        return {"health": health, "help": help_} | digits

    @cached_property
    def footer(self) -> list[Destination]:
        """Where help, and what happens to one's data, is told."""
        help_page = "about:help-officials" if self._is_official else "about:help"
        pages = [
            (help_page, _("Help")),
            ("about:privacy", _("Privacy")),
            ("about:accessibility", _("Accessibility")),
            *([("office:rules", _("Rules"))] if self._acting else []),
        ]
        path = self._request.path
        return [
            Destination(url, words, "page" if url == path else "")
            for name, words in pages
            if (url := address_of(name))
        ]

    @property
    def language_url(self) -> str:
        return address_of("set_language")

    @property
    def languages(self) -> list[tuple[str, str, str]]:
        """(code, short sign, own name) of each language."""
        return [(code, code.upper(), _LANGUAGES[code]) for code, _name in settings.LANGUAGES]

    @cached_property
    def home(self) -> str:
        """The first page of an official at work, or of a citizen."""
        return (address_of("office:home") if self._is_official else "") or address_of("citizen:home") or "/"

    @cached_property
    def official(self) -> dict[str, Any]:
        """Who is at work, in which role and where; empty where nobody is."""
        if not (acting := self._acting):
            return {}
        return {
            "name": getattr(self._request.user, "full_name", ""),
            "role": role_there(acting.role, acting.jurisdiction_kind, acting.jurisdiction_id),
            "jurisdiction": place(acting.jurisdiction_kind, acting.jurisdiction_id),
            "sign_out": address_of("office:sign-out"),
        }

    @property
    def area_ended(self) -> str:
        """Why this official sees less since a reform: said above every list, which would else seem to be
        empty.
        """
        return ended_area(acting) if (acting := self._acting) else ""

    @cached_property
    def navigation(self) -> list[Destination]:
        """The pages that the official's duties lead to, of those that are built."""
        if not (acting := self._acting):
            return []
        pages = [page for page in modules.listed(lambda module: module.pages) if acting.may(page.duty)]
        reached = [(address_of(page.url_name), page.in_navigation or page.title) for page in pages]
        path = self._request.path
        below = max((url for url, _words in reached[1:] if url and path.startswith(url)), key=len, default="")
        return [
            Destination(url, words, "page" if url == path else "true" if url == below else "")
            for url, words in reached
            if url
        ]

    @property
    def _is_official(self) -> bool:
        """At work, on the way in, or signed in on a page that does not ask, such as one that says what
        went wrong.
        """
        user = getattr(self._request, "user", None)
        coming_in = self._request.path.startswith(address_of("office:home") or "/office/")
        return bool(self._acting or coming_in or (user and user.is_authenticated))

    @property
    def _acting(self) -> Acting | None:
        return getattr(self._request, "acting", None)


def page(request: HttpRequest) -> dict[str, Frame]:
    """The context processor."""
    return {"frame": Frame(request)}


def address_of(name: str) -> str:
    """The address of the page with this URL name, or "" where no such page is built."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
