"""Searching the register: one box that takes whatever is known, and below it the same field by field."""

from contextlib import suppress
from dataclasses import replace
from typing import Any

from crispy_forms_gds.layout import Field, Fixed, Fluid, Layout
from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from dancu.accounts.caller import OfficialRequest
from dancu.accounts.lookups import Acting
from dancu.matching import lookups as matching
from dancu.matching.errors import PassportsNotHeld
from dancu.matching.lookups import Hit, PartialDate, ReadLine
from dancu.matching.wording import differences_in_words, waterfall_in_words
from dancu.register.lookups import MOST_READ, MOST_SIFTED, taken_away, visible_areas
from dancu.values.digits import clean_number
from dancu.values.errors import BadValue
from dancu.web.access import duty
from dancu.web.forms import CommuneField, helper
from dancu.web.office.records.asked import KeptSearch, SearchBoxes, keep, saved_search
from dancu.web.office.records.search_labels import also_place, narrower, outside, place_alone, read_as
from dancu.web.office.review.likelihood import likelihood
from dancu.web.office.review.side_by_side import steps
from dancu.web.office.sign_in.forms import sent
from dancu.web.shared.birth import BirthField
from dancu.web.shared.names import legible_name
from dancu.web.shared.people import listed

_DETAILS = ("number", "phone", "name", "birth_date", "commune")


