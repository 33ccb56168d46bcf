"""Drafting a decision on levels of risk: a province, communes one by one, or a file."""

import datetime as dt
import re
from typing import Any

from crispy_forms_gds.layout import Field, Fieldset, Fixed
from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from dancu.accounts.caller import OfficialRequest
from dancu.accounts.lookups import Acting
from dancu.areas import lookups as areas
from dancu.modules import Words
from dancu.risk import actions, errors, lookups
from dancu.risk.decision import LONGEST_CITATION, RiskDecision, check_unit
from dancu.risk.errors import RiskError
from dancu.risk.level_file import LevelFile, LevelRowProblem, read_levels
from dancu.risk.levels import LEVELS, in_words
from dancu.risk.rows import DecisionRow
from dancu.text.folding import fold
from dancu.web.access import duty, takes_files
from dancu.web.forms import CommuneField, DateField, helper
from dancu.web.kit import address
from dancu.web.kit.uploads import RowsField
from dancu.web.office.sign_in.forms import sent

ROWS = 6  # communes that the form has room for; more come in a file


class LevelField(forms.ChoiceField):
    """A level, or none. Cleans to a number or None."""

    def __init__(self, label: Words) -> None:
        super().__init__(
            choices=lambda: [("", ""), *((str(level), in_words(level)) for level in LEVELS)],
            required=False,
            label=label,
        )

    def clean(self, value: Any) -> int | None:
        chosen = super().clean(value)
        return int(chosen) if chosen else None


