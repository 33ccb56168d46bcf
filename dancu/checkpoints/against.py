"""What stood against letting somebody through who was let through, as a crossing keeps it. Of those recorded
before it was kept it is not known.
"""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dancu.checkpoints.examining import Judgement

Words = str | Promise

NOTHING, RED, ASKED, NOT_KNOWN = "", "red", "asked", "not_known"
WOULD_STOP, WOULD_ASK, WOULD_LOOK = "would_have_stopped", "would_have_asked", "would_have_looked"
OVERRIDDEN = (RED, ASKED)  # the officer saw it, and decided otherwise
WOULD_HAVE = (WOULD_STOP, WOULD_ASK, WOULD_LOOK)  # the server knew it, and the officer did not

WORDS: dict[str, Words] = {
    RED: _("the verdict was red"),
    ASKED: _("a reason was asked for"),
    WOULD_STOP: _("with the network this would have been red"),
    WOULD_ASK: _("with the network a reason would have been asked for"),
    WOULD_LOOK: _("with the network this would have been amber"),
    NOT_KNOWN: _("not known: recorded before this was kept"),
}


def seen(decision: str, judged: Sequence[Judgement]) -> str:
    """What the officer saw of it. `judged`: at the moments that the page was open."""
    if decision != "through":
        return NOTHING
    if any(each.colour == "red" for each in judged):
        return RED
    return ASKED if any(each.for_a_reason for each in judged) else NOTHING


def knew_more(decision: str, shown: str, judged: Judgement) -> str:
    """What the server knew then, and the officer of a device, who saw the colour `shown`, did not: one of
    WOULD_HAVE, or nothing.
    """
    if decision != "through" or shown == "red":
        return NOTHING
    if judged.colour == "red":
        return WOULD_STOP
    if judged.for_a_reason:
        return WOULD_ASK
    return WOULD_LOOK if shown == "green" and judged.colour == "amber" else NOTHING


def on_a_device(decision: str, shown: str, judged: Judgement) -> str:
    """The same, and what the officer saw themselves."""
    if decision == "through" and shown == "red":
        return RED
    return knew_more(decision, shown, judged)