class SearchForm(forms.Form):
    """One line, or a number, a telephone, a name, a birth date and a commune by themselves; the more is
    known, the surer.
    """

    line = forms.CharField(
        label=gettext_lazy("Who are you looking for?"),
        help_text=gettext_lazy(
            "Personal number, phone number, name, birth date or year, commune: whatever you know"
        ),
        required=False,
        max_length=500,  # the text of a card
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    number = forms.CharField(
        label=gettext_lazy("Personal number or old card number"),
        help_text=gettext_lazy("12 or 9 digits. A replaced number also finds its holder"),
        required=False,
        max_length=30,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}),
    )
    phone = forms.CharField(
        label=gettext_lazy("Phone number"),
        required=False,
        max_length=20,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
    )
    name = forms.CharField(
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("With or without accents. Part of the name is enough if you know the commune"),
        required=False,
        max_length=120,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    birth_date = BirthField(
        label=gettext_lazy("Birth date"),
        help_text=gettext_lazy("Day, month and year, or the year alone if that is all you know"),
        required=False,
    )
    commune = CommuneField(
        label=gettext_lazy("Commune of residence"),
        help_text=gettext_lazy("Current or former name. Helps when the person’s name is common or misspelt"),
        required=False,
    )

    def __init__(self, acting: Acting, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._acting = acting
        for part in self.fields["birth_date"].widget.widgets:  # type: ignore[attr-defined]
            part.attrs["autocomplete"] = "off"  # not the official's own, which the browser knows
        self.helper = helper(submit=_("Search"))
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Field.text("number", field_width=Fixed.TWENTY),
            Field.text("phone", field_width=Fixed.TWENTY),
            Field.text("name", field_width=Fluid.TWO_THIRDS),
            "birth_date",
            "commune",
        )

    @property
    def unfolded(self) -> bool:
        """Whether something stands in the fields below the line."""
        if not self.is_bound:
            return any(self.initial.get(name) for name in _DETAILS)
        return any(self.data.get(name) for name in self.data if name.split("_id")[0].startswith(_DETAILS))

    def clean_number(self) -> str:
        number = self.cleaned_data["number"].strip()
        if number and not _readable(number):
            told = _("A personal number has 12 digits, an old card number 9")
            raise forms.ValidationError(str(PassportsNotHeld()) if matching.is_passport(number) else told)
        return number

    def clean_phone(self) -> str:
        phone = self.cleaned_data["phone"].strip()
        try:
            return matching.parse_phone(phone) if phone else ""
        except BadValue as wrong:
            raise forms.ValidationError(_("Enter a phone number, such as 0912 345 678")) from wrong

    def clean_name(self) -> str:
        return legible_name(self.cleaned_data["name"].replace("\0", ""))

    def clean_line(self) -> str:
        return legible_name(self.cleaned_data["line"].replace("\0", ""))

    def clean(self) -> None:
        if self.errors:
            return
        given = self.cleaned_data
        try:
            lines = (
                matching.read_line(given["line"], visible_areas(self._acting))
                if given["line"].strip()
                else []
            )
        except BadValue as wrong:
            self.add_error("line", str(wrong))
            return
        if given["line"].strip() and not lines:
            lines = [ReadLine(places=matching.places_alone(given["line"], visible_areas(self._acting)))]
            if not lines[0].places:
                told = _(
                    "This was not understood. Enter, for example, Nguyễn Văn An 12/3/1985, or 0912 345 678"
                )
                self.add_error("line", told)
                return
        self.lines = [_with_details(line, given) for line in lines or [ReadLine()]]
        if not self.lines[0]:
            told = _("Enter a personal number, phone number, name or birth date")
            self.add_error("line", place_alone(self.lines[0].places) or told)


@duty("search")
@sensitive_post_parameters()
def search(request: OfficialRequest) -> HttpResponse:
    """The form, and what was found. What is asked goes by POST and stays out of addresses and logs."""
    form = SearchForm(request.acting, sent(request))
    if form.is_bound:
        if not form.is_valid():
            return render(request, "office/search.html", {"form": form}, status=422)
        token = keep(request, KeptSearch(_boxes(form.cleaned_data), form.lines))
        return redirect(f"{reverse('office:search')}?s={token}")
    token = request.GET.get("s", "")
    asked = saved_search(request, token) if token else None
    context: dict[str, Any] = {"form": form, "forgotten": bool(token) and asked is None}
    if asked:
        context["form"] = SearchForm(request.acting, initial=_as_typed(asked.boxes))
        context |= {"asked": True, "token": token} | _found(request, asked, token)
    return render(request, "office/search.html", context)


def _found(request: OfficialRequest, asked: KeptSearch, token: str) -> dict[str, Any]:
    """A page of what was found, and in which reading."""
    nth = request.GET.get("page", "")
    page = min(int(nth), len(asked.starts) + 1) if nth.isascii() and nth.isdigit() and int(nth[:4]) > 1 else 1
    wider = "wider" in request.GET and page == 1
    if page > 1:
        looked = matching.search_page(
            request.acting, **asked.lines[0].search_fields, after=asked.starts[page - 2]
        )
    else:
        at, looked = matching.search_readings(
            request.acting, asked.lines[:1] if asked.settled else asked.lines, wider
        )
        asked.lines.insert(0, asked.lines.pop(at))
    asked.settled, asked.starts = True, [*asked.starts[: page - 1], *([looked.after] if looked.after else [])]
    keep(request, asked, token)
    exact = [hit.person for hit in looked.hits if hit.exact]
    meant = [hit for hit in looked.hits if not hit.exact]
    line = asked.lines[0]
    return {
        "found": [
            shown
            | {
                "formerly": looked.formerly.get(shown["person_id"], ""),
                "born_formerly": looked.born_formerly.get(shown["person_id"]),
            }
            for shown in listed(exact)
        ],
        "meant": _meant(meant, looked.tells),
        "looked": looked,
        "page": page,
        "more": page + 1 if looked.after else 0,
        "read_as": read_as(line),
        "unread": line.unread,
        "passports": line.passports,
        "narrower": narrower(request.acting, line),
        "most": MOST_READ,
        "most_sifted": MOST_SIFTED,
        "is_short": len(line.name.split()) < 3,
        "also_place": also_place(request.acting, line) if not exact else "",
        "date_alone": bool(line.birth_date) and not (line.name or line.number or line.phone),
        "is_nation": visible_areas(request.acting) is None,
        "outside": outside(request.acting, line),
        "cancelled": taken_away(request.acting, number=clean_number(line.number))
        if line.number and not exact
        else [],
        "line": line,
    }


def _meant(hits: list[Hit], tells: bool) -> list[dict[str, Any]]:
    """Those who may be meant, each with what speaks for them: in a line, and step by step."""
    return [
        shown
        | {
            "told": waterfall_in_words(steps_of),
            "unlike": differences_in_words(steps_of),
            "steps": steps(steps_of),
        }
        | likelihood(
            sum(float(step["weight"]) for step in steps_of),
            tells,
            hit.decides,
            any(float(step["weight"]) < 0 for step in steps_of[1:]),
        )
        for shown, hit in zip(listed([hit.person for hit in hits]), hits, strict=True)
        for steps_of in [hit.waterfall or []]
    ]


def _with_details(line: ReadLine, given: dict[str, Any]) -> ReadLine:
    """A reading of the line, and in its place what stands in the fields."""
    details = {name: given[name] for name in ("number", "phone", "birth_date") if given[name]}
    if given["name"]:
        details["name"], beside = matching.read_name(given["name"])
        details["unread"] = (*line.unread, *beside)
    places = {"places": (given["commune"].area_id,)} if given["commune"] else {}
    return replace(line, **details, **places, or_before=line.or_before and not given["birth_date"])


def _boxes(given: dict[str, Any]) -> SearchBoxes:
    """What stands in the form, as a session holds it."""
    birth, commune = given["birth_date"], given["commune"]
    return {
        "line": given["line"],
        "number": given["number"],
        "phone": given["phone"],
        "name": given["name"],
        "birth_date": birth and [birth.year, birth.month, birth.day],
        "commune": commune and commune.area_id,
    }


def _as_typed(boxes: SearchBoxes) -> dict[str, Any]:
    born = boxes["birth_date"]
    return {**boxes, "birth_date": born and PartialDate(*born)}


def _readable(number: str) -> bool:
    """Whether this is a number, or one may be meant by it (a zero that a spreadsheet dropped)."""
    with suppress(BadValue):
        return bool(matching.repairs(number))
    return False
