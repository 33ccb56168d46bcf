"""What rules decide at checkpoints, and the facts that they may read."""

from django.utils.translation import gettext_lazy as _

from dancu.checkpoints.journeys import REASONS, VEHICLES
from dancu.isolation.wording import OUTCOMES
from dancu.register.codes import ALIVE, DEAD, MISSING
from dancu.risk.levels import LEVELS
from dancu.rules.kinds import Fact, RuleKind

ORIGIN_LEVEL, DESTINATION_LEVEL = "origin.level", "destination.level"

_LEVEL = _("the decisions on levels of risk, at the moment of the decision at the checkpoint")
COLOURS = {"green": _("green: let through"), "amber": _("amber: look again"), "red": _("red: stop")}
_DECLARED, _MEMORY = _("the declaration"), _("what checkpoints recorded and people declared before")
PERSON_STATUS = {ALIVE: "alive", DEAD: "dead", MISSING: "missing"}

PASS_HOURS = RuleKind(
    "pass-hours",
    _("How long a pass is valid"),
    {
        "reason": Fact("text", _("Reason for travel"), _DECLARED, REASONS),
        "vehicle": Fact("text", _("Vehicle"), _DECLARED, VEHICLES),
        "keyed_in": Fact("yes_no", _("Keyed in by an officer"), _DECLARED),
    },
    without=72,
    least=1,
    most=744,  # hours: a pass's signature counts for 31 days at most (module.py)
    unit=_("hours"),
)

PASSAGE = RuleKind(
    "passage",
    _("The colour of a pass at a checkpoint"),
    {
        "code": Fact(
            "text",
            _("Code"),
            _("the signature and the time of the code, and what became of its pass"),
            {
                "valid": _("valid"),
                "expired": _("expired"),
                "not_yet_valid": _("not valid yet"),
                "revoked": _("revoked"),
                "superseded": _("replaced by a declaration that was given no pass"),
                "used_elsewhere": _("used elsewhere"),
                "completed": _("used by a journey that has ended"),
            },
        ),
        "identity": Fact("text", _("Identity"), _("comparing the declaration with the register"), OUTCOMES),
        "person": Fact(
            "text",
            _("The person"),
            _("the register, where it knows who it is"),
            {"alive": _("alive"), "dead": _("dead"), "missing": _("missing")},
            may_be_missing=True,
        ),
        "declared.symptoms": Fact("yes_no", _("Declared symptoms"), _DECLARED),
        "declared.contact": Fact("yes_no", _("Declared contact with a case"), _DECLARED),
        "declared.positive": Fact("yes_no", _("Declared positive test that still counts"), _DECLARED),
        "remembered": Fact("text", _("Earlier stops and declarations"), _MEMORY, COLOURS),
        "replaced": Fact("yes_no", _("Replaced by a newer declaration"), _DECLARED),
        "reason": Fact("text", _("Reason for travel"), _DECLARED, REASONS),
        "vehicle": Fact("text", _("Vehicle"), _DECLARED, VEHICLES),
        ORIGIN_LEVEL: Fact(
            "number", _("Level of risk of the commune of origin"), _LEVEL, LEVELS, may_be_missing=True
        ),
        DESTINATION_LEVEL: Fact(
            "number", _("Level of risk of the commune of destination"), _LEVEL, LEVELS, may_be_missing=True
        ),
    },
    without="red",
    answers=COLOURS,
    by_area=True,
    note=_("At the desk nobody is treated more mildly than their earlier stops and declarations come to."),
    past="dancu.checkpoints.past:CROSSINGS",
    past_note=_(
        "What was remembered of a traveller was not kept, nor whether their journey had ended by then, their "
        "code was used elsewhere, or an officer had found them well. Where the colour that they had does not "
        "tell it, each way that it can have been is tried."
    ),
)

REMEMBERED = RuleKind(
    "remembered",
    _("What earlier stops and declarations come to"),
    {
        "stop.turned_back": Fact("yes_no", _("Turned back, surely this person, and not cleared"), _MEMORY),
        "stop.positive": Fact(
            "yes_no", _("Held for a positive test, surely this person, and not cleared"), _MEMORY
        ),
        "stop.any": Fact("yes_no", _("A stop that nobody cleared, perhaps this person’s"), _MEMORY),
        "declared.positive": Fact(
            "yes_no", _("A declared positive test that still counts, surely this person’s"), _MEMORY
        ),
        "declared.any": Fact(
            "yes_no", _("A declared illness that still counts, perhaps this person’s"), _MEMORY
        ),
    },
    without="red",
    answers=COLOURS,
)
