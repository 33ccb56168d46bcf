"""A level and a decision as pages show them."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from dancu.accounts import lookups as accounts
from dancu.areas import lookups as areas
from dancu.modules import Words
from dancu.risk import lookups
from dancu.risk.levels import LEVELS, NOT_DECIDED
from dancu.risk.rows import DecisionRow

COUNTS, LATER, WITHDRAWN, WAITING, TOO_LATE = "counts", "later", "withdrawn", "waiting", "too late"
STATES: dict[str, tuple[Words, str]] = {  # in words, and in which colour
    COUNTS: (_("Has begun"), "green"),
    LATER: (_("Begins later"), "blue"),
    WITHDRAWN: (_("Withdrawn"), "grey"),
    WAITING: (_("Waiting for a second signature"), "amber"),
    TOO_LATE: (_("Not signed in time"), "grey"),
}


def level_mark(level: int | None) -> SafeString | str:
    """Its number on its colour, and its words."""
    if level is None:
        return str(NOT_DECIDED)
    return format_html(
        '<span class="dancu-level dancu-level--{}"><span class="dancu-level__number">{}</span> '
        '<span class="dancu-level__words">{}</span></span>',
        level,
        level,
        LEVELS[level],
    )


def change_mark(before: int | None, after: int | None) -> SafeString:
    """From which level to which."""
    return format_html(
        '{} <span aria-hidden="true">→</span> <span class="govuk-visually-hidden">{}</span>{}',
        level_mark(before),
        _("then"),
        level_mark(after),
    )


@dataclass(frozen=True)
class ShownDecision:
    """A decision and who is behind it."""

    row: DecisionRow

    @property
    def drafter(self) -> str:
        return accounts.official(self.row["drafted_by"]).full_name

    @property
    def signer(self) -> str:
        signed_by = self.row["signed_by"]
        return accounts.official(signed_by).full_name if signed_by else ""

    @property
    def state(self) -> str:
        """A key of STATES."""
        now, withdrawn_from = timezone.now(), self.row["withdrawn_from"]
        if not self.row["signed_by"]:
            return WAITING if self.row["valid_from"] > now else TOO_LATE
        if withdrawn_from and withdrawn_from <= now:
            return WITHDRAWN
        return LATER if self.row["valid_from"] > now else COUNTS

    @property
    def status(self) -> tuple[Words, str]:
        return STATES[self.state]

    @property
    def named(self) -> list[tuple[areas.Area, int]]:
        """The areas that it names, provinces first, each with its level."""
        levels = lookups.as_decision(self.row).levels
        units = sorted(areas.get_many(levels).values(), key=lambda area: (area.level, area.code))
        return [(area, levels[area.area_id]) for area in units]
