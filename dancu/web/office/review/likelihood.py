"""How likely it is that two records are one person's, in words: what a weight in bits says to somebody
who never met one.
"""

from django.utils.translation import gettext as _

from dancu.matching.lookups import thresholds
from dancu.matching.wording import in_bits

_SURELY = 10.0  # bits beyond a threshold: a thousand to one


def likelihood(
    bits: float, tells: bool = True, decides: bool = True, against: bool = False
) -> dict[str, str]:
    """`verdict` in words, its `colour` (green, amber, red), and the sum in bits as `score`. `tells`: whether
    enough is known of the one to tell them from all others; where it is not, little speaks for anybody, and
    nothing follows from it. `decides`: whether what is known could be enough without people deciding; where
    it is not, no weight is more than perhaps. `against`: something speaks against it, so that it is never
    almost certain.
    """
    limits = thresholds()
    if decides and not against and bits >= limits["match"] + _SURELY:
        verdict, colour = _("Almost certainly the same person"), "green"
    elif decides and bits >= limits["match"]:
        verdict, colour = _("Probably the same person"), "green"
    elif bits >= limits["review"]:
        verdict, colour = _("Possibly the same person"), "amber"
    elif not tells:
        verdict, colour = _("Too little information to tell"), "amber"
    elif bits >= limits["review"] - _SURELY:
        verdict, colour = _("Unlikely to be the same person"), "amber"
    else:
        verdict, colour = _("Almost certainly two different people"), "red"
    return {"verdict": verdict, "colour": colour, "score": in_bits(bits)}
