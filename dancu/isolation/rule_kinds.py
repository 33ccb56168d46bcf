"""What rules decide of illness and arrivals, and the facts that they may read."""

from django.utils.translation import gettext_lazy as _

from dancu.isolation.signs import SYMPTOMS
from dancu.isolation.wording import ATTENTION as ATTENTION_WORDS
from dancu.isolation.wording import OUTCOMES, STATES
from dancu.rules.kinds import Fact, RuleKind

ORDINARY, MARK, WITHHOLD = "ordinary", "mark", "withhold"
_DECLARED = _("the declaration")
_ARRIVAL = _("the list of arrivals")

ILLNESS = RuleKind(
    "illness",
    _("What somebody who declares an illness gets"),
    {
        "symptoms": Fact("list", _("Declared symptoms"), _DECLARED, SYMPTOMS),
        "contact": Fact("yes_no", _("Declared contact with a case"), _DECLARED),
        "positive": Fact(
            "yes_no",
            _("Declared positive test that still counts"),
            _("the declaration, and how long a positive test counts"),
        ),
    },
    without=MARK,
    answers={
        ORDINARY: _("an ordinary pass"),
        MARK: _("a pass that says what it is not good for"),
        WITHHOLD: _("no pass: advice to stay where one is"),
    },
)

ILLNESS_DAYS = RuleKind(
    "illness-days",
    _("How long a declared or found illness counts"),
    {
        "sign": Fact(
            "text",
            _("Sign of illness"),
            _("the declaration, or what a station found"),
            {"positive": _("Positive test"), "contact": _("Contact with a case"), "symptoms": _("Symptoms")},
        ),
    },
    without=3,
    least=3,  # nobody is well a minute after saying that they are ill
    most=60,
    unit=_("days"),
)

ATTENTION = RuleKind(
    "attention",
    _("Whom a commune checks first"),
    {
        "state": Fact("text", _("Journey"), _ARRIVAL, STATES),
        "identity": Fact("text", _("Identity"), _("comparing the declaration with the register"), OUTCOMES),
        "ill.told": Fact("yes_no", _("Illness declared or found on this journey"), _ARRIVAL),
        "ill.counts": Fact("yes_no", _("Illness declared on this journey still counts"), _ARRIVAL),
        "ill.found": Fact("yes_no", _("Illness found by a checkpoint on this journey"), _ARRIVAL),
        "elsewhere.counts": Fact("yes_no", _("Illness declared on another journey still counts"), _ARRIVAL),
        "elsewhere.found": Fact("yes_no", _("Illness found by a checkpoint on another journey"), _ARRIVAL),
        "since_met.found": Fact("yes_no", _("Illness found by a checkpoint since they were met"), _ARRIVAL),
        "since_met.declared": Fact(
            "yes_no", _("Illness declared since they were met still counts"), _ARRIVAL
        ),
        "overdue": Fact("yes_no", _("Expected before today"), _ARRIVAL),
    },
    without=3,
    answers=ATTENTION_WORDS,
    sql={
        "state": "a.state",
        "identity": "a.outcome",
        "ill.told": "cardinality(a.warnings) > 0",
        "ill.counts": "coalesce(a.ill_until > %(now)s, false)",
        "ill.found": "a.found_at IS NOT NULL",
        "elsewhere.counts": "coalesce(a.warned_until > %(now)s, false)",
        "elsewhere.found": "a.found_elsewhere_at IS NOT NULL",
        "since_met.found": "coalesce(greatest(a.found_at, a.found_elsewhere_at) > a.met_at, false)",
        "since_met.declared": "coalesce(a.warned_at > a.met_at AND a.warned_until > %(now)s, false)",
        "overdue": "a.arrives_on < %(today)s",
    },
)
