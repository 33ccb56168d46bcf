"""The population by age and sex, as a pyramid."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from dancu.register.lookups import AgeBand
from dancu.web.kit.charts import Chart, pyramid


def drawn(bands: Sequence[AgeBand]) -> Chart:
    """Of age bands, the youngest first."""
    return pyramid(
        _("Population by age and sex"),
        _("Men on the left, women on the right, the oldest at the top. The table shows the same numbers."),
        _("Age"),
        [label(band) for band in bands],
        (_("Male"), [band.men for band in bands]),
        (_("Female"), [band.women for band in bands]),
    )


def label(band: AgeBand) -> str:
    """0–4, 100+, or of a single year 7."""
    if band.last is None:
        return f"{band.first}+"
    return f"{band.first}–{band.last}" if band.last > band.first else str(band.first)