class RiskDraftForm(forms.Form):
    """What a decision says. Once it is valid `decision` is it; `problems` are rows of the file that cannot be
    used.
    """

    citation = forms.CharField(
        label=gettext_lazy("Number and date of the decision"),
        help_text=gettext_lazy("Such as: Quyết định 2345/QĐ-UBND ngày 1/12/2026"),
        max_length=LONGEST_CITATION,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Enter the number and date of the decision")},
    )
    begins_on = DateField(label=gettext_lazy("Counts from the day"), earliest=timezone.localdate)
    begins_at = forms.CharField(
        label=gettext_lazy("Counts from the hour"),
        help_text=gettext_lazy("Such as 00:00 or 18:30"),
        max_length=5,
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "text"}),
        error_messages={"required": gettext_lazy("Enter the hour, such as 00:00")},
    )
    province = forms.ChoiceField(label=gettext_lazy("All communes of the province"), required=False)
    province_level = LevelField(gettext_lazy("Level of the whole province"))
    file = RowsField(
        read_levels,
        label=gettext_lazy("A list of levels (CSV file)"),
        help_text=gettext_lazy(
            "Two columns, code and level. The list of levels, downloaded as CSV and changed, is such a file; "
            "rows without a level are passed over."
        ),
        required=False,
    )

    def __init__(self, acting: Acting, earlier: DecisionRow | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._own, self._earlier = lookups.own_areas(acting), earlier
        self.problems: list[LevelRowProblem] = []
        self.decision: RiskDecision | None = None
        every = areas.standing(timezone.localdate(), areas.PROVINCE)
        provinces = sorted(filter(self._is_own, every), key=lambda area: fold(area.name))
        choices = [("", ""), *((str(area.area_id), area.name) for area in provinces)]
        self.fields["province"].choices = choices  # type: ignore[attr-defined]
        for nth in range(1, ROWS + 1):
            label = _("Commune %(number)d") % {"number": nth}
            self.fields[f"commune_{nth}"] = CommuneField(label=label, required=False)
            self.fields[f"level_{nth}"] = LevelField(_("Level of commune %(number)d") % {"number": nth})
        rows = [
            part for nth in range(1, ROWS + 1) for part in (f"commune_{nth}", Field.select(f"level_{nth}"))
        ]
        of_province = [Field.select("province"), Field.select("province_level")] if provinces else []
        self.helper = helper(
            Field.text("citation"),
            "begins_on",
            Field.text("begins_at", field_width=Fixed.FIVE),
            *([Fieldset(*of_province, legend=_("A whole province"))] if of_province else []),
            Fieldset(*rows, legend=_("Communes")),
            "file",
            submit=_("Keep as a draft and see what changes"),
        )
        self.helper.attrs |= {"enctype": "multipart/form-data"}

    def clean_begins_at(self) -> dt.time:
        found = re.fullmatch(r"([01]?\d|2[0-3])[:.hg]([0-5]\d)", self.cleaned_data["begins_at"].strip())
        if not found:
            raise forms.ValidationError(_("Enter the hour and minute, such as 00:00 or 18:30"))
        return dt.time(int(found[1]), int(found[2]))

    def clean(self) -> None:
        day, hour = self.cleaned_data.get("begins_on"), self.cleaned_data.get("begins_at")
        begins = dt.datetime.combine(day, hour, timezone.get_current_timezone()) if day and hour else None
        if begins and begins <= timezone.now() + actions.SOONEST:
            self.add_error("begins_at", str(errors.BeginsTooSoon()))
        levels: dict[int, int] = {}
        self._take("province", self._province(), self.cleaned_data.get("province_level"), levels)
        for nth in range(1, ROWS + 1):
            commune, level = self.cleaned_data.get(f"commune_{nth}"), self.cleaned_data.get(f"level_{nth}")
            if f"commune_{nth}" not in self.errors:
                self._take(f"commune_{nth}", commune, level, levels, f"level_{nth}")
        self._take_file(self.cleaned_data.get("file"), day or timezone.localdate(), levels)
        if not (levels or self._earlier or self.errors or self.problems):
            self.add_error("commune_1", str(errors.EmptyDecision()))
        if begins and not self.errors and not self.problems:
            withdraws = self._earlier["decision_id"] if self._earlier else None
            self.decision = RiskDecision(self.cleaned_data["citation"].strip(), begins, levels, withdraws)

    def _province(self) -> areas.Area | None:
        chosen = self.cleaned_data.get("province")
        return areas.get(int(chosen)) if chosen else None

    def _take(
        self,
        name: str,
        area: areas.Area | None,
        level: int | None,
        levels: dict[int, int],
        level_name: str = "province_level",
    ) -> None:
        """What one row of the form says."""
        if area is None and level is not None:
            self.add_error(name, _("Say for which area this level is"))
        elif area is not None and level is None:
            self.add_error(level_name, _("Choose the level of “%(area)s”") % {"area": area.name})
        elif area is not None and level is not None:
            if wrong := self._wrong(area, levels):
                self.add_error(name, str(wrong))
            levels[area.area_id] = level

    def _take_file(self, read: LevelFile | None, day: dt.date, levels: dict[int, int]) -> None:
        if read is None:
            return
        self.problems += read.problems
        for line, code, level in read.rows:
            area = areas.unit(code, day) or next(iter(areas.units(code)), None)
            wrong = self._wrong(area, levels) if area else None
            try:
                if area:
                    check_unit(area, day)
            except RiskError as ended:
                wrong = ended
            if area is None:
                words = _("“%(code)s” is the code of no commune or province.") % {"code": code[:20]}
                self.problems.append(LevelRowProblem(line, words))
            elif wrong:
                self.problems.append(LevelRowProblem(line, str(wrong)))
            else:
                levels[area.area_id] = level
        self.problems.sort()

    def _wrong(self, area: areas.Area, levels: dict[int, int]) -> RiskError | None:
        if area.area_id in levels:
            return errors.NamedTwice(area.path)
        return None if self._is_own(area) else errors.AreaElsewhere(area.path)

    def _is_own(self, area: areas.Area) -> bool:
        return self._own is None or area.area_id in self._own


@takes_files
@duty("risk")
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: OfficialRequest) -> HttpResponse:
    """The form, and once it is sent the draft, with what it changes. In the address `withdraws`: the number
    of a decision that it withdraws.
    """
    earlier = _earlier(request)
    form = RiskDraftForm(request.acting, earlier, sent(request), request.FILES or None, initial=_tomorrow())
    if form.is_valid() and form.decision:
        try:
            number = actions.draft(request.acting, form.decision)
        except RiskError as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(request, _("Kept. It counts once somebody else has signed it."))
            return redirect("office:risk-decision", number)
    is_wrong = form.is_bound and bool(form.errors or form.problems)
    context = {"form": form, "earlier": earlier, "problems": form.problems}
    return render(request, "office/risk_draft.html", context, status=422 if is_wrong else 200)


def _earlier(request: OfficialRequest) -> DecisionRow | None:
    """That which the draft withdraws, where this official may."""
    number = address.number(request.GET.get("withdraws", ""))
    try:
        row = lookups.decision(number) if number else None
    except errors.NoSuchDecision:
        return None
    return row if row and actions.may_withdraw(request.acting, row) else None


def _tomorrow() -> dict[str, Any]:
    return {"begins_on": timezone.localdate() + dt.timedelta(days=1), "begins_at": "00:00"}
