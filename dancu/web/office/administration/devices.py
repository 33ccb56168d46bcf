"""Devices that lose the network: which there are, a code for another, and cutting one off."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from crispy_forms_gds.layout import Field
from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from dancu.accounts.caller import OfficialRequest
from dancu.devices import actions, lookups
from dancu.devices.errors import AlreadyCutOff, DeviceError, NameTaken, NoSuchDevice
from dancu.devices.lookups import LONGEST_NAME, DeviceStanding, Place
from dancu.web.access import duty
from dancu.web.forms import helper
from dancu.web.kit import address
from dancu.web.kit.cells import link, mark
from dancu.web.kit.columns import PAGE, ListColumn
from dancu.web.kit.confirming import Confirmation, unanswered
from dancu.web.kit.filters import ListChoice
from dancu.web.kit.lists import Listing
from dancu.web.kit.paging import Pages
from dancu.web.shared.names import NameField
from dancu.web.templatetags.dancu import moment

_STATES: dict[str, tuple[str | Promise, str]] = {  # words, colour
    "": (gettext_lazy("At work"), "green"),
    "silent": (gettext_lazy("No contact: what it carries has run out"), "amber"),
    "cut_off": (gettext_lazy("Cut off: it will wipe itself when it is next heard of"), "red"),
    "wiped": (gettext_lazy("Cut off, and told to wipe itself"), "grey"),
}


def _deed(each: DeviceStanding) -> Any:
    if each.device["cut_off_at"]:
        return ""
    words = format_html(
        '{}<span class="govuk-visually-hidden">: {}, {}</span>',
        _("Cut off"),
        each.device["name"],
        each.place,
    )
    return link(reverse("office:device-cut-off", args=[each.device["device_id"]]), words)


def _waiting(each: DeviceStanding) -> Any:
    if each.device["cut_off_at"]:
        return ""
    oldest = each.device["oldest_at"]
    since = _("the oldest from %(since)s") % {"since": moment(oldest)} if oldest else ""
    return [str(each.device["waiting"]), since]


def _unless_cut_off(name: str) -> Callable[[DeviceStanding], Any]:
    return lambda each: None if each.device["cut_off_at"] else each.device[name]  # type: ignore[literal-required]


DEVICES: Listing[DeviceStanding] = Listing(
    gettext_lazy("Devices"),
    (
        ListColumn("name", gettext_lazy("Device"), lambda each: each.device["name"]),
        ListColumn("place", gettext_lazy("Place"), lambda each: each.place),
        ListColumn(
            "state",
            gettext_lazy("State"),
            lambda each: _STATES[each.state][0],
            lambda each: mark(*_STATES[each.state]),
        ),
        ListColumn("seen", gettext_lazy("Last heard of"), lambda each: each.device["seen_at"]),
        ListColumn("waiting", gettext_lazy("Waiting on it"), _unless_cut_off("waiting"), _waiting),
        ListColumn("lost", gettext_lazy("Lost decisions"), lambda each: each.lost or None),
        ListColumn("open", gettext_lazy("To be looked at"), lambda each: each.device["open_items"] or None),
        ListColumn("bundle", gettext_lazy("What it carries is from"), _unless_cut_off("bundle_at")),
        ListColumn("lease", gettext_lazy("Can work offline until"), _unless_cut_off("lease_until")),
        ListColumn("deed", gettext_lazy("Action"), shown=_deed, on=(PAGE,)),
    ),
    "devices",
    filters=(
        ListChoice(
            "which",
            gettext_lazy("Which devices"),
            lambda: [("past", _("Wiped, or silent for a month"))],
            gettext_lazy("In use"),
        ),
    ),
)


class EnrolmentForm(forms.Form):
    """Where a device is to belong, and what it is called."""

    place = forms.ChoiceField(
        label=gettext_lazy("Where the device will be used"),
        error_messages={"required": gettext_lazy("Choose where the device will be used")},
    )
    name = NameField(
        any_script=True,
        label=gettext_lazy("Name of the device"),
        help_text=gettext_lazy("So that people know which one it is, such as “Telephone 3”"),
        max_length=LONGEST_NAME,
        error_messages={"required": gettext_lazy("Enter a name for the device")},
    )

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        choices = [(f"{place.kind} {place.number}", words) for place, words in lookups.places()]
        self.fields["place"].choices = [("", ""), *choices]  # type: ignore[attr-defined]
        self.helper = helper(Field.select("place"), Field.text("name"), submit=gettext_lazy("Make a code"))

    def clean_place(self) -> Place:
        kind, _space, number = self.cleaned_data["place"].partition(" ")
        return Place(kind, int(number))


@duty("devices")
@require_http_methods(["GET", "HEAD", "POST"])
def devices(request: OfficialRequest) -> HttpResponse:
    """Those in use, or of the past; POST: a code for another, which is shown once."""
    is_form = "send" in request.POST
    if request.method == "POST" and not is_form:
        return DEVICES.lead_on(request)
    form, code = EnrolmentForm(request.POST if is_form else None), ""
    if form.is_valid():
        try:
            code = actions.make_code(request.acting, form.cleaned_data["place"], form.cleaned_data["name"])
        except NameTaken as problem:
            form.add_error("name", str(problem))
        except DeviceError as problem:
            form.add_error(None, str(problem))
    past = bool(DEVICES.asked(request)["which"])
    pages = Pages(address.page(request.GET), DEVICES.size, lookups.how_many(past))
    found = lookups.devices(request.acting, DEVICES.size, pages.skip, past)
    context = {
        "list": DEVICES.shown(request, found),
        "form": EnrolmentForm() if code else form,
        "code": code,
        "pages": pages,
    }
    if code:
        context |= {"name": form.cleaned_data["name"], "place": form.cleaned_data["place"].words}
    return render(request, "office/devices.html", context, status=422 if form.errors else 200)


@duty("devices")
def as_file(request: OfficialRequest, file: str) -> HttpResponse:
    """All that the page is asked for, as CSV or as an Excel workbook."""
    past = bool(DEVICES.asked(request)["which"])
    return DEVICES.as_file(file, lookups.devices(request.acting, None, 0, past))


@duty("devices")
@require_http_methods(["GET", "HEAD", "POST"])
def cut_off(request: OfficialRequest, device_id: UUID) -> HttpResponse:
    """Whether this device is to be cut off; POST: it is."""
    try:
        found = lookups.device(device_id)
    except NoSuchDevice:
        raise Http404 from None
    asked = Confirmation(
        _("Cut off this device?"),
        _(
            "Do this where it was lost or stolen. It gets nothing more from us and wipes itself when it is "
            "next heard of; until then what it carries runs out after three days. What it still sends is "
            "kept for people to look at, and is not recorded by itself. This cannot be undone: to use it "
            "again, enrol it again."
        ),
        _("Cut off"),
        reverse("office:devices"),
        [(_("Device"), found.device["name"]), (_("Place"), found.place)],
        is_grave=True,
    )
    if question := unanswered(request, asked):
        return question
    try:
        actions.cut_off(request.acting, device_id)
        messages.success(request, _("%(name)s is cut off.") % {"name": found.device["name"]})
    except AlreadyCutOff as problem:
        messages.info(request, str(problem))
    return redirect("office:devices")
