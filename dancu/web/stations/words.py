"""What is said of a station on several pages."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dancu.checkpoints.lookups import StationQueue
from dancu.web.checkpoint.queue_words import queue_in_words
from dancu.web.kit.cells import mark

Words = str | Promise

PACE_IS = gettext_lazy(
    "Seconds per traveller: from the moment one traveller’s verdict was shown to the next one’s, of the same "
    "officer. It includes waiting for the next vehicle. Breaks of more than ten minutes are left out, and "
    "travellers decided on together share their time."
)
AGAINST_IS = gettext_lazy(
    "Against the verdict: let through although the verdict was red or a reason was asked for. With the "
    "network otherwise: let through by a device without the network, where the server knew more."
)


def seconds(pace: float | None) -> str:
    """Of a traveller: “38 s”; that nobody knows where there were not two in a row."""
    return _("not known") if pace is None else _("%(seconds)d s") % {"seconds": round(pace)}


def queue_cell(queue: StationQueue) -> list[Any]:
    """How long it is, and that it grows."""
    return [*([mark(_("Growing"), "red")] if queue.is_growing else []), queue_in_words(queue)]
