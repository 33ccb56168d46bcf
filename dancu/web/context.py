"""What every page's frame shows: languages, who is at work, and where they may go. Templates find it as `frame`."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dancu.accounts.lookups import Acting
from dancu.web.office.places import place, role_there

_WORK = [
    ("scan", "checkpoint:home", _("Scan passes")),
    ("arrivals", "commune:home", _("Arrivals")),
    ("search", "office:search", _("Search the register")),
    ("statistics", "office:statistics", _("Population statistics")),
    ("review", "office:review", _("Doubtful cases")),
    ("review", "office:corrections", _("Records to verify")),
    ("site_list", "office:site-list", _("Records to correct")),
    ("accounts", "office:accounts", _("Accounts")),
    ("audit", "office:audit", _("Who saw what")),
]
_LANGUAGES: dict[str, str] = {"vi": "Tiếng Việt", "en": "English"}


@dataclass(frozen=True)
class Destination:
    """A page in the navigation. `current` is the value of aria-current: "page" there, "true" below it, "" elsewhere."""

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
        """Where the language form comes back to."""
        return self._request.get_full_path()

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
        return (address_of("office:home") if self._acting else "") or address_of("citizen:home") or "/"

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

    @cached_property
    def navigation(self) -> list[Destination]:
        """The pages that the official's duties lead to, of those that are built."""
        if not (acting := self._acting):
            return []
        reached = [(address_of(name), words) for duty, name, words in _WORK if acting.may(duty)]
        path = self._request.path
        below = max((url for url, _words in reached if url and path.startswith(url)), key=len, default="")
        return [
            Destination(url, words, "page" if url == path else "true" if url == below else "")
            for url, words in reached
            if url
        ]

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
