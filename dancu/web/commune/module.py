"""What this module brings to the house: the pages of a commune."""

from django.utils.translation import gettext_lazy as _

from dancu.modules import Module, WorkPage

MODULE = Module(
    pages=(
        WorkPage(
            "arrivals",
            "commune:home",
            _("Arrivals"),
            _("Who is coming to your commune today, and who you need to meet."),
            place=20,
            wider=_("Who is coming to the communes of your province or city today, and who needs to be met."),
            whole=_("Who is travelling in the country today, and who needs to be met."),
        ),
    ),
    urls={"commune/": "dancu.web.commune.urls"},
)
