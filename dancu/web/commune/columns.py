"""The columns of the commune's list: on its page, where row.html lays them out, and in files. They say the
same in the same words.
"""

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Any

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dancu.values.phones import shown_phone
from dancu.web.commune.rows import ArrivalRow
from dancu.web.commune.wording import Words
from dancu.web.kit.columns import FILE, PAGE, ListColumn
from dancu.web.kit.lists import Listing


def _in_file(words: Words, value: str | Callable[[ArrivalRow], Any]) -> ListColumn[ArrivalRow]:
    return ListColumn("", words, attrgetter(value) if isinstance(value, str) else value, on=(FILE,))


def _joined(words: Iterable[Any]) -> str:
    return ", ".join(map(str, words))


ARRIVALS = Listing(
    _("Arrivals"),
    (
        ListColumn("why", _("Points to check"), on=(PAGE,), order="attention", falling=True),
        ListColumn("who", _("Person"), on=(PAGE,), order="name"),
        ListColumn("phone", pgettext_lazy("column of a list", "Phone"), on=(PAGE,)),
        ListColumn("state", pgettext_lazy("of an arrival", "Status"), on=(PAGE,), order="news", falling=True),
        ListColumn("journey", _("Journey"), on=(PAGE,)),
        ListColumn("expected", _("Expected"), on=(PAGE,), order="expected"),
        _in_file(_("Priority"), "mark_words"),
        _in_file(_("Full name"), "full_name"),
        _in_file(_("Birth year"), "birth_year"),
        _in_file(_("Phone number"), lambda row: shown_phone(row.phone)),
        _in_file(_("Whose phone number"), "phone_whose"),
        _in_file(
            _("Phone number differs from the register"), lambda row: now("yes") if row.phone_differs else ""
        ),
        _in_file(_("Compared with the register"), "outcome_words"),
        _in_file(_("Differences"), lambda row: _joined(row.differing)),
        _in_file(_("Warnings"), lambda row: _joined(row.warnings)),
        _in_file(pgettext_lazy("of an arrival", "Status"), "state_words"),
        _in_file(_("Since"), "changed_at"),
        _in_file(_("From"), "origin"),
        _in_file(_("To"), "destination"),
        _in_file(_("Address"), "destination_detail"),
        _in_file(_("Expected on"), "arrives_on"),
        _in_file(_("Overdue since"), "overdue_since"),
        _in_file(_("Number plate"), "plate"),
        _in_file(_("Companions"), lambda row: row.companions or ""),
        _in_file(_("Number of other journeys"), lambda row: len(row.others) or ""),
        _in_file(_("Declared"), "declared_at"),
        _in_file(_("Note"), "note"),
    ),
    order="-attention",
)
