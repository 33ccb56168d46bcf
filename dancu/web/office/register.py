"""The register for officials: search, and the person's page. Every look is on the record."""

import time
from contextlib import suppress
from typing import Any

from crispy_forms_gds.layout import Field, Fixed, Fluid
from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from dancu.accounts.lookups import usernames
from dancu.areas import lookups as areas
from dancu.matching import lookups as matching
from dancu.matching.errors import MatchingError
from dancu.matching.lookups import DeclaredDate, Hit
from dancu.matching.wording import all_told, in_bits
from dancu.register import lookups
from dancu.register.errors import NoSuchPerson
from dancu.register.lookups import MOST_FOUND, Found, View
from dancu.register.numbers import check_pin, clean_number, mask
from dancu.register.words import SEXES, STATUSES, meaning
from dancu.web.access import duty
from dancu.web.birth import BirthField
from dancu.web.citizen.record import born
from dancu.web.forms import CommuneField, helper
from dancu.web.names import legible_name
from dancu.web.office import merge_words, record
from dancu.web.office.correcting import CORRECTABLE
from dancu.web.office.forms import sent
from dancu.web.office.side_by_side import steps

KEPT = 600  # seconds that a search is kept in the session, so that the way back from a record leads to what was found
_ASKED = "register_asked"
_NUMBER_KINDS = ("pin", "cmnd", "former")


