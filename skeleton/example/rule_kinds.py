"""What rules decide here, and the facts that they may read. The rule itself stands in rules/."""

from django.utils.translation import gettext_lazy as _

from dancu.rules.kinds import Fact, RuleKind

DAYS = RuleKind(
    "example-days",
    _("How long a note is kept"),
    {"age": Fact("number", _("Age"), _("the year of birth in the register"), unit=_("years"))},
    without=90,
    least=1,
    most=3650,
    unit=_("days"),
)
