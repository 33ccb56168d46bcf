"""How long the queue before a checkpoint is, as it is tapped and as it is told."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dancu.checkpoints.lookups import StationQueue
from dancu.web.checkpoint.times import ago

Words = str | Promise

BUTTONS = ("0", "1–5", "6–20", "21–50", "50+")  # vehicles, by step
_IN_WORDS: tuple[Words, ...] = (
    gettext_lazy("no vehicle"),
    gettext_lazy("1 to 5 vehicles"),
    gettext_lazy("6 to 20 vehicles"),
    gettext_lazy("21 to 50 vehicles"),
    gettext_lazy("more than 50 vehicles"),
)


def in_vehicles(step: int | None) -> Words:
    """“21 to 50 vehicles”, or that nobody knows."""
    return _("not known") if step is None else _IN_WORDS[step]


def queue_in_words(queue: StationQueue) -> str:
    """The same, and when it was tapped."""
    if queue.tapped_at is None:
        return _("not known")
    words = in_vehicles(queue.step)
    return _("%(vehicles)s, tapped %(ago)s") % {"vehicles": words, "ago": ago(queue.tapped_at)}