class SearchForm(forms.Form):
    """A number, a telephone, a name with the birth date or the commune; the more is known, the surer."""

    number = forms.CharField(
        label=gettext_lazy("Personal number or old card number"),
        help_text=gettext_lazy("12 or 9 digits; a number that was replaced leads to its holder"),
        required=False,
        max_length=30,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}),
    )
    phone = forms.CharField(
        label=gettext_lazy("Telephone"),
        required=False,
        max_length=20,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
    )
    name = forms.CharField(
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("With or without marks; the last words of the name are enough"),
        required=False,
        max_length=120,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    birth_date = BirthField(
        label=gettext_lazy("Birth date"),
        help_text=gettext_lazy("Day, month, year; the year alone where no more is known"),
        required=False,
    )
    commune = CommuneField(
        label=gettext_lazy("Commune of residence"),
        help_text=gettext_lazy("Its name of today or of former days; helps where the name is common or misspelt"),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in self.fields["birth_date"].widget.widgets:  # type: ignore[attr-defined]
            part.attrs["autocomplete"] = "off"  # not the official's own, which the browser knows
        self.helper = helper(
            Field.text("number", field_width=Fixed.TWENTY),
            Field.text("phone", field_width=Fixed.TWENTY),
            Field.text("name", field_width=Fluid.TWO_THIRDS),
            "birth_date",
            "commune",
            submit=_("Search"),
        )

    def clean_number(self) -> str:
        number = clean_number(self.cleaned_data["number"])
        if number and not _readable(number):
            raise forms.ValidationError(_("A personal number has 12 digits, an old card number 9"))
        return number

    def clean_phone(self) -> str:
        phone = clean_number(self.cleaned_data["phone"].replace("+84", "0"))
        if phone and not (phone.isascii() and phone.isdigit() and 9 <= len(phone) <= 11):
            raise forms.ValidationError(_("Enter a telephone number, such as 0912 345 678"))
        return phone

    def clean_name(self) -> str:
        return legible_name(self.cleaned_data["name"].replace("\0", ""))

    def clean(self) -> None:
        given = self.cleaned_data
        if self.errors or given["number"] or given["phone"]:
            return
        if given["name"]:
            if not given["birth_date"] and not given["commune"]:
                told = _("Enter the birth date or the commune too: a name alone is borne by thousands")
                self.add_error("birth_date", told)
        elif given["birth_date"] or given["commune"]:
            self.add_error("name", _("Enter the name too, or its last words"))
        else:
            self.add_error("number", _("Enter a number, a telephone, or a name with the birth date or the commune"))


@duty("search")
@sensitive_post_parameters()
def search(request: HttpRequest) -> HttpResponse:
    """The form, and what was found. What is asked goes by POST and stays out of addresses and logs."""
    form = SearchForm(sent(request))
    if form.is_bound and form.is_valid():
        request.session[_ASKED] = _as_kept(form.cleaned_data) | {"at": int(time.time())}
        return redirect("office:search")
    asked = _kept(request) if not form.is_bound else None
    context: dict[str, Any] = {"form": form if form.is_bound else SearchForm(initial=asked), "asked": asked}
    if asked:
        hits = matching.search(request.acting, **asked)
        found = [hit.person for hit in hits if hit.exact]
        context |= {"found": listed(found), "too_many": len(found) >= MOST_FOUND, "most": MOST_FOUND}
        context["meant"] = _meant([hit for hit in hits if not hit.exact])
    return render(request, "office/search.html", context, status=422 if form.errors else 200)


@duty("person")
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """All that the register holds of one person, numbers masked. A number that was merged leads to the record that stayed."""
    now = lookups.merged_into(person_id)
    if now != person_id and lookups.may_see(request.acting, now):
        return redirect("office:person", now)
    view = seen(request, person_id)
    relatives = {row["person_id"] for row in (*view.household, *view.relatives)} - {None}
    visible = lookups.may_see_of(request.acting, relatives)
    known = view.areas | areas.get_many(record.areas_in_events(view))
    corrects = request.acting.may("correct")
    context = {
        "person": view.person,
        "facts": record.facts(view, tuple(CORRECTABLE) if corrects else ()),
        "status": meaning(STATUSES, view.person["status"]),
        "numbers": _numbers(view),
        "remarks": _remarks(view.person),
        "periods": record.periods(view),
        "household": record.household(view, visible),
        "family": record.family(view, visible),
        "events": record.events(view, usernames({row["recorded_by"] for row in view.events}), known),
        "merges": merge_words.merges(person_id),
        "corrects": corrects,
        "sees_journeys": request.acting.may("arrivals"),
        "today": timezone.localdate(),
    }
    return render(request, "office/person.html", context)


@duty("person")
@require_POST
def number(request: HttpRequest, person_id: int, kind: str) -> HttpResponse:
    """A number in full, asked for by itself."""
    if kind not in _NUMBER_KINDS:
        raise Http404
    try:
        numbers = lookups.numbers(request.acting, person_id, kind)
    except NoSuchPerson as missing:
        raise Http404 from missing
    context = {"numbers": numbers, "person_id": person_id, "kind": kind}
    is_piece = request.headers.get("HX-Request")
    return render(request, "office/number.html" if is_piece else "office/number_page.html", context)


def seen(request: HttpRequest, person_id: int) -> View:
    """The record, if this official may see it. Nobody's page and a stranger's are the same 404."""
    try:
        return lookups.view(request.acting, person_id)
    except NoSuchPerson as missing:
        raise Http404 from missing


def listed(found: list[Found]) -> list[dict[str, Any]]:
    """People found, as office/found.html lists them."""
    homes = areas.get_many({person.home_area for person in found if person.home_area})
    return [
        {
            "person_id": person.person_id,
            "full_name": person.full_name,
            "birth": born(person.birth_date, person.birth_precision),
            "sex": meaning(SEXES, person.sex),
            "home": homes[person.home_area].path if person.home_area in homes else "",
            "pin": mask(person.pin or ""),
            "status": "" if person.status == lookups.ALIVE else meaning(STATUSES, person.status),
        }
        for person in found
    ]


def _readable(number: str) -> bool:
    """Whether this is a number, or one may be meant by it (a zero that a spreadsheet dropped)."""
    with suppress(MatchingError):
        return bool(matching.repairs(number))
    return False


def _meant(hits: list[Hit]) -> list[dict[str, Any]]:
    """Those who may be meant, each with what speaks for them: in a line, and step by step."""
    return [
        shown
        | {
            "told": all_told(hit.waterfall or ()),
            "steps": steps(hit.waterfall or ()),
            "score": in_bits(sum(float(step["weight"]) for step in hit.waterfall or ())),
        }
        for shown, hit in zip(listed([hit.person for hit in hits]), hits, strict=True)
    ]


def _as_kept(asked: dict[str, Any]) -> dict[str, Any]:
    """What was asked, as a session holds it."""
    birth, commune = asked["birth_date"], asked["commune"]
    return asked | {
        "birth_date": birth and [birth.year, birth.month, birth.day],
        "commune": commune and commune.area_id,
    }


def _kept(request: HttpRequest) -> dict[str, Any] | None:
    """What was asked last, if that is not long ago."""
    asked = request.session.get(_ASKED)
    if request.GET.get("new") or not asked or time.time() - asked["at"] > KEPT:
        request.session.pop(_ASKED, None)
        return None
    birth = asked["birth_date"] and DeclaredDate(*asked["birth_date"])
    return {key: asked[key] for key in ("number", "phone", "name")} | {
        "birth_date": birth,
        "commune": asked.get("commune"),
    }


def _numbers(view: View) -> list[dict[str, Any]]:
    held = [
        {"kind": kind, "label": record.FIELDS[kind], "masked": [mask(view.person[kind])]}
        for kind in ("pin", "cmnd")
        if view.person[kind]
    ]
    former = [
        {"masked": mask(row["number"]), "ended_on": row["ended_on"], "reason": row["reason"]}
        for row in view.former_numbers
    ]
    return [*held, *([{"kind": "former", "label": _("Former numbers"), "former": former}] if former else [])]


def _remarks(row: dict[str, Any]) -> list[str]:
    """Where the personal number disagrees with the record: it occurs, and a steward may want to know."""
    if not row["pin"]:
        return [_("This person has no personal number.")]
    return [problem.message for problem in check_pin(row["pin"], row["sex"], row["birth_date"])]
